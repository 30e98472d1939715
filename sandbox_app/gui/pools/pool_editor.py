"""The editor of a pool itself: names, password policy, attributes, domain, tokens."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from sandbox_app.gui.components import CheckList, CopyValue
from sandbox_app.gui.forms import (
    Input,
    RecordEditor,
    Subject,
    choice_input,
    number_input,
    switch_input,
    text_input,
    valued_input,
)
from sandbox_app.gui.forms.drafts import text_of
from sandbox_app.gui.forms.field_rows import FieldRows, Part
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.operations.standard_attributes import VERIFIED_FLAGS, standard_schema
from sandbox_app.workbench.editing.pool_addresses import issuer_with, sign_in_with
from sandbox_app.workbench.editing.pool_drafts import (
    create_pool,
    new_pool_draft,
    pool_draft,
    update_pool,
)
from sandbox_app.workbench.editing.requests import Request

_FIXED = "Can be chosen only when the pool is made."
_STOPPED = "Known while the sandbox serves."
_POLICY = "Policies.PasswordPolicy"
_ALIASES = (("email", "E-mail"), ("phone_number", "Phone number"))
_TYPES = (("String", "String"), ("Number", "Number"), ("Boolean", "Boolean"), ("DateTime", "Date"))
_PARTS = (
    Part("Name", "Name", mono=True),
    Part("AttributeDataType", "Type", 92, "choice", _TYPES),
    Part("Least", "Min", 56),
    Part("Most", "Max", 56),
    Part("Mutable", "Mutable", 56, "check", default=True),
)
_BOUNDS = {
    "String": ("StringAttributeConstraints", "MinLength", "MaxLength"),
    "Number": ("NumberAttributeConstraints", "MinValue", "MaxValue"),
}


class PoolEditor(RecordEditor):
    """One pool; what is fixed at creation can be chosen for a new one and is shown afterwards.

    Signals:
        export_wanted: str, the id of the pool, to be written as a template.
    """

    export_wanted = Signal(str)

    noun = "pool"

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__(theme, core)
        self._origin = ""
        self._only_new: list[str] = []
        self._add_sign_in()
        self._add_policy()
        self._add_attributes()
        self._add_domain()
        self._add_tokens()

    def show_origin(self, origin: str) -> None:
        """Where the sandbox listens now."""
        self._origin = origin
        if self.has_state(self.subject):
            self.drafted(self.draft)

    def load(self, subject: Subject) -> Request | None:
        """The pool as it is saved."""
        pool = self._core.store.pools.get(subject.key)
        return None if pool is None else pool_draft(self._core, pool)

    def blank(self, subject: Subject) -> Request:
        """A pool like the console makes one."""
        return new_pool_draft()

    def attempt(self, draft: Request) -> str:
        """Make the pool, or change it."""
        if self.subject.new:
            return create_pool(self._core, draft)
        pool = self._core.store.pools.get(self.subject.key)
        assert pool is not None
        update_pool(self._core, pool, draft)
        return pool.id

    def subject_of(self, key: str) -> Subject:
        """A pool is its own pool."""
        return Subject(key, key)

    def label(self, draft: Request) -> str:
        """Which edit it is."""
        return f"{'Create' if self.subject.new else 'Change'} pool {draft.get('PoolName', '')}"

    def show_head(self, draft: Request) -> None:
        """Name and id."""
        new = self.subject.new
        self.title.setText("New pool" if new else text_of(draft, "PoolName"))
        self.subtitle.setText("" if new else "sign-in and policy")
        self.identifier.setVisible(not new)
        self.identifier.set_value(self.subject.key)
        for member in self._only_new:
            self.form_of(member).lock(member, not new)
        self.form_of("Id").row("Id").setVisible(new)

    def drafted(self, draft: Request) -> None:
        """The addresses that the settings lead to."""
        fixed = [] if self.subject.new else self.state.saved["CustomAttributes"]
        self._custom.fix(len(fixed))
        issuer = text_of(draft, "Sandbox.Issuer")
        fixed_url = issuer not in ("", "local", "aws")
        self._issuer_mode.write("url" if fixed_url else issuer)
        self.form_of("Sandbox.Issuer").row("Sandbox.Issuer").setVisible(fixed_url)
        self._show_addresses(draft)

    def check(self) -> None:
        """What is refused leads nowhere."""
        super().check()
        if self.has_state(self.subject):
            self._show_addresses(self.draft)

    def _show_addresses(self, draft: Request) -> None:
        pool = self._core.store.pools.get(self.subject.key)
        refused = {problem.member for problem in self.state.problems}
        issuer = issuer_with(pool, text_of(draft, "Sandbox.Issuer"), self._origin)
        domain = text_of(draft, "UserPoolDomain.Domain")
        sign_in = sign_in_with(self._core, pool, domain, self._origin)
        if "Sandbox.Issuer" in refused:
            self._issuer.set_nothing("The issuer above is refused.")
        elif issuer is None:
            new = "Known once the pool is made."
            self._issuer.set_nothing(new if self.subject.new else _STOPPED)
        else:
            self._issuer.set_value(issuer)
        if "UserPoolDomain.Domain" in refused:
            self._sign_in.set_nothing("The domain above is refused.")
        elif sign_in is None:
            self._sign_in.set_nothing(_STOPPED if domain else "Nowhere: the pool has no domain.")
        else:
            self._sign_in.set_value(sign_in)

    def fill_menu(self, menu: QMenu) -> None:
        """What the menu of the pool in the tree offers, too."""
        key = self.subject.key
        menu.addAction("Duplicate pool", lambda: self.duplicate_wanted.emit(key))
        menu.addAction("Export pool as template…", lambda: self.export_wanted.emit(key))
        menu.addSeparator()
        menu.addAction("Delete pool", lambda: self.delete_wanted.emit(key))

    # The pages.

    def _add_sign_in(self) -> None:
        theme, form = self._theme, self.add_page("sign-in", "Sign-in")
        form.add(
            "PoolName",
            "User pool name",
            text_input(theme, "User pool name", keep_empty=True),
            "For people; no token carries it.",
        )
        form.add(
            "Id",
            "User pool ID",
            text_input(theme, "User pool ID", mono=True, placeholder="us-east-1_AbCdEf123"),
            "Made up if left empty. Region, underscore, letters and digits.",
        )
        names = CheckList(theme, "Sign-in options", [(key, text, "") for key, text in _ALIASES])
        form.add(
            "UsernameAttributes",
            "Sign in with",
            valued_or_none(names),
            f"Instead of a user name; the user name is then the sub. {_FIXED}",
        )
        more = (*_ALIASES, ("preferred_username", "Preferred user name"))
        aliases = CheckList(theme, "Aliases", [(key, text, "") for key, text in more])
        form.add(
            "AliasAttributes",
            "Aliases",
            valued_or_none(aliases),
            f"Besides the user name, once verified. {_FIXED}",
        )
        form.add(
            "UsernameConfiguration.CaseSensitive",
            "Case sensitive",
            switch_input(theme, "Case sensitive user names"),
            f"Whether Alice and alice are two people. {_FIXED}",
        )
        form.add(
            "DeletionProtection",
            "Deletion protection",
            choice_input(
                theme, "Deletion protection", [("INACTIVE", "Inactive"), ("ACTIVE", "Active")]
            ),
            "An active one keeps the pool from being deleted, here and by the API.",
        )
        self._only_new += [
            "UsernameAttributes",
            "AliasAttributes",
            "UsernameConfiguration.CaseSensitive",
        ]

    def _add_policy(self) -> None:
        theme, form = self._theme, self.add_page("policy", "Password policy")
        form.add(
            f"{_POLICY}.MinimumLength",
            "Minimum length",
            number_input(theme, "Minimum length", placeholder="8"),
            "From 6 to 99 characters.",
        )
        for name, label, sentence in (
            ("RequireUppercase", "Uppercase letters", "At least one of A to Z."),
            ("RequireLowercase", "Lowercase letters", "At least one of a to z."),
            ("RequireNumbers", "Numbers", "At least one of 0 to 9."),
            ("RequireSymbols", "Symbols", "At least one such as ! or @, or a blank inside."),
        ):
            what = switch_input(theme, f"Require {label.lower()}")
            form.add(f"{_POLICY}.{name}", label, _default_on(what), sentence)
        form.add(
            f"{_POLICY}.TemporaryPasswordValidityDays",
            "Temporary passwords",
            number_input(theme, "Days that temporary passwords are good for", placeholder="7"),
            "Days until a temporary password can no longer be used.",
        )

    def _add_attributes(self) -> None:
        theme, form = self._theme, self.add_page("attributes", "Attributes")
        standard = [
            (item.name, item.name, "")
            for item in standard_schema()
            if item.name not in ("sub", "identities", "updated_at", *VERIFIED_FLAGS)
        ]
        required = CheckList(theme, "Required attributes", standard)
        form.add(
            "Required",
            "Required",
            valued_input(required),
            f"Standard attributes that every new user must have. {_FIXED}",
        )
        self._only_new.append("Required")
        self._custom = FieldRows(theme, "attribute", _PARTS)
        form.add(
            "CustomAttributes",
            "Custom attributes",
            Input(
                self._custom,
                lambda: _asked(self._custom.values()),
                lambda value: self._custom.set_values(_shown(value or ())),
                self._custom.edited,
            ),
            "Tokens carry them as custom:name. They can be added, never changed or removed.",
        )

    def _add_domain(self) -> None:
        theme, form = self._theme, self.add_page("domain", "Domain")
        form.add(
            "UserPoolDomain.Domain",
            "Domain prefix",
            text_input(theme, "Domain prefix", mono=True, placeholder="None"),
            "Lowercase letters, digits and hyphens. Without a domain a pool has no sign-in pages "
            "and no OAuth endpoints.",
        )
        form.add(
            "UserPoolDomain.ManagedLoginVersion",
            "Branding version",
            _number_choice(
                theme, "Branding version", [("1", "Hosted UI (classic)"), ("2", "Managed login")]
            ),
            "Managed login is stored; the classic pages are shown, and Live says so (LG-5).",
        )
        self._sign_in = CopyValue(theme, "sign-in address", "", token="text")
        form.add_heading("Where the pages are")
        form.add_widget(self._sign_in)

    def _add_tokens(self) -> None:
        theme, form = self._theme, self.add_page("tokens", "Tokens")
        modes = [("local", "This sandbox"), ("aws", "The real service"), ("url", "A fixed URL")]
        self._issuer_mode = choice_input(theme, "Issuer", modes)
        self._issuer_mode.edited.connect(self._issuer_chosen)
        form.add_row("Issuer", self._issuer_mode.widget, "What tokens and discovery name as iss.")
        form.add(
            "Sandbox.Issuer",
            "Issuer URL",
            text_input(theme, "Issuer URL", mono=True),
            "For an app that knows the sandbox under another name.",
        )
        form.add(
            "Sandbox.AdvertisePkce",
            "Advertise PKCE",
            switch_input(theme, "Advertise PKCE"),
            "Adds code_challenge_methods_supported, which the real discovery lacks (DC-1).",
        )
        self._issuer = CopyValue(theme, "issuer", "", token="text")
        form.add_heading("Issuer with these settings")
        form.add_widget(self._issuer)

    def _issuer_chosen(self, mode: str) -> None:
        value = "https://" if mode == "url" else mode
        sandbox = {**self.draft.get("Sandbox", {}), "Issuer": value}
        self.set_draft(self.draft | {"Sandbox": sandbox})


def valued_or_none(widget: Any) -> Input:
    """A list of which an empty one is as good as none."""
    return Input(
        widget,
        lambda: list(widget.values()) or None,
        lambda value: widget.set_values(value or ()),
        widget.edited,
    )


def _default_on(what: Input) -> Input:
    """A switch that is on where the member is not set."""
    return Input(
        what.widget,
        what.read,
        lambda value: what.write(True if value is None else value),
        what.edited,
        what.focus,
    )


def _number_choice(theme: Theme, name: str, choices: list[tuple[str, str]]) -> Input:
    """A choice whose keys are numbers in the API."""
    what = choice_input(theme, name, choices)

    def read() -> int | None:
        key = what.read()
        return int(key) if key else None

    def write(value: Any) -> None:
        what.write(choices[0][0] if value is None else str(value))

    return Input(what.widget, read, write, what.edited, what.focus)


def _shown(attributes: Any) -> list[dict[str, Any]]:
    """Custom attributes with their bounds beside their name."""
    shown = []
    for item in attributes:
        constraints, least, most = _BOUNDS.get(item.get("AttributeDataType", ""), ("", "", ""))
        bounds = item.get(constraints, {})
        kept = {name: item[name] for name in item if name != constraints}
        shown.append(
            kept
            | ({"Least": bounds[least]} if bounds.get(least) is not None else {})
            | ({"Most": bounds[most]} if bounds.get(most) is not None else {})
        )
    return shown


def _asked(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same as the API takes them."""
    asked = []
    for row in rows:
        item = {name: row[name] for name in row if name not in ("Least", "Most")}
        constraints, least, most = _BOUNDS.get(row.get("AttributeDataType", ""), ("", "", ""))
        bounds = {
            name: row[key]
            for name, key in ((least, "Least"), (most, "Most"))
            if key in row and name
        }
        if constraints and (bounds or constraints == "StringAttributeConstraints"):
            item[constraints] = bounds
        asked.append(item)
    return asked

"""What stands in the rows of a user: attributes by their schema's type, flags and passwords."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.domain.records.pools import PasswordPolicy, SchemaAttribute, UserPool
from sandbox_app.gui.components import (
    Button,
    CheckBox,
    Field,
    IconLabel,
    Label,
    RadioButton,
)
from sandbox_app.gui.forms import Input, choice_input, text_input
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.new_users import made_up_password
from sandbox_app.workbench.editing.password_rules import policy_rules
from sandbox_app.workbench.editing.user_drafts import SET_BY_THE_POOL

_FIRST = ("email", "email_verified", "phone_number", "phone_number_verified", "name")
_FIRST_NAMES = ("given_name", "family_name", "preferred_username", "nickname")
_YES_OR_NO = [("", "Not set"), ("true", "true"), ("false", "false")]
_HELP = {
    "email": "Codes and invitations go here.",
    "phone_number": "A plus sign and digits, as +14155550100.",
    "name": "The whole name, as it is to be shown.",
    "given_name": "The first name.",
    "middle_name": "The names between the first and the last.",
    "family_name": "The last name.",
    "nickname": "What friends say.",
    "gender": "Any text; OpenID knows female and male.",
    "birthdate": "YYYY-MM-DD.",
    "updated_at": "Seconds since 1970.",
    "preferred_username": "A name to sign in with where the pool has it as an alias.",
    "locale": "A language tag such as en-GB.",
    "zoneinfo": "A time zone such as Europe/Berlin.",
    "picture": "The URL of a picture.",
    "profile": "The URL of a page about the user.",
    "website": "The URL of the user's own page.",
    "address": "One text, or the JSON of an OpenID address.",
}


def in_order(pool: UserPool) -> list[SchemaAttribute]:
    """What people look for first, then what the pool requires, its own, and the rest."""
    places = {name: place for place, name in enumerate((*_FIRST, *_FIRST_NAMES))}

    def place(attribute: SchemaAttribute) -> tuple[int, int]:
        own = attribute.name.startswith(("custom:", "dev:"))
        kind = 1 if attribute.required else 2 if own else 3
        found = places.get(attribute.name)
        return (0, found) if found is not None else (kind, 0)

    shown = [one for one in pool.schema_attributes if one.name not in SET_BY_THE_POOL]
    return sorted(shown, key=place)


def attribute_input(theme: Theme, attribute: SchemaAttribute) -> Input:
    """A control for values of the attribute; the API takes all of them as texts."""
    name = attribute.name
    if attribute.attribute_data_type == "Boolean":
        return choice_input(theme, name, _YES_OR_NO)
    numeric = attribute.attribute_data_type in ("Number", "DateTime")
    hint = "YYYY-MM-DD" if name == "birthdate" else ""
    return text_input(theme, name, mono=numeric or name == "phone_number", placeholder=hint)


def attribute_help(attribute: SchemaAttribute) -> str:
    """One line about what the attribute takes."""
    parts = [_HELP.get(attribute.name, ""), _limits(attribute)]
    if attribute.required:
        parts.append("Required at sign-up.")
    if not attribute.mutable:
        parts.append("Can be set only when the user is made.")
    if attribute.developer_only_attribute:
        parts.append("Only administrators write it.")
    return " ".join(filter(None, parts))


def _limits(attribute: SchemaAttribute) -> str:
    texts, numbers = attribute.string_attribute_constraints, attribute.number_attribute_constraints
    if not attribute.name.startswith(("custom:", "dev:")):
        return ""
    kind = attribute.attribute_data_type
    if kind == "Number":
        low = numbers.min_value if numbers else None
        high = numbers.max_value if numbers else None
        return f"A whole number{_between(low, high)}."
    if kind == "String":
        low = texts.min_length if texts else None
        high = texts.max_length if texts else None
        return f"Text{_between(low, high or '2048')} bytes."
    return f"{kind}."


def _between(low: object, high: object) -> str:
    if low not in (None, "", "0") and high:
        return f" from {low} to {high}"
    if low not in (None, "", "0"):
        return f" of at least {low}"
    return f" up to {high}" if high else ""


def flag_input(theme: Theme, words: str) -> Input:
    """A flag kept as text; one that was never set stays so until it is ticked."""
    box = CheckBox(theme, words)
    known = {"value": None}

    def read() -> Any:
        if box.isChecked():
            return "true"
        return None if known["value"] is None else "false"

    def write(value: Any) -> None:
        known["value"] = value
        box.setChecked(value == "true")

    return Input(box, read, write, box.clicked)


class PasswordBox(QWidget):
    """A password to be set, what the pool's policy says of it, and whether it is to last.

    Signals:
        edited: the person changed something.
    """

    edited = Signal()

    def __init__(self, theme: Theme, generate: Callable[[], str]) -> None:
        super().__init__()
        self._theme = theme
        self._policy: PasswordPolicy | None = None
        self._generate = generate
        self.field = Field(theme, "Password", mono=True, placeholder="Keep the present one")
        self.make = Button(theme, "Generate", icon="wand")
        self.temporary = RadioButton(theme, "Temporary: changed at the next sign-in", True)
        self.permanent = RadioButton(theme, "Permanent")
        self.rules = _Rules(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        first = QHBoxLayout()
        first.addWidget(self.field, 1)
        first.addWidget(self.make)
        column.addLayout(first)
        column.addWidget(self.temporary)
        column.addWidget(self.permanent)
        column.addWidget(self.rules)
        self.field.textEdited.connect(self._changed)
        self.make.clicked.connect(self._made)
        for button in (self.temporary, self.permanent):
            button.clicked.connect(self._changed)
        self.setFocusProxy(self.field)

    def show_pool(self, pool: UserPool) -> None:
        """Whose policy counts."""
        self._policy = pool.policies.password_policy
        self.rules.show_rules(self._policy, self.field.text())

    def value(self) -> Any:
        """`{"Value", "Permanent"}`; `None` where no password is typed."""
        text = self.field.text()
        return {"Value": text, "Permanent": self.permanent.isChecked()} if text else None

    def set_value(self, value: Any) -> None:
        """Show a draft's password."""
        text = "" if value is None else str(value["Value"])
        if text != self.field.text():
            self.field.setText(text)
        if value is not None:
            (self.permanent if value["Permanent"] else self.temporary).setChecked(True)
        if self._policy is not None:
            self.rules.show_rules(self._policy, text)

    def input(self) -> Input:
        """As a form takes it."""
        return Input(self, self.value, self.set_value, self.edited, self.field)

    def _made(self) -> None:
        self.field.setText(self._generate())
        self._changed()

    def _changed(self) -> None:
        if self._policy is not None:
            self.rules.show_rules(self._policy, self.field.text())
        self.edited.emit()


class _Rules(QWidget):
    """The policy, a line for each rule, ticked while the password keeps it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(4)
        self._lines: list[tuple[IconLabel, Label]] = []

    @property
    def words(self) -> tuple[str, ...]:
        """The rules that are kept."""
        return tuple(label.text() for icon, label in self._lines if icon.accessibleName() == "kept")

    def show_rules(self, policy: PasswordPolicy, password: str) -> None:
        """Say which rules a password keeps."""
        rules = policy_rules(policy, password)
        while len(self._lines) < len(rules):
            icon = IconLabel(self._theme, "not-reached", "text3", metrics.ICON_INLINE)
            label = Label(self._theme, "", Role.HELP, "text2")
            row = QHBoxLayout()
            row.addWidget(icon)
            row.addWidget(label, 1)
            self._column.addLayout(row)
            self._lines.append((icon, label))
        for place, (icon, label) in enumerate(self._lines):
            shown = place < len(rules)
            icon.setVisible(shown)
            label.setVisible(shown)
            if not shown:
                continue
            words, kept = rules[place]
            label.setText(words)
            if kept:
                icon.set_icon("passed", "ok")
            else:
                icon.set_icon("not-reached", "text3")
            icon.setAccessibleName("kept" if kept else "open")


def generator(pool_of: Callable[[], UserPool | None]) -> Callable[[], str]:
    """Makes up passwords that the policy of the pool at that moment accepts."""

    def generate() -> str:
        pool = pool_of()
        return "" if pool is None else made_up_password(pool)

    return generate

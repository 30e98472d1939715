"""The editor of a user: attributes by the pool's schema, password and groups, sessions."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Signal

from sandbox_app.domain.records.pools import SchemaAttribute, UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.gui.components import CheckList, WrapLabel
from sandbox_app.gui.forms import (
    Form,
    RecordEditor,
    Subject,
    switch_input,
    text_input,
    valued_input,
)
from sandbox_app.gui.forms.drafts import text_of
from sandbox_app.gui.pools.sign_in_as_button import SignInAsButton
from sandbox_app.gui.pools.user_inputs import (
    PasswordBox,
    attribute_help,
    attribute_input,
    flag_input,
    generator,
    in_order,
)
from sandbox_app.gui.pools.user_sessions import SessionsView
from sandbox_app.gui.pools.user_standing import UserStanding
from sandbox_app.gui.pools.users_people import when
from sandbox_app.gui.theme import Role, Theme
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.user_attributes import VERIFIED_BY
from sandbox_app.workbench import edits
from sandbox_app.workbench.editing.requests import Request, member_at, with_member
from sandbox_app.workbench.editing.user_drafts import (
    change_user,
    member_of,
    new_user_draft,
    save_user,
    try_user,
    user_draft,
)

Spawn = Callable[[Coroutine[Any, Any, None]], object]

_DAY = 86_400
_SESSIONS_TAB = 2


class UserEditor(RecordEditor):
    """One user of one pool; the schema makes the rows.

    Status, lockout and sessions change at once; all else is a draft. Saving a new password takes
    a while, in which nothing can be saved twice.

    Signals:
        url_wanted: str, to be opened in the browser.
        failed: str, a sentence about what could not be done.
    """

    url_wanted = Signal(str)
    failed = Signal(str)

    noun = "user"

    def __init__(self, theme: Theme, core: Core, pool_id: str, spawn: Spawn) -> None:
        super().__init__(theme, core)
        self.pool_id = pool_id
        self._spawn = spawn
        self.saving = False
        self.sign_in_as = SignInAsButton(theme, core, pool_id, lambda: self.user)
        self.add_action(self.sign_in_as)
        self._shown: set[str] = set()
        self.attributes = self.add_page("attributes", "Attributes")
        self._add_identity(self.attributes)
        self.standing = UserStanding(theme, core, pool_id, self.attributes)
        self._add_attributes()
        self.access = self.add_page("password", "Password and groups")
        self._add_access(self.access)
        self.sessions = SessionsView(theme, core)
        self.add_view("sessions", "Sessions and tokens", self.sessions)
        self.sign_in_as.url_wanted.connect(self.url_wanted)
        for part in (self.sign_in_as, self.standing):
            part.refused.connect(self._tell_refused)
        self.standing.changed.connect(self._follow_standing)
        self.standing.password_wanted.connect(lambda: self.reveal("Password"))

    def set_origin(self, origin: str, *, serving: bool = True) -> None:
        """Where the sandbox listens, and whether it answers now."""
        self.sign_in_as.set_origin(origin, serving=serving)

    # What the base asks.

    def load(self, subject: Subject) -> Request | None:
        """The user as saved."""
        user = self._core.store.users.get(subject.pool_id, subject.key)
        return None if user is None else user_draft(self._core, user)

    def blank(self, subject: Subject) -> Request:
        """A user without a name, with a temporary password."""
        pool = self._core.store.pools.get(subject.pool_id)
        assert pool is not None
        return new_user_draft(pool)

    def attempt(self, draft: Request) -> str:
        """Try it out, or change what takes no time."""
        if self.subject.new or draft.get("Password") is not None:
            return try_user(self._core, draft, sub=self.subject.key)
        change_user(self._core, draft, sub=self.subject.key)
        return self.subject.key

    def label(self, draft: Request) -> str:
        """Which edit it is."""
        return f"{'Create' if self.subject.new else 'Change'} user {text_of(draft, 'Username')}"

    def show_head(self, draft: Request) -> None:
        """Name and status."""
        user, new = self.user, self.subject.new
        self.title.setText("New user" if new else self._name(draft))
        self.identifier.hide()
        self.subtitle.setText("" if user is None or user.enabled else "disabled")
        self.sign_in_as.setVisible(not new)
        self.attributes.lock("Username", not new)
        self.attributes.lock("Sub", not new)
        self.standing.show_user(user)
        if user is not None:
            self.password_state.setText(self._password_words(user, self._core.timestamp()))

    def drafted(self, draft: Request) -> None:
        """What depends on pool and user."""
        pool = self._pool
        if pool is None:
            return
        self._show_schema(pool)
        groups = self._core.store.groups.of_pool(self.pool_id)
        names = sorted(group.group_name for group in groups)
        self.groups.set_choices([(name, name, "") for name in names])
        self.groups.set_values(draft.get("Groups") or [])
        self.password.show_pool(pool)
        self._state_row.setVisible(not self.subject.new)
        new = self.subject.new
        if self.tabs.isTabVisible(_SESSIONS_TAB) == new:
            self.tabs.setTabVisible(_SESSIONS_TAB, not new)
        if new and self.tabs.current_key == "sessions":
            self.show_page("attributes")
        self.sessions.show_user(self.pool_id, self.subject.key)

    def member_added(self, member: str) -> None:
        """Another address is not verified until somebody says so."""
        for about, flag in VERIFIED_BY.items():
            if member != member_of(about):
                continue
            draft, saved = self.draft, self.state.saved
            same = member_at(draft, member) == member_at(saved, member)
            value = member_at(saved, member_of(flag)) if same else None
            if value is None and member_at(draft, member) is not None:
                value = None if member_at(saved, member_of(flag)) is None else "false"
            self.state.draft = with_member(draft, member_of(flag), value)
            if member_of(flag) in self.members:
                self.form_of(member_of(flag)).input(member_of(flag)).write(value)

    def save(self) -> None:
        """At once, unless a password has to be hashed."""
        if self.saving or not self.bar.save.isEnabled():
            return
        if not self.subject.new and self.draft.get("Password") is None:
            super().save()
            return
        self._check.stop()
        self.state.touched.update(self.members)
        self._set_saving(True)
        self._spawn(self._save_waiting(self.subject, self.draft))

    # What the section asks.

    @property
    def user(self) -> User | None:
        """The user shown, as saved."""
        key = self.subject.key
        return self._core.store.users.get(self.pool_id, key) if key else None

    def has_drafts(self) -> bool:
        """Whether a user of the pool has unsaved changes."""
        return any(state.dirty for state in self._states.values())

    # Inside.

    @property
    def _pool(self) -> UserPool | None:
        return self._core.store.pools.get(self.pool_id)

    async def _save_waiting(self, subject: Subject, draft: Request) -> None:
        try:
            with edits.step(self._core, self.label(draft)):
                key = await save_user(self._core, draft, sub=subject.key)
        except ApiError as error:
            self._set_saving(False)
            if self.subject == subject:
                self.show_refusal(error)
            else:
                self.failed.emit(error.message)
            return
        self._set_saving(False)
        if self.subject == subject:
            self._settled(subject, key)
        else:
            self._states.pop(subject, None)
            self.saved.emit(Subject(subject.pool_id, key))

    def _set_saving(self, saving: bool) -> None:
        self.saving = saving
        if saving:
            self.bar.set_verb("Saving…", discard="Revert")
            self.bar.save.setEnabled(False)
            self.bar.revert.setEnabled(False)
        elif self.has_state(self.subject):
            self._show_count()

    def _show_count(self) -> None:
        if self.saving:
            return
        super()._show_count()

    def _tell_refused(self, sentence: str) -> None:
        self.message.show_message(sentence)

    def _follow_standing(self) -> None:
        self.refresh()

    def _name(self, draft: Request) -> str:
        user = self.user
        if user is None or user.username != user.sub:
            return text_of(draft, "Username")
        return user.attributes.get("email") or user.attributes.get("phone_number") or user.sub

    # Rows.

    def _add_identity(self, form: Form) -> None:
        theme = self._theme
        form.add(
            "Username",
            "User name",
            text_input(theme, "User name", keep_empty=True),
            "It can never be changed; deleted, it can be used again.",
        )
        form.add(
            "Sub",
            "Sub",
            text_input(theme, "Sub", mono=True, placeholder="Made by the pool"),
            "What tokens know the user by.",
        )
        form.add(
            "Enabled",
            "Enabled",
            switch_input(theme, "Enabled"),
            "Off: the user cannot sign in; sessions and refresh tokens end. The status stays.",
        )

    def _add_attributes(self) -> None:
        pool = self._pool
        if pool is not None:
            self._show_schema(pool)

    def _show_schema(self, pool: UserPool) -> None:
        """A row for each attribute; those that a taken-back edit removed are hidden."""
        known = {item.name for item in pool.schema_attributes}
        added = [one for one in in_order(pool) if one.name not in self._shown]
        for attribute in added:
            self._shown.add(attribute.name)
            self._add_attribute(attribute)
        if added and self.has_state(self.subject):
            self.attributes.show_draft(self.draft)
        for name in self._shown:
            self.attributes.row(member_of(name)).setVisible(name in known)
        new = self.subject.new
        for attribute in pool.schema_attributes:
            if attribute.name in self._shown and not attribute.mutable:
                self.attributes.lock(member_of(attribute.name), not new)

    def _add_attribute(self, attribute: SchemaAttribute) -> None:
        name, form = attribute.name, self.attributes
        about = next((one for one, flag in VERIFIED_BY.items() if flag == name), "")
        if about:
            words = "E-mail address" if about == "email" else "Phone number"
            form.add(member_of(name), "", flag_input(self._theme, f"{words} is verified"))
            return
        label = name if not attribute.required else f"{name} *"
        form.add(
            member_of(name),
            label,
            attribute_input(self._theme, attribute),
            attribute_help(attribute),
        )

    def _add_access(self, form: Form) -> None:
        theme = self._theme
        self.groups = CheckList(theme, "Groups")
        form.add(
            "Groups",
            "Groups",
            valued_input(self.groups),
            "Listed in cognito:groups of the user's tokens.",
        )
        self.password = PasswordBox(theme, generator(lambda: self._pool))
        self._password_row = form.add(
            "Password", "New password", self.password.input(), "Set when you save."
        )
        self.password_state = WrapLabel(theme, "", Role.BODY, "text2")
        self._state_row = form.add_row("Present password", self.password_state)

    def _password_words(self, user: User, now: float) -> str:
        if user.password is None:
            return "None"
        if user.temporary_since is None:
            return "Permanent"
        pool = self._pool
        days = pool.policies.password_policy.temporary_password_validity_days if pool else 7
        ends = user.temporary_since + days * _DAY
        return f"Temporary, {'ended' if ends <= now else 'good until'} {when(ends)} UTC"

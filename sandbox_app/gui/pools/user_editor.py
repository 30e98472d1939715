"""The editor of a user: attributes by the pool's schema, password and groups, sessions."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from sandbox_app.domain.records.pools import SchemaAttribute, UserPool
from sandbox_app.domain.records.users import Lockout, User, UserStatus
from sandbox_app.gui.components import (
    Button,
    CheckList,
    Label,
    WrapLabel,
    plain_tooltip,
)
from sandbox_app.gui.forms import (
    Form,
    RecordEditor,
    Subject,
    switch_input,
    text_input,
    valued_input,
)
from sandbox_app.gui.forms.drafts import text_of
from sandbox_app.gui.pools.user_codes import UserCodes
from sandbox_app.gui.pools.user_inputs import (
    PasswordBox,
    attribute_help,
    attribute_input,
    flag_input,
    generator,
)
from sandbox_app.gui.pools.user_sessions import SessionsView
from sandbox_app.gui.pools.users_people import when
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.lockout import is_locked
from sandbox_app.operations.user_attributes import VERIFIED_BY
from sandbox_app.operations.user_status import (
    Move,
    admin_confirm_sign_up,
    admin_reset_user_password,
    transitions,
)
from sandbox_app.workbench import edits
from sandbox_app.workbench.editing.requests import Request, member_at, with_member
from sandbox_app.workbench.editing.user_drafts import (
    SET_BY_THE_POOL,
    change_user,
    member_of,
    new_user_draft,
    save_user,
    try_user,
    user_draft,
)
from sandbox_app.workbench.sign_in_as import NoWayToSignIn, start_sign_in_as, why_no_sign_in

Spawn = Callable[[Coroutine[Any, Any, None]], object]

_FIRST = ("email", "email_verified", "phone_number", "phone_number_verified", "name")
_FIRST_NAMES = ("given_name", "family_name", "preferred_username", "nickname")
_OPERATIONS = {Move.CONFIRM: admin_confirm_sign_up, Move.RESET: admin_reset_user_password}
_MOVES = {
    Move.CONFIRM: "Confirm",
    Move.RESET: "Require a reset",
    Move.SET_PERMANENT: "Set a password",
}
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
        self._origin, self._serving = "", True
        self.saving = False
        self.sign_in_as = Button(theme, "Sign in as…", icon="open-outside")
        self.add_action(self.sign_in_as)
        self._shown: set[str] = set()
        self.attributes = self.add_page("attributes", "Attributes")
        self._add_identity(self.attributes)
        self._add_attributes()
        self.access = self.add_page("password", "Password and groups")
        self._add_access(self.access)
        self.sessions = SessionsView(theme, core)
        self.add_view("sessions", "Sessions and tokens", self.sessions)
        self.sign_in_as.clicked.connect(self._show_clients)
        self.set_origin("")

    def set_origin(self, origin: str, *, serving: bool = True) -> None:
        """Where the sandbox listens, and whether it answers now."""
        self._origin, self._serving = origin, serving
        can = bool(origin) and serving
        self.sign_in_as.setEnabled(can)
        words = "Opens the app as this user, without a password."
        self.sign_in_as.setToolTip(plain_tooltip(words if can else "The sandbox is stopped."))

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
        for row in (self._status_row, self._dates_row):
            row.setVisible(user is not None)
        if user is not None:
            self._show_user(user)
        else:
            self._lock_row.hide()
            self._codes_row.hide()

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
        self.status = Label(theme, "", Role.NAME)
        self.moves: dict[Move, Button] = {}
        box = _Row()
        for move, words in _MOVES.items():
            button = Button(theme, words, size="small")
            button.clicked.connect(lambda _=False, move=move: self._move(move))
            self.moves[move] = button
            box.add(button)
        self.closed_moves = WrapLabel(theme, "", Role.HELP, "text2")
        status = QWidget()
        column = QVBoxLayout(status)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(metrics.HALF))
        column.addWidget(self.status)
        column.addWidget(box)
        column.addWidget(self.closed_moves)
        self._status_row = form.add_row("Status", status)
        self.codes = UserCodes(theme, self._core)
        self._codes_row = form.add_row("Confirmation code", self.codes)
        self.lock_words = Label(theme, "", Role.BODY, "warn")
        self.unlock = Button(theme, "Unlock", size="small", icon="lock")
        self.unlock.clicked.connect(self._unlock)
        lock = _Row()
        lock.add(self.lock_words)
        lock.add(self.unlock)
        self._lock_row = form.add_row("Locked out", lock, "Too many wrong passwords in a row.")
        self.dates_label = WrapLabel(theme, "", Role.BODY, "text2")
        self._dates_row = form.add_row("Created, modified", self.dates_label)

    def _add_attributes(self) -> None:
        pool = self._pool
        if pool is not None:
            self._show_schema(pool)

    def _show_schema(self, pool: UserPool) -> None:
        """A row for each attribute; those that a taken-back edit removed are hidden."""
        known = {item.name for item in pool.schema_attributes}
        added = [one for one in _ordered(pool) if one.name not in self._shown]
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

    def _show_user(self, user: User) -> None:
        self.status.setText(str(user.status))
        closed = []
        for one in transitions(user):
            button = self.moves.get(one.move)
            if button is not None:
                button.setVisible(one.allowed)
                button.setToolTip(plain_tooltip(f"{one.operation}: {one.why}"))
                if not one.allowed:
                    closed.append(one.why)
        waits = user.status is UserStatus.RESET_REQUIRED
        self.moves[Move.RESET].setText("Send another code" if waits else _MOVES[Move.RESET])
        self._codes_row.setVisible(self.codes.show_user(self.pool_id, user.sub))
        self.closed_moves.setText(" ".join(dict.fromkeys(closed)))
        self.closed_moves.setVisible(bool(closed))
        dates = f"{when(user.creation_date)}, {when(user.last_modified_date)} UTC"
        self.dates_label.setText(dates)
        now = self._core.timestamp()
        locked = is_locked(user.lockout, now)
        self._lock_row.setVisible(locked)
        if locked:
            seconds = int(user.lockout.locked_until - now) + 1
            self.lock_words.setText(f"{user.lockout.failures} failures, {seconds} s left")
        self.password_state.setText(self._password_words(user, now))

    def _password_words(self, user: User, now: float) -> str:
        if user.password is None:
            return "None"
        if user.temporary_since is None:
            return "Permanent"
        pool = self._pool
        days = pool.policies.password_policy.temporary_password_validity_days if pool else 7
        ends = user.temporary_since + days * _DAY
        return f"Temporary, {'ended' if ends <= now else 'good until'} {when(ends)} UTC"

    # Done at once.

    def _move(self, move: Move) -> None:
        user = self.user
        if user is None:
            return
        if move not in _OPERATIONS:
            self.reveal("Password")
            return
        words = {Move.CONFIRM: "Confirm user", Move.RESET: "Require a password reset of"}[move]
        try:
            with edits.step(self._core, f"{words} {user.username}"):
                asked = {"UserPoolId": self.pool_id, "Username": user.sub}
                _OPERATIONS[move](self._core, asked)
        except ApiError as error:
            self.message.show_message(error.message)
            return
        self.refresh()

    def _unlock(self) -> None:
        user = self.user
        if user is not None:
            self._core.store.users.set_lockout(self.pool_id, user.sub, Lockout())
            self.refresh()

    def _show_clients(self) -> None:
        menu = QMenu(self.sign_in_as)
        menu.setToolTipsVisible(True)
        for client in self._core.store.clients.of_pool(self.pool_id):
            why = why_no_sign_in(self._core, client, self._origin)
            action = menu.addAction(
                client.client_name.replace("&", "&&"),
                partial(self.sign_in_with, client.client_id),
            )
            action.setEnabled(why is None)
            action.setToolTip(plain_tooltip(why or f"Opens {client.client_name} as this user."))
        if menu.isEmpty():
            menu.addAction("The pool has no app client").setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.sign_in_as.mapToGlobal(QPoint(0, self.sign_in_as.height())))

    def sign_in_with(self, client_id: str) -> None:
        """Ask for the page that signs this user in to a client."""
        pool, user = self._pool, self.user
        client = self._core.store.clients.get(client_id)
        if pool is None or user is None or client is None:
            return
        try:
            url = start_sign_in_as(self._core, pool, client, user, self._origin)
        except NoWayToSignIn as error:
            self.message.show_message(str(error))
            return
        self.url_wanted.emit(url)


class _Row(QWidget):
    """Small things beside one another, at the left."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)

    def add(self, widget: QWidget) -> None:
        widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row.insertWidget(self._row.count() - 1, widget)


def _ordered(pool: UserPool) -> list[SchemaAttribute]:
    """What people look for first, then what the pool requires, its own, and the rest."""
    first = (*_FIRST, *_FIRST_NAMES)
    places = {name: place for place, name in enumerate(first)}

    def place(attribute: SchemaAttribute) -> tuple[int, int]:
        own = attribute.name.startswith(("custom:", "dev:"))
        kind = 1 if attribute.required else 2 if own else 3
        found = places.get(attribute.name)
        return (0, found) if found is not None else (kind, 0)

    shown = [one for one in pool.schema_attributes if one.name not in SET_BY_THE_POOL]
    return sorted(shown, key=place)

"""The rows that say how a user stands: status, codes, lockout and dates."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sandbox_app.domain.records.users import Lockout, User, UserStatus
from sandbox_app.gui.components import Button, Label, WrapLabel, plain_tooltip
from sandbox_app.gui.forms import Form
from sandbox_app.gui.pools.user_codes import UserCodes
from sandbox_app.gui.pools.users_people import when
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.lockout import is_locked
from sandbox_app.operations.user_status import (
    Move,
    admin_confirm_sign_up,
    admin_reset_user_password,
    transitions,
)
from sandbox_app.workbench import edits

_OPERATIONS = {
    Move.CONFIRM: (admin_confirm_sign_up, "Confirm user"),
    Move.RESET: (admin_reset_user_password, "Require a password reset of"),
}
_MOVES = {
    Move.CONFIRM: "Confirm",
    Move.RESET: "Require a reset",
    Move.SET_PERMANENT: "Set a password",
}


class UserStanding(QObject):
    """Rows at the end of a form; what is done here is no draft but takes effect at once.

    Args:
        form: gets the rows.

    Signals:
        changed: an operation was carried out.
        refused: str, why one was not.
        password_wanted: a password shall be set, which is part of the draft.
    """

    changed = Signal()
    refused = Signal(str)
    password_wanted = Signal()

    def __init__(self, theme: Theme, core: Core, pool_id: str, form: Form) -> None:
        super().__init__(form)
        self._core, self._pool_id = core, pool_id
        self._user: User | None = None
        self.status = Label(theme, "", Role.NAME)
        self.moves = {move: self._button(theme, move) for move in _MOVES}
        self.closed_moves = WrapLabel(theme, "", Role.HELP, "text2")
        self.codes = UserCodes(theme, core)
        self._lock_words = Label(theme, "", Role.BODY, "warn")
        self.unlock = Button(theme, "Unlock", size="small", icon="lock")
        self.unlock.clicked.connect(self._unlock)
        self._dates = WrapLabel(theme, "", Role.BODY, "text2")
        self._status_row = form.add_row("Status", self._status_box(theme))
        self.codes_row = form.add_row("Confirmation code", self.codes)
        self.lock_row = form.add_row(
            "Locked out",
            _beside(self._lock_words, self.unlock),
            "Too many wrong passwords in a row.",
        )
        self._dates_row = form.add_row("Created, modified", self._dates)

    def show_user(self, user: User | None) -> None:
        """Tell of a user as saved; of one that is not made yet there is nothing to tell."""
        self._user = user
        for row in (self._status_row, self._dates_row):
            row.setVisible(user is not None)
        if user is None:
            self.lock_row.hide()
            self.codes_row.hide()
            return
        self._show_moves(user)
        self.codes_row.setVisible(self.codes.show_user(self._pool_id, user.sub))
        self._dates.setText(f"{when(user.creation_date)}, {when(user.last_modified_date)} UTC")
        now = self._core.timestamp()
        locked = is_locked(user.lockout, now)
        self.lock_row.setVisible(locked)
        if locked:
            seconds = int(user.lockout.locked_until - now) + 1
            self._lock_words.setText(f"{user.lockout.failures} failures, {seconds} s left")

    def _show_moves(self, user: User) -> None:
        """A button for each way to another status, and why the other ways are closed."""
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
        self.closed_moves.setText(" ".join(dict.fromkeys(closed)))
        self.closed_moves.setVisible(bool(closed))

    def _button(self, theme: Theme, move: Move) -> Button:
        button = Button(theme, _MOVES[move], size="small")
        button.clicked.connect(lambda: self._move(move))
        return button

    def _status_box(self, theme: Theme) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(metrics.HALF))
        for widget in (self.status, _beside(*self.moves.values()), self.closed_moves):
            column.addWidget(widget)
        return box

    def _move(self, move: Move) -> None:
        user = self._user
        if user is None:
            return
        if move not in _OPERATIONS:
            self.password_wanted.emit()
            return
        operation, words = _OPERATIONS[move]
        try:
            with edits.step(self._core, f"{words} {user.username}"):
                operation(self._core, {"UserPoolId": self._pool_id, "Username": user.sub})
        except ApiError as error:
            self.refused.emit(error.message)
            return
        self.changed.emit()

    def _unlock(self) -> None:
        if self._user is not None:
            self._core.store.users.set_lockout(self._pool_id, self._user.sub, Lockout())
            self.changed.emit()


def _beside(*widgets: QWidget) -> QWidget:
    """Small things beside one another, at the left."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(widget)
    row.addStretch(1)
    return box

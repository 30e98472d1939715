"""The one or two secrets that a client holds, and what can be done with them at once."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.domain.records.clients import ClientSecret
from sandbox_app.gui.components import Button, Field, Label, SecretField, VerdictLine
from sandbox_app.gui.theme import Role, Theme, metrics

_MOST = 2


class ClientSecretsRow(QWidget):
    """Each secret masked, with its date; below, a second one can be added.

    Signals:
        add_wanted: str, the value of another secret; empty for one to be made up.
        renew_wanted, delete_wanted: str, the id of a secret.
    """

    add_wanted = Signal(str)
    renew_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._secrets: tuple[ClientSecret, ...] = ()
        self._lines: list[_Line] = []
        self.none = Label(theme, "None. A public client keeps no secret.", Role.BODY, "text2")
        self.rotate = Button(theme, "Rotate", variant="link", size="small", icon="refresh")
        self.rotate.setToolTip("Adds a new secret and keeps the old one")
        self.add = Button(theme, "Add second secret", variant="link", size="small", icon="plus")
        self.field = Field(theme, "Second client secret", mono=True)
        self.field.setPlaceholderText("Made up if left empty")
        self.confirm = Button(theme, "Add", size="small")
        self.cancel = Button(theme, "Cancel", variant="quiet", size="small")
        self.error = VerdictLine(theme)
        self._asking = QWidget()
        self._build()
        self.ask(False)
        self.show_secrets(())

    @property
    def fields(self) -> tuple[SecretField, ...]:
        """The field of each secret, the older one first."""
        return tuple(line.field for line in self._lines)

    def show_secrets(self, secrets: Sequence[ClientSecret]) -> None:
        """Show these; the same ones stay as they are, shown or masked."""
        wanted = tuple(secrets)
        if wanted != self._secrets:
            self._secrets = wanted
            self._rebuild()
            self.ask(False)
        self.none.setVisible(not wanted)
        room = 0 < len(wanted) < _MOST
        self.rotate.setVisible(room)
        self.add.setVisible(room)

    def focus_first(self) -> None:
        """Put the keyboard on the first secret, if there is one."""
        for line in self._lines[:1]:
            line.field.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, asking: bool) -> None:
        """Ask for a second secret, or no longer."""
        self._asking.setVisible(asking)
        self.error.say("")
        self.field.set_wrong(False)
        if asking:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.clear()

    def show_error(self, sentence: str) -> None:
        """Say why it could not be done."""
        self.error.say(sentence)
        self.field.set_wrong(bool(sentence) and not self._asking.isHidden())

    def _rebuild(self) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for position, secret in enumerate(self._secrets):
            line = _Line(self._theme, secret, position, len(self._secrets))
            secret_id = secret.client_secret_id
            line.field.regenerate_wanted.connect(lambda one=secret_id: self.renew_wanted.emit(one))
            line.field.remove_wanted.connect(lambda one=secret_id: self.delete_wanted.emit(one))
            self._lines.append(line)
            self._column.insertWidget(position, line)

    def _build(self) -> None:
        px = self._theme.px
        asking = QHBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(px(metrics.GRID))
        asking.addWidget(self.field, 1)
        asking.addWidget(self.confirm)
        asking.addWidget(self.cancel)
        links = QHBoxLayout()
        links.setSpacing(px(metrics.GRID))
        links.addWidget(self.rotate)
        links.addWidget(self.add)
        links.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(metrics.HALF))
        self._column.addWidget(self.none)
        self._column.addLayout(links)
        self._column.addWidget(self._asking)
        self._column.addWidget(self.error)
        self.none.setMinimumHeight(px(metrics.FIELD))
        self.rotate.clicked.connect(lambda: self.add_wanted.emit(""))
        self.add.clicked.connect(lambda: self.ask(True))
        self.cancel.clicked.connect(lambda: self.ask(False))
        self.confirm.clicked.connect(lambda: self.add_wanted.emit(self.field.text()))
        self.field.returnPressed.connect(lambda: self.add_wanted.emit(self.field.text()))


class _Line(QWidget):
    """One secret and when it was made."""

    def __init__(self, theme: Theme, secret: ClientSecret, position: int, number: int) -> None:
        super().__init__()
        what = "client secret" if number == 1 else f"client secret {position + 1}"
        self.field = SecretField(
            theme, what, secret.client_secret_value, can_remove=number == _MOST
        )
        self.field.regenerate.set_name(f"Regenerate {what}: the old one stops working at once")
        made = datetime.fromtimestamp(secret.client_secret_create_date, UTC)
        date = Label(theme, f"Made {made:%Y-%m-%d %H:%M} UTC", Role.HELP, "text3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(self.field)
        column.addWidget(date)

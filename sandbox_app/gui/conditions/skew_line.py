"""By how much the tokens of one client are dated wrongly, as a sentence whose words are menus."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.domain.durations import duration_words
from sandbox_app.gui.components import Button, Field, Label, MenuButton, VerdictLine
from sandbox_app.gui.conditions.flow import Flow
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions import clock as verbs
from sandbox_app.workbench.conditions.durations import parse_duration

_OTHER = "other"
_SKEWS = (
    timedelta(0),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(hours=1),
    -timedelta(seconds=30),
    -timedelta(minutes=5),
    -timedelta(hours=1),
)


class SkewLine(QWidget):
    """Shows one client of the pool looked at, a skewed one first."""

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__()
        self._theme = theme
        self._core = core
        self._pool_id = self._client_id = ""
        self.client = MenuButton(theme, "Client")
        self.skew = MenuButton(theme, "Dated")
        self.field = Field(theme, "Skew of the client’s clock", mono=True)
        self.save = Button(theme, "Save skew", variant="primary", size="small")
        self.wrong = VerdictLine(theme)
        self.field.setPlaceholderText("A duration such as +90s or -2h")
        choices = [(str(skew.total_seconds()), skew_words(skew)) for skew in _SKEWS]
        self.skew.set_choices([*choices, ("", ""), (_OTHER, "Something else…")])
        self.client.chosen.connect(self._choose_client)
        self.skew.chosen.connect(self._choose_skew)
        self.field.returnPressed.connect(self._take)
        self.field.textEdited.connect(lambda: self._refuse(""))
        self.save.clicked.connect(self._take)
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_pool(self, pool_id: str) -> None:
        """Offer the clients of another pool."""
        self._pool_id = pool_id
        self.refresh()

    def refresh(self) -> None:
        """Show the client's skew as it is now."""
        clients = {it.client_id: it for it in self._core.store.clients.of_pool(self._pool_id)}
        self.setVisible(bool(clients))
        if not clients:
            return
        skews = self._core.conditions.skews
        if self._client_id not in clients:
            self._client_id = next((it for it in clients if it in skews), next(iter(clients)))
        self.client.set_choices(
            [
                (it.client_id, _marked(it.client_name, skews.get(it.client_id)))
                for it in clients.values()
            ]
        )
        self.client.setText(clients[self._client_id].client_name)
        self.skew.setText(skew_words(skews.get(self._client_id, timedelta(0))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves typing."""
        if event.key() == Qt.Key.Key_Escape and self._typed.isVisible():
            self._leave()
        else:
            super().keyPressEvent(event)

    def _choose_client(self, client_id: str) -> None:
        self._client_id = client_id
        self.refresh()

    def _choose_skew(self, key: str) -> None:
        if key == _OTHER:
            self.field.clear()
            self._refuse("")
            self._typed.show()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            verbs.skew(self._core, self._client_id, timedelta(seconds=float(key)))
            self._leave()

    def _take(self) -> None:
        try:
            verbs.skew(self._core, self._client_id, parse_duration(self.field.text()))
        except ValueError as error:
            words = str(error)
            self._refuse(f"{words[:1].upper()}{words[1:]}.")
        else:
            self._leave()

    def _leave(self) -> None:
        self._typed.hide()
        self._refuse("")
        self.refresh()

    def _refuse(self, because: str) -> None:
        self.field.set_wrong(bool(because))
        self.wrong.say(because)

    def _build(self) -> None:
        sentence = Flow(self._theme)
        words: list[QWidget] = [Label(self._theme, "Tokens for", Role.BODY, "text2"), self.client]
        words += [Label(self._theme, "are dated", Role.BODY, "text2"), self.skew]
        for word in words:
            sentence.add(word)
        self._typed = QWidget()
        line = QHBoxLayout(self._typed)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.field, 1)
        line.addWidget(self.save)
        self._typed.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (sentence, self._typed, self.wrong):
            self._column.addWidget(widget)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(metrics.HALF))


def skew_words(skew: timedelta) -> str:
    """`as usual`, `5 min ahead`, `1 h behind`."""
    if not skew:
        return "as usual"
    return f"{duration_words(abs(skew))} {'ahead' if skew > timedelta(0) else 'behind'}"


def _marked(name: str, skew: timedelta | None) -> str:
    return name if skew is None else f"{name} ({skew_words(skew)})"

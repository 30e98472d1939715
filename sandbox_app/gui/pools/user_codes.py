"""The confirmation codes that were sent to a user, to be read and copied."""

from datetime import timedelta

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.domain.durations import duration_words
from sandbox_app.gui.components import CopyValue, WrapLabel
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.people.codes import CodeSeen, codes_of

_LOOK_AGAIN_MS = 1_000
_MEDIA = {"EMAIL": "by e-mail", "SMS": "by SMS"}
_FORGOTTEN = "Sent before this start; send another to read it"


class UserCodes(QWidget):
    """One code under the other, each with what it is for; counts down while it is seen."""

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__()
        self._theme, self._core = theme, core
        self._pool_id, self._sub = "", ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(metrics.HALF))
        self.shown: list[tuple[CopyValue, WrapLabel]] = []
        self._tick = QTimer(self)
        self._tick.setInterval(_LOOK_AGAIN_MS)
        self._tick.timeout.connect(self.refresh)

    def show_user(self, pool_id: str, sub: str) -> bool:
        """Look at a user; whether there is a code to show."""
        self._pool_id, self._sub = pool_id, sub
        return self.refresh()

    def refresh(self) -> bool:
        """As they are now; whether there is one."""
        found = codes_of(self._core, self._pool_id, self._sub) if self._sub else ()
        while len(self.shown) < len(found):
            self._add()
        for place, (value, words) in enumerate(self.shown):
            value.setVisible(place < len(found))
            words.setVisible(place < len(found))
        for code, (value, words) in zip(found, self.shown, strict=False):
            self._fill(code, value, words)
        return bool(found)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again while it is seen."""
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._tick.stop()

    def _add(self) -> None:
        value = CopyValue(self._theme, "confirmation code", "")
        words = WrapLabel(self._theme, "", Role.HELP, "text2")
        self._column.addWidget(value)
        self._column.addWidget(words)
        self.shown.append((value, words))

    def _fill(self, code: CodeSeen, value: CopyValue, words: WrapLabel) -> None:
        if code.code:
            if value.value != code.code:
                value.set_value(code.code)
        else:
            value.set_nothing(_FORGOTTEN)
        words.setText(self._words(code))

    def _words(self, code: CodeSeen) -> str:
        left = code.expires_at - self._core.timestamp()
        good = (
            "expired" if left <= 0 else f"good for {duration_words(timedelta(seconds=int(left)))}"
        )
        if left > 0 and not code.tries_left:
            good += ", but no try is left within the hour"
        medium = _MEDIA.get(code.medium, code.medium)
        purpose = f"{code.purpose[:1].upper()}{code.purpose[1:]}"
        return f"{purpose}, sent {medium} to {code.destination}; {good}. {code.operation} takes it."

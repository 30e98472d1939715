"""That recording is paused, how many requests passed meanwhile, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.domain.events import ExchangePassed, RecordingChanged
from sandbox_app.gui.components import Button, ElidedLabel, IconLabel
from sandbox_app.gui.components.painting import paint_hairline
from sandbox_app.gui.settling import Settling
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.words import passed_words
from sandbox_app.workbench.recording import record_again


class RecordingStrip(QWidget):
    """Hidden while everything is recorded.

    Signals:
        counted: (paused, passed), whenever either may have changed; seldom under load.
        ended: str, a sentence about what was missed.
    """

    counted = Signal(bool, int)
    ended = Signal(str)

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__()
        self._theme = theme
        self._core = core
        self.title = ElidedLabel(theme, "", Role.BODY)
        self.again = Button(theme, "Record again", size="small", icon="play")
        self.again.clicked.connect(lambda: record_again(core))
        self._row = QHBoxLayout(self)
        icon = IconLabel(theme, "pause", "warn", metrics.ICON_ROW, name="Paused")
        self._row.addWidget(icon)
        self._row.addWidget(self.title, 1)
        self._row.addWidget(self.again, 0, Qt.AlignmentFlag.AlignVCenter)
        self._restyle()
        theme.changed.connect(self._restyle)
        self._passed = Settling(self)
        self._passed.settled.connect(self.refresh)
        self._subscriptions = [
            core.bus.subscribe(RecordingChanged, self._recording_changed),
            core.bus.subscribe(ExchangePassed, lambda _: self._passed.touch()),
        ]
        self.hide()

    def leave(self) -> None:
        """Hear of nothing any more."""
        for stop in self._subscriptions:
            stop()
        self._subscriptions.clear()
        self._passed.stop()

    def refresh(self) -> None:
        """Show how things are now."""
        recording = self._core.recording
        self.setVisible(recording.paused)
        words = f"Recording is paused. {passed_words(recording.passed)}"
        if words != self.title.text():
            self.title.setText(words)
            self.setAccessibleName(words)
        self.counted.emit(recording.paused, recording.passed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sunken, with a hairline below: nothing here is unlike the real service."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("sunken"))
        paint_hairline(painter, self._theme, self.rect())
        painter.end()

    def _recording_changed(self, event: RecordingChanged) -> None:
        self.refresh()
        if event.paused:
            return
        if event.passed:
            self.ended.emit(f"Recording again. {passed_words(event.passed)}")
        else:
            self.ended.emit("Recording again. Nothing was missed.")

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(20), px(6), px(8), px(7))
        self._row.setSpacing(px(metrics.GRID))

"""The sandbox's clock: what time it tells, and how to shift, stop and straighten it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.domain.durations import duration_words
from sandbox_app.gui.components import Button, Field, Label, Segments, VerdictLine
from sandbox_app.gui.conditions.heading import Heading
from sandbox_app.gui.conditions.skew_line import SkewLine
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions import clock as verbs
from sandbox_app.workbench.conditions.durations import duration_text

_TICK_MS = 200
_STEPS = (
    ("1 d", "minus", timedelta(days=-1)),
    ("1 h", "minus", timedelta(hours=-1)),
    ("1 h", "plus", timedelta(hours=1)),
    ("1 d", "plus", timedelta(days=1)),
)
_MODES: list[tuple[str, str] | tuple[str, str, str]] = [
    ("straight", "Computer’s time"),
    ("shifted", "Ahead or behind"),
    ("frozen", "Frozen"),
]


class ClockPanel(QWidget):
    """The time in large digits, ticking while it is looked at.

    Signals:
        ticked: the second changed; what counts down beside it may follow.
    """

    ticked = Signal()

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__()
        self._theme = theme
        self._core = core
        self._second: tuple[int, bool] | None = None
        self.face = Label(theme, "", Role.CLOCK)
        self.relation = Label(theme, "", Role.LABEL, "text2")
        self.date = Label(theme, "", Role.BODY, "text2")
        self.mode = Segments(theme, "Clock", _MODES)
        self.steps = [Button(theme, words, icon=icon) for words, icon, _ in _STEPS]
        self.offset = Field(theme, "Ahead or behind by", mono=True)
        self.wrong = VerdictLine(theme)
        self.skew = SkewLine(theme, core)
        for button, (words, icon, by) in zip(self.steps, _STEPS, strict=True):
            direction = "back" if icon == "minus" else "ahead"
            button.setAccessibleName(f"{words} {direction}")
            button.clicked.connect(partial(self._step, by))
        self.mode.chosen.connect(self._choose)
        self.offset.returnPressed.connect(self._take_typed)
        self.offset.textEdited.connect(lambda: self._say(""))
        self._ticking = QTimer(self)
        self._ticking.setInterval(_TICK_MS)
        self._ticking.timeout.connect(self._tick)
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)
        self.refresh()

    def show_pool(self, pool_id: str) -> None:
        """Offer the skews of another pool's clients."""
        self.skew.show_pool(pool_id)

    def refresh(self) -> None:
        """Show the clock as it is bent now."""
        self.skew.refresh()
        clock = self._core.clock
        frozen = clock.frozen_at is not None
        self.mode.set_current("frozen" if frozen else "shifted" if clock.offset else "straight")
        self.relation.setText(self._relation())
        self.relation.set_token("warn" if clock.is_bent else "text2")
        if not self.offset.hasFocus():
            self.offset.setText(_typed(clock.ahead))
        self._second = None
        self._tick()

    def showEvent(self, event: QShowEvent) -> None:
        """Tick while it is looked at."""
        super().showEvent(event)
        self._ticking.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while nobody looks."""
        super().hideEvent(event)
        self._ticking.stop()

    def _tick(self) -> None:
        moment = self._core.now().astimezone()
        second = int(moment.timestamp()), self._core.clock.is_bent
        if second == self._second:
            return
        self._second = second
        self.face.setText(f"{moment:%H:%M:%S}")
        self.date.setText(_date_words(moment))
        if self._core.clock.frozen_at is not None:
            self.relation.setText(self._relation())
        self.ticked.emit()

    def _relation(self) -> str:
        clock = self._core.clock
        ahead = timedelta(seconds=round(clock.ahead.total_seconds()))
        if not clock.is_bent:
            return "As this computer"
        stands = "Stands still, " if clock.frozen_at is not None else ""
        if not ahead:
            return f"{stands}as this computer".capitalize()
        words = f"{duration_words(abs(ahead))} {'ahead of' if ahead > timedelta(0) else 'behind'}"
        return f"{stands}{words} this computer"

    def _choose(self, mode: str) -> None:
        if mode == "straight":
            verbs.straighten(self._core)
        elif mode == "frozen":
            verbs.freeze(self._core)
        else:
            verbs.run(self._core)
            self.mode.set_current("shifted")
            self.offset.setFocus(Qt.FocusReason.OtherFocusReason)
            self.offset.selectAll()

    def _step(self, by: timedelta, _checked: bool = False) -> None:
        self._change(lambda: verbs.advance(self._core, by))

    def _take_typed(self) -> None:
        self._change(lambda: verbs.set_by_words(self._core, self.offset.text()))

    def _change(self, change: Callable[[], None]) -> None:
        try:
            change()
        except ValueError as error:
            self._say(str(error))
        else:
            self._say("")
            self.offset.setText(_typed(self._core.clock.ahead))

    def _say(self, wrong: str) -> None:
        self.offset.set_wrong(bool(wrong))
        self.wrong.say(wrong)

    def _build(self) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.relation)
        words.addWidget(self.date)
        words.addStretch(1)
        self._face = QHBoxLayout()
        self._face.addWidget(self.face)
        self._face.addLayout(words, 1)
        self._buttons = QHBoxLayout()
        self.offset.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.offset.setToolTip(
            "A duration such as +2h or -90s, or a moment such as 2027-01-31 08:00"
        )
        for widget in (*self.steps[:2], self.offset, *self.steps[2:]):
            self._buttons.addWidget(widget, 0, middle)
        self._buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(Heading(self._theme, "Clock"))
        self._column.addLayout(self._face)
        self._column.addWidget(self.mode)
        self._column.addLayout(self._buttons)
        self._column.addWidget(self.wrong)
        self._column.addWidget(self.skew)
        self._column.addStretch(1)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(metrics.GRID))
        self._face.setSpacing(px(16))
        self._buttons.setSpacing(px(6))
        widest = max(self._theme.text_width(Role.CLOCK, f"{digit}" * 2) for digit in range(10)) * 3
        colons = 2 * self._theme.text_width(Role.CLOCK, ":")
        # As wide as its widest time, so that nothing beside it moves with the seconds.
        self.face.setMinimumWidth(widest + colons)
        self.offset.setFixedWidth(px(_FIELD))


_FIELD = 136


def _typed(ahead: timedelta) -> str:
    """The distance as it can be typed again, without the milliseconds that pass meanwhile."""
    return duration_text(timedelta(seconds=round(ahead.total_seconds())))


def _date_words(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B %Y}"

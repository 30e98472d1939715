"""What is said about the current arrow, and the button that goes on."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, ElidedLabel, Label
from sandbox_app.gui.components.painting import (
    CHIP_TOKENS,
    ChipKind,
    paint_box,
    paint_icon,
    paint_text_elided,
)
from sandbox_app.gui.live.presenter.keys import Keys
from sandbox_app.gui.live.presenter.paragraph import Paragraph
from sandbox_app.gui.live.presenter.progress import Progress
from sandbox_app.gui.theme import Role, Theme, Typeface, metrics
from sandbox_app.workbench.live.presenting import Can, Presentation
from sandbox_app.workbench.live.sequence import Lane, State, Step

_HEIGHT, _SIDE = 212, 264
_STATE_FACE = Typeface(14, 600)
_SOURCES = Typeface(14)
_WAITING = {
    Lane.BROWSER: "Held: the browser is waiting",
    Lane.APP: "Held: the app is waiting",
}
_BUTTONS = {
    Can.RELEASE: ("Release the answer", "play"),
    Can.STEP: ("Next step", "step"),
    Can.WAIT: ("Waiting", "clock"),
}
_VERBS = {Can.RELEASE: "release", Can.STEP: "next step", Can.WAIT: "next step"}


class StateChip(QWidget):
    """Says in a few words what became of the current answer; hidden where that is nothing new."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words, self._icon, self._kind = "", "hand", "warn"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def say(self, words: str, icon: str, kind: ChipKind) -> None:
        """Say something else, or nothing."""
        self._words, self._icon, self._kind = words, icon, kind
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and words, 30 high."""
        px = self._theme.px
        return QSize(px(36) + self._theme.text_width(_STATE_FACE, self._words), px(30))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A chip at the room's size."""
        painter = QPainter(self)
        theme, px = self._theme, self._theme.px
        ground, border, writing = CHIP_TOKENS["warn" if self._kind == "warn" else "bad"]
        paint_box(
            painter,
            self.rect(),
            fill=theme.color(ground),
            border=theme.color(border),
            radius=px(metrics.RADIUS_CHIP),
        )
        slot = QRect(px(7), 0, px(16), self.height())
        paint_icon(painter, theme, slot, self._icon, writing, 16)
        rest = self.rect().adjusted(px(27), 0, -px(4), 0)
        paint_text_elided(painter, theme, rest, self._words, _STATE_FACE, writing)
        painter.end()


class StepPanel(QWidget):
    """Progress, the current arrow in three sentences, and what can be done now.

    Signals:
        go_on_wanted: release what is held, or show the next arrow.
    """

    go_on_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.progress = Progress(theme)
        self._number = Label(theme, "", Role.PRESENTER_TITLE, "accent_text")
        self._title = ElidedLabel(theme, "", Role.PRESENTER_TITLE)
        self.state = StateChip(theme)
        self._text = Paragraph(theme, Role.PRESENTER_BODY)
        self._sources = ElidedLabel(theme, "", _SOURCES, "text2")
        self.button = Button(theme, "", variant="primary", size="big")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(lambda: self.go_on_wanted.emit())
        self._onward = Keys(theme, ("Space", "→", "Page Down"), "next step")
        self._back = Keys(theme, ("←", "Page Up"), "step back")
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def title(self) -> str:
        """The current arrow in a few words."""
        return self._title.text()

    @property
    def text(self) -> str:
        """Its three sentences."""
        return self._text.text()

    @property
    def sources(self) -> str:
        """Where it is written."""
        return self._sources.text()

    def show_at(self, shown: Presentation) -> None:
        """Tell about the current arrow."""
        step, can = shown.current, shown.can
        self.progress.show_at(step.number if step else 0, shown.total, held=can is Can.RELEASE)
        self._number.setText(str(step.number) if step else "")
        self._number.setVisible(step is not None)
        self._title.setText(step.story.title if step else shown.headline)
        self._text.set_text(" ".join(step.story.sentences) if step else "")
        self._sources.setText("  ·  ".join(step.story.sources) if step else "")
        self._say_state(step, can)
        words, icon = _BUTTONS[can]
        if can is Can.WAIT:
            words = "Waiting for a login" if step is None else "Waiting for more"
        self.button.setText(words)
        self.button.set_icon(icon)
        self.button.setEnabled(can is not Can.WAIT)
        self._onward.set_words(_VERBS[can])
        self._claim_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Chrome, with a hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("chrome"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setMinimumHeight(self._theme.px(_HEIGHT))
            self._claim_height()

    def _say_state(self, step: Step | None, can: Can) -> None:
        if step is not None and can is Can.RELEASE:
            self.state.say(_WAITING.get(step.target, "Held"), "hand", "warn")
        elif step is not None and step.state is State.GONE:
            self.state.say("Gone: nobody waited for it any more", "cross", "bad")
        elif step is not None and step.state is State.DROPPED:
            self.state.say("Cut: it was never sent", "cross", "bad")
        elif step is not None and step.refused:
            self.state.say("Refused", "refused", "bad")
        else:
            self.state.say("", "hand", "warn")

    def _claim_height(self) -> None:
        """As high as its words need; it never shrinks from arrow to arrow, so nothing jumps."""
        self._column.activate()
        needed = self._column.minimumSize().height()
        self.setMinimumHeight(max(self.minimumHeight(), needed, self._theme.px(_HEIGHT)))

    def _build(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._number)
        self._head.addWidget(self._title)
        self._head.addWidget(self.state)
        self._head.addStretch(1)
        self._said = QVBoxLayout()
        self._said.addLayout(self._head)
        self._said.addWidget(self._text)
        self._said.addStretch(1)
        self._said.addSpacing(self._theme.px(4))
        self._said.addWidget(self._sources)
        self._done = QVBoxLayout()
        self._done.addWidget(self.button)
        self._done.addWidget(self._onward)
        self._done.addWidget(self._back)
        self._done.addStretch(1)
        self._below = QHBoxLayout()
        self._below.addLayout(self._said, 1)
        self._below.addLayout(self._done)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.progress)
        self._column.addLayout(self._below, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(32), px(12), px(24), px(14))
        self._column.setSpacing(px(12))
        self._head.setSpacing(px(12))
        self._said.setSpacing(px(4))
        self._done.setSpacing(px(8))
        self._below.setSpacing(px(56))
        self.button.setFixedWidth(px(_SIDE))
        for keys in (self._onward, self._back):
            keys.setFixedWidth(px(_SIDE))
        self.setMinimumHeight(px(_HEIGHT))
        self._claim_height()
        self.update()

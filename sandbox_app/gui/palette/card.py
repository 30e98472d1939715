"""The elevated card of the palette: the field, what was found, and a word when nothing was."""

from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.gui.components.fields import Field
from sandbox_app.gui.components.labels import ElidedLabel
from sandbox_app.gui.components.painting import card_in, paint_card
from sandbox_app.gui.palette.model import HitModel
from sandbox_app.gui.palette.results import ResultsView
from sandbox_app.gui.palette.search_button import WORDS
from sandbox_app.gui.theme import Role, Theme, metrics


class Card(QWidget):
    """The elevated card: field, results, and a word when there are none."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = HitModel()
        self.field = Field(theme, WORDS, placeholder=WORDS, icon="search")
        self.results = ResultsView(theme, self.model)
        self.results.setMinimumHeight(1)
        self._nothing = ElidedLabel(theme, "", Role.BODY, "text2")
        self._nothing.hide()
        self._head = QVBoxLayout()
        self._head.addWidget(self.field)
        self._head.addWidget(self._nothing)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.results, 1)
        self._restyle()
        theme.changed.connect(self._restyle)

    def wanted_height(self) -> int:
        """The field and all rows, without the shadow."""
        px = self._theme.px
        spoken = self._nothing.isVisibleTo(self)
        shown = self._nothing.sizeHint().height() if spoken else self.results.content_height()
        return px(12 + metrics.FIELD + 8) + shown + (px(8) if shown else px(4))

    def say_nothing(self, text: str) -> None:
        """That nothing fits a text; an empty one takes the word back."""
        self._nothing.setText(f"Nothing is called “{text}”." if text else "")
        self._nothing.setVisible(bool(text))
        self.results.setVisible(not text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the card is no press beside it."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shadow, ground, border."""
        painter = QPainter(self)
        paint_card(painter, self._theme, card_in(self._theme, self.rect()))
        painter.end()

    def _restyle(self) -> None:
        px, shadow = self._theme.px, self._theme.px(metrics.SHADOW)
        self._column.setSpacing(px(metrics.GRID))
        self._column.setContentsMargins(shadow + 1, shadow + px(12), shadow + 1, shadow + px(8))
        self._head.setSpacing(px(metrics.GRID))
        self._head.setContentsMargins(px(12), 0, px(12), 0)
        self.update()

"""A paragraph with air between its lines, which a label cannot have."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from sandbox_app.gui.theme import Role, Theme, Token

_LINE = 1.62
"""Distance of two lines in sizes of the writing."""

_NARROWEST = 200


class Paragraph(QWidget):
    """Plain text on as many lines as it needs."""

    def __init__(
        self, theme: Theme, role: Role, token: Token = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._token: Token = token
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._claim)

    def text(self) -> str:
        """The words."""
        return self._words

    def set_text(self, words: str) -> None:
        """Say something else."""
        self._words = words
        self.setAccessibleName(words)
        self._claim()

    def sizeHint(self) -> QSize:
        """As high as the lines at the present width."""
        return QSize(self._theme.px(_NARROWEST), self._height())

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._claim()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line by line."""
        painter = QPainter(self)
        painter.setPen(self._theme.color(self._token))
        layout = self._layout()
        # The air is around each line, half above and half below.
        above = (self._line() - self._theme.metrics(self._role).height()) / 2
        layout.draw(painter, QPointF(0, above))
        painter.end()

    def _claim(self) -> None:
        self.setFixedHeight(self._height())
        self.updateGeometry()
        self.update()

    def _height(self) -> int:
        return round(self._layout().lineCount() * self._line())

    def _line(self) -> float:
        return self._theme.font(self._role).pixelSize() * _LINE

    def _layout(self) -> QTextLayout:
        layout = QTextLayout(self._words, self._theme.font(self._role))
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        width = max(self.width(), self._theme.px(_NARROWEST))
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += self._line()
        layout.endLayout()
        return layout

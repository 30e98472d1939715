"""The hairline between panes and sections."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sandbox_app.gui.theme import Theme, Token


class Hairline(QWidget):
    """One pixel across or down, whatever the scale."""

    def __init__(
        self,
        theme: Theme,
        *,
        vertical: bool = False,
        token: Token = "line",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._token: Token = token
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        if vertical:
            self.setFixedWidth(1)
            self.setSizePolicy(fixed, free)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(free, fixed)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A filled pixel row needs no antialiasing."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(self._token))
        painter.end()

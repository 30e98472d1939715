"""A pane that scrolls down only: one column of widgets on the place's own ground."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from sandbox_app.gui.theme import Theme, metrics


class ScrollingColumn(QScrollArea):
    """Widgets below each other, as wide as the pane.

    Args:
        name: accessible name.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setSpacing(0)
        self.setWidget(body)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self._theme.px
        self.column.setContentsMargins(px(metrics.PANE_LEFT), px(12), px(metrics.PANE_LEFT), px(24))

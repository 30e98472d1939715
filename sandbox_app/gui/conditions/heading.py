"""The head of a part of the place: its name, a word beside it, and what can be done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.gui.components import ElidedLabel, Label
from sandbox_app.gui.theme import Role, Theme, metrics


class Heading(QWidget):
    """A section's title at the left, its buttons at the right, all on one line of 32 px."""

    def __init__(self, theme: Theme, title: str, beside: str = "") -> None:
        super().__init__()
        self._theme = theme
        middle = Qt.AlignmentFlag.AlignVCenter
        self.beside = ElidedLabel(theme, beside, Role.HELP, "text2")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(Label(theme, title, Role.SECTION), 0, middle)
        self._row.addWidget(self.beside, 1, middle)
        self._restyle()
        theme.changed.connect(self._restyle)

    def add(self, *widgets: QWidget) -> None:
        """Append at the right end."""
        for widget in widgets:
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _restyle(self) -> None:
        self._row.setSpacing(self._theme.px(metrics.GRID))
        self.setFixedHeight(self._theme.px(metrics.BUTTON))

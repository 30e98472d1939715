"""Rows of a list that is short enough to be made of widgets: 44 px and a hairline between them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import Hairline
from sandbox_app.gui.theme import Theme, metrics


class Row(QWidget):
    """One line: widgets from left to right, the stretching one given by `stretch`."""

    def __init__(
        self, theme: Theme, widgets: Sequence[QWidget], *, stretch: QWidget | None = None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            share = 1 if widget is stretch else 0
            self._row.addWidget(widget, share, Qt.AlignmentFlag.AlignVCenter)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._row.setSpacing(self._theme.px(metrics.GRID))
        self.setMinimumHeight(self._theme.px(metrics.LIST_ROW))


class Rows(QWidget):
    """Rows below each other with a hairline between two."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rows: list[QWidget] = []

    def set_rows(self, rows: Sequence[QWidget]) -> None:
        """Show other rows; those before are gone unless they are among these."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in rows:
                widget.hide()
                widget.deleteLater()
        self.rows = list(rows)
        for position, row in enumerate(rows):
            if position:
                self._column.addWidget(Hairline(self._theme))
            self._column.addWidget(row)

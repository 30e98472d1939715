"""The area that rows of a form scroll in, and that gives them the shape there is room for."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from sandbox_app.gui.components.form_row import FormRow


class FormArea(QScrollArea):
    """Scrolls upwards and downwards only.

    Labels stand beside their controls, or all of them above where one would not fit beside.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[FormRow] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may be too narrow, or wide enough again."""
        super().resizeEvent(event)
        self._shape()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """So may other controls be."""
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._shape()
        return handled

    def _shape(self) -> None:
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is None or layout is None:
            return
        margins = layout.contentsMargins()
        width = min(self.viewport().width(), content.maximumWidth())
        room = width - margins.left() - margins.right()
        stacked = any(row.width_beside > room for row in self.rows if not row.isHidden())
        for row in self.rows:
            row.set_stacked(stacked)

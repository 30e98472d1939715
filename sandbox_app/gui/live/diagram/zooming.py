"""The controls for a diagram's size."""

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from sandbox_app.gui.components import IconButton, Label
from sandbox_app.gui.live.diagram.paper import DiagramPaper
from sandbox_app.gui.theme import Role, Theme

_ROOM_FOR_ALL, _ROOM_FOR_BUTTONS = 576, 528


class ZoomBar(QWidget):
    """Percentage, smaller, larger, fit; stands at the right end of the tabs."""

    def __init__(self, theme: Theme, canvas: DiagramPaper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._canvas = canvas
        self._percent = Label(theme, "100 %", Role.HELP, "text2")
        self.smaller = IconButton(theme, "minus", "Smaller (-)")
        self.larger = IconButton(theme, "plus", "Larger (+)")
        self.fit = IconButton(theme, "fit", "Fit all arrows in (Z)")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        for widget in (self._percent, self.smaller, self.larger, self.fit):
            row.addWidget(widget)
        self.smaller.clicked.connect(lambda: canvas.step_zoom(-1))
        self.larger.clicked.connect(lambda: canvas.step_zoom(1))
        self.fit.clicked.connect(lambda: canvas.fit())
        canvas.zoom_changed.connect(self._show)

    def add_to(self, menu: QMenu) -> None:
        """Append the same as entries."""
        for button, words, keys in (
            (self.larger, "Larger", "+"),
            (self.smaller, "Smaller", "-"),
            (None, "Actual size", "0"),
            (self.fit, "Fit all arrows in", "Z"),
        ):
            action = menu.addAction(f"{words}\t{keys}")
            if button is None:
                action.triggered.connect(lambda: self._canvas.set_zoom(1.0))
            else:
                action.triggered.connect(button.click)

    def fold(self, room: int) -> None:
        """Leave out what there is no room for beside the tabs; the keys go on working.

        Args:
            room: px of the whole row.
        """
        px = self._theme.px
        self._percent.setVisible(room >= px(_ROOM_FOR_ALL))
        for button in (self.smaller, self.larger):
            button.setVisible(room >= px(_ROOM_FOR_BUTTONS))

    @property
    def words(self) -> str:
        """The percentage."""
        return self._percent.text()

    def _show(self, zoom: float) -> None:
        self._percent.setText(f"{zoom * 100:.0f} %")

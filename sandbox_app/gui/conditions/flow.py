"""Widgets that follow each other like words: as many on a line as fit."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sandbox_app.gui.theme import Theme

_GAP = 6
_LINE = 30
_EXPLICITLY = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


class Flow(QWidget):
    """Lays its widgets out in lines and is as high as it must be for its width."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._arrange)

    def add(self, widget: QWidget) -> None:
        """Append a widget."""
        widget.setParent(self)
        # Outside a layout Qt shows nothing by itself that is added later.
        if not widget.testAttribute(_EXPLICITLY):
            widget.show()
        self._widgets.append(widget)
        self._arrange()

    def clear(self) -> None:
        """Take all of them away."""
        for widget in self._widgets:
            widget.hide()
            widget.deleteLater()
        self._widgets = []
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A widget with other words needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at that width."""
        return self._lay_out(width, move=False)

    def sizeHint(self) -> QSize:
        """All on one line."""
        return QSize(self._theme.px(320), self._lay_out(self.width(), move=False))

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest word."""
        widest = max((widget.sizeHint().width() for widget in self._widgets), default=0)
        return QSize(widest, self._theme.px(_LINE))

    def _arrange(self) -> None:
        height = self._lay_out(self.width(), move=True)
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
            self.updateGeometry()

    def _lay_out(self, width: int, *, move: bool) -> int:
        gap, line = self._theme.px(_GAP), self._theme.px(_LINE)
        left = top = 0
        for widget in self._widgets:
            if widget.isHidden() and widget.testAttribute(_EXPLICITLY):
                continue
            hint = widget.sizeHint()
            if left and left + hint.width() > width:
                left, top = 0, top + line
            if move:
                height = min(hint.height(), line)
                room = min(hint.width(), max(width, 1))
                widget.setGeometry(left, top + (line - height) // 2, room, height)
            left += hint.width() + gap
        return top + line

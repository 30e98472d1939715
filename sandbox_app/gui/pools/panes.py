"""Tree, table and editor side by side, each as wide as the window allows and the person likes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button
from sandbox_app.gui.theme import Theme, metrics

_WIDTHS = (208, 328, 664)
_NARROW = (212, 236, 420)
_SMALLEST = (140, 200, 360)


class Panes(QSplitter):
    """The three panes; the left one has a button at its foot.

    `middle` and `right` show one widget at a time; the middle one can be away altogether.
    """

    def __init__(self, theme: Theme, tree: QWidget, foot: Button) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._narrow: bool | None = None
        self._kept: object = None
        self._kept_narrow: object = None
        self._middle_width = 0
        self.middle = QStackedWidget()
        self.right = QStackedWidget()
        self._left = _LeftPane(theme, tree, foot)
        for position, pane in enumerate((self._left, self.middle, self.right)):
            self.addWidget(pane)
            self.setCollapsible(position, False)
            self.setStretchFactor(position, int(position == 2))
        self.setHandleWidth(1)
        self._restyle()
        self.splitterMoved.connect(lambda *_: self._moved())
        theme.changed.connect(self._restyle)

    def save_state(self) -> dict[str, object]:
        """The widths, and whether they were for a narrow window."""
        left, middle, right = self.sizes()
        if self.middle.isHidden():
            # Where there is no table its pane has no width, but had one and will again.
            middle = self._middle_width
            right = max(0, right - middle)
        return {"widths": [left, middle, right], "narrow": bool(self._narrow)}

    def restore_state(self, state: dict[str, object]) -> None:
        """Take up what `save_state` gave, once the room is known."""
        self._kept, self._kept_narrow = state.get("widths"), state.get("narrow")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew when the window becomes narrow or wide."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(metrics.FOLD_BELOW - metrics.RAIL)
        if narrow == self._narrow:
            return
        first, self._narrow = self._narrow is None, narrow
        widths = [self._theme.px(width) for width in (_NARROW if narrow else _WIDTHS)]
        if first and self._kept_narrow is narrow:
            widths = _as_widths(self._kept) or widths
        self._middle_width = widths[1]
        self.setSizes(widths)

    def _moved(self) -> None:
        if not self.middle.isHidden():
            self._middle_width = self.sizes()[1]

    def _restyle(self) -> None:
        for pane, width in zip((self._left, self.middle, self.right), _SMALLEST, strict=True):
            pane.setMinimumWidth(self._theme.px(width))


class _LeftPane(QWidget):
    """The ground of the tree and of the button below it."""

    def __init__(self, theme: Theme, tree: QWidget, foot: Button) -> None:
        super().__init__()
        self._theme = theme
        self._foot = QHBoxLayout()
        self._foot.addWidget(foot, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(tree, 1)
        column.addLayout(self._foot)
        self._restyle()
        theme.changed.connect(self._restyle)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sunken all over."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("sunken"))
        painter.end()

    def _restyle(self) -> None:
        px = self._theme.px
        self._foot.setContentsMargins(px(8), px(4), px(8), px(8))
        self.update()


def _as_widths(found: object) -> list[int] | None:
    if not isinstance(found, list) or len(found) != len(_WIDTHS):
        return None
    return found if all(isinstance(one, int) and 0 <= one < 10_000 for one in found) else None

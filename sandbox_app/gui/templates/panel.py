"""The frame of a panel that takes a place's room for a while: head, close, foot."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import ElidedLabel, ErrorBar, Hairline, IconButton
from sandbox_app.gui.theme import Role, Theme, metrics


class Panel(QWidget):
    """Title at the top, content below, buttons at the foot; Escape closes.

    Signals:
        closed: the person is done here.
    """

    closed = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = ElidedLabel(theme, title, Role.TITLE)
        self.close_button = IconButton(theme, "cross", f"Close {title}", side=32)
        self.close_button.clicked.connect(lambda: self.closed.emit())
        self.message = ErrorBar(theme)
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.content = QVBoxLayout()
        self.foot = QHBoxLayout()
        self._head_box, self._foot_box = QWidget(), QWidget()
        self._head_box.setLayout(self.head)
        self._foot_box.setLayout(self.foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head_box)
        column.addWidget(self.message)
        column.addLayout(self.content, 1)
        column.addWidget(Hairline(theme))
        column.addWidget(self._foot_box)
        self.setAccessibleName(title)
        self._restyle()
        theme.changed.connect(self._restyle)

    def leave(self) -> None:
        """The panel is about to go; one that waits for something waits no longer."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        px = self._theme.px
        left, right = px(metrics.PANE_LEFT), px(metrics.PANE_RIGHT)
        self._head_box.setFixedHeight(px(metrics.PANE_HEADER))
        self.head.setContentsMargins(left, 0, right, 0)
        self.head.setSpacing(px(metrics.GRID))
        # Room below a message, where there is one.
        self.content.setContentsMargins(left, px(metrics.GRID), right, px(metrics.GRID))
        self.content.setSpacing(px(12))
        self._foot_box.setFixedHeight(px(metrics.TOOLBAR))
        self.foot.setContentsMargins(left, 0, right, 0)
        self.foot.setSpacing(px(metrics.GRID))

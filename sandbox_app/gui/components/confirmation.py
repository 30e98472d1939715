"""The question before something that cannot be taken back by itself; the window goes on living."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components.buttons import Button
from sandbox_app.gui.components.labels import Label, WrapLabel
from sandbox_app.gui.theme import Role, Theme, metrics

_WIDTH = 440


class Confirmation(QDialog):
    """A title, what will happen, and two buttons; Escape and Enter on the first mean no.

    Opened with `open()`, so that the server goes on answering while it stands.
    """

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        title: str,
        sentence: str,
        action: str,
        confirmed: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(sentence)
        px = theme.px
        self.refuse = Button(theme, "Cancel")
        self.confirm = Button(theme, action, variant="danger")
        self.refuse.clicked.connect(self.reject)
        self.confirm.clicked.connect(self.accept)
        self.accepted.connect(confirmed)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(metrics.GRID))
        buttons.addStretch(1)
        buttons.addWidget(self.refuse)
        buttons.addWidget(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(metrics.GRID))
        column.addWidget(Label(theme, title, Role.TITLE))
        column.addWidget(WrapLabel(theme, sentence, Role.BODY, "text2"))
        column.addSpacing(px(metrics.GRID))
        column.addLayout(buttons)
        self.setFixedWidth(px(_WIDTH))
        self.refuse.setFocus()

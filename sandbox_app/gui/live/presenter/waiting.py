"""What a room sees before a login begins."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, IconLabel, Label, WrapLabel
from sandbox_app.gui.theme import Role, Theme

_WIDEST = 640


class Waiting(QWidget):
    """Says what will be shown here, and offers to begin."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.demo = Button(theme, "Run a demo sign-in", variant="primary", size="big", icon="play")
        self.demo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._sentence = WrapLabel(
            theme,
            "Sign in with any app of this sandbox: its browser waits until you let it go on, arrow "
            "by arrow. Nobody else is kept waiting.",
            Role.PRESENTER_BODY,
            "text2",
        )
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._column = QVBoxLayout(self)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._column.addStretch(1)
        self._column.addWidget(IconLabel(theme, "present", "text2", 48), 0, middle)
        self._column.addWidget(Label(theme, "Waiting for the next login", Role.HEADLINE), 0, middle)
        self._column.addWidget(self._sentence, 0, middle)
        self._column.addWidget(self.demo, 0, middle)
        self._column.addStretch(1)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(16))
        self._sentence.setFixedWidth(self._theme.px(_WIDEST))

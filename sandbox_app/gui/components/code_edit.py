"""Protocol data to be changed: monospaced plain text of several lines."""

from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from sandbox_app.gui.theme import Role, Theme


class CodeEdit(QPlainTextEdit):
    """A few lines to type in; Tab leaves it.

    Args:
        name: accessible name.
        lines: how high it is.

    Signals:
        textChanged: inherited.
    """

    def __init__(
        self, theme: Theme, name: str, *, lines: int = 6, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = lines
        self.setProperty("code", True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setFont(self._theme.font(Role.MONO))
        line = self._theme.metrics(Role.MONO).lineSpacing()
        self.setFixedHeight(self._lines * line + self._theme.px(24))

"""Protocol data to be changed: monospaced plain text of several lines."""

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from sandbox_app.gui.theme import Role, Theme

_LONGEST_WRAPPED = 20_000
"""Characters of a line; Qt takes time with their square to break it, seconds for half a million."""


class CodeEdit(QPlainTextEdit):
    """A few lines to type in; Tab leaves it.

    Args:
        name: accessible name.
        lines: how high it is.
        wraps: whether long lines are broken, as far as that can be done without a pause.

    Signals:
        textChanged: inherited.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        lines: int = 6,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = lines
        self._wraps = wraps
        self.setProperty("code", True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._wrap()
        self._restyle()
        theme.changed.connect(self._restyle)

    def setPlainText(self, text: str) -> None:
        """Show a text by program."""
        self._let_in(text)
        super().setPlainText(text)
        self._wrap()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Something is pasted or dropped."""
        self._let_in(source.text())
        super().insertFromMimeData(source)
        self._wrap()

    def _let_in(self, text: str) -> None:
        """Break no line any more before one comes that is too long for it."""
        if _longest_line(text) > _LONGEST_WRAPPED:
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)

    def _wrap(self) -> None:
        """Break lines again where all that are there now are short enough."""
        wraps = self._wraps and _longest_line(self.toPlainText()) <= _LONGEST_WRAPPED
        mode = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(mode.WidgetWidth if wraps else mode.NoWrap)

    def _restyle(self) -> None:
        self.setFont(self._theme.font(Role.MONO))
        line = self._theme.metrics(Role.MONO).lineSpacing()
        self.setFixedHeight(self._lines * line + self._theme.px(24))


def _longest_line(text: str) -> int:
    return max(map(len, text.split("\n")))

"""Protocol data and snippets to read: monospaced, plain, selectable, with JSON coloured."""

from typing import Literal

from PySide6.QtGui import QFontMetricsF, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from sandbox_app.gui.components.json_highlighter import JsonHighlighter
from sandbox_app.gui.theme import Role, Theme

Syntax = Literal["plain", "json"]


class CodeView(QPlainTextEdit):
    """A read-only text; Tab leaves it, Ctrl+A and Ctrl+C work.

    Args:
        name: accessible name.
        wrap: break long lines instead of scrolling sideways.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        syntax: Syntax = "plain",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marked: tuple[str, ...] = ()
        self._highlighter = JsonHighlighter(theme, self.document()) if syntax == "json" else None
        self.setProperty("code", True)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        mode = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(mode.WidgetWidth if wrap else mode.NoWrap)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_text(self, text: str, live_values: tuple[str, ...] = ()) -> None:
        """Show a text; every occurrence of a live value is coloured as one."""
        self._marked = tuple(value for value in live_values if value)
        self.setPlainText(text)
        self._mark_values()

    def _mark_values(self) -> None:
        look = QTextCharFormat()
        look.setForeground(self._theme.color("accent_text"))
        marks = []
        for value in self._marked:
            found = self.document().find(value)
            while not found.isNull():
                marks.append(_selection(found, look))
                found = self.document().find(value, found)
        self.setExtraSelections(marks)

    def _restyle(self) -> None:
        font = self._theme.font(Role.MONO)
        self.setFont(font)
        self.document().setDocumentMargin(self._theme.px(4))
        self.setTabStopDistance(2 * QFontMetricsF(font).horizontalAdvance(" "))
        self._mark_values()


def _selection(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    # The stubs leave out both attributes, which do exist.
    selection.cursor = QTextCursor(cursor)
    selection.format = look
    return selection

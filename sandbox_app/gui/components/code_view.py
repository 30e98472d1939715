"""Protocol data and snippets to read: monospaced, plain, selectable, with JSON coloured."""

from typing import Final, Literal

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from sandbox_app.gui.components.json_highlighter import JsonHighlighter
from sandbox_app.gui.theme import Role, Theme

Syntax = Literal["plain", "json"]

_LINE_HEIGHT: Final = 20
# Laying out and colouring this much takes about 10 ms; more would be felt as a stutter.
_CHUNK: Final = 6000
_CHUNK_LINES: Final = 300


class CodeView(QTextEdit):
    """A read-only plain text on a sunken ground; Tab leaves it, Ctrl+A and Ctrl+C work.

    A text of more than 6,000 characters or 300 lines comes in pieces, one per turn of the event
    loop.

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
        self._text = ""
        self._waiting = ""
        self._live_values: tuple[str, ...] = ()
        self._next = QTimer(self)
        self._next.setInterval(0)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._load_more)
        self._highlighter = JsonHighlighter(theme, self.document()) if syntax == "json" else None
        self.setProperty("code", True)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        mode = QTextEdit.LineWrapMode
        self.setLineWrapMode(mode.WidgetWidth if wrap else mode.NoWrap)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def text(self) -> str:
        """The whole text, also while pieces of it are still on their way."""
        return self._text

    def set_text(self, text: str, live_values: tuple[str, ...] = ()) -> None:
        """Show a text; every occurrence of a live value is coloured as one."""
        self._text = self._waiting = text
        self._live_values = tuple(value for value in live_values if value)
        self.clear()
        airy = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight
        airy.setLineHeight(self._theme.px(_LINE_HEIGHT), fixed.value)
        QTextCursor(self.document()).setBlockFormat(airy)
        self._load_more()

    def _load_more(self) -> None:
        piece = _beginning(self._waiting)
        self._waiting = self._waiting[len(piece) :]
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        first = cursor.atStart()
        cursor.insertText(piece)
        if first:
            self.moveCursor(QTextCursor.MoveOperation.Start)
        if self._waiting:
            self._next.start()
        else:
            self._mark_live_values()

    def _mark_live_values(self) -> None:
        look = QTextCharFormat()
        look.setForeground(self._theme.color("accent_text"))
        marks = []
        for value in self._live_values:
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
        self.set_text(self._text, self._live_values)


def _beginning(text: str) -> str:
    """As much as one turn may take."""
    lines = text[:_CHUNK].splitlines(keepends=True)
    return "".join(lines[:_CHUNK_LINES])


def _selection(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    selection.cursor = QTextCursor(cursor)
    selection.format = look
    return selection

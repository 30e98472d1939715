"""Help: a few pages to read, in a window of their own beside the work."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from sandbox_app.gui.components import TabRow, Tabs
from sandbox_app.gui.theme import Theme
from sandbox_app.gui.window.reading import make_document

_WIDTH, _HEIGHT = 760, 620
_MEASURE = 720


class HelpPage(NamedTuple):
    """A page of ours in Markdown, or in plain text to be shown monospaced.

    `text` is called when the page is looked at, so that starting costs nothing.
    """

    key: str
    title: str
    text: Callable[[], str]
    plain: bool = False


class Reader(QTextBrowser):
    """Shows text and fetches nothing, neither from disk nor from the net."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing, whatever is asked for."""
        return None


class HelpWindow(QDialog):
    """Tabs over a reader; made once, shown again and again."""

    def __init__(self, theme: Theme, window: QWidget, pages: Sequence[HelpPage]) -> None:
        super().__init__(window)
        self._theme = theme
        self._pages = {page.key: page for page in pages}
        self.setWindowTitle("Help")
        self.tabs = Tabs(theme, "Help pages", [(page.key, page.title) for page in pages])
        self.reader = Reader()
        self.reader.setOpenLinks(False)
        self.reader.setAccessibleName("Help text")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(0)
        column.addWidget(TabRow(theme, self.tabs))
        column.addWidget(self.reader, 1)
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        self.tabs.chosen.connect(self._fill)
        close = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self)
        close.activated.connect(self.close)
        theme.changed.connect(self._restyle)
        self._fill(self.tabs.current_key)

    def show_page(self, key: str) -> None:
        """Open it at a page."""
        self.tabs.set_current(key)
        self.show()
        self.raise_()
        self.activateWindow()
        self.reader.setFocus()

    def _restyle(self) -> None:
        self._fill(self.tabs.current_key)

    def _fill(self, key: str) -> None:
        page = self._pages[key]
        self._document = make_document(self._theme, page.text(), plain=page.plain)
        self.reader.setDocument(self._document)
        wrapping = QTextBrowser.LineWrapMode
        self.reader.setLineWrapMode(wrapping.NoWrap if page.plain else wrapping.FixedPixelWidth)
        self.reader.setLineWrapColumnOrWidth(self._theme.px(_MEASURE))

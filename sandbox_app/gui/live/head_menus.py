"""The menus of the details' header: Export, what is behind the dots, and those of its values."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live.detail_head import DetailHead
from sandbox_app.gui.live.detail_pages import DetailPages
from sandbox_app.gui.live.head_values import terms_of
from sandbox_app.gui.live.row_menu import ShownValue
from sandbox_app.workbench.live.login import Login


class HeadMenus(QObject):
    """Opens them, each about the row that is told about.

    Args:
        pages: where the diagram is.
        row: the login that is told about, and the request of it where one was chosen.
        in_sight: the tab in sight.

    Signals:
        value_asked: (ShownValue, QMenu, QPoint), see `FactsTable`.
        menu_wanted: (QMenu, Login, Exchange or None, QPoint), the same for a row.
    """

    value_asked = Signal(object, object, object)
    menu_wanted = Signal(object, object, object, object)

    def __init__(
        self,
        head: DetailHead,
        pages: DetailPages,
        row: Callable[[], tuple[Login, Exchange | None] | None],
        in_sight: Callable[[], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._head = head
        self._pages = pages
        self._row = row
        self._in_sight = in_sight
        self._parent = parent
        self.exports = QMenu("Export diagram", parent)
        head.export.clicked.connect(self._open_exports)
        self.exports.aboutToShow.connect(pages.draw_login)
        head.more.clicked.connect(self._open_more)
        head.customContextMenuRequested.connect(self._open_value)

    def _open_exports(self) -> None:
        self._pages.draw_login()
        self.exports.popup(_below(self._head.export))

    def _open_more(self) -> None:
        """What can be done with the diagram, where it is looked at; the rest comes from outside."""
        row = self._row()
        if row is None:
            return
        menu = QMenu(self._parent)
        if self._in_sight() == "diagram":
            self._pages.diagram.zoom.add_to(menu)
            menu.addSeparator()
        if self.exports.actions():
            menu.addMenu(self.exports)
        self.menu_wanted.emit(menu, *row, _below(self._head.more))

    def _open_value(self, at: QPoint) -> None:
        """The value under the pointer, and all others of the exchange."""
        row = self._row()
        if row is None:
            return
        login, exchange = row[0], row[1] or row[0].telling
        head = self._head
        words = head.words_at(at)
        terms = terms_of(words, login, exchange, headline=head.headline, client=head.client)
        value = ShownValue(words, terms, exchange)
        self.value_asked.emit(value, QMenu(self._parent), head.mapToGlobal(at))


def _below(button: QWidget) -> QPoint:
    return button.mapToGlobal(button.rect().bottomLeft())

"""The menus of rows and of values: what is done with a row, and what else is like it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live.detail import Detail
from sandbox_app.gui.live.filter_field import FilterField
from sandbox_app.gui.live.marking import Marking
from sandbox_app.gui.live.reusing import Reusing
from sandbox_app.gui.live.row_menu import ShownValue, add_filters, add_value
from sandbox_app.gui.live.several import Several
from sandbox_app.workbench.live.filters.values import joined, that_find
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.marks import Marks


class Menus(QObject):
    """Puts menus together and opens them.

    Args:
        above: the widget they open above.
        several: stands in for the row where more than one is selected.
        logins: all that a row may be compared with, oldest first.
        everything: what the list shows now, newest first.
        field: where terms of the filter are added.
    """

    def __init__(
        self,
        above: QWidget,
        detail: Detail,
        reusing: Reusing,
        marking: Marking,
        several: Several,
        logins: Callable[[], list[Login]],
        everything: Callable[[], list[Exchange]],
        field: FilterField,
        marks: Marks,
    ) -> None:
        super().__init__(above)
        self._above = above
        self._detail = detail
        self._reusing = reusing
        self._marking = marking
        self._several = several
        self._logins = logins
        self._everything = everything
        self._field = field
        self._marks = marks
        self.opened: QMenu | None = None
        detail.menu_wanted.connect(self._open_more)
        detail.value_asked.connect(self._open_value)

    def open_row(self, login: Login, exchange: Exchange | None, where: QPoint) -> None:
        """Show the menu of a row at a point of the screen, or of all that are selected."""
        if self._several.are_selected:
            self.opened = self.of_selected()
        else:
            self.opened = self.of_row(login, exchange)
        self.opened.popup(where)

    def of_row(self, login: Login, exchange: Exchange | None, begun: QMenu | None = None) -> QMenu:
        """What can be done about a row, below what a menu offers already."""
        menu = QMenu(self._above) if begun is None else begun
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if begun is not None:
            menu.addSeparator()
        self._reusing.add_to(menu, login, exchange, self._logins(), self._everything)
        menu.addSeparator()
        self._marking.add_to(menu, login, exchange)
        menu.addSeparator()
        add_filters(menu, exchange or login.telling, self._narrow)
        return menu

    def of_selected(self) -> QMenu:
        """What can be done with all selected rows."""
        menu = QMenu(self._above)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._several.add_to(menu)
        return menu

    # Inside.

    def _open_more(
        self, menu: QMenu, login: Login, exchange: Exchange | None, where: QPoint
    ) -> None:
        self.opened = self.of_row(login, exchange, menu)
        self.opened.popup(where)

    def _open_value(self, value: ShownValue, menu: QMenu, where: QPoint) -> None:
        self._add_value(value, menu)
        self.opened = menu
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def _add_value(self, value: ShownValue, menu: QMenu) -> None:
        """What can be done with a value of the details; only terms that find it are offered."""
        row = self._detail.row
        if row is not None:
            login, exchange = row
            shown = self._detail.exchange or exchange or login.telling
            whole = login if exchange is None else None
            terms = that_find(value.terms, shown, self._detail.details, whole)
            add_value(menu, replace(value, terms=terms), self._narrow)

    def _narrow(self, term: str, hide: bool) -> None:
        typed = self._field.text()
        self._field.setText(joined(typed, term, hide=hide, marks=self._marks))

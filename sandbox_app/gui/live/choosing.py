"""Which row is looked at: brought to the eye at the left, and told about at the right."""

from PySide6.QtCore import QObject, Qt

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live.comparing import Comparing
from sandbox_app.gui.live.detail import Detail
from sandbox_app.gui.live.filter_field import FilterField
from sandbox_app.gui.live.list_view import TrafficList
from sandbox_app.gui.live.marking import Marking
from sandbox_app.gui.live.panel_pages import PanelPages
from sandbox_app.gui.live.panes import Panes
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.login import Login


class Choosing(QObject):
    """Chooses rows for those who ask, and shows what was chosen.

    Args:
        book: what is known.
        field: the filter that may hide what shall be seen.
        panels: what is open there is closed when another row is chosen.
        comparing: may have a panel open that goes on with the row.
    """

    def __init__(
        self,
        book: TrafficBook,
        rows: TrafficList,
        field: FilterField,
        panes: Panes,
        detail: Detail,
        marking: Marking,
        panels: PanelPages,
        comparing: Comparing,
    ) -> None:
        super().__init__(rows)
        self._book = book
        self._rows = rows
        self._field = field
        self._panes = panes
        self._detail = detail
        self._marking = marking
        self._panels = panels
        self._comparing = comparing
        rows.chosen.connect(self._chosen)
        detail.exchange_wanted.connect(self._exchange_wanted)

    def show_newest(self) -> None:
        """With nothing chosen yet, show the newest login."""
        if self._panes.nothing_is_chosen and self._book.logins:
            self.show_open(self._book.logins[-1])

    def show_open(self, login: Login) -> None:
        """Choose a login, unless the filter hides it, with its requests below."""
        self._rows.set_open(login, True)
        self._rows.choose(login)

    def show_login(self, login_id: str) -> bool:
        """Bring a login to the eye, whatever the filter hides; false if it is not known."""
        login = self._book.find(login_id)
        if login is None:
            return False
        if not self._rows.choose(login):
            self._field.clear()
        self.show_open(login)
        return True

    def show_exchange(self, login: Login, exchange: Exchange) -> None:
        """Bring a request to the eye, whatever the filter hides."""
        if not self._rows.choose(login, exchange):
            self._field.clear()
            self._rows.choose(login, exchange)
        # The panel that led here is gone, and with it what had the keyboard.
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    # Inside.

    def _chosen(self, login: Login, exchange: Exchange | None) -> None:
        self._look_at(login, exchange)
        if not self._comparing.take(login, exchange):
            self._panels.close()
            self._panes.show_detail()

    def _exchange_wanted(self, login: Login, exchange_id: str) -> None:
        """A request was gone to, by arrow or link: it becomes the row, if it is still there."""
        exchange = next((one for one in login.exchanges if one.id == exchange_id), None)
        if exchange is not None and not self._rows.choose(login, exchange):
            self._look_at(login, exchange)

    def _look_at(self, login: Login, exchange: Exchange | None) -> None:
        self._detail.show_login(login, exchange)
        self._marking.look_at(login, exchange)

"""From a row to a comparison: with the last success, another row, or the logins of a file."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.gui.components import without_mnemonic
from sandbox_app.gui.live.copying import LookUp
from sandbox_app.gui.live.file_reading import FileReading
from sandbox_app.gui.live.panel_pages import PanelPages
from sandbox_app.gui.live.row_words import outcome_words
from sandbox_app.gui.live.row_words import title as who
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.comparing.logins import align, counterpart, last_success
from sandbox_app.workbench.live.importing.entry import is_from_file
from sandbox_app.workbench.live.importing.reading import ImportedArchive
from sandbox_app.workbench.live.login import Login, Outcome
from sandbox_app.workbench.live.words import local_clock, status_words

if TYPE_CHECKING:
    from sandbox_app.gui.live.compare_panel import ComparePanel

Side = tuple[Login, Exchange | None]
"""What stands at one side of a comparison: a login, or one request of it."""

_FOLLOW_MS = 300
"""Milliseconds between a request and its step in an open comparison, however many there are."""


class Comparing(QObject):
    """Opens comparisons, and keeps one of two logins in step with them.

    Args:
        panels: where a comparison is shown.
        beside: the folder where the choice of a file begins.
        reading: what reads archives to compare with; `None` where nothing does.

    Signals:
        told: str, what was done that is not to be seen otherwise.
    """

    told = Signal(str)

    def __init__(
        self,
        theme: Theme,
        panels: PanelPages,
        look_up: LookUp,
        beside: Path,
        reading: FileReading | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._panels = panels
        self._look_up = look_up
        self._beside = beside
        self._reading = reading
        self._archive: ImportedArchive | None = None
        self._marked: Side | None = None
        self._compared: tuple[Login, Login] | None = None
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(_FOLLOW_MS)
        self._growing.timeout.connect(self._follow)
        panels.closing.connect(self._closed)

    def add_to(
        self, menu: QMenu, login: Login, exchange: Exchange | None, logins: Sequence[Login]
    ) -> None:
        """Append what a row can be compared with.

        Args:
            logins: all there are, oldest first.
        """
        this = (login, exchange)
        success = last_success(logins, login)
        step = counterpart(exchange, success) if success is not None and exchange else None
        best = menu.addAction("Compare with this client's last success")
        best.setEnabled(success is not None and (exchange is None or step is not None))
        if login.outcome is Outcome.REFUSED and best.isEnabled():
            menu.setDefaultAction(best)
        if success is not None:
            words = "Compared with the last success"
            best.triggered.connect(lambda: self.compare(words, this, (success, step)))
        marked = self._marked
        if marked is not None and marked != this and marked[0].exchanges:
            chosen = menu.addAction(without_mnemonic(f"Compare with {_words_of(*marked)}"))
            chosen.triggered.connect(lambda: self.compare("Compared", this, marked))
        menu.addAction("Remember to compare with").triggered.connect(lambda: self._mark(this))
        if self._archive is not None:
            again = menu.addAction(without_mnemonic(f"Compare with {self._archive_name}…"))
            again.triggered.connect(lambda: self.with_file(*this, ask=False))
        file = menu.addAction("Compare with a HAR file…")
        file.setEnabled(self._reading is not None)
        file.triggered.connect(lambda: self.with_file(*this, ask=True))

    def compare(self, title: str, left: Side, right: Side) -> "ComparePanel":
        """Show two logins beside each other, or two requests where either is one."""
        from sandbox_app.gui.live.compare_panel import ComparePanel

        one, other = left[1], right[1]
        whole = one is None and other is None
        if whole:
            pairs = align(left[0].exchanges, right[0].exchanges)
        else:
            one, other = one or left[0].telling, other or right[0].telling
            pairs = ((one, other),)
        panel = ComparePanel(self._theme, self._detail, can_read=self._reading is not None)
        panel.file_wanted.connect(lambda: self.with_file(*left, ask=True))
        self._panels.open(panel)
        words = (self._side_words(left[0], one), self._side_words(right[0], other))
        panel.compare(title, *words, pairs)
        self._compared = (left[0], right[0]) if whole else None
        return panel

    def with_file(self, login: Login, exchange: Exchange | None, *, ask: bool) -> None:
        """Show the logins of an archive, to choose the one to compare with.

        Args:
            ask: for a file, even if one was read before.
        """
        from sandbox_app.gui.live.file_panel import FilePanel

        if self._reading is None:
            return
        panel = FilePanel(self._theme, self._reading, self._beside)
        panel.read.connect(self._keep)
        panel.compare_wanted.connect(self._compare_with_archive)
        self._panels.open(panel)
        if self._archive is not None and not ask:
            panel.show_archive(self._archive)
        self.take(login, exchange)
        if ask:
            panel.ask()

    def take(self, login: Login, exchange: Exchange | None) -> bool:
        """Another row was chosen: whether the panel that is open goes on with it."""
        from sandbox_app.gui.live.file_panel import FilePanel

        panel = self._panels.panel
        if not isinstance(panel, FilePanel):
            return False
        panel.show_this(login, exchange, self._side_words(login, exchange))
        return True

    def went_on(self, logins: Iterable[Login]) -> None:
        """These got further requests: a comparison of one of them follows, a moment later."""
        sides = self._compared
        if sides is None or self._growing.isActive():
            return
        if any(login is side for login in logins for side in sides):
            # Started anew by every request, it would never end under load.
            self._growing.start()

    def forget(self) -> None:
        """The list was emptied: nothing is remembered to compare with."""
        self._marked = None

    # Inside.

    def _follow(self) -> None:
        from sandbox_app.gui.live.compare_panel import ComparePanel

        panel = self._panels.panel
        if self._compared is None or not isinstance(panel, ComparePanel):
            return
        left, right = self._compared
        words = (self._side_words(left, None), self._side_words(right, None))
        panel.follow(*words, align(left.exchanges, right.exchanges))

    def _closed(self) -> None:
        self._compared = None

    def _keep(self, archive: ImportedArchive) -> None:
        self._archive = archive

    def _compare_with_archive(self, this: Side, other: Side) -> None:
        self.compare(f"Compared with {self._archive_name}", this, other)

    @property
    def _archive_name(self) -> str:
        return self._archive.name if self._archive is not None else ""

    def _detail(self, exchange_id: str) -> ExchangeDetail | None:
        """Of a request of Live, or of one in the file."""
        found = self._archive.detail(exchange_id) if self._archive is not None else None
        return found or self._look_up(exchange_id)

    def _side_words(self, login: Login, exchange: Exchange | None) -> str:
        words = _words_of(login, exchange)
        return f"{words}, from file {self._archive_name}" if is_from_file(login.last) else words

    def _mark(self, this: Side) -> None:
        self._marked = this
        self.told.emit(f"Remembered {_words_of(*this)}. Choose the other in the menu of its row.")


def _words_of(login: Login, exchange: Exchange | None) -> str:
    """What stands at one side: a client, a user, when, and what came of it."""
    moment = local_clock(login.started_at if exchange is None else exchange.started_at)
    if exchange is not None:
        what = f"{exchange.method} {exchange.path[:60]}, {status_words(exchange.status)}"
    else:
        what = outcome_words(login).lower() if not login.refusal else login.refusal_words
    return f"{f'{who(login)} {login.username}'.strip()} at {moment}: {what}"

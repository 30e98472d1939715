"""What a row can be used for: sent again, copied as a command, exported, compared."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.gui.components import without_mnemonic
from sandbox_app.gui.live.file_reading import FileReading
from sandbox_app.gui.live.repeating import Find, Repeating, Side
from sandbox_app.gui.live.row_words import outcome_words
from sandbox_app.gui.live.row_words import title as who
from sandbox_app.gui.live.sending import Sending
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.comparing.logins import align, counterpart, last_success
from sandbox_app.workbench.live.exporting.forms import FORMS, RAW, URL, copied
from sandbox_app.workbench.live.exporting.har import Noted, nothing_noted
from sandbox_app.workbench.live.exporting.sending import SecretOf, can_be_sent
from sandbox_app.workbench.live.importing.entry import is_from_file
from sandbox_app.workbench.live.importing.reading import ImportedArchive
from sandbox_app.workbench.live.login import Login, Outcome, is_refusal
from sandbox_app.workbench.live.words import local_clock, status_words

if TYPE_CHECKING:
    from sandbox_app.gui.live.compare_panel import ComparePanel
    from sandbox_app.gui.templates.panel import Panel

MOST_EXPORTED = 300
"""Requests of an archive made of everything shown; more is for a narrower filter."""

_FOLLOW_MS = 300
"""Milliseconds between a request and its step in an open comparison, however many there are."""

LookUp = Callable[[str], ExchangeDetail | None]


def no_secrets(_client_id: str) -> str:
    """Where no configuration is at hand."""
    return ""


def nothing_found(_exchange_id: str) -> None:
    """Where there is no list to find anything in."""


class Reusing(QObject):
    """Copies requests, and shows a panel to export or compare in place of what is looked at.

    Args:
        pages: where the panel is shown, on top of what is there.
        look_up: everything about an exchange by its id, `None` where it is no longer kept.
        secret_of: the configured secret of a client.
        beside: the folder where saving begins.
        noted: what a person noted about a login or exchange, by its id.
        find: an exchange of the list by its id.
        sending: what sends requests again; `None` where there is no sandbox behind the window.
        reading: what reads archives to compare with; `None` likewise.

    Signals:
        told: str, what was put on the clipboard.
        write_wanted: (Path, str), a file to be written, readable by its owner alone.
        refusal_wanted: (Login, Exchange), one to be copied as a text.
    """

    told = Signal(str)
    write_wanted = Signal(object, object)
    refusal_wanted = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        pages: QStackedWidget,
        look_up: LookUp,
        secret_of: SecretOf = no_secrets,
        beside: Path | None = None,
        noted: Noted = nothing_noted,
        find: Find = nothing_found,
        sending: Sending | None = None,
        reading: FileReading | None = None,
    ) -> None:
        super().__init__(pages)
        self._theme = theme
        self._pages = pages
        self._look_up = look_up
        self._secret_of = secret_of
        self._beside = beside or Path.home()
        self._noted = noted
        self._before: QWidget | None = None
        self._marked: tuple[Login, Exchange | None] | None = None
        self._compared: tuple[Login, Login] | None = None
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(_FOLLOW_MS)
        self._growing.timeout.connect(self._follow)
        self.panel: Panel | None = None
        self._reading = reading
        self._archive: ImportedArchive | None = None
        self.repeating = Repeating(
            theme, look_up, find, sending, secret_of, self._open, self.compare, self
        )
        self.repeating.told.connect(self.told)

    def add_to(
        self,
        menu: QMenu,
        login: Login,
        exchange: Exchange | None,
        logins: Sequence[Login],
        everything: Callable[[], list[Exchange]],
    ) -> None:
        """Append what can be done with a row.

        Args:
            exchange: the request of the row; of a login the most telling one is copied.
            logins: all there are, oldest first, to compare it with.
            everything: what the list shows now, newest first.
        """
        self._add_comparisons(menu, login, exchange, logins)
        menu.addSeparator()
        self.repeating.add_to(menu, exchange or login.telling)
        menu.addSeparator()
        self._add_copies(menu, exchange or login.telling)
        if is_refusal(exchange or login.telling):
            text = menu.addAction("Copy refusal as text")
            text.triggered.connect(
                lambda: self.refusal_wanted.emit(login, exchange or login.telling)
            )
        wanted = [exchange] if exchange is not None else list(login.exchanges)
        thing = "request" if exchange is not None or not login.login_id else "login"
        export = menu.addMenu("Export as HAR")
        this = export.addAction(f"This {thing}…")
        this.triggered.connect(lambda: self.export(f"Export {thing} as HAR", wanted))
        shown = export.addAction("Everything shown…")
        shown.triggered.connect(lambda: self._export_shown(everything()))

    def export(self, title: str, exchanges: Iterable[Exchange], left_out: int = 0) -> None:
        """Show these as an archive to be saved."""
        # Only now: most people never export, and the panel brings the template panels along.
        from sandbox_app.gui.live.har_panel import HarPanel

        wanted = list(exchanges)
        found = [(one, self._look_up(one.id)) for one in wanted]
        recorded = [(one, detail) for one, detail in found if detail is not None]
        panel = HarPanel(self._theme, self._beside, self._noted)
        panel.write_wanted.connect(self.write_wanted)
        self._open(panel)
        panel.show_exchanges(title, recorded, left_out + len(wanted) - len(recorded))

    def compare(
        self, title: str, left: tuple[Login, Exchange | None], right: tuple[Login, Exchange | None]
    ) -> "ComparePanel":
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
        panel.file_wanted.connect(lambda: self.compare_with_file(*left, ask=True))
        self._open(panel)
        words = (self._side_words(left[0], one), self._side_words(right[0], other))
        panel.compare(title, *words, pairs)
        self._compared = (left[0], right[0]) if whole else None
        return panel

    def went_on(self, logins: Iterable[Login]) -> None:
        """These got further requests: a comparison of one of them follows, a moment later."""
        sides = self._compared
        if sides is None or self._growing.isActive():
            return
        if any(login is side for login in logins for side in sides):
            # Started anew by every request, it would never end under load.
            self._growing.start()

    def compare_with_file(self, login: Login, exchange: Exchange | None, *, ask: bool) -> None:
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
        self._open(panel)
        if self._archive is not None and not ask:
            panel.show_archive(self._archive)
        self.take(login, exchange)
        if ask:
            panel.ask()

    def take(self, login: Login, exchange: Exchange | None) -> bool:
        """Another row was chosen: whether the panel that is open goes on with it."""
        from sandbox_app.gui.live.file_panel import FilePanel

        if not isinstance(self.panel, FilePanel):
            return False
        self.panel.show_this(login, exchange, self._side_words(login, exchange))
        return True

    def close(self) -> None:
        """Take the panel away; what was looked at before is shown again."""
        if self.panel is None:
            return
        self.panel.leave()
        self._compared = None
        was_shown = self._pages.currentWidget() is self.panel
        self._pages.removeWidget(self.panel)
        self.panel.deleteLater()
        self.panel = None
        if was_shown and self._before is not None:
            self._pages.setCurrentWidget(self._before)

    def forget(self) -> None:
        """The list was emptied: nothing is marked, shown or to be gone back to."""
        self._marked = self._before = None
        self.close()

    def leave(self) -> None:
        """The workspace is left: nothing is read any more."""
        if self.panel is not None:
            self.panel.leave()

    # Inside.

    def _follow(self) -> None:
        from sandbox_app.gui.live.compare_panel import ComparePanel

        if self._compared is None or not isinstance(self.panel, ComparePanel):
            return
        left, right = self._compared
        words = (self._side_words(left, None), self._side_words(right, None))
        self.panel.follow(*words, align(left.exchanges, right.exchanges))

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
        words = _side_words(login, exchange)
        return f"{words}, from file {self._archive_name}" if is_from_file(login.last) else words

    def show(self, panel: "Panel") -> None:
        """Show a panel in place of what is looked at, until it is closed."""
        self._open(panel)

    def _open(self, panel: "Panel") -> None:
        self.close()
        self._before = self._pages.currentWidget()
        self.panel = panel
        panel.closed.connect(self.close)
        self._pages.addWidget(panel)
        self._pages.setCurrentWidget(panel)
        panel.setFocus()

    def _add_comparisons(
        self, menu: QMenu, login: Login, exchange: Exchange | None, logins: Sequence[Login]
    ) -> None:
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
            chosen = menu.addAction(without_mnemonic(f"Compare with {_side_words(*marked)}"))
            chosen.triggered.connect(lambda: self.compare("Compared", this, marked))
        menu.addAction("Remember to compare with").triggered.connect(lambda: self._mark(this))
        if self._archive is not None:
            again = menu.addAction(without_mnemonic(f"Compare with {self._archive_name}…"))
            again.triggered.connect(lambda: self.compare_with_file(*this, ask=False))
        file = menu.addAction("Compare with a HAR file…")
        file.setEnabled(self._reading is not None)
        file.triggered.connect(lambda: self.compare_with_file(*this, ask=True))

    def _mark(self, this: tuple[Login, Exchange | None]) -> None:
        self._marked = this
        words = _side_words(*this)
        self.told.emit(f"Remembered {words}. Choose the other in the menu of its row.")

    def _export_shown(self, newest_first: list[Exchange]) -> None:
        kept = newest_first[:MOST_EXPORTED]
        self.export("Export what is shown as HAR", reversed(kept), len(newest_first) - len(kept))

    def _add_copies(self, menu: QMenu, exchange: Exchange) -> None:
        detail = self._look_up(exchange.id)
        for words, secrets in (("Copy request as", False), ("Copy request with secrets as", True)):
            inner = menu.addMenu(words)
            inner.setEnabled(detail is not None and can_be_sent(detail))
            if detail is not None:
                for form in FORMS:
                    do = self._copying(form, exchange, detail, secrets=secrets)
                    inner.addAction(form).triggered.connect(do)

    def _copying(
        self, form: str, exchange: Exchange, detail: ExchangeDetail, *, secrets: bool
    ) -> Callable[[], None]:
        def copy() -> None:
            secret_of = self._secret_of if secrets else None
            QGuiApplication.clipboard().setText(copied(form, exchange, detail, secret_of))
            request = f"{exchange.method} {exchange.path[:80]}"
            self.told.emit(f"Copied {request} as {form}. {_note(form, secrets=secrets)}")

        return copy


def _side_words(login: Login, exchange: Exchange | None) -> str:
    """What stands at one side: a client, a user, when, and what came of it."""
    moment = local_clock(login.started_at if exchange is None else exchange.started_at)
    if exchange is not None:
        what = f"{exchange.method} {exchange.path[:60]}, {status_words(exchange.status)}"
    else:
        what = outcome_words(login).lower() if not login.refusal else login.refusal_words
    return f"{f'{who(login)} {login.username}'.strip()} at {moment}: {what}"


def _note(form: str, *, secrets: bool) -> str:
    if secrets:
        return "It holds secrets that may still work: keep it to yourself."
    return (
        "Secrets are masked." if form in (RAW, URL) else "Secrets are variables, to be set first."
    )

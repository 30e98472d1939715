"""What a row can be taken for elsewhere: copied as a command, or exported as an archive."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.exporting.forms import FORMS, RAW, copied
from sandbox_app.workbench.live.exporting.sending import SecretOf, can_be_sent
from sandbox_app.workbench.live.login import Login

if TYPE_CHECKING:
    from sandbox_app.gui.live.har_panel import HarPanel

MOST_EXPORTED = 300
"""Requests of an archive made of everything shown; more is for a narrower filter."""

LookUp = Callable[[str], ExchangeDetail | None]


def no_secrets(_client_id: str) -> str:
    """Where no configuration is at hand."""
    return ""


class Reusing(QObject):
    """Copies requests, and shows the export panel in place of what is looked at.

    Args:
        pages: where the panel is shown, on top of what is there.
        look_up: everything about an exchange by its id, `None` where it is no longer kept.
        secret_of: the configured secret of a client.
        beside: the folder where saving begins.

    Signals:
        told: str, what was put on the clipboard.
        write_wanted: (Path, str), a file to be written, readable by its owner alone.
    """

    told = Signal(str)
    write_wanted = Signal(object, str)

    def __init__(
        self,
        theme: Theme,
        pages: QStackedWidget,
        look_up: LookUp,
        secret_of: SecretOf = no_secrets,
        beside: Path | None = None,
    ) -> None:
        super().__init__(pages)
        self._theme = theme
        self._pages = pages
        self._look_up = look_up
        self._secret_of = secret_of
        self._beside = beside or Path.home()
        self._before: QWidget | None = None
        self.panel: HarPanel | None = None

    def add_to(
        self,
        menu: QMenu,
        login: Login,
        exchange: Exchange | None,
        everything: Callable[[], list[Exchange]],
    ) -> None:
        """Append what can be done with a row.

        Args:
            exchange: the request of the row; of a login the most telling one is copied.
            everything: what the list shows now, newest first.
        """
        self._add_copies(menu, exchange or login.telling)
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
        self.close()
        self._before = self._pages.currentWidget()
        self.panel = HarPanel(self._theme, self._beside)
        self.panel.closed.connect(self.close)
        self.panel.write_wanted.connect(self.write_wanted)
        self._pages.addWidget(self.panel)
        self._pages.setCurrentWidget(self.panel)
        self.panel.show_exchanges(title, recorded, left_out + len(wanted) - len(recorded))
        self.panel.setFocus()

    def close(self) -> None:
        """Take the panel away; what was looked at before is shown again."""
        if self.panel is None:
            return
        was_shown = self._pages.currentWidget() is self.panel
        self._pages.removeWidget(self.panel)
        self.panel.deleteLater()
        self.panel = None
        if was_shown and self._before is not None:
            self._pages.setCurrentWidget(self._before)

    # Inside.

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


def _note(form: str, *, secrets: bool) -> str:
    if secrets:
        return "It holds secrets that may still work: keep it to yourself."
    return "Secrets are masked." if form == RAW else "Secrets are variables, to be set first."

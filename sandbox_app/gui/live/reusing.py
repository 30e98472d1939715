"""What a row can be used for: compared, sent again, copied, exported."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live.comparing import Comparing
from sandbox_app.gui.live.copying import Copying, LookUp
from sandbox_app.gui.live.panel_pages import PanelPages
from sandbox_app.gui.live.powers import Powers
from sandbox_app.gui.live.repeating import Find, Repeating
from sandbox_app.gui.live.traffic_model import Row
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.exporting.har import Noted
from sandbox_app.workbench.live.login import Login, is_refusal

MOST_EXPORTED = 300
"""Requests of an archive made of everything shown; more is for a narrower filter."""


class Reusing(QObject):
    """Gathers in one menu what a row can be used for, and exports rows as an archive.

    Args:
        panels: where panels to export, compare and send again are shown.
        look_up: everything about an exchange by its id, `None` where it is no longer kept.
        powers: what the workspace can do: send again, read archives, tell secrets.
        noted: what a person noted about a login or exchange, by its id.
        find: an exchange of the list by its id.

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
        panels: PanelPages,
        look_up: LookUp,
        powers: Powers,
        noted: Noted,
        find: Find,
    ) -> None:
        super().__init__(panels)
        self._theme = theme
        self._panels = panels
        self._look_up = look_up
        self._beside = powers.beside or Path.home()
        self._noted = noted
        self.comparing = Comparing(theme, panels, look_up, self._beside, powers.reading, self)
        self.copying = Copying(look_up, powers.secret_of, self)
        self.repeating = Repeating(
            theme,
            look_up,
            find,
            powers.sending,
            powers.secret_of,
            panels.open,
            self.comparing.compare,
            self,
        )
        for part in (self.comparing, self.copying, self.repeating):
            part.told.connect(self.told)

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
        telling = exchange or login.telling
        self.comparing.add_to(menu, login, exchange, logins)
        menu.addSeparator()
        self.repeating.add_to(menu, telling)
        menu.addSeparator()
        self.copying.add_to(menu, telling)
        if is_refusal(telling):
            text = menu.addAction("Copy refusal as text")
            text.triggered.connect(lambda: self.refusal_wanted.emit(login, telling))
        wanted = [exchange] if exchange is not None else list(login.exchanges)
        thing = "request" if exchange is not None or not login.login_id else "login"
        export = menu.addMenu("Export as HAR")
        this = export.addAction(f"This {thing}…")
        this.triggered.connect(lambda: self.export(f"Export {thing} as HAR", wanted))
        shown = export.addAction("Everything shown…")
        shown.triggered.connect(
            lambda: self._export_newest("Export what is shown as HAR", everything())
        )

    def export(self, title: str, exchanges: Iterable[Exchange], left_out: int = 0) -> None:
        """Show these as an archive to be saved."""
        # Only now: most people never export, and the panel brings the template panels along.
        from sandbox_app.gui.live.har_panel import HarPanel

        wanted = list(exchanges)
        found = [(one, self._look_up(one.id)) for one in wanted]
        recorded = [(one, detail) for one, detail in found if detail is not None]
        panel = HarPanel(self._theme, self._beside, self._noted)
        panel.write_wanted.connect(self.write_wanted)
        self._panels.open(panel)
        panel.show_exchanges(title, recorded, left_out + len(wanted) - len(recorded))

    def export_rows(self, rows: Iterable[Row]) -> None:
        """Show the requests of these rows as an archive, each once; of logins, all theirs."""
        wanted = {
            one.id: one
            for login, exchange in rows
            for one in (login.exchanges if exchange is None else (exchange,))
        }
        newest_first = sorted(wanted.values(), key=attrgetter("started_at"), reverse=True)
        self._export_newest("Export the selected as HAR", newest_first)

    def _export_newest(self, title: str, newest_first: Sequence[Exchange]) -> None:
        kept = newest_first[:MOST_EXPORTED]
        self.export(title, reversed(kept), len(newest_first) - len(kept))

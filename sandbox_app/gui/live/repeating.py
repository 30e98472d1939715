"""From a row to a request that is sent once more, and back to the one it repeats."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live.comparing import Side
from sandbox_app.gui.live.copying import LookUp
from sandbox_app.gui.live.sending import Sending
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.exporting.sending import SecretOf, can_be_sent
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.repeating.draft import draft_of
from sandbox_app.workbench.live.words import local_clock

if TYPE_CHECKING:
    from sandbox_app.gui.live.again_panel import AgainPanel
    from sandbox_app.gui.templates.panel import Panel

Find = Callable[[str], tuple[Login, Exchange] | None]
"""An exchange by its id with the login it belongs to, as far as the list knows it."""

_NO_ORIGINAL = "The request that this one repeats is no longer in the list."
_NOT_YET = "It is not in the list: the list is paused, or was cleared meanwhile."


class Repeating(QObject):
    """Opens the panel that sends a request again.

    Args:
        sending: `None` where there is no sandbox behind the window.
        open_panel: shows a panel in place of what is looked at.
        compare: shows two requests beside each other.

    Signals:
        told: str, why something cannot be shown.
        show_wanted: (Login, Exchange), to be brought to the eye.
    """

    told = Signal(str)
    show_wanted = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        look_up: LookUp,
        find: Find,
        sending: Sending | None,
        secret_of: SecretOf,
        open_panel: "Callable[[Panel], None]",
        compare: Callable[[str, Side, Side], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look_up = look_up
        self._find = find
        self._sending = sending
        self._secret_of = secret_of
        self._open = open_panel
        self._compare = compare

    def add_to(self, menu: QMenu, exchange: Exchange) -> None:
        """Append what sends it again, and what leads back to what it repeats."""
        detail = self._look_up(exchange.id)
        can = self._sending is not None and detail is not None and can_be_sent(detail)
        for words, at_once in (("Send again as it was", True), ("Edit and send again…", False)):
            action = menu.addAction(words)
            action.setEnabled(can)
            action.triggered.connect(self._opener(exchange, at_once=at_once))
        if exchange.again_of:
            back = menu.addAction("Compare with the original")
            back.triggered.connect(lambda: self.compare_with_original(exchange.id))

    def open(self, exchange: Exchange, *, at_once: bool = False) -> "AgainPanel | None":
        """Show the request, and send it where nothing is missing and that is wanted."""
        from sandbox_app.gui.live.again_panel import AgainPanel

        detail = self._look_up(exchange.id)
        if detail is None or self._sending is None:
            return None
        panel = AgainPanel(self._theme, self._sending, self._secret_of)
        panel.show_wanted.connect(self._show)
        panel.compare_wanted.connect(self.compare_with_original)
        moment = local_clock(exchange.started_at)
        self._open(panel)
        draft = draft_of(exchange, detail)
        panel.show_draft(f"Send again: {exchange.method} {exchange.path} from {moment}", draft)
        if at_once and draft.whole:
            panel.begin()
        return panel

    def compare_with_original(self, exchange_id: str) -> None:
        """Show what was sent again beside what it repeats."""
        found = self._find(exchange_id)
        original = self._find(found[1].again_of) if found is not None else None
        if found is None or original is None:
            self.told.emit(_NOT_YET if found is None else _NO_ORIGINAL)
            return
        self._compare("Compared with the original", found, original)

    def _show(self, exchange_id: str) -> None:
        found = self._find(exchange_id)
        if found is None:
            self.told.emit(_NOT_YET)
        else:
            self.show_wanted.emit(*found)

    def _opener(self, exchange: Exchange, *, at_once: bool) -> Callable[[], None]:
        def do() -> None:
            self.open(exchange, at_once=at_once)

        return do

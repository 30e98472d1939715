"""How a person left Live, until the next start: plain values only."""

from sandbox_app.gui.live.detail import Detail
from sandbox_app.gui.live.listing import Listing
from sandbox_app.gui.live.panes import Panes
from sandbox_app.gui.live.toolbar import LiveToolbar


class Remembering:
    """Gathers what is worth keeping, and takes it up again as far as it makes sense."""

    def __init__(
        self, toolbar: LiveToolbar, listing: Listing, panes: Panes, detail: Detail
    ) -> None:
        self._toolbar = toolbar
        self._listing = listing
        self._panes = panes
        self._detail = detail

    def save(self) -> dict[str, object]:
        """The width of the list, what it lists, its filter, the kept filters, the chosen tab."""
        return {
            "left": self._panes.own_left,
            "mode": self._toolbar.mode.current_key,
            "filter": self._toolbar.filter.text(),
            "filters": self._toolbar.filter.saved,
            "tab": self._detail.chosen_tab,
        }

    def restore(self, state: dict[str, object]) -> None:
        """Take up what `save` gave; what is no such value is passed over."""
        mode, typed, tab = state.get("mode"), state.get("filter"), state.get("tab")
        if mode in ("logins", "requests"):
            self._toolbar.mode.set_current(str(mode))
            self._listing.show_mode(str(mode))
        if isinstance(typed, str):
            self._toolbar.filter.setText(typed)
        saved = state.get("filters")
        if isinstance(saved, list):
            self._toolbar.filter.set_saved([text for text in saved if isinstance(text, str)])
        if isinstance(tab, str):
            self._detail.choose_tab(tab)
        self._panes.restore_left(state.get("left"))

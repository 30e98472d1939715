"""Places that are made when they are first looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from sandbox_app.gui.home.place import Spawn
from sandbox_app.gui.serving import ServerState
from sandbox_app.gui.theme import Theme
from sandbox_app.gui.window.remembered import Remembered
from sandbox_app.operations.core import Core

if TYPE_CHECKING:
    from sandbox_app.gui.conditions.place import ConditionsPlace
    from sandbox_app.gui.pools.place import PoolsPlace


class LatePlaces(QObject):
    """Makes Pools and Conditions: most starts never do, and the window stands sooner without.

    Args:
        places: where they are shown.

    Signals:
        pool_chosen: str, the id of a pool that is looked at in Pools.
        url_wanted: str, to be opened in the browser.
        export_wanted: str, the id of a pool to be written as a template.
    """

    pool_chosen = Signal(str)
    url_wanted = Signal(str)
    export_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        core: Core,
        spawn: Spawn,
        remembered: Remembered,
        places: QStackedWidget,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme, self._core, self._spawn = theme, core, spawn
        self._remembered = remembered
        self._places = places
        self._pool_id = ""
        self._state: ServerState | None = None
        self.pools: PoolsPlace | None = None
        self.conditions: ConditionsPlace | None = None

    def show_server(self, state: ServerState) -> None:
        """What the server does now."""
        self._state = state
        if self.pools is not None:
            self.pools.show_server(state)

    def choose_pool(self, pool_id: str) -> None:
        """Look at another pool; `refresh` follows."""
        if self.pools is not None:
            self.pools.choose_pool(pool_id)

    def refresh(self, pool_id: str) -> None:
        """The configuration is another now; Pools hears of it by itself.

        Args:
            pool_id: the pool looked at, which may be another because that one is gone.
        """
        self._pool_id = pool_id
        if self.conditions is not None:
            self.conditions.choose_pool(pool_id)

    def make_pools(self) -> "PoolsPlace":
        """The Pools place."""
        # Only now: its editors take a sixth of a second and 15 MB to import.
        from sandbox_app.gui.pools.place import PoolsPlace

        if self.pools is None:
            self.pools = PoolsPlace(self._theme, self._core, self._spawn)
            self.pools.pool_chosen.connect(self.pool_chosen)
            self.pools.url_wanted.connect(self.url_wanted)
            self.pools.export_wanted.connect(self.export_wanted)
            if self._state is not None:
                self.pools.show_server(self._state)
            self.pools.restore_state(self._remembered.state("pools"))
            self.pools.choose_pool(self._pool_id)
            self._places.addWidget(self.pools)
        return self.pools

    def make_conditions(self) -> "ConditionsPlace":
        """The Conditions place."""
        from sandbox_app.gui.conditions.place import ConditionsPlace

        if self.conditions is None:
            self.conditions = ConditionsPlace(self._theme, self._core, self._spawn)
            self.conditions.choose_pool(self._pool_id)
            self._places.addWidget(self.conditions)
        return self.conditions

    def leave(self) -> None:
        """Remember how they were left, and let them go."""
        if self.pools is not None:
            self.pools.leave()
            self._remembered.put_state("pools", self.pools.save_state())
        if self.conditions is not None:
            self.conditions.leave()
        for place in (self.pools, self.conditions):
            if place is not None:
                self._places.removeWidget(place)
                place.deleteLater()

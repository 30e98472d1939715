"""The Pools place: everything that is configured, to be looked at and edited."""

from sandbox_app.gui.pools.place import PoolsPlace
from sandbox_app.gui.pools.undoing import Undoing

__all__ = ["PoolsPlace", "Undoing"]

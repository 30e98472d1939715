"""Reads an archive beside everything else that the loop does, and can be told to stop."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from sandbox_app.domain.ports import Aside
from sandbox_app.gui.home.place import Spawn
from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.importing.entries import NotAnArchive
from sandbox_app.workbench.live.importing.reading import (
    GivenUp,
    ImportedArchive,
    read_archive,
)

Told = Callable[[ImportedArchive | NotAnArchive | None], None]
"""Hears what was read, why nothing could be, or `None` where it was given up."""


class FileReading:
    """Begins to read files.

    Args:
        spawn: runs a coroutine on the loop and reports what goes wrong in it.
    """

    def __init__(self, core: Core, spawn: Spawn) -> None:
        self._core = core
        self._spawn = spawn

    def read(self, path: Path, told: Told) -> "OneFile":
        """Read one; `told` hears what came of it, once."""
        reading = OneFile()
        self._spawn(reading.run(path, self._names(), self._core.aside, told))
        return reading

    def _names(self) -> Mapping[str, str]:
        store = self._core.store
        return {
            client.client_id: client.client_name
            for pool in store.pools.all()
            for client in store.clients.of_pool(pool.id)
        }


class OneFile:
    """A file that is being read in another thread.

    Attributes:
        done: how much of it is, from 0 to 1.
    """

    def __init__(self) -> None:
        self.done = 0.0
        self._wanted = True

    def give_up(self) -> None:
        """Nobody wants it any more."""
        self._wanted = False

    async def run(self, path: Path, names: Mapping[str, str], aside: Aside, told: Told) -> None:
        """Until it is read, or given up."""
        outcome: ImportedArchive | NotAnArchive | None = None
        try:
            outcome = await aside(lambda: read_archive(path, names, self._progress))
        except NotAnArchive as error:
            outcome = error
        except GivenUp:
            pass
        except asyncio.CancelledError:
            # The program ends, and would wait for the thread.
            self.give_up()
            raise
        told(outcome)

    def _progress(self, done: float) -> bool:
        self.done = done
        return self._wanted

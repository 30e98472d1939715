"""Template files that are imported again whenever they change."""

from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from sandbox_app.domain.events import SeedReloaded
from sandbox_app.operations.core import Core
from sandbox_app.workbench import edits
from sandbox_app.workbench.templates.watching import EVERY, SeedWatch

Spawn = Callable[[Coroutine[Any, Any, None]], object]


class SeedWatching(QObject):
    """Looks at the watched files once a second while there are any.

    Signals:
        told: SeedReloaded, what came of a change.
        files_changed: list[Path], what is watched now.
    """

    told = Signal(object)
    files_changed = Signal(list)

    def __init__(self, core: Core, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._spawn = spawn
        self._watches: dict[Path, SeedWatch] = {}
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(round(EVERY * 1000))
        self._timer.timeout.connect(self.look)

    @property
    def files(self) -> list[Path]:
        """What is watched."""
        return list(self._watches)

    def watch(self, path: Path, parameters: Mapping[str, str]) -> None:
        """Watch a file from now on."""
        self._watches[path] = SeedWatch(
            self._core,
            [path],
            parameters,
            self._tell,
            lambda: edits.step(self._core, f"Import {path.name} again"),
        )
        self._timer.start()
        self.files_changed.emit(self.files)

    def forget(self, path: Path) -> None:
        """Watch a file no longer."""
        if self._watches.pop(path, None) is not None:
            if not self._watches:
                self._timer.stop()
            self.files_changed.emit(self.files)

    def stop(self) -> None:
        """Watch nothing any more."""
        self._watches.clear()
        self._timer.stop()
        self.files_changed.emit([])

    def look(self) -> None:
        """Look at every file once."""
        if not self._looking:
            self._spawn(self._look())

    async def _look(self) -> None:
        self._looking = True
        try:
            for watch in list(self._watches.values()):
                await watch.check_once()
        finally:
            self._looking = False

    def _tell(self, told: SeedReloaded) -> None:
        self.told.emit(told)

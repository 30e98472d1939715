"""Writing the users of the table into a CSV file, while everything else goes on."""

import os
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from sandbox_app.gui.pools.users_people import let_others_run
from sandbox_app.gui.pools.users_work import WorkLine
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.workbench.people import export_csv

Spawn = Callable[[Coroutine[Any, Any, None]], object]


class UsersExport(WorkLine):
    """Tells how far the writing is; a password is never written.

    Args:
        subs: who is to be written.

    Signals:
        failed: str, why the file could not be written.
        done: str, what was written.
    """

    failed = Signal(str)
    done = Signal(str)

    def __init__(
        self, theme: Theme, core: Core, subs: Callable[[], Sequence[str]], spawn: Spawn
    ) -> None:
        super().__init__(theme)
        self._core, self._subs, self._spawn = core, subs, spawn
        self._pool_id = ""

    def show_pool(self, pool_id: str) -> None:
        """Write the users of that pool from now on."""
        self._pool_id = pool_id

    def ask(self) -> None:
        """Ask for a file, then write it."""
        dialog = QFileDialog(self.parentWidget(), "Export users", "users.csv", "CSV files (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export)
        dialog.open()

    def export(self, path: str) -> None:
        """Write everybody into a file."""
        if not self.busy:
            subs = self._subs()
            self.begin("Exporting", len(subs))
            self._spawn(self._export(self._pool_id, Path(path), subs))

    async def _export(self, pool_id: str, path: Path, subs: Sequence[str]) -> None:
        try:
            with open(path, "w", encoding="utf-8", newline="", opener=_for_its_owner) as file:
                number = await export_csv(
                    self._core,
                    pool_id,
                    subs,
                    file.write,
                    self.progress,
                    self.cancelled,
                    let_others_run,
                )
        except OSError as error:
            self.failed.emit(f"{path} cannot be written: {error.strerror}.")
            return
        finally:
            self.end()
        self.done.emit(f"Exported {number:,} users to {path.name}.")


def _for_its_owner(path: str, flags: int) -> int:
    """Addresses of people are for nobody else on the machine to read."""
    return os.open(path, flags, 0o600)

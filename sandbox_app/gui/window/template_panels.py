"""The two template panels of a workspace: made when wanted, gone when done.

They are imported only then: the reader of templates and the API's model take a tenth of a second.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from sandbox_app.domain.events import SeedReloaded
from sandbox_app.gui.home.place import Spawn
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core

if TYPE_CHECKING:
    from sandbox_app.gui.templates import ExportPanel, ImportPanel
    from sandbox_app.gui.templates.panel import Panel
    from sandbox_app.gui.templates.seed_watching import SeedWatching


class TemplatePanels(QObject):
    """Shows a panel over the places and takes it away again.

    Signals:
        closed: the place that was looked at shall be shown again.
        done: str, what was done and can be taken back.
        pool_made: str, the id of a pool that an import made, to be looked at.
        failed: str, what a watched file said when it was imported again.
        write_wanted: (Path, str), a file to be written.
        watched_changed: list[Path], the files that are imported again when they change.
    """

    closed = Signal()
    done = Signal(str)
    pool_made = Signal(str)
    failed = Signal(str)
    write_wanted = Signal(object, object)
    watched_changed = Signal(list)

    def __init__(
        self, theme: Theme, core: Core, spawn: Spawn, places: QStackedWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._core = core
        self._spawn = spawn
        self._places = places
        self._shown: Panel | None = None
        self._watching: SeedWatching | None = None

    @property
    def watched(self) -> list[Path]:
        """The files that are imported again when they change."""
        return self._watching.files if self._watching is not None else []

    @property
    def shown(self) -> "Panel | None":
        """The panel that is open."""
        return self._shown

    def show_import(self, path: Path | None = None) -> "ImportPanel":
        """Open the import, with a file to preview if there is one."""
        from sandbox_app.gui.templates import ImportPanel

        panel = ImportPanel(self._theme, self._core, self._spawn)
        panel.imported.connect(self._imported)
        panel.watch_wanted.connect(self.watch)
        panel.unwatch_wanted.connect(self.unwatch)
        panel.show_watched(self.watched)
        self.watched_changed.connect(panel.show_watched)
        self._show(panel)
        if path is not None:
            panel.show_file(path)
        return panel

    def show_export(self, pool_id: str) -> "ExportPanel":
        """Open the export of a pool."""
        from sandbox_app.gui.templates import ExportPanel

        panel = ExportPanel(self._theme, self._core)
        panel.write_wanted.connect(self.write_wanted)
        self._show(panel)
        panel.show_pool(pool_id)
        return panel

    def watch(self, path: Path, parameters: Mapping[str, str]) -> None:
        """Import a file again whenever it changes, as long as the workspace is shown."""
        from sandbox_app.gui.templates.seed_watching import SeedWatching

        if self._watching is None:
            self._watching = SeedWatching(self._core, self._spawn, self)
            self._watching.told.connect(self._reloaded)
            self._watching.files_changed.connect(self.watched_changed)
        self._watching.watch(path, parameters)

    def unwatch(self, path: Path) -> None:
        """Leave a file alone from now on."""
        if self._watching is not None:
            self._watching.forget(path)

    def show_watched(self) -> None:
        """Open the import at the first watched file, where watching can be ended."""
        if self.watched:
            self.show_import(self.watched[0])

    def leave(self) -> None:
        """Close, and watch nothing any more."""
        self.close()
        if self._watching is not None:
            self._watching.stop()

    def close(self) -> None:
        """Take the panel away."""
        if self._shown is not None:
            self._places.removeWidget(self._shown)
            self._shown.deleteLater()
            self._shown = None

    def _show(self, panel: "Panel") -> None:
        self.close()
        self._shown = panel
        panel.closed.connect(self._closed)
        self._places.addWidget(panel)
        self._places.setCurrentWidget(panel)
        panel.setFocus()

    def _closed(self) -> None:
        self.close()
        self.closed.emit()

    def _imported(self, sentence: str, pool_id: str) -> None:
        self._closed()
        if pool_id:
            self.pool_made.emit(pool_id)
        self.done.emit(sentence)

    def _reloaded(self, told: SeedReloaded) -> None:
        names = ", ".join(Path(file).name for file in told.files)
        if told.error:
            self.failed.emit(f"{names} changed and was not imported: {told.error}")
            return
        self.done.emit(
            f"{names} changed and was imported again: {told.created} made, "
            f"{told.updated} changed, {told.unchanged} as before."
        )

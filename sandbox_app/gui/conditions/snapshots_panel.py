"""Snapshots: saved under a name, compared with the present, restored."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, ErrorBar, Field, WrapLabel
from sandbox_app.gui.conditions.compared_block import ComparedBlock
from sandbox_app.gui.conditions.heading import Heading
from sandbox_app.gui.conditions.rows import Rows
from sandbox_app.gui.conditions.snapshot_row import SnapshotRow
from sandbox_app.gui.home.place import Spawn
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench import snapshots
from sandbox_app.workbench.snapshots import Origin, Snapshot, SnapshotError

_NAME_FIELD = 220
_NONE = (
    "None yet. A snapshot holds pools, clients, users, sessions, tokens, keys and conditions, "
    "but not the traffic."
)


class SnapshotsPanel(QWidget):
    """The list of snapshots with what can be done about each.

    Args:
        spawn: runs what must be waited for.
    """

    def __init__(self, theme: Theme, core: Core, spawn: Spawn) -> None:
        super().__init__()
        self._theme = theme
        self._core = core
        self._spawn = spawn
        self._shown: tuple[Snapshot, ...] | None = None
        self.name = Field(theme, "Name of a new snapshot", placeholder="Snapshot name")
        self.save = Button(theme, "Save snapshot", icon="plus")
        self.reset = Button(theme, "Reset to seed", icon="undo")
        self.reset.setToolTip("Make the workspace what it was first filled with")
        self.message = ErrorBar(theme)
        self.none = WrapLabel(theme, _NONE, Role.BODY, "text2")
        self.listed = Rows(theme, "Snapshots")
        self.compared = ComparedBlock(theme)
        self.save.clicked.connect(self._save)
        self.name.returnPressed.connect(self._save)
        self.name.textEdited.connect(lambda: self.name.set_wrong(False))
        self.reset.clicked.connect(self._reset)
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)

    def refresh(self) -> None:
        """Read the list again."""
        self._spawn(self._read())

    @property
    def rows(self) -> list[SnapshotRow]:
        """The rows as shown, newest first."""
        return [row for row in self.listed.rows if isinstance(row, SnapshotRow)]

    async def _read(self) -> None:
        self._show(await snapshots.snapshots(self._core))

    def _show(self, found: Sequence[Snapshot]) -> None:
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        self.none.setVisible(not found)
        self.reset.setEnabled(any(one.origin is Origin.SEED for one in found))
        self.listed.set_rows([self._row(one) for one in found])

    def _row(self, snapshot: Snapshot) -> SnapshotRow:
        row = SnapshotRow(self._theme, snapshot)
        row.compare_wanted.connect(lambda: self._run(lambda: self._compare(snapshot)))
        row.restore_wanted.connect(lambda: self._run(lambda: self._restore(snapshot)))
        row.renamed.connect(lambda name: self._run(lambda: self._rename(snapshot, name)))
        row.delete_wanted.connect(lambda: self._run(lambda: self._delete(snapshot)))
        return row

    def _save(self) -> None:
        self._run(self._saved)

    def _reset(self) -> None:
        self._run(self._reset_to_seed)

    def _run(self, work: Callable[[], Coroutine[Any, Any, str]]) -> None:
        """Do it away from the click, and say how it ended where it was asked for."""
        self._spawn(self._told(work))

    async def _told(self, work: Callable[[], Coroutine[Any, Any, str]]) -> None:
        try:
            sentence = await work()
        except SnapshotError as error:
            self.name.set_wrong(error.field == "name")
            self.message.show_message(str(error))
        else:
            if sentence:
                self.message.show_message(sentence, severity="ok")
            else:
                self.message.hide()
        await self._read()

    async def _saved(self) -> str:
        saved = await snapshots.save(self._core, self.name.text().strip())
        self.name.clear()
        self.name.set_wrong(False)
        return f"Saved as “{saved.name}”."

    async def _compare(self, snapshot: Snapshot) -> str:
        kinds = await snapshots.compare(self._core, snapshot.id)
        self.compared.show_changes(snapshot.name, kinds)
        return ""

    async def _restore(self, snapshot: Snapshot) -> str:
        kept = await snapshots.restore(self._core, snapshot.id)
        self.compared.hide()
        return f"The workspace is as in “{snapshot.name}” again.{_way_back(kept)}"

    async def _reset_to_seed(self) -> str:
        kept = await snapshots.reset_to_seed(self._core)
        self.compared.hide()
        return f"The workspace is as it was first filled.{_way_back(kept)}"

    async def _rename(self, snapshot: Snapshot, name: str) -> str:
        await snapshots.rename(self._core, snapshot.id, name)
        return ""

    async def _delete(self, snapshot: Snapshot) -> str:
        await snapshots.delete(self._core, snapshot.id)
        self.compared.hide()
        return f"“{snapshot.name}” was deleted."

    def _build(self) -> None:
        heading = Heading(self._theme, "Snapshots", "the whole workspace, to come back to")
        heading.add(self.name, self.save, self.reset)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (heading, self.message, self.none, self.listed, self.compared):
            self._column.addWidget(widget)

    def _restyle(self) -> None:
        self.name.setMaximumWidth(self._theme.px(_NAME_FIELD))
        self._column.setSpacing(self._theme.px(metrics.HALF))


def _way_back(kept: Snapshot | None) -> str:
    return "" if kept is None else f" What it was before is kept as “{kept.name}”."

"""Import a template: its parameters, what will change, what it warns of, and then the import."""

from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.gui.components import (
    Button,
    CodeView,
    ElidedLabel,
    EmptyState,
    Label,
    Switch,
    TabRow,
    Tabs,
)
from sandbox_app.gui.components.file_question import ask_for_file
from sandbox_app.gui.records import Column, ListRecordModel, Record, RecordTable
from sandbox_app.gui.templates.panel import Panel
from sandbox_app.gui.templates.parameters_form import ParametersForm
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench import edits
from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.importing import Imported, ImportResult, import_templates
from sandbox_app.workbench.templates.kinds import USER_POOL
from sandbox_app.workbench.templates.parameters import Parameter, parameters_of
from sandbox_app.workbench.templates.upserts import Outcome

Spawn = Callable[[Coroutine[Any, Any, None]], object]

_TRY_AFTER_MS = 300
_COLUMNS = (
    Column("outcome", "What happens", 112),
    Column("logical", "Resource", 150, grows=True, strong=True),
    Column("kind", "Kind", 150),
    Column("id", "Id", 150, mono=True, middle_elide=True, grows=True),
    Column("changes", "Changes", 108, align="right"),
)
_WORDS = {
    Outcome.CREATED: "Made",
    Outcome.UPDATED: "Changed",
    Outcome.UNCHANGED: "As it is",
}
_TO_BE = {
    Outcome.CREATED: "to be made",
    Outcome.UPDATED: "to be changed",
    Outcome.UNCHANGED: "as it is",
}
_DONE = {Outcome.CREATED: "made", Outcome.UPDATED: "changed", Outcome.UNCHANGED: "as it was"}
_ORDER = {Outcome.CREATED: 0, Outcome.UPDATED: 1, Outcome.UNCHANGED: 2}
_FORM_WIDTH = 380


class ImportPanel(Panel):
    """Shows what a template would do before it does it; the import is one edit.

    Args:
        spawn: runs what must be waited for.

    Signals:
        imported: (str, str): what was done, in a sentence, and the id of a pool that was made,
            empty where none was.
        watch_wanted: (Path, dict): import the file again whenever it changes, with these values.
        unwatch_wanted: Path, do so no longer.
    """

    imported = Signal(str, str)
    watch_wanted = Signal(object, dict)
    unwatch_wanted = Signal(object)

    def __init__(
        self, theme: Theme, core: Core, spawn: Spawn, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "Import template", parent)
        self._core = core
        self._spawn = spawn
        self._path: Path | None = None
        self._watched: frozenset[Path] = frozenset()
        self._resources: tuple[Imported, ...] = ()
        self._round = 0
        self._busy = False
        self.file = ElidedLabel(theme, "", Role.MONO, "text", middle=True)
        self.choose = Button(theme, "Choose file…", icon="folder")
        self.watch = Switch(theme, "Import again when the file changes")
        self.parameters = ParametersForm(theme)
        self._model = ListRecordModel(_COLUMNS)
        self.table = RecordTable(theme, "What will change", _COLUMNS, self._model)
        self.details = CodeView(theme, "Changes of the resource", wrap=True)
        self.warnings = CodeView(theme, "Warnings", wrap=True)
        self.tabs = Tabs(theme, "Preview", [("changes", "Changes"), ("warnings", "Warnings")])
        self.summary = ElidedLabel(theme, "", Role.BODY, "text2")
        self.run = Button(theme, "Import", variant="primary")
        self.nothing = EmptyState(
            theme,
            "tree",
            "Choose a template",
            "A CloudFormation or SAM template, or what the CDK synthesises, in YAML or JSON. "
            "You see what it would change first.",
        )
        first = Button(theme, "Choose file…", variant="primary", icon="folder")
        first.clicked.connect(self.ask)
        self.nothing.add_button(first)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_TRY_AFTER_MS)
        self._later.timeout.connect(self.try_out)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._show_parts()

    # What others call.

    def ask(self) -> None:
        """Which file?"""
        beside = self._path.parent if self._path is not None else self._core.store.path.parent
        ask_for_file(self.window(), "Import template", beside, self.show_file)

    def show_watched(self, paths: Collection[Path]) -> None:
        """Which files are imported again when they change."""
        self._watched = frozenset(paths)

    def show_file(self, path: Path) -> None:
        """Preview another file."""
        self._path = path
        self.watch.setChecked(path in self._watched)
        self._round += 1
        self._later.stop()
        self.file.setText(str(path))
        self.message.hide()
        # What is shown until the file is read belongs to the one before.
        self.parameters.hide()
        self.run.setEnabled(False)
        self._show_parts()
        self._spawn(self._open(path, self._round))

    def try_out(self) -> None:
        """Find out what the import would change."""
        if self._path is not None:
            self._round += 1
            self._spawn(self._try(self._path, self._round))

    # Inside.

    async def _open(self, path: Path, turn: int) -> None:
        """Ask for the parameters of a file, then find out what the import would change."""
        declared: Sequence[Parameter] = ()
        wrong = ""
        try:
            declared = await self._core.aside(partial(parameters_of, path))
        except (TemplateError, OSError) as error:
            wrong = _words_of(error, path)
        if turn != self._round:
            return
        self.parameters.setVisible(bool(declared))
        if wrong:
            self._refuse(wrong)
            return
        self.parameters.show_parameters(declared)
        await self._try(path, turn)

    async def _try(self, path: Path, turn: int) -> None:
        given = self.parameters.values()
        try:
            result = await import_templates([path], given, self._core, check=True)
        except (TemplateError, OSError) as error:
            if turn == self._round:
                self._refuse(_words_of(error, path))
            return
        # Another file, or other values, may have been asked about meanwhile.
        if turn == self._round:
            self.message.hide()
            self._show(result)

    async def _import(self, path: Path) -> None:
        given = self.parameters.values()
        self._set_busy(True)
        try:
            with edits.step(self._core, f"Import {path.name}"):
                result = await import_templates([path], given, self._core)
        except (TemplateError, OSError) as error:
            self._refuse(_words_of(error, path))
            return
        finally:
            self._set_busy(False)
        if self.watch.isChecked():
            self.watch_wanted.emit(path, dict(given))
        self.imported.emit(
            f"Imported {path.name}: {_counted(result.resources, _DONE)}.", _pool_made(result)
        )

    def _show(self, result: ImportResult) -> None:
        self._resources = result.resources
        rows = sorted(result.resources, key=lambda item: _ORDER[item.outcome])
        self._model.set_records([_record(item) for item in rows])
        self.warnings.set_text("\n".join(map(str, result.warnings)) or "Nothing to warn of.")
        number = len(result.warnings)
        self.tabs.setTabText(1, f"Warnings ({number})" if number else "Warnings")
        self.summary.setText(_counted(result.resources, _TO_BE))
        self.table.select(self._model.key(0))
        self._show_details(self.table.current_key)
        self.run.setEnabled(not self._busy)

    def _watch_clicked(self, on: bool) -> None:
        """Watching begins with the import; it ends at once."""
        if not on and self._path in self._watched:
            self.unwatch_wanted.emit(self._path)

    def _refuse(self, sentence: str) -> None:
        self.message.show_message(sentence)
        self._resources = ()
        self._model.set_records([])
        self.details.set_text("")
        self.warnings.set_text("")
        self.tabs.setTabText(1, "Warnings")
        self.summary.setText("Nothing can be imported like this")
        self.run.setEnabled(False)

    def _show_details(self, key: str) -> None:
        found = next((item for item in self._resources if item.logical_id == key), None)
        if found is None:
            self.details.set_text("")
            return
        made = found.outcome is Outcome.CREATED
        lines = [
            f"{change.name}: {change.after}"
            if made
            else f"{change.name}: {change.before or 'not set'} → {change.after or 'not set'}"
            for change in found.changes
        ]
        self.details.set_text("\n".join(lines) or "Nothing of it changes.")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.run.setText("Importing…" if busy else "Import")
        for control in (self.run, self.choose, self.parameters):
            control.setEnabled(not busy)

    def _run(self) -> None:
        if self._path is not None and not self._busy:
            self._spawn(self._import(self._path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this machine."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The file is previewed."""
        event.acceptProposedAction()
        self.show_file(Path(event.mimeData().urls()[0].toLocalFile()))

    def _show_parts(self) -> None:
        chosen = self._path is not None
        self._pages.setCurrentIndex(int(chosen))
        self._file_row.setVisible(chosen)
        self.run.setVisible(chosen)

    def _connect(self) -> None:
        self.watch.clicked.connect(self._watch_clicked)
        self.choose.clicked.connect(self.ask)
        self.run.clicked.connect(self._run)
        self.parameters.edited.connect(self._later.start)
        self.table.chosen.connect(self._show_details)
        self.tabs.chosen.connect(
            lambda key: self._tab_pages.setCurrentIndex(int(key == "warnings"))
        )

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self._file_row = QWidget()
        row = QHBoxLayout(self._file_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(metrics.GRID))
        row.addWidget(self.choose)
        row.addWidget(self.file, 1)
        row.addWidget(Label(theme, "Import again when it changes", Role.BODY, "text2"))
        row.addWidget(self.watch)
        changes = QSplitter(Qt.Orientation.Vertical)
        changes.addWidget(self.table)
        changes.addWidget(self.details)
        changes.setSizes([px(300), px(140)])
        changes.setChildrenCollapsible(False)
        self._tab_pages = QStackedWidget()
        self._tab_pages.addWidget(changes)
        self._tab_pages.addWidget(self.warnings)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(metrics.GRID))
        column.addWidget(TabRow(theme, self.tabs, inset=0))
        column.addWidget(self._tab_pages, 1)
        both = QWidget()
        across = QHBoxLayout(both)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(metrics.PANE_LEFT))
        across.addWidget(self.parameters)
        across.addWidget(right, 1)
        self.parameters.setFixedWidth(px(_FORM_WIDTH))
        self.parameters.hide()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.nothing)
        self._pages.addWidget(both)
        self.content.addWidget(self._file_row)
        self.content.addWidget(self._pages, 1)
        self.foot.addWidget(self.summary, 1)
        self.foot.addWidget(self.run)


def _pool_made(result: ImportResult) -> str:
    made = (item for item in result.resources if item.outcome is Outcome.CREATED)
    return next((item.id for item in made if item.kind == USER_POOL), "")


def _record(item: Imported) -> Record:
    number = len(item.changes)
    return Record(
        item.logical_id,
        {
            "outcome": _WORDS[item.outcome],
            "logical": item.logical_id,
            "kind": item.kind.rpartition("::")[2],
            "id": item.id,
            "changes": str(number) if number else "",
        },
        {"outcome": _ORDER[item.outcome], "changes": number},
        muted=item.outcome is Outcome.UNCHANGED,
    )


def _counted(resources: Sequence[Imported], words: Mapping[Outcome, str]) -> str:
    parts = []
    for outcome, word in words.items():
        number = sum(item.outcome is outcome for item in resources)
        if number:
            parts.append(f"{number} {word}")
    return ", ".join(parts) or "nothing in it concerns a user pool"


def _words_of(error: Exception, path: Path) -> str:
    if isinstance(error, OSError):
        return f"{path.name} cannot be read: {error.strerror}."
    return str(error)

"""Importing users from rows: what the columns mean, what would happen, and carrying it out."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sandbox_app.gui.components import (
    Banner,
    Button,
    CodeView,
    EmptyState,
    ErrorBar,
    FormArea,
    Hairline,
    Label,
    WrapLabel,
)
from sandbox_app.gui.pools.users_import_choices import ImportChoices
from sandbox_app.gui.pools.users_import_verdicts import of_plan, of_report
from sandbox_app.gui.pools.users_people import in_thread, let_others_run
from sandbox_app.gui.pools.users_work import WorkLine
from sandbox_app.gui.records import Column, ListRecordModel, Record, RecordTable
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench import edits
from sandbox_app.workbench.people import (
    CsvProblem,
    CsvTable,
    ImportPlan,
    ImportReport,
    What,
    plan_import,
    read_csv,
    run_import,
)

Spawn = Callable[[Coroutine[Any, Any, None]], object]

_PREVIEWED = 4
_PREVIEW_HEIGHT = 112
_PROBLEMS = (
    Column("line", "Line", 64, align="right"),
    Column("user", "User", 128, strong=True),
    Column("why", "Why", 240, grows=True),
)


class _Overtaken(Exception):
    """The rows are checked in another way by now, or not wanted any more."""


class ImportPanel(QWidget):
    """Stands in for the editor while users are imported; nothing changes before Import.

    Signals:
        finished: an import ended; there are other users now.
        closed: the person is done here.
    """

    finished = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, core: Core, spawn: Spawn) -> None:
        super().__init__()
        self._theme, self._core, self._spawn = theme, core, spawn
        self._pool_id = ""
        self._asked = 0
        self._checking = False
        self.table: CsvTable | None = None
        self.plan: ImportPlan | None = None
        self.report: ImportReport | None = None
        self.message = ErrorBar(theme)
        self._nothing = EmptyState(
            theme,
            "paste",
            "No rows yet",
            "Choose a CSV file as the user pool's own import takes it, or paste rows of a "
            "spreadsheet. You see what would happen before anybody is changed.",
        )
        self.source = WrapLabel(theme, "", Role.BODY, "text2")
        self.choose = Button(theme, "Choose file…", icon="export")
        self.paste = Button(theme, "Paste rows", icon="paste")
        self.preview = CodeView(theme, "First rows")
        self.choices = ImportChoices(theme)
        self.summary = Banner(theme, "info", "")
        self._scroll = FormArea()
        self._problems = ListRecordModel(_PROBLEMS)
        self.problems = RecordTable(theme, "Problems", _PROBLEMS, self._problems, inset=0)
        self.work = WorkLine(theme)
        self.start = Button(theme, "Import users", variant="primary")
        self.close_button = Button(theme, "Close", variant="quiet")
        self._build()
        self._connect()
        self._show_nothing()

    def show_pool(self, pool_id: str) -> None:
        """Import into that pool."""
        if pool_id != self._pool_id and not self.work.busy:
            self._pool_id = pool_id
            self._show_nothing()

    def read_file(self, path: Path) -> None:
        """Take rows from a file."""
        self._spawn(self._read(path, path.name))

    def read_text(self, text: str) -> None:
        """Take rows from the clipboard of a spreadsheet."""
        self._spawn(self._read(text, "Pasted rows"))

    async def _read(self, source: str | Path, name: str) -> None:
        if self.work.busy:
            return
        self.message.hide()
        try:
            table = await in_thread(lambda: read_csv(source))
        except (CsvProblem, OSError) as error:
            self._show_nothing()
            words = error.strerror if isinstance(error, OSError) else str(error)
            self.message.show_message(f"{name} cannot be read: {words}")
            return
        pool = self._core.store.pools.get(self._pool_id)
        if pool is None:
            return
        self.table, self.report = table, None
        self.source.setText(f"{name}: {len(table.rows):,} rows, {len(table.columns)} columns")
        self.choices.show_table(pool, table)
        self._scroll.rows = [*self.choices.rows]
        lines = [", ".join(row.cells) for row in table.rows[:_PREVIEWED]]
        self.preview.set_text("\n".join(lines))
        self._parts.setCurrentWidget(self._scroll)
        await self._plan()

    def plan_again(self) -> None:
        """A choice was changed: find out anew what would happen."""
        if self.table is not None and not self.work.busy:
            self._spawn(self._plan())

    async def _plan(self) -> None:
        table = self.table
        if table is None:
            return
        self._asked += 1
        number = self._asked
        self.plan = None
        self._checking = True
        self.start.setEnabled(False)

        async def pause() -> None:
            await let_others_run()
            if number != self._asked:
                raise _Overtaken

        try:
            plan = await plan_import(
                self._core,
                self._pool_id,
                table,
                self.choices.mapping,
                self.choices.options,
                lambda done, total: self._planning(number, done, total),
                pause,
            )
        except _Overtaken:
            return
        except (CsvProblem, ApiError) as error:
            self._checking = False
            words = error.message if isinstance(error, ApiError) else str(error)
            self.summary.set_verdict("bad", "It cannot be imported like this", words)
            self._show_problems([])
            return
        self.plan, self._checking = plan, False
        self._show_plan(plan)

    def run(self) -> None:
        """Carry the plan out, as one edit."""
        if self.plan is None or self.work.busy:
            return
        self.work.begin("Importing", len(self.plan.lines))
        self._set_enabled(False)
        self._spawn(self._run(self.plan))

    async def _run(self, plan: ImportPlan) -> None:
        number = plan.count(What.CREATE) + plan.count(What.UPDATE)
        try:
            with edits.step(self._core, _import(number)):
                report = await run_import(
                    self._core, plan, self.work.progress, self.work.cancelled, let_others_run
                )
        finally:
            self.work.end()
            self._set_enabled(True)
        self.report, self.plan = report, None
        self.start.setEnabled(False)
        self._show_report(report)
        self.finished.emit()

    # What is shown.

    def _planning(self, number: int, done: int, total: int) -> None:
        if number == self._asked:
            self.summary.set_verdict("info", "Checking the rows", f"{done:,} of {total:,}")

    def _show_plan(self, plan: ImportPlan) -> None:
        number = plan.count(What.CREATE) + plan.count(What.UPDATE)
        self.summary.set_verdict(*of_plan(plan))
        self.start.setEnabled(number > 0)
        self.start.setText(_import(number))
        self._show_problems([(one.line, one.username, one.why) for one in plan.problems])

    def _show_report(self, report: ImportReport) -> None:
        self.summary.set_verdict(*of_report(report))
        self._show_problems([(one.line, one.username, one.why) for one in report.failed])

    def _show_problems(self, found: list[tuple[int, str, str]]) -> None:
        self._problems.set_records(
            [
                Record(f"{line}", {"line": f"{line}", "user": user, "why": why}, {"line": line})
                for line, user, why in found
            ]
        )
        self.problems.setVisible(bool(found))

    def _show_nothing(self) -> None:
        self.table = self.plan = self.report = None
        self._asked += 1
        self._checking = False
        self._parts.setCurrentWidget(self._nothing)
        self.start.setEnabled(False)
        self.start.setText("Import users")

    def _close(self) -> None:
        """Rows that are being checked are let go of."""
        if self._checking:
            self._show_nothing()
        self.closed.emit()

    def _set_enabled(self, enabled: bool) -> None:
        for widget in (self._body, self.choose, self.paste, self.start, self.close_button):
            widget.setEnabled(enabled)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._ask_file)
        self.paste.clicked.connect(lambda: self.read_text(QGuiApplication.clipboard().text()))
        self.choices.changed.connect(self.plan_again)
        self.start.clicked.connect(lambda: self.run())
        self.close_button.clicked.connect(self._close)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, "Import users", "", "Rows (*.csv *.tsv *.txt);;All files (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.read_file(Path(path)))
        dialog.open()

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        head = QWidget()
        line = QHBoxLayout(head)
        line.addWidget(Label(theme, "Import users", Role.TITLE), 1)
        line.addWidget(self.choose)
        line.addWidget(self.paste)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(px(metrics.GRID))
        body.addWidget(Label(theme, "First rows", Role.NAME))
        body.addWidget(self.preview)
        body.addWidget(self.choices)
        body.addWidget(self.summary)
        body.addWidget(self.problems)
        self.problems.setMinimumHeight(px(176))
        content = QWidget()
        column = QVBoxLayout(content)
        column.addWidget(self.source)
        column.addWidget(self._body)
        column.addStretch(1)
        self._scroll.setWidget(content)
        self._parts = QStackedWidget()
        self._parts.addWidget(self._nothing)
        self._parts.addWidget(self._scroll)
        foot = QWidget()
        row = QHBoxLayout(foot)
        self._bars = ((head, line, metrics.PANE_HEADER), (foot, row, metrics.TOOLBAR))
        self._column = column
        row.addWidget(self.work, 1)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.start)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self.message)
        whole.addWidget(self._parts, 1)
        whole.addWidget(Hairline(theme))
        whole.addWidget(foot)
        self.message.hide()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self._theme.px
        left, right = px(metrics.PANE_LEFT), px(metrics.PANE_RIGHT)
        self.preview.setFixedHeight(px(_PREVIEW_HEIGHT))
        for bar, row, height in self._bars:
            bar.setFixedHeight(px(height))
            row.setContentsMargins(left, 0, right, 0)
        self._column.setContentsMargins(left, 0, right, px(metrics.PANE_RIGHT))
        self._column.setSpacing(px(metrics.FORM_ROW_GAP))


def _import(number: int) -> str:
    return "Import 1 user" if number == 1 else f"Import {number:,} users"

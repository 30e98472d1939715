"""What edits changed, row by row, so that they can be taken back and made again.

Temporary triggers write down each row before and after, but only while somebody's edit is open:
what sign-ins change is not an edit. Taking a step back is itself written down, cascades included,
and what was written down then is what making it again takes back.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NamedTuple

from sandbox_app.store.database import Database
from sandbox_app.store.journal_tables import TABLES, Image, Table, merged

MOST_STEPS = 100
"""Edits that can be taken back."""

_ABSENT = None


@dataclass(slots=True, eq=False)
class OpenStep:
    """An edit under way; `id` is there once something was written down for it."""

    journal: "Journal"
    label: str
    id: int | None = None


class Step(NamedTuple):
    """An edit that is over."""

    id: int
    label: str


class Touched(NamedTuple):
    """One row of a table that a step changed; an image is the row's columns, `None` for no row."""

    table: str
    before: Image | None
    after: Image | None


class ChangedMeanwhile(Exception):
    """A step cannot be taken back: somebody else changed what it changed. Nothing was done."""

    def __init__(self, table: str, key: tuple[Any, ...]) -> None:
        super().__init__(f"{table} {key}")
        self.table = table
        self.key = key


# A context and not an attribute: what else runs on the loop while an edit awaits is not part of it.
_OPEN: ContextVar[OpenStep | None] = ContextVar("open edit", default=None)


class Journal:
    """The edits of this run; those of earlier ones are forgotten when the workspace is opened."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._execute = database.execute
        self._columns = {table.name: self._columns_of(table) for table in TABLES}
        self._tables = {table.name: table for table in TABLES}
        self._open: set[OpenStep] = set()
        self.begin()

    def begin(self) -> None:
        """Forget all edits and watch over a connection that was opened just now."""
        with self._database.atomic():
            self.forget()
        # Rows that are taken away in favour of new ones are written down as well.
        self._execute("PRAGMA recursive_triggers = ON")
        self._execute("CREATE TEMP TABLE journal_now (step_id INTEGER NOT NULL)")
        for table in TABLES:
            for statement in self._triggers(table):
                self._execute(statement)

    def forget(self) -> None:
        """Nothing can be taken back or made again any more."""
        self._execute("DELETE FROM edit_row")
        self._execute("DELETE FROM edit_step")
        for step in self._open:
            step.id = None

    @contextmanager
    def step(self, label: str) -> Iterator[OpenStep]:
        """Everything this task changes inside is one edit; an inner one is part of the outer."""
        outer = _OPEN.get()
        if outer is not None and outer.journal is self:
            yield outer
            return
        step = OpenStep(self, label)
        token = _OPEN.set(step)
        self._open.add(step)
        try:
            yield step
        finally:
            _OPEN.reset(token)
            self._open.discard(step)
            self._finish(step)

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Write down what happens inside a transaction, if this task has an edit open."""
        step = _OPEN.get()
        if step is None or step.journal is not self or self._is_recording:
            yield
            return
        begun = step.id is None
        if begun:
            self._begin(step)
        assert step.id is not None
        try:
            with self._written_to(step.id):
                yield
        except BaseException:
            if begun:
                # The transaction takes the step away with everything else.
                step.id = None
            raise

    def last(self, *, undone: bool) -> Step | None:
        """What taking back (or, of the undone, making again) would do next."""
        order = "ASC" if undone else "DESC"
        sql = f"SELECT id, label FROM edit_step WHERE undone = ? ORDER BY id {order} LIMIT 1"
        row = self._execute(sql, (int(undone),)).fetchone()
        return None if row is None else Step(*row)

    def revert(self, step: Step) -> tuple[Touched, ...]:
        """Put back what the step changed, and turn it round; what happened to which rows.

        Runs in the caller's transaction, which must end if this fails.

        Raises:
            ChangedMeanwhile: a row is no longer as the step left it.
        """
        rows = self.touched(step)
        self._execute("DELETE FROM edit_row WHERE step_id = ?", (step.id,))
        with self._written_to(step.id):
            for row in reversed(rows):
                self._put_back(row)
        self._execute("UPDATE edit_step SET undone = 1 - undone WHERE id = ?", (step.id,))
        return self.touched(step)

    def touched(self, step: Step) -> tuple[Touched, ...]:
        """Everything written down for the step, in order."""
        sql = "SELECT table_name, before, after FROM edit_row WHERE step_id = ? ORDER BY seq"
        rows = self._execute(sql, (step.id,)).fetchall()
        return tuple(Touched(name, _image(before), _image(after)) for name, before, after in rows)

    def column(self, row: Touched, name: str) -> Any:
        """A column of the row, as it is afterwards or, of one that is gone, as it was."""
        image = row.after or row.before or ()
        return image[self._columns[row.table].index(name)]

    @property
    def _is_recording(self) -> bool:
        return self._execute("SELECT 1 FROM temp.journal_now").fetchone() is not None

    @contextmanager
    def _written_to(self, step_id: int) -> Iterator[None]:
        self._execute("INSERT INTO temp.journal_now VALUES (?)", (step_id,))
        try:
            yield
        finally:
            self._execute("DELETE FROM temp.journal_now")

    def _begin(self, step: OpenStep) -> None:
        # What was taken back and not made again can no longer be: its ground has shifted.
        self._execute("DELETE FROM edit_step WHERE undone = 1")
        sql = "INSERT INTO edit_step (label, undone) VALUES (?, 0)"
        step.id = self._execute(sql, (step.label,)).lastrowid
        sql = "DELETE FROM edit_step WHERE id <= (SELECT max(id) FROM edit_step) - ?"
        self._execute(sql, (MOST_STEPS,))

    def _finish(self, step: OpenStep) -> None:
        """An edit that changed nothing is none."""
        if step.id is None:
            return
        sql = (
            "DELETE FROM edit_step WHERE id = ? "
            "AND NOT EXISTS (SELECT 1 FROM edit_row WHERE step_id = edit_step.id)"
        )
        with self._database.atomic():
            self._execute(sql, (step.id,))

    def _put_back(self, row: Touched) -> None:
        table = self._tables[row.table]
        image = row.after or row.before
        assert image is not None
        key = self._key(table, image)
        now = self._current(table, key)
        if row.before is _ABSENT:
            self._take_away(table, key, now)
        elif row.after is _ABSENT:
            self._bring_back(table, key, row.before, now)
        elif now is not None:
            wanted = merged(table, self._columns[table.name], row.before, row.after, now)
            if wanted is None:
                raise ChangedMeanwhile(table.name, key)
            self._update(table, key, wanted)
        elif not table.spent:
            raise ChangedMeanwhile(table.name, key)

    def _take_away(self, table: Table, key: tuple[Any, ...], now: Image | None) -> None:
        if now is None:
            return
        if table.name == "user_pool":
            # Marked and not removed: what was put into it since stays in the file.
            sql = "INSERT OR IGNORE INTO deleted_pool VALUES (?)"
            self._execute(sql, key)
            return
        self._execute(f"DELETE FROM {table.name} WHERE {_equal(table.key)}", key)

    def _bring_back(
        self, table: Table, key: tuple[Any, ...], before: Image, now: Image | None
    ) -> None:
        columns = self._columns[table.name]
        if now is not None:
            if table.spent:
                return
            raise ChangedMeanwhile(table.name, key)
        values = list(before)
        if "seq" in columns and self._seq_taken(table, values[columns.index("seq")]):
            values[columns.index("seq")] = None
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
        try:
            self._execute(sql, values)
        except sqlite3.IntegrityError as error:
            raise ChangedMeanwhile(table.name, key) from error

    def _update(self, table: Table, key: tuple[Any, ...], wanted: Image) -> None:
        columns = self._columns[table.name]
        sql = f"UPDATE {table.name} SET {', '.join(f'{name} = ?' for name in columns)}"
        self._execute(f"{sql} WHERE {_equal(table.key)}", (*wanted, *key))

    def _current(self, table: Table, key: tuple[Any, ...]) -> Image | None:
        packed = _packed("", self._columns[table.name])
        sql = f"SELECT {packed} FROM {table.name} WHERE {_equal(table.key)}"
        row = self._execute(sql, key).fetchone()
        return None if row is None else _image(row[0])

    def _seq_taken(self, table: Table, seq: int) -> bool:
        sql = f"SELECT 1 FROM {table.name} WHERE seq = ?"
        return self._execute(sql, (seq,)).fetchone() is not None

    def _key(self, table: Table, image: Image) -> tuple[Any, ...]:
        columns = self._columns[table.name]
        return tuple(image[columns.index(name)] for name in table.key)

    def _columns_of(self, table: Table) -> tuple[str, ...]:
        rows = self._execute(f"SELECT name FROM pragma_table_info('{table.name}')").fetchall()
        return tuple(name for (name,) in rows)

    def _triggers(self, table: Table) -> Iterator[str]:
        columns = self._columns[table.name]
        old, new = _packed("old.", columns), _packed("new.", columns)
        for event, before, after in (
            ("INSERT", "NULL", new),
            ("UPDATE", old, new),
            ("DELETE", old, "NULL"),
        ):
            yield (
                f"CREATE TEMP TRIGGER journal_{table.name}_{event.lower()} "
                f"AFTER {event} ON {table.name} WHEN EXISTS (SELECT 1 FROM journal_now) "
                "BEGIN INSERT INTO edit_row (step_id, table_name, before, after) "
                f"SELECT step_id, '{table.name}', {before}, {after} FROM journal_now; END"
            )


def _packed(prefix: str, columns: tuple[str, ...]) -> str:
    return f"json_array({', '.join(prefix + name for name in columns)})"


def _equal(names: tuple[str, ...]) -> str:
    return " AND ".join(f"{name} = ?" for name in names)


def _image(text: str | None) -> Image | None:
    return None if text is None else tuple(json.loads(text))

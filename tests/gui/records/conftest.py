"""Columns, records and tables the tests of this directory look at."""

from collections.abc import Callable, Sequence

import pytest

from sandbox_app.gui.records import Column, ListRecordModel, Record, RecordTable

COLUMNS = (
    Column("name", "Client name", 120, strong=True),
    Column("kind", "Kind", 100),
    Column("id", "Client ID", 160, mono=True, middle_elide=True, grows=True),
    Column("made", "Created", 90, shown=False),
)


def a_record(name: str, kind: str = "Public", **more: object) -> Record:
    cells = {"name": name, "kind": kind, "id": f"id-of-{name}", "made": "today"}
    return Record(f"key-{name}", cells, **more)  # type: ignore[arg-type]


CLIENTS = (a_record("spa"), a_record("web", "Confidential"), a_record("m2m", "Confidential"))


class Provider:
    """Records in a list, delivered and counted like those of a database."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = list(records)
        self.asked: list[tuple[int, int]] = []
        self.looked_for: list[str] = []

    def count(self) -> int:
        return len(self.records)

    def rows(self, offset: int, limit: int) -> Sequence[Record]:
        self.asked.append((offset, limit))
        return self.records[offset : offset + limit]

    def row_of(self, key: str) -> int | None:
        self.looked_for.append(key)
        keys = [record.key for record in self.records]
        return keys.index(key) if key in keys else None

    def sort_by(self, column: str, descending: bool) -> None:
        self.records.sort(key=lambda one: one.cells.get(column, ""), reverse=descending)


class KeyedProvider(Provider):
    """One that can also tell keys alone."""

    def keys(self, offset: int, limit: int) -> Sequence[str]:
        return [record.key for record in self.records[offset : offset + limit]]


@pytest.fixture
def columns() -> tuple[Column, ...]:
    return COLUMNS


@pytest.fixture
def clients() -> tuple[Record, ...]:
    return CLIENTS


@pytest.fixture
def record() -> Callable[..., Record]:
    return a_record


@pytest.fixture
def provider() -> type[Provider]:
    return Provider


@pytest.fixture
def keyed_provider() -> type[KeyedProvider]:
    return KeyedProvider


@pytest.fixture
def make_table(qtbot, theme) -> Callable[..., RecordTable]:
    """Tables shown at 500 by 300, over the three clients unless told otherwise."""

    def make(model=None, **options) -> RecordTable:
        found = ListRecordModel((), CLIENTS) if model is None else model
        table = RecordTable(theme, "App clients", COLUMNS, found, **options)
        qtbot.addWidget(table)
        table.resize(500, 300)
        table.show()
        return table

    return make

"""Configuration kept twice: as documents in the file, and as records in memory to read from."""

import json
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar

from peewee import SQL

from sandbox_app.domain.members import from_members, to_members
from sandbox_app.store.deleted_pools import DeletedPools

KeyT = TypeVar("KeyT", bound=Hashable)
RecordT = TypeVar("RecordT")

Columns = dict[str, str]


class Documents(Generic[KeyT, RecordT]):
    """One configuration table with its copy in memory, written through on every change.

    Args:
        model: the table, a peewee model with a `document` column.
        kind: the record's class, kept in API shape.
        key: what a record is found by, unique over the whole table.
        columns: a record's columns besides the document.
        unique: names of the columns that hold the key.
        pool_column: the column that holds the pool's id.
        deleted: pools that are deleted but still lie in the file; what belongs to them is not
            seen, and gives way to whatever takes its key.
    """

    def __init__(
        self,
        model: Any,
        kind: type[RecordT],
        *,
        key: Callable[[RecordT], KeyT],
        pool: Callable[[RecordT], str],
        columns: Callable[[RecordT], Columns],
        unique: tuple[str, ...],
        deleted: DeletedPools,
        pool_column: str = "user_pool_id",
    ) -> None:
        self._model = model
        self._kind = kind
        self._key = key
        self._pool = pool
        self._columns = columns
        self._unique = unique
        self._deleted = deleted
        self._pool_column = pool_column
        self._records: dict[KeyT, RecordT] = {}
        self._by_pool: dict[str, dict[KeyT, RecordT]] = {}
        self._touched = False
        self.reload()

    def put(self, record: RecordT) -> None:
        """Insert the record, or replace the one with the same key in its place."""
        columns = self._columns(record)
        if self._key(record) not in self._records:
            self._make_room(columns)
        document = json.dumps(to_members(record), separators=(",", ":"))
        # The key stays as it is: writing it again would make SQLite look for rows that refer to it.
        changed = {name: columns[name] for name in columns if name not in self._unique}
        insert = self._model.insert(document=document, **columns)
        insert.on_conflict(
            conflict_target=[getattr(self._model, name) for name in self._unique],
            update={**changed, "document": document},
        ).execute()
        self._remember(record)

    def reload(self) -> None:
        """Read everything from the file again."""
        seen = SQL(f"{self._pool_column} NOT IN (SELECT user_pool_id FROM deleted_pool)")
        rows = self._model.select(self._model.document).where(seen)
        rows = rows.order_by(self._model.seq).tuples()
        records = [from_members(self._kind, json.loads(text)) for (text,) in rows]
        self._touched = True
        self._records.clear()
        self._by_pool.clear()
        for record in records:
            self._remember(record)

    def undo_changes(self) -> None:
        """Forget what a transaction that was rolled back had changed in memory."""
        if self._touched:
            self.reload()

    def settle(self) -> None:
        """Take note that the transaction ended: what memory holds is what the file holds."""
        self._touched = False

    def drop_pool(self, pool_id: str) -> None:
        """Forget a removed pool's records; the file has cascaded already."""
        self._touched = True
        for key in self._by_pool.pop(pool_id, {}):
            del self._records[key]

    def _found(self, key: KeyT) -> RecordT | None:
        return self._records.get(key)

    def _every(self) -> tuple[RecordT, ...]:
        return tuple(self._records.values())

    def _in_pool(self, pool_id: str) -> tuple[RecordT, ...]:
        return tuple(self._by_pool.get(pool_id, {}).values())

    def _removed(self, key: KeyT, *values: str) -> None:
        self._model.delete().where(*self._named(values)).execute()
        self._forget(key)

    def _make_room(self, columns: Columns) -> None:
        """Let go for good of the deleted pool that has the key."""
        pool = getattr(self._model, self._pool_column)
        rows = self._model.select(pool).where(*self._named(columns[name] for name in self._unique))
        for (pool_id,) in list(rows.tuples()):
            self._deleted.purge(pool_id)

    def _named(self, values: Iterable[str]) -> tuple[Any, ...]:
        return tuple(
            getattr(self._model, name) == value
            for name, value in zip(self._unique, values, strict=True)
        )

    def _remember(self, record: RecordT) -> None:
        self._touched = True
        key, pool_id = self._key(record), self._pool(record)
        before = self._records.get(key)
        if before is not None and self._pool(before) != pool_id:
            del self._by_pool[self._pool(before)][key]
        self._records[key] = record
        self._by_pool.setdefault(pool_id, {})[key] = record

    def _forget(self, key: KeyT) -> None:
        self._touched = True
        record = self._records.pop(key, None)
        if record is not None:
            del self._by_pool[self._pool(record)][key]


def undo_all(collections: Iterable[Documents[Any, Any]]) -> None:
    """Put every collection's memory back to what the file holds."""
    for collection in collections:
        collection.undo_changes()

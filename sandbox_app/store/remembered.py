"""Small things a workspace remembers: its settings, and what templates' names became."""

from typing import NamedTuple

from sandbox_app.store.database import Database


class ImportedId(NamedTuple):
    """What a template's logical id became when it was imported."""

    logical_id: str
    kind: str
    physical_id: str


class Imports:
    """The physical ids that a template's logical ids stand for; `source` names the template."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def get(self, source: str, logical_id: str, kind: str) -> str | None:
        """The physical id, if that name was imported before."""
        sql = "SELECT physical_id FROM import_link WHERE source = ? AND logical_id = ? AND kind = ?"
        row = self._execute(sql, (source, logical_id, kind)).fetchone()
        return None if row is None else str(row[0])

    def put(self, source: str, logical_id: str, kind: str, physical_id: str) -> None:
        """Remember what the name became, in place of what it was before."""
        sql = (
            "INSERT OR REPLACE INTO import_link (source, logical_id, kind, physical_id) "
            "VALUES (?, ?, ?, ?)"
        )
        self._execute(sql, (source, logical_id, kind, physical_id))

    def all(self, source: str) -> tuple[ImportedId, ...]:
        """Everything that was imported from the template, by logical id."""
        sql = (
            "SELECT logical_id, kind, physical_id FROM import_link "
            "WHERE source = ? ORDER BY logical_id, kind"
        )
        return tuple(ImportedId(*row) for row in self._execute(sql, (source,)).fetchall())


class Settings:
    """The workspace's own settings, texts by name."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def get(self, name: str) -> str | None:
        """The setting, if it was ever put."""
        row = self._execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, name: str, value: str) -> None:
        """Set it."""
        sql = "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)"
        self._execute(sql, (name, value))

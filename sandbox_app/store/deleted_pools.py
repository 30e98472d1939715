"""Pools that were deleted and still lie in the file, so that they can come back whole."""

from sandbox_app.store.database import Database

_LOOSE = ("browser_session", "authorization_code", "refresh_grant", "code_try")
"""Tables without a foreign key to their pool."""


class DeletedPools:
    """The marks on deleted pools."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._execute = database.execute

    def mark(self, pool_id: str) -> None:
        """Note that the pool is deleted; everything of it stays in the file."""
        self._execute("INSERT OR IGNORE INTO deleted_pool VALUES (?)", (pool_id,))

    def purge(self, pool_id: str) -> None:
        """Take a pool out of the file, with everything that belongs to it."""
        with self._database.atomic():
            for table in _LOOSE:
                self._execute(f"DELETE FROM {table} WHERE user_pool_id = ?", (pool_id,))
            self._execute("DELETE FROM user_pool WHERE id = ?", (pool_id,))

    def purge_all(self) -> None:
        """Take every deleted pool out of the file."""
        for (pool_id,) in self._execute("SELECT user_pool_id FROM deleted_pool").fetchall():
            self.purge(pool_id)

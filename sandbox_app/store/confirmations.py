"""Confirmation codes by user and purpose, spent exactly once, and the tries that are counted."""

from operator import attrgetter
from typing import Any

from sandbox_app.domain.records.confirmations import CodeAction, ConfirmationCode, Purpose
from sandbox_app.store.database import Database, storable

_FIELDS = (
    "user_pool_id",
    "sub",
    "purpose",
    "digest",
    "medium",
    "attribute",
    "destination",
    "made_at",
    "expires_at",
)
_values = attrgetter(*_FIELDS)
_COLUMNS = ", ".join(_FIELDS)
_PUT = (
    f"INSERT OR REPLACE INTO confirmation_code ({_COLUMNS}) "
    f"VALUES ({', '.join('?' * len(_FIELDS))})"
)
_FIND = f"""
SELECT {_COLUMNS} FROM confirmation_code WHERE user_pool_id = ? AND sub = ? AND purpose = ?
"""
_OF_USER = f"""
SELECT {_COLUMNS} FROM confirmation_code WHERE user_pool_id = ? AND sub = ? ORDER BY made_at DESC
"""
_SPEND = """
DELETE FROM confirmation_code
WHERE user_pool_id = ? AND sub = ? AND purpose = ? AND digest = ?
"""
_TRIES = """
SELECT count(*) FROM code_try WHERE user_pool_id = ? AND who = ? AND action = ? AND at > ?
"""
_ADD_TRY = "INSERT INTO code_try (user_pool_id, who, action, at) VALUES (?, ?, ?, ?)"
_FORGET_TRIES = "DELETE FROM code_try WHERE user_pool_id = ? AND who = ? AND action = ?"


class Confirmations:
    """Codes that were sent and not used yet; expired ones stay until they are purged.

    Tries are counted for a `who`, a user's `sub` or what stands for somebody who is no user.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def put(self, code: ConfirmationCode) -> None:
        """Keep a code that is about to be sent, in place of the one before it."""
        self._execute(_PUT, _values(code))

    def find(self, pool_id: str, sub: str, purpose: Purpose) -> ConfirmationCode | None:
        """The user's code for that purpose, expired or not."""
        row = self._execute(_FIND, (pool_id, sub, str(purpose))).fetchone()
        return None if row is None else _code(row)

    def of_user(self, pool_id: str, sub: str) -> tuple[ConfirmationCode, ...]:
        """The user's codes for all purposes, newest first."""
        if not storable(sub):
            return ()
        return tuple(_code(row) for row in self._execute(_OF_USER, (pool_id, sub)).fetchall())

    def spend(self, code: ConfirmationCode) -> bool:
        """Use the code up; true for the one caller who did it first."""
        named = (code.user_pool_id, code.sub, str(code.purpose), code.digest)
        return int(self._execute(_SPEND, named).rowcount) == 1

    def tries(self, pool_id: str, who: str, action: CodeAction, since: float) -> int:
        """How often somebody did it after that moment."""
        named = (pool_id, who, str(action), since)
        return int(self._execute(_TRIES, named).fetchone()[0])

    def add_try(self, pool_id: str, who: str, action: CodeAction, at: float) -> None:
        """Count that somebody did it."""
        self._execute(_ADD_TRY, (pool_id, who, str(action), at))

    def forget_tries(self, pool_id: str, who: str, action: CodeAction) -> None:
        """Begin to count anew."""
        self._execute(_FORGET_TRIES, (pool_id, who, str(action)))

    def purge(self, before: float) -> int:
        """Take away codes that expired and tries made before that moment; how many there were."""
        codes = self._execute("DELETE FROM confirmation_code WHERE expires_at < ?", (before,))
        tries = self._execute("DELETE FROM code_try WHERE at < ?", (before,))
        return int(codes.rowcount) + int(tries.rowcount)


def _code(row: tuple[Any, ...]) -> ConfirmationCode:
    values = dict(zip(_FIELDS, row, strict=True))
    return ConfirmationCode(**{**values, "purpose": Purpose(values["purpose"])})

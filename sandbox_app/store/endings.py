"""What ends by time, whatever it is: the newest of each kind, with when it began and ends."""

from typing import NamedTuple

from sandbox_app.store.database import Database

_LOOKED_AT = 2000
"""Newest rows of a table, of all pools, among which those wanted are looked for."""

_USER = "LEFT JOIN pool_user u ON u.user_pool_id = it.user_pool_id AND u.sub = it.sub"
_OF_POOL = "(?1 IS NULL OR it.user_pool_id = ?1)"
_CODES = f"""
SELECT it.fingerprint, it.user_pool_id, it.client_id, coalesce(u.username, ''), it.login_id,
    it.issued_at, it.expires_at
FROM (SELECT * FROM authorization_code ORDER BY rowid DESC LIMIT {_LOOKED_AT}) it {_USER}
WHERE {_OF_POOL} AND it.spent_at IS NULL AND it.expires_at > ?2 LIMIT ?3
"""
_SESSIONS = f"""
SELECT it.cookie_hash || ' ' || it.user_pool_id, it.user_pool_id, '', coalesce(u.username, ''),
    it.login_id, it.started_at, it.started_at + ?4
FROM (SELECT * FROM browser_session ORDER BY started_at DESC LIMIT {_LOOKED_AT}) it {_USER}
WHERE {_OF_POOL} AND it.started_at + ?4 > ?2 LIMIT ?3
"""
_REFRESH_TOKENS = f"""
SELECT it.fingerprint, it.user_pool_id, it.client_id, coalesce(u.username, ''), it.login_id,
    it.issued_at, min(it.expires_at, coalesce(it.usable_until, it.expires_at)) AS ends_at
FROM (SELECT * FROM refresh_grant ORDER BY rowid DESC LIMIT {_LOOKED_AT}) it {_USER}
WHERE {_OF_POOL} AND it.revoked_at IS NULL AND ends_at > ?2 LIMIT ?3
"""
_LOCKOUTS = f"""
SELECT it.sub, it.user_pool_id, '', it.username, '', it.last_attempt, it.locked_until
FROM pool_user it WHERE {_OF_POOL} AND it.locked_until > 0 AND it.locked_until > ?2 LIMIT ?3
"""
_TEMPORARY_PASSWORDS = f"""
SELECT it.sub, it.user_pool_id, '', it.username, '', it.temporary_since, it.temporary_since
FROM pool_user it
WHERE {_OF_POOL} AND it.temporary_since IS NOT NULL AND it.status = 'FORCE_CHANGE_PASSWORD'
ORDER BY it.temporary_since DESC LIMIT ?2
"""


class EndingRow(NamedTuple):
    """One thing that ends; `key` names it within its kind and opens nothing. Epoch seconds."""

    key: str
    user_pool_id: str
    client_id: str
    username: str
    login_id: str
    began_at: float
    ends_at: float


class Endings:
    """Looks for what ends after a moment. All methods take a pool's id, or `None` for all."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def codes(self, pool_id: str | None, after: float, limit: int) -> tuple[EndingRow, ...]:
        """Authorization codes that nobody redeemed, newest first."""
        return self._rows(_CODES, pool_id, after, limit)

    def sessions(
        self, pool_id: str | None, after: float, limit: int, lifetime: float
    ) -> tuple[EndingRow, ...]:
        """Browser sessions, newest first; the lifetime is in seconds."""
        return self._rows(_SESSIONS, pool_id, after, limit, lifetime)

    def refresh_tokens(
        self, pool_id: str | None, after: float, limit: int
    ) -> tuple[EndingRow, ...]:
        """Refresh tokens that were not revoked, newest first; a rotated one ends with its grace."""
        return self._rows(_REFRESH_TOKENS, pool_id, after, limit)

    def lockouts(self, pool_id: str | None, after: float, limit: int) -> tuple[EndingRow, ...]:
        """Users locked out after wrong passwords."""
        return self._rows(_LOCKOUTS, pool_id, after, limit)

    def temporary_passwords(self, pool_id: str | None, limit: int) -> tuple[EndingRow, ...]:
        """Temporary passwords set last; how long they are good for is the pool's to say.

        So `ends_at` is still when each was set.
        """
        return self._rows(_TEMPORARY_PASSWORDS, pool_id, limit)

    def _rows(self, sql: str, *values: str | float | None) -> tuple[EndingRow, ...]:
        return tuple(EndingRow(*row) for row in self._execute(sql, values).fetchall())

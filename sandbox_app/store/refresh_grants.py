"""Refresh tokens by their fingerprints, and the families that are revoked together."""

from operator import attrgetter
from typing import Any

from sandbox_app.domain.records.grants import RefreshGrant
from sandbox_app.store.database import Database

_FIELDS = (
    "fingerprint",
    "user_pool_id",
    "client_id",
    "sub",
    "family",
    "scopes",
    "issued_at",
    "expires_at",
    "auth_time",
    "login_id",
    "event_id",
    "nonce",
    "resource",
    "usable_until",
    "revoked_at",
)
_values = attrgetter(*_FIELDS)
# A token that rotation mints while its family is being revoked is born revoked.
_ADD = (
    f"INSERT INTO refresh_grant ({', '.join(_FIELDS)}) "
    f"VALUES ({', '.join('?' * (len(_FIELDS) - 1))}, coalesce(?, "
    "(SELECT min(revoked_at) FROM refresh_grant WHERE family = ?)))"
)
_FIND = f"SELECT {', '.join(_FIELDS)} FROM refresh_grant WHERE fingerprint = ?"
_REVOKE_FAMILY = """
UPDATE refresh_grant SET revoked_at = ? WHERE family = ? AND revoked_at IS NULL
"""
_REVOKE_OF_USER = """
UPDATE refresh_grant SET revoked_at = ?
WHERE user_pool_id = ? AND sub = ? AND revoked_at IS NULL
"""
_RETIRE = """
UPDATE refresh_grant SET usable_until = ?
WHERE fingerprint = ? AND usable_until IS NULL AND revoked_at IS NULL
"""
_FAMILY_REVOKED = """
SELECT 1 FROM refresh_grant WHERE family = ? AND revoked_at IS NOT NULL LIMIT 1
"""
_OF_USER = f"""
SELECT {", ".join(_FIELDS)} FROM refresh_grant WHERE user_pool_id = ? AND sub = ?
ORDER BY issued_at DESC, rowid DESC LIMIT ?
"""
_LIVING_FAMILIES = """
SELECT family, client_id FROM refresh_grant
WHERE user_pool_id = ? AND sub = ? AND revoked_at IS NULL AND expires_at > ?
GROUP BY family, client_id ORDER BY min(rowid)
"""
_LOGIN_OF = "SELECT login_id FROM refresh_grant WHERE family = ? ORDER BY rowid LIMIT 1"


class RefreshGrants:
    """Refresh tokens, revoked and retired ones included until they are purged."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def add(self, grant: RefreshGrant) -> None:
        """Keep a refresh token that is about to be handed out."""
        values = list(_values(grant))
        values[5] = " ".join(grant.scopes)
        self._execute(_ADD, (*values, grant.family))

    def find(self, fingerprint: str) -> RefreshGrant | None:
        """What the refresh token stands for, dead or alive."""
        row = self._execute(_FIND, (fingerprint,)).fetchone()
        return None if row is None else _grant(row)

    def of_user(self, pool_id: str, sub: str, limit: int) -> tuple[RefreshGrant, ...]:
        """The user's refresh tokens, dead or alive, newest first."""
        rows = self._execute(_OF_USER, (pool_id, sub, limit)).fetchall()
        return tuple(_grant(row) for row in rows)

    def count_of_user(self, pool_id: str, sub: str) -> int:
        """How many refresh tokens the user has, dead or alive."""
        sql = "SELECT count(*) FROM refresh_grant WHERE user_pool_id = ? AND sub = ?"
        return int(self._execute(sql, (pool_id, sub)).fetchone()[0])

    def living_families(self, pool_id: str, sub: str, now: float) -> tuple[tuple[str, str], ...]:
        """The user's families that still bring tokens, each with its client, oldest first."""
        return tuple(self._execute(_LIVING_FAMILIES, (pool_id, sub, now)).fetchall())

    def login_of(self, family: str) -> str | None:
        """The login that began the family."""
        row = self._execute(_LOGIN_OF, (family,)).fetchone()
        return None if row is None else str(row[0])

    def retire(self, fingerprint: str, usable_until: float) -> bool:
        """Begin the grace of a rotated token; true for the one caller who did it first."""
        return int(self._execute(_RETIRE, (usable_until, fingerprint)).rowcount) == 1

    def revoke_family(self, family: str, at: float) -> int:
        """Revoke every refresh token of the family; how many were alive."""
        return int(self._execute(_REVOKE_FAMILY, (at, family)).rowcount)

    def family_revoked(self, family: str) -> bool:
        """Whether the family was revoked, as far as its refresh tokens are still kept."""
        return self._execute(_FAMILY_REVOKED, (family,)).fetchone() is not None

    def revoke_of_user(self, pool_id: str, sub: str, at: float) -> int:
        """Revoke every refresh token of the user; how many were alive."""
        return int(self._execute(_REVOKE_OF_USER, (at, pool_id, sub)).rowcount)

    def purge(self, before: float) -> int:
        """Take away tokens that expired before that moment; how many there were.

        Stay a day behind the present: access tokens may outlive the refresh token of their
        family by that much, and whether the family was revoked is asked for as long.
        """
        sql = "DELETE FROM refresh_grant WHERE expires_at < ?"
        return int(self._execute(sql, (before,)).rowcount)


def _grant(row: tuple[Any, ...]) -> RefreshGrant:
    values = dict(zip(_FIELDS, row, strict=True))
    values["scopes"] = tuple(values["scopes"].split())
    return RefreshGrant(**values)

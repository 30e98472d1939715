"""Authorization codes: kept by their SHA-256 in the file, and spent exactly once."""

import hashlib
from operator import attrgetter
from typing import Any

from sandbox_app.domain.records.grants import AuthorizationCode
from sandbox_app.store.database import Database

_FIELDS = (
    "user_pool_id",
    "client_id",
    "sub",
    "redirect_uri",
    "scopes",
    "issued_at",
    "expires_at",
    "auth_time",
    "login_id",
    "nonce",
    "code_challenge",
    "resource",
    "spent_at",
    "origin",
)
_values = attrgetter(*_FIELDS)
_ADD = (
    f"INSERT INTO authorization_code (fingerprint, {', '.join(_FIELDS)}) "
    f"VALUES ({', '.join('?' * (len(_FIELDS) + 1))})"
)
_FIND = f"SELECT {', '.join(_FIELDS)} FROM authorization_code WHERE fingerprint = ?"
_WITH_CHALLENGE = f"""
SELECT {", ".join(_FIELDS)} FROM authorization_code
WHERE client_id = ? AND code_challenge = ? ORDER BY issued_at DESC LIMIT 1
"""
_SPEND = """
UPDATE authorization_code SET spent_at = ? WHERE fingerprint = ? AND spent_at IS NULL
"""


class Codes:
    """Authorization codes, spent ones included until they are purged."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def add(self, code: AuthorizationCode) -> None:
        """Keep a code that is about to be handed out."""
        values = list(_values(code))
        values[4] = " ".join(code.scopes)
        self._execute(_ADD, (_fingerprint(code.code), *values))

    def find(self, code: str) -> AuthorizationCode | None:
        """What the code stands for, expired or spent as it may be."""
        row = self._execute(_FIND, (_fingerprint(code),)).fetchone()
        return None if row is None else _code(code, row)

    def with_challenge(self, client_id: str, challenge: str) -> AuthorizationCode | None:
        """The client's latest code with that `code_challenge`, without the code itself."""
        row = self._execute(_WITH_CHALLENGE, (client_id, challenge)).fetchone()
        return None if row is None else _code("", row)

    def spend(self, code: str, at: float) -> bool:
        """Spend the code; true for the one caller who did it first. `at` is in epoch seconds."""
        return int(self._execute(_SPEND, (at, _fingerprint(code))).rowcount) == 1

    def purge(self, before: float) -> int:
        """Take away codes that expired before that moment; how many there were."""
        sql = "DELETE FROM authorization_code WHERE expires_at < ?"
        return int(self._execute(sql, (before,)).rowcount)


def _fingerprint(code: str) -> str:
    # surrogatepass: whatever text somebody sends as a code has a fingerprint that finds nothing.
    return hashlib.sha256(code.encode(errors="surrogatepass")).hexdigest()


def _code(code: str, row: tuple[Any, ...]) -> AuthorizationCode:
    values = dict(zip(_FIELDS, row, strict=True))
    values["scopes"] = tuple(values["scopes"].split())
    return AuthorizationCode(code=code, **values)

"""Signing keys of the pools, as the PEM texts they are kept in."""

from dataclasses import dataclass

from sandbox_app.domain.records.keys import KeyState
from sandbox_app.store.database import Database

_FIELDS = "kid, use, pem, created_at, state, since"
_OF_POOL = f"SELECT {_FIELDS} FROM signing_key WHERE user_pool_id = ? ORDER BY seq"
_ADD = f"INSERT INTO signing_key (user_pool_id, {_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
_MOVE = "UPDATE signing_key SET state = ?, since = ? WHERE user_pool_id = ? AND kid = ?"
_FORGET = """
DELETE FROM signing_key WHERE user_pool_id = ? AND state = 'retired' AND seq NOT IN (
    SELECT seq FROM signing_key WHERE user_pool_id = ? AND state = 'retired'
    ORDER BY since DESC, seq DESC LIMIT ?
)
"""


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A private key. `use` is `id` or `access`; `pem` is unencrypted PKCS#8, the file is 0600.

    `since` is when its state began, in epoch seconds like `created_at`.
    """

    kid: str
    use: str
    pem: bytes
    created_at: float
    state: KeyState = KeyState.SIGNING
    since: float = 0.0


class Keys:
    """Reads and writes signing keys; parsing and remembering them is for others."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def of_pool(self, pool_id: str) -> tuple[StoredKey, ...]:
        """The pool's keys, retired ones included, in the order they were made."""
        rows = self._execute(_OF_POOL, (pool_id,)).fetchall()
        return tuple(
            StoredKey(kid, use, pem, created_at, KeyState(state), since)
            for kid, use, pem, created_at, state, since in rows
        )

    def add(self, pool_id: str, key: StoredKey) -> None:
        """Keep a new key of the pool; of each use one may sign and one may be next."""
        values = (pool_id, key.kid, key.use, key.pem, key.created_at, str(key.state), key.since)
        self._execute(_ADD, values)

    def move(self, pool_id: str, kid: str, state: KeyState, at: float) -> None:
        """Let a key go on to another state; `at` is in epoch seconds."""
        self._execute(_MOVE, (str(state), at, pool_id, kid))

    def forget_retired(self, pool_id: str, keep: int) -> int:
        """Take away retired keys but the `keep` retired last; how many there were."""
        return int(self._execute(_FORGET, (pool_id, pool_id, keep)).rowcount)

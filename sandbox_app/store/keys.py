"""Signing keys of the pools, as the PEM texts they are kept in."""

from dataclasses import dataclass

from sandbox_app.store.database import Database


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A private key. `use` is `id` or `access`; `pem` is unencrypted PKCS#8, the file is 0600."""

    kid: str
    use: str
    pem: bytes
    created_at: float


class Keys:
    """Reads and writes signing keys; parsing and remembering them is for others."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def of_pool(self, pool_id: str) -> tuple[StoredKey, ...]:
        """The pool's keys, in the order they were made."""
        sql = (
            "SELECT kid, use, pem, created_at FROM signing_key WHERE user_pool_id = ? ORDER BY seq"
        )
        return tuple(StoredKey(*row) for row in self._execute(sql, (pool_id,)).fetchall())

    def add(self, pool_id: str, key: StoredKey) -> None:
        """Keep a new key of the pool."""
        sql = (
            "INSERT INTO signing_key (user_pool_id, kid, use, pem, created_at) "
            "VALUES (?, ?, ?, ?, ?)"
        )
        self._execute(sql, (pool_id, key.kid, key.use, key.pem, key.created_at))

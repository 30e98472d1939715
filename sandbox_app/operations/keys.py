"""The signing keys of each pool: made on first need, kept in the workspace, parsed once."""

from dataclasses import dataclass

from sandbox_app.domain.clock import Clock
from sandbox_app.domain.ports import Aside
from sandbox_app.store import Store, StoredKey
from sandbox_app.tokens.keys import SigningKey, from_pem, generate_key, to_pem


@dataclass(frozen=True, slots=True)
class PoolKeys:
    """A pool's two keys: one signs ID tokens, the other access tokens. Source: contract JW-1."""

    id_key: SigningKey
    access_key: SigningKey

    @property
    def all(self) -> tuple[SigningKey, SigningKey]:
        """Both keys, in the order JWKS lists them."""
        return (self.id_key, self.access_key)


class KeyRing:
    """Hands out parsed keys. Making one takes up to 140 ms, so it happens aside from the loop."""

    def __init__(self, store: Store, clock: Clock, aside: Aside) -> None:
        self._store = store
        self._clock = clock
        self._aside = aside
        self._parsed: dict[str, PoolKeys] = {}

    def known(self, pool_id: str) -> PoolKeys | None:
        """The pool's keys if it has any yet; never makes them."""
        if (keys := self._parsed.get(pool_id)) is None:
            stored = {key.use: from_pem(key.pem, kid=key.kid) for key in self._stored(pool_id)}
            if stored:
                keys = PoolKeys(id_key=stored["id"], access_key=stored["access"])
                self._parsed[pool_id] = keys
        return keys

    async def of(self, pool_id: str) -> PoolKeys:
        """The pool's keys, made now if this is the first need."""
        if (keys := self.known(pool_id)) is not None:
            return keys
        made = await self._aside(lambda: PoolKeys(generate_key(), generate_key()))
        # Another request may have had the same need meanwhile: the first pair stored is the pair.
        if (keys := self.known(pool_id)) is not None:
            return keys
        now = self._clock.now().timestamp()
        with self._store.transaction():
            for use, key in (("id", made.id_key), ("access", made.access_key)):
                self._store.keys.add(pool_id, StoredKey(key.kid, use, to_pem(key), now))
        self._parsed[pool_id] = made
        return made

    def forget(self, pool_id: str) -> None:
        """Drop the parsed keys of a pool that is gone."""
        self._parsed.pop(pool_id, None)

    def _stored(self, pool_id: str) -> tuple[StoredKey, ...]:
        return self._store.keys.of_pool(pool_id)

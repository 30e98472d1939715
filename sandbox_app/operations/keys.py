"""The signing keys of each pool: made on first need, kept in the workspace, parsed once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandbox_app.domain.clock import Clock
from sandbox_app.domain.ports import Aside, Turns
from sandbox_app.domain.records.keys import USES, KeyState
from sandbox_app.store import Store, StoredKey
from sandbox_app.tokens.keys import SigningKey, from_pem, generate_key, to_pem

MOST_RETIRED = 50
"""Retired keys that a pool remembers, so that their tokens can be told from a stranger's."""


@dataclass(frozen=True, slots=True)
class PoolKey:
    """A parsed key and where it stands in its life.

    `created_at` and `since`, when its state began, are in epoch seconds of the sandbox's clock.
    """

    key: SigningKey
    use: str
    state: KeyState
    created_at: float
    since: float

    @property
    def kid(self) -> str:
        """The name it goes by in tokens and in the key set."""
        return self.key.kid


@dataclass(frozen=True, slots=True)
class PoolKeys:
    """All keys of a pool, in the order they were made. Source: contract JW-1.

    Attributes:
        id_key: signs ID tokens.
        access_key: signs access tokens.
        published: those that are not retired: they stand in the key set, and the pool's own
            endpoints accept their tokens.
        all: retired ones included.
    """

    id_key: SigningKey
    access_key: SigningKey
    published: tuple[SigningKey, ...]
    all: tuple[PoolKey, ...]

    @classmethod
    def of(cls, keys: tuple[PoolKey, ...]) -> "PoolKeys":
        """Sorted by what they do; of each use exactly one signs."""
        signing = {key.use: key.key for key in keys if key.state is KeyState.SIGNING}
        published = tuple(key.key for key in keys if key.state is not KeyState.RETIRED)
        return cls(signing["id"], signing["access"], published, keys)

    def find(self, kid: object) -> PoolKey | None:
        """The key of that name, whatever its state."""
        return next((key for key in self.all if key.kid == kid), None)


class KeyRing:
    """Hands out parsed keys. Making one takes up to 140 ms, so it happens aside from the loop."""

    def __init__(self, store: Store, clock: Clock, aside: Aside, turns: Turns) -> None:
        self._store = store
        self._clock = clock
        self._aside = aside
        self._turns = turns
        self._parsed: dict[str, PoolKeys] = {}

    def known(self, pool_id: str) -> PoolKeys | None:
        """The pool's keys if it has any yet; never makes them."""
        if (keys := self._parsed.get(pool_id)) is None:
            stored = self._store.keys.of_pool(pool_id)
            if stored:
                keys = PoolKeys.of(tuple(_parsed(key) for key in stored))
                self._parsed[pool_id] = keys
        return keys

    async def of(self, pool_id: str) -> PoolKeys:
        """The pool's keys, made now at the first need; whoever needs them meanwhile waits."""
        if (keys := self.known(pool_id)) is not None:
            return keys
        async with self._turns(pool_id):
            if self.known(pool_id) is None:
                made = await self.make(USES)
                # Restoring a snapshot may have brought some meanwhile: the first stored are it.
                if self.known(pool_id) is None:
                    self.change(pool_id, {}, ((use, made[use], KeyState.SIGNING) for use in USES))
        keys = self.known(pool_id)
        assert keys is not None, "they were stored just now"
        return keys

    async def make(self, uses: Iterable[str]) -> dict[str, SigningKey]:
        """New keys by use, of no pool yet."""
        wanted = tuple(uses)
        return await self._aside(lambda: {use: generate_key() for use in wanted})

    def change(
        self,
        pool_id: str,
        moved: Mapping[str, KeyState],
        added: Iterable[tuple[str, SigningKey, KeyState]] = (),
    ) -> None:
        """Let keys go on to other states, by `kid` and in that order, then add new ones."""
        now = self._clock.timestamp()
        with self._store.transaction():
            for kid, state in moved.items():
                self._store.keys.move(pool_id, kid, state, now)
            for use, key, state in added:
                stored = StoredKey(key.kid, use, to_pem(key), now, state, now)
                self._store.keys.add(pool_id, stored)
            self._store.keys.forget_retired(pool_id, MOST_RETIRED)
        self.forget(pool_id)

    def forget(self, pool_id: str) -> None:
        """Drop the parsed keys of a pool that is gone, or whose rows were changed."""
        self._parsed.pop(pool_id, None)

    def forget_all(self) -> None:
        """Drop all parsed keys, because rows of any pool may have been changed."""
        self._parsed.clear()


def _parsed(stored: StoredKey) -> PoolKey:
    key = from_pem(stored.pem, kid=stored.kid)
    return PoolKey(key, stored.use, stored.state, stored.created_at, stored.since)

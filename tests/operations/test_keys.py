"""The signing keys of each pool: made on first need, kept, and made once only."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import KeyRing
from sandbox_app.server.threads import TurnsOnLoop
from sandbox_app.store import StoredKey
from sandbox_app.tokens.keys import SigningKey, to_pem


def test_a_pool_without_need_of_keys_has_none(core: Core, pool_id: str) -> None:
    assert core.keys.known(pool_id) is None


async def test_two_keys_are_made_on_first_need_and_kept(core: Core, pool_id: str) -> None:
    """Contract JW-1."""
    made = await core.keys.of(pool_id)

    assert made.id_key.kid != made.access_key.kid
    assert made.published == (made.id_key, made.access_key)
    assert await core.keys.of(pool_id) is made
    again = KeyRing(core.store, core.clock, _never, TurnsOnLoop()).known(pool_id)
    assert again is not None
    assert [key.kid for key in again.all] == [key.kid for key in made.all]


async def test_two_needs_at_once_lead_to_one_pair(
    core: Core, pool_id: str, signing_keys: tuple[SigningKey, SigningKey]
) -> None:
    async def slow(work: Callable[[], Any]) -> Any:
        await asyncio.sleep(0)
        # Somebody else stores a pair while this one is being made.
        if core.keys.known(pool_id) is None:
            for use, key in zip(("id", "access"), signing_keys, strict=True):
                core.store.keys.add(pool_id, StoredKey(key.kid, use, to_pem(key), 0.0))
        return work()

    ring = KeyRing(core.store, core.clock, slow, TurnsOnLoop())
    one, other = await asyncio.gather(ring.of(pool_id), ring.of(pool_id))

    assert one is other
    assert {key.kid for key in one.all} == {key.kid for key in signing_keys}
    assert len(core.store.keys.of_pool(pool_id)) == 2


async def test_many_needs_at_once_make_keys_once(core: Core, pool_id: str) -> None:
    """A pair takes up to 280 ms of a processor."""
    made = 0

    async def slow(work: Callable[[], Any]) -> Any:
        nonlocal made
        made += 1
        await asyncio.sleep(0)
        return work()

    ring = KeyRing(core.store, core.clock, slow, TurnsOnLoop())
    await asyncio.gather(*(ring.of(pool_id) for _ in range(8)))

    assert made == 1


async def test_whoever_gives_up_leaves_the_making_to_the_next(core: Core, pool_id: str) -> None:
    making, going_on = asyncio.Event(), asyncio.Event()

    async def slow(work: Callable[[], Any]) -> Any:
        making.set()
        await going_on.wait()
        return work()

    ring = KeyRing(core.store, core.clock, slow, TurnsOnLoop())
    first, second = (asyncio.create_task(ring.of(pool_id)) for _ in range(2))
    await making.wait()
    first.cancel()
    going_on.set()

    assert await second is ring.known(pool_id)


def _never(work: Callable[[], Any]) -> Awaitable[Any]:
    raise AssertionError("no key needs to be made")

"""Signing keys by hand: rotate, publish early, retire, and bend how the key set is answered.

Keys live through four states (`KeyState`): *next* → *signing* → *previous* → *retired*. All but
the retired ones are published, and the pool's own endpoints accept what they signed. Refresh
tokens are found by their fingerprint and outlive every key.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sandbox_app.domain.conditions.key_sets import USUAL, KeySetAnswer
from sandbox_app.domain.records.keys import USES, KeyState
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import PoolKey, PoolKeys
from sandbox_app.workbench.conditions.keeping import changed
from sandbox_app.workbench.conditions.key_sets_part import KEY_SETS

MOST_PUBLISHED = 40
"""Keys a pool can have published at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySeen:
    """One key as a list shows it. Times in epoch seconds of the sandbox's clock.

    `published` tells whether the key set shows it at this moment, conditions included.
    """

    kid: str
    use: str
    state: KeyState
    created_at: float
    since: float
    published: bool


def keys_of(core: Core, pool_id: str) -> tuple[KeySeen, ...]:
    """The pool's keys in the order they were made, up to fifty retired ones included.

    Empty before the pool's first token or key set is asked for.
    """
    keys = core.keys.known(pool_id)
    only = key_set_answer(core, pool_id).only
    return tuple(_seen(key, only) for key in keys.all) if keys is not None else ()


async def rotate(
    core: Core, pool_id: str, *, overlap: bool = True, uses: Iterable[str] = USES
) -> tuple[KeySeen, ...]:
    """Let another key sign from now on: the next one where there is one, else a new one.

    Args:
        overlap: the former key stays published as *previous*; without it the key is *retired* at
            once, and its tokens are refused.
        uses: `id`, `access` or both.

    Returns:
        All keys afterwards.

    Raises:
        ValueError: there is no such pool or use, or too many keys are published.
    """
    wanted = _checked(core, pool_id, uses)
    keys, made = await _with_next(core, pool_id, wanted)
    moved: dict[str, KeyState] = {}
    added = []
    for use in wanted:
        former = _one(keys, use, KeyState.SIGNING)
        assert former is not None, "one key of each use signs"
        moved[former.kid] = KeyState.PREVIOUS if overlap else KeyState.RETIRED
        following = _one(keys, use, KeyState.NEXT)
        if following is not None:
            moved[following.kid] = KeyState.SIGNING
        else:
            added.append((use, made[use], KeyState.SIGNING))
    _check_room(keys, len(added) - (0 if overlap else len(wanted)))
    core.keys.change(pool_id, moved, added)
    return _settled(core, pool_id)


async def publish_next(
    core: Core, pool_id: str, *, uses: Iterable[str] = USES
) -> tuple[KeySeen, ...]:
    """Publish the key that will sign after the next rotation; where it is already, nothing happens.

    Raises:
        ValueError: there is no such pool or use, or too many keys are published.
    """
    wanted = _checked(core, pool_id, uses)
    keys, made = await _with_next(core, pool_id, wanted)
    added = [
        (use, made[use], KeyState.NEXT) for use in wanted if _one(keys, use, KeyState.NEXT) is None
    ]
    _check_room(keys, len(added))
    core.keys.change(pool_id, {}, added)
    return _settled(core, pool_id)


def retire(core: Core, pool_id: str, kid: str) -> tuple[KeySeen, ...]:
    """Take a key out of the key set; its tokens are refused from now on.

    Raises:
        ValueError: the pool has no such key, or it signs (rotate abruptly instead).
    """
    key = _known(core, pool_id, kid)
    if key.state is KeyState.SIGNING:
        raise ValueError("this key signs; rotate abruptly to retire it")
    if key.state is not KeyState.RETIRED:
        core.keys.change(pool_id, {kid: KeyState.RETIRED})
    return _settled(core, pool_id)


def publish_again(core: Core, pool_id: str, kid: str) -> tuple[KeySeen, ...]:
    """Take a retirement back: the key is *previous*, published and accepted again.

    Raises:
        ValueError: the pool has no such key, or too many keys are published.
    """
    key = _known(core, pool_id, kid)
    if key.state is KeyState.RETIRED:
        _check_room(core.keys.known(pool_id), 1)
        core.keys.change(pool_id, {kid: KeyState.PREVIOUS})
    return _settled(core, pool_id)


def key_set_answer(core: Core, pool_id: str) -> KeySetAnswer:
    """How the pool's key set is answered now."""
    return core.conditions.key_sets.get(pool_id, USUAL)


def answer_key_set(core: Core, pool_id: str, **members: Any) -> KeySetAnswer:
    """Bend some members of the answer and leave the others as they are; see `KeySetAnswer`.

    Raises:
        ValueError: there is no such pool, or a member is not as it must be.
        TypeError: there is no such member (a caller's bug).
    """
    _check_pool(core, pool_id)
    answer = replace(key_set_answer(core, pool_id), **members)
    _put(core, pool_id, answer)
    changed(core, KEY_SETS)
    return answer


def answer_as_usual(core: Core, pool_id: str) -> None:
    """Answer the pool's key set as usual again, also where the pool is gone."""
    _put(core, pool_id, USUAL)
    changed(core, KEY_SETS)


def empty_key_set(core: Core, pool_id: str) -> KeySetAnswer:
    """Answer with an empty set.

    Raises:
        ValueError: there is no such pool.
    """
    return answer_key_set(core, pool_id, only=())


async def publish_only_next(core: Core, pool_id: str) -> KeySetAnswer:
    """Show the next keys alone, made now where there are none, while the others still sign.

    It lasts until `answer_as_usual`, or until nothing is hidden by it any more.

    Raises:
        ValueError: there is no such pool, or too many keys are published.
    """
    seen = await publish_next(core, pool_id)
    only = tuple(key.kid for key in seen if key.state is KeyState.NEXT)
    return answer_key_set(core, pool_id, only=only)


def _checked(core: Core, pool_id: str, uses: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(uses))
    _check_pool(core, pool_id)
    if not wanted or not set(wanted) <= set(USES):
        raise ValueError("a key signs id or access tokens")
    return wanted


def _check_pool(core: Core, pool_id: str) -> None:
    if core.store.pools.get(pool_id) is None:
        raise ValueError(f"there is no user pool {pool_id[:60]}")


async def _with_next(
    core: Core, pool_id: str, uses: tuple[str, ...]
) -> tuple[PoolKeys, dict[str, Any]]:
    """The pool's keys, and a new one for each use that has no next key."""
    keys = await core.keys.of(pool_id)
    made = await core.keys.make(use for use in uses if _one(keys, use, KeyState.NEXT) is None)
    # Somebody else may have rotated while the keys were made, or deleted the pool.
    _check_pool(core, pool_id)
    keys = await core.keys.of(pool_id)
    missing = [use for use in uses if _one(keys, use, KeyState.NEXT) is None and use not in made]
    if missing:
        return await _with_next(core, pool_id, uses)
    return keys, made


def _one(keys: PoolKeys, use: str, state: KeyState) -> PoolKey | None:
    return next((key for key in keys.all if key.use == use and key.state is state), None)


def _known(core: Core, pool_id: str, kid: str) -> PoolKey:
    keys = core.keys.known(pool_id)
    key = keys.find(kid) if keys is not None else None
    if key is None:
        raise ValueError(f"the pool has no key {kid[:60]}")
    return key


def _check_room(keys: PoolKeys | None, more: int) -> None:
    if keys is not None and len(keys.published) + more > MOST_PUBLISHED:
        raise ValueError(f"{MOST_PUBLISHED} keys are published at most; retire some first")


def _settled(core: Core, pool_id: str) -> tuple[KeySeen, ...]:
    """Tell, and drop a choice of shown keys that hides nothing any more."""
    answer, keys = key_set_answer(core, pool_id), core.keys.known(pool_id)
    if answer.only and keys is not None:
        hidden = [key.kid for key in keys.published if key.kid not in answer.only]
        if not hidden:
            _put(core, pool_id, replace(answer, only=None))
    changed(core, KEY_SETS)
    return keys_of(core, pool_id)


def _put(core: Core, pool_id: str, answer: KeySetAnswer) -> None:
    if answer == USUAL:
        core.conditions.key_sets.pop(pool_id, None)
    else:
        core.conditions.key_sets[pool_id] = answer


def _seen(key: PoolKey, only: tuple[str, ...] | None) -> KeySeen:
    return KeySeen(
        kid=key.kid,
        use=key.use,
        state=key.state,
        created_at=key.created_at,
        since=key.since,
        published=key.state is not KeyState.RETIRED and (only is None or key.kid in only),
    )

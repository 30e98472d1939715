"""Key sets as a condition: which pool's is answered otherwise than usual."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sandbox_app.domain.conditions.key_sets import USUAL, KeySetAnswer
from sandbox_app.domain.durations import duration_words
from sandbox_app.operations.core import Core


class KeySetsPart:
    """Bent answers of the key set endpoints.

    Rotated and retired keys are none: a rotation happened, like a change of password, and stays.
    """

    name = "keys"

    def deviations(self, core: Core) -> tuple[str, ...]:
        """What is unusual about each pool's key set; a deleted pool's waits untold."""
        pools = ((core.store.pools.get(key), it) for key, it in core.conditions.key_sets.items())
        return tuple(
            f"key set of {pool.name} {words}"
            for pool, answer in pools
            if pool is not None
            for words in unusual(core, pool.id, answer)
        )

    def straighten(self, core: Core) -> None:
        """Answer all key sets as usual."""
        core.conditions.key_sets.clear()

    def kept(self, core: Core) -> Mapping[str, Any]:
        """By pool id, the members that are not usual."""
        return {pool_id: _shape(answer) for pool_id, answer in core.conditions.key_sets.items()}

    def recall(self, core: Core, kept: Mapping[str, Any]) -> None:
        """Answer them as before."""
        answers = {pool_id: _answer(shape) for pool_id, shape in kept.items()}
        core.conditions.key_sets.clear()
        core.conditions.key_sets.update(answers)


KEY_SETS = KeySetsPart()


def unusual(core: Core, pool_id: str, answer: KeySetAnswer) -> Iterator[str]:
    """What differs, in words that go on after "the key set"; none where nothing does."""
    if answer.only == ():
        yield "is empty"
    elif answer.only is not None:
        keys = core.keys.known(pool_id)
        published = [key.kid for key in keys.published] if keys is not None else []
        shown = sum(kid in answer.only for kid in published)
        yield f"shows {shown} of {len(published)} keys"
    if answer.delay:
        yield f"takes {duration_words(answer.delay)}"
    if answer.status != USUAL.status:
        yield f"answers {answer.status}"
    if answer.content_type is not None:
        yield f"is {answer.content_type or 'of no type'}"
    if answer.cache_headers is not None:
        yield "has other cache headers"


def _shape(answer: KeySetAnswer) -> dict[str, Any]:
    members = asdict(answer) | {"delay": answer.delay.total_seconds()}
    usual = asdict(USUAL) | {"delay": 0.0}
    return {name: value for name, value in members.items() if value != usual[name]}


def _answer(shape: Mapping[str, Any]) -> KeySetAnswer:
    members = dict(shape)
    if "only" in members:
        members["only"] = tuple(map(str, members["only"]))
    if "delay" in members:
        members["delay"] = timedelta(seconds=members["delay"])
    if "cache_headers" in members:
        pairs = members["cache_headers"]
        members["cache_headers"] = tuple((str(name), str(value)) for name, value in pairs)
    return KeySetAnswer(**members)

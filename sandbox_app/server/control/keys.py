"""`/_sandbox/keys`: signing keys rotated and retired, and key sets answered wrongly."""

from dataclasses import asdict
from typing import Any

from sandbox_app.domain.conditions.key_sets import CACHE_HEADERS, KeySetAnswer
from sandbox_app.domain.records.keys import USES, KeyState
from sandbox_app.server.control.finding import POOL, blamed, pool_of
from sandbox_app.server.control.route import Asked, Route
from sandbox_app.server.control.schema import (
    flag,
    listed,
    mapping,
    maybe,
    number,
    record,
    text,
    whole,
)
from sandbox_app.workbench.conditions import keys
from sandbox_app.workbench.conditions.durations import duration_text, parse_duration
from sandbox_app.workbench.conditions.key_findings import Standing
from sandbox_app.workbench.conditions.key_timeline import key_timeline
from sandbox_app.workbench.conditions.keys import KeySeen

_KEY = record(
    {
        "kid": text(),
        "use": text(among=USES),
        "state": text(among=KeyState),
        "created_at": number("Epoch seconds of the sandbox's clock."),
        "since": number("When the state began."),
        "published": flag("Whether the key set shows it now, conditions included."),
    }
)
_KEYS = record(
    {"keys": listed(_KEY, "In the order they were made; empty before anybody needs them.")}
)
_USES = listed(text(among=USES), "Both without it.")
_POOL = {"pool": POOL}
_CACHE = mapping(text(), f"In place of the usual ones; of {', '.join(CACHE_HEADERS)}.")
_ANSWER = {
    "only": maybe(listed(text(), "The kids shown; empty for an empty set, null for all.")),
    "delay": text("How long the answer is held back, such as 2s."),
    "status": whole("200, or 400 to 599, which comes without keys."),
    "content_type": maybe(text("null for the usual one.")),
    "cache_headers": maybe(_CACHE),
}
_GIVEN = record(
    {
        "client_id": text(),
        "client_name": text(),
        "use": text(),
        "kid": text(),
        "first_at": number(),
        "last_at": number(),
        "count": whole(),
        "known": flag("Whether their key was in the set that was fetched."),
    }
)
_FETCH = record(
    {
        "first_at": number("Epoch seconds of the sandbox's clock."),
        "last_at": number(),
        "times": whole("Fetches in a row; 0 for tokens given before any."),
        "kids": listed(text()),
        "unusual": text("How the answer was bent."),
        "given": listed(_GIVEN, "Tokens it was given before the next fetch."),
    }
)
_READER = record(
    {
        "pool_id": text(),
        "peer": text(),
        "agent": text(),
        "name": text(),
        "clients": listed(text()),
        "fetched": whole(),
        "fetches": listed(_FETCH, "Newest first."),
        "standing": text(among=Standing),
        "finding": text("What that means, in one sentence."),
    }
)


async def list_keys(asked: Asked) -> Any:
    """A pool's keys."""
    return _told(keys.keys_of(asked.core, pool_of(asked).id))


async def rotate(asked: Asked) -> Any:
    """Another key signs."""
    pool, body = pool_of(asked), asked.body
    with blamed("uses"):
        return _told(
            await keys.rotate(
                asked.core,
                pool.id,
                overlap=body.get("overlap", True),
                uses=body.get("uses", USES),
            )
        )


async def publish_next(asked: Asked) -> Any:
    """The key that will sign."""
    pool = pool_of(asked)
    with blamed("uses"):
        uses = asked.body.get("uses", USES)
        return _told(await keys.publish_next(asked.core, pool.id, uses=uses))


async def publish_only_next(asked: Asked) -> Any:
    """It alone."""
    pool = pool_of(asked)
    with blamed():
        return _answer(await keys.publish_only_next(asked.core, pool.id))


async def retire(asked: Asked) -> Any:
    """One key is no longer good."""
    pool = pool_of(asked)
    with blamed("kid"):
        return _told(keys.retire(asked.core, pool.id, asked.body["kid"]))


async def publish_again(asked: Asked) -> Any:
    """It is again."""
    pool = pool_of(asked)
    with blamed("kid"):
        return _told(keys.publish_again(asked.core, pool.id, asked.body["kid"]))


async def get_answer(asked: Asked) -> Any:
    """How the key set is answered."""
    return _answer(keys.key_set_answer(asked.core, pool_of(asked).id))


async def bend_answer(asked: Asked) -> Any:
    """Otherwise."""
    pool = pool_of(asked)
    members = {name: value for name, value in asked.body.items() if name != "pool"}
    with blamed("delay"):
        if "delay" in members:
            members["delay"] = parse_duration(members["delay"])
    if members.get("only") is not None:
        members["only"] = tuple(members["only"])
    if members.get("cache_headers") is not None:
        members["cache_headers"] = tuple(members["cache_headers"].items())
    with blamed():
        return _answer(keys.answer_key_set(asked.core, pool.id, **members))


async def straighten_answer(asked: Asked) -> Any:
    """As usual."""
    pool = pool_of(asked)
    keys.answer_as_usual(asked.core, pool.id)
    return _answer(keys.key_set_answer(asked.core, pool.id))


async def get_timeline(asked: Asked) -> Any:
    """Who fetched which keys."""
    readers = key_timeline(asked.core, pool_of(asked).id)
    return {"readers": [asdict(reader) for reader in readers]}


def _told(seen: tuple[KeySeen, ...]) -> dict[str, Any]:
    return {"keys": [asdict(key) for key in seen]}


def _answer(answer: KeySetAnswer) -> dict[str, Any]:
    return {
        **asdict(answer),
        "delay": duration_text(answer.delay).removeprefix("+"),
        "cache_headers": None if answer.cache_headers is None else dict(answer.cache_headers),
    }


ROUTES = (
    Route(
        method="GET",
        path="/_sandbox/keys",
        summary="A pool's signing keys, retired ones included.",
        handler=list_keys,
        calls=(keys.keys_of,),
        query=_POOL,
        gives=_KEYS,
    ),
    Route(
        method="POST",
        path="/_sandbox/keys/rotate",
        summary="Let another key sign, with overlap or abruptly.",
        handler=rotate,
        calls=(keys.rotate,),
        takes=record(
            optional={
                **_POOL,
                "overlap": flag("Whether the former key stays published; true without it."),
                "uses": _USES,
            }
        ),
        gives=_KEYS,
    ),
    Route(
        method="POST",
        path="/_sandbox/keys/publish-next",
        summary="Publish the key that will sign after the next rotation.",
        handler=publish_next,
        calls=(keys.publish_next,),
        takes=record(optional={**_POOL, "uses": _USES}),
        gives=_KEYS,
    ),
    Route(
        method="POST",
        path="/_sandbox/keys/publish-only-next",
        summary="Show the next keys alone, while the others still sign.",
        handler=publish_only_next,
        calls=(keys.publish_only_next,),
        takes=record(optional=_POOL),
        gives=record(_ANSWER),
    ),
    Route(
        method="POST",
        path="/_sandbox/keys/retire",
        summary="Take a key out of the key set; its tokens are refused.",
        handler=retire,
        calls=(keys.retire,),
        takes=record({"kid": text()}, _POOL),
        gives=_KEYS,
    ),
    Route(
        method="POST",
        path="/_sandbox/keys/publish-again",
        summary="Take a retirement back.",
        handler=publish_again,
        calls=(keys.publish_again,),
        takes=record({"kid": text()}, _POOL),
        gives=_KEYS,
    ),
    Route(
        method="GET",
        path="/_sandbox/keys/timeline",
        summary="Which program fetched which keys when, and which tokens it was given since.",
        handler=get_timeline,
        calls=(key_timeline,),
        query=_POOL,
        gives=record({"readers": listed(_READER)}),
    ),
    Route(
        method="GET",
        path="/_sandbox/keys/answer",
        summary="How a pool's key set is answered.",
        handler=get_answer,
        calls=(keys.key_set_answer,),
        query=_POOL,
        gives=record(_ANSWER),
    ),
    Route(
        method="POST",
        path="/_sandbox/keys/answer",
        summary="Bend how a pool's key set is answered: empty, slow, failing, cached otherwise.",
        handler=bend_answer,
        calls=(keys.answer_key_set,),
        takes=record(optional={**_POOL, **_ANSWER}),
        gives=record(_ANSWER),
    ),
    Route(
        method="POST",
        path="/_sandbox/keys/answer/usual",
        summary="Answer a pool's key set as usual again.",
        handler=straighten_answer,
        calls=(keys.answer_as_usual,),
        takes=record(optional=_POOL),
        gives=record(_ANSWER),
    ),
)

"""`/_sandbox/clock`: shifted, standing still, going to a moment, and wrong for one client."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox_app.server.control.finding import CLIENT, POOL, blamed, client_of, pool_of
from sandbox_app.server.control.route import Asked, Route
from sandbox_app.server.control.schema import flag, listed, mapping, number, record, text, whole
from sandbox_app.workbench.conditions import clock, endings
from sandbox_app.workbench.conditions.durations import parse_duration

_SPAN = text("A duration such as 59m59s, -2h or 1.5s.")
_CLOCK = record(
    {
        "now": text("The sandbox's present, ISO 8601 in UTC."),
        "epoch": number("The same in seconds since 1970 UTC."),
        "standing": flag("Whether it stands still."),
        "ahead": number("Seconds it is ahead of the machine's clock; negative when behind."),
        "skews": mapping(number(), "By client id, seconds that client's clock is ahead."),
    }
)

_ENDING = record(
    {
        "id": text("Names it to /clock/jump; it opens nothing."),
        "thing": text(among=endings.Thing),
        "pool_id": text(),
        "client_id": text(),
        "client_name": text(),
        "username": text(),
        "login_id": text(),
        "began_at": number("Epoch seconds of the sandbox's clock."),
        "ends_at": number("Epoch seconds of the sandbox's clock."),
        "alive": flag(),
    }
)


async def get_clock(asked: Asked) -> Any:
    """What it tells."""
    core = asked.core
    return {
        "now": core.now().isoformat().replace("+00:00", "Z"),
        "epoch": core.timestamp(),
        "standing": core.clock.frozen_at is not None,
        "ahead": round(core.clock.ahead.total_seconds(), 3),
        "skews": {key: by.total_seconds() for key, by in core.conditions.skews.items()},
    }


async def advance(asked: Asked) -> Any:
    """Time passes at once."""
    with blamed("by"):
        clock.advance(asked.core, parse_duration(asked.body["by"]))
    return await get_clock(asked)


async def shift(asked: Asked) -> Any:
    """It runs beside the machine's clock."""
    with blamed("offset"):
        clock.shift_to(asked.core, parse_duration(asked.body["offset"]))
    return await get_clock(asked)


async def go_to(asked: Asked) -> Any:
    """Another present."""
    with blamed("moment"):
        clock.go_to(asked.core, moment_of(asked.body["moment"]))
    return await get_clock(asked)


async def freeze(asked: Asked) -> Any:
    """It stands."""
    clock.freeze(asked.core)
    return await get_clock(asked)


async def run(asked: Asked) -> Any:
    """It runs on."""
    clock.run(asked.core)
    return await get_clock(asked)


async def straighten(asked: Asked) -> Any:
    """The machine's time."""
    clock.straighten(asked.core)
    return await get_clock(asked)


async def list_endings(asked: Asked) -> Any:
    """What ends by time."""
    pool = pool_of(asked).id if "pool" in asked.query else None
    found = endings.endings(asked.core, pool, asked.query.get("limit", endings.MOST))
    return {"endings": [asdict(each) for each in found]}


async def jump(asked: Asked) -> Any:
    """To just before the end of one of them, or after it."""
    body = asked.body
    with blamed("by"):
        by = parse_duration(body["by"]) if "by" in body else endings.BEFORE
    with blamed("ending"):
        endings.jump(asked.core, body["ending"], by, stand=body.get("stand", False))
    return await get_clock(asked)


async def skew(asked: Asked) -> Any:
    """One client's clock is wrong."""
    client = client_of(asked)
    with blamed("by"):
        clock.skew(asked.core, client.client_id, parse_duration(asked.body["by"]))
    return await get_clock(asked)


def moment_of(told: str | float) -> datetime:
    """A moment written in ISO 8601 or as epoch seconds; without a timezone it is UTC.

    Raises:
        ValueError: it is neither.
    """
    try:
        if isinstance(told, str):
            moment = datetime.fromisoformat(told)
            return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return datetime.fromtimestamp(0, UTC) + timedelta(seconds=told)
    except (ValueError, OverflowError):
        shown = str(told)[:40]
        raise ValueError(f"“{shown}” is no moment; write it like 2027-01-31T08:00:00Z") from None


ROUTES = (
    Route(
        method="GET",
        path="/_sandbox/clock",
        summary="What the sandbox's clock tells, and how it is bent.",
        handler=get_clock,
        calls=(),
        gives=_CLOCK,
    ),
    Route(
        method="POST",
        path="/_sandbox/clock/advance",
        summary="Let so much time pass at once; every timer follows.",
        handler=advance,
        calls=(clock.advance,),
        takes=record({"by": _SPAN}),
        gives=_CLOCK,
    ),
    Route(
        method="POST",
        path="/_sandbox/clock/shift",
        summary="Run (or stand) so far ahead of the machine's clock.",
        handler=shift,
        calls=(clock.shift_to,),
        takes=record({"offset": _SPAN}),
        gives=_CLOCK,
    ),
    Route(
        method="POST",
        path="/_sandbox/clock/go-to",
        summary="Make a moment the present.",
        handler=go_to,
        calls=(clock.go_to,),
        takes=record(
            {
                "moment": {
                    "type": ["string", "number"],
                    "description": "ISO 8601, or seconds since 1970 UTC.",
                }
            }
        ),
        gives=_CLOCK,
    ),
    Route(
        method="POST",
        path="/_sandbox/clock/freeze",
        summary="Stand still at the present.",
        handler=freeze,
        calls=(clock.freeze,),
        takes=record(),
        gives=_CLOCK,
    ),
    Route(
        method="POST",
        path="/_sandbox/clock/run",
        summary="Run on from where it stands.",
        handler=run,
        calls=(clock.run,),
        takes=record(),
        gives=_CLOCK,
    ),
    Route(
        method="POST",
        path="/_sandbox/clock/straighten",
        summary="Tell the machine's time again; skews of clients stay.",
        handler=straighten,
        calls=(clock.straighten,),
        takes=record(),
        gives=_CLOCK,
    ),
    Route(
        method="GET",
        path="/_sandbox/clock/endings",
        summary="What ends by time and when: tokens, codes, sessions, lockouts.",
        handler=list_endings,
        calls=(endings.endings,),
        query={
            "pool": POOL,
            "limit": whole("How many of each kind, the newest.", least=1, most=endings.MOST),
        },
        gives=record({"endings": listed(_ENDING, "The soonest first, then what is just over.")}),
    ),
    Route(
        method="POST",
        path="/_sandbox/clock/jump",
        summary="Go to one second before something ends, or as far from its end as said.",
        handler=jump,
        calls=(endings.jump,),
        takes=record(
            {"ending": text("Its id, as /clock/endings tells it.")},
            {
                "by": text("From its end: -1s without it, 0s is the end itself."),
                "stand": flag("Let the clock stand there."),
            },
        ),
        gives=_CLOCK,
    ),
    Route(
        method="POST",
        path="/_sandbox/clock/skew",
        summary="Let the clock behind one client's tokens be wrong; 0s ends it.",
        handler=skew,
        calls=(clock.skew,),
        takes=record({"client": CLIENT, "by": _SPAN}, {"pool": POOL}),
        gives=_CLOCK,
    ),
)

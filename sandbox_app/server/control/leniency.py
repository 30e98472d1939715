"""`/_sandbox/leniency`: what is forgiven."""

from dataclasses import asdict
from typing import Any

from sandbox_app.server.control.finding import blamed
from sandbox_app.server.control.route import Asked, Route
from sandbox_app.server.control.schema import Schema, flag, record, text
from sandbox_app.workbench.conditions.leniency import SWITCHES
from sandbox_app.workbench.conditions.switching import set_leniency


def _switches() -> dict[str, Schema]:
    kinds = {"fixed_code": text}
    return {each.name: kinds.get(each.name, flag)(each.sentence) for each in SWITCHES}


async def get_leniency(asked: Asked) -> Any:
    """The switches."""
    return asdict(asked.core.conditions.leniency)


async def set_switches(asked: Asked) -> Any:
    """Some of them."""
    with blamed("fixed_code" if "fixed_code" in asked.body else None):
        set_leniency(asked.core, **asked.body)
    return await get_leniency(asked)


ROUTES = (
    Route(
        method="GET",
        path="/_sandbox/leniency",
        summary="The lenient switches, all of them off unless somebody switched them on.",
        handler=get_leniency,
        calls=(),
        gives=record(_switches()),
    ),
    Route(
        method="POST",
        path="/_sandbox/leniency",
        summary="Set some lenient switches and leave the others.",
        handler=set_switches,
        calls=(set_leniency,),
        takes=record(optional=_switches()),
        gives=record(_switches()),
    ),
)

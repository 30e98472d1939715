"""`/_sandbox/conditions`: all that is bent, and one way back to normal."""

from typing import Any

from sandbox_app.server.control.route import Asked, Route
from sandbox_app.server.control.schema import listed, record, text
from sandbox_app.workbench.conditions.parts import back_to_normal, deviations

DEVIATIONS = record(
    {
        "deviations": listed(
            record({"part": text("clock, keys, faults …"), "words": text()}),
            "All that differs from the real service now; empty when nothing does.",
        )
    }
)


async def list_deviations(asked: Asked) -> Any:
    """What is bent."""
    return {"deviations": [{"part": part, "words": each} for part, each in deviations(asked.core)]}


async def straighten(asked: Asked) -> Any:
    """Nothing is bent any more."""
    back_to_normal(asked.core)
    return await list_deviations(asked)


ROUTES = (
    Route(
        method="GET",
        path="/_sandbox/conditions",
        summary="Everything that differs from the real service on purpose.",
        handler=list_deviations,
        calls=(deviations,),
        gives=DEVIATIONS,
    ),
    Route(
        method="POST",
        path="/_sandbox/conditions/normal",
        summary="Back to normal: clock, keys, faults and leniency at once.",
        handler=straighten,
        calls=(back_to_normal,),
        takes=record(),
        gives=DEVIATIONS,
    ),
)

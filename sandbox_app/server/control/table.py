"""Every route of the control interface; served, documented and tested from this one table."""

from functools import partial
from typing import Any

from sandbox_app.server.control import (
    clock,
    codes,
    conditions,
    faults,
    keys,
    leniency,
    logins,
    operations,
    recipes,
    seeds,
    sessions,
    snapshots,
    tokens,
)
from sandbox_app.server.control.event_stream import EventStream
from sandbox_app.server.control.openapi import document
from sandbox_app.server.control.route import Asked, Route
from sandbox_app.server.control.schema import anything, text
from sandbox_app.workbench.telling import members_of


def routes(stream: EventStream) -> tuple[Route, ...]:
    """All of them, in the order of the document."""
    return (
        *_SIMPLE,
        Route(
            method="GET",
            path="/_sandbox/events",
            summary="What happens, as server-sent events; Last-Event-ID resumes.",
            handler=stream.listen,
            calls=(members_of,),
            media_type="text/event-stream",
            gives=text("Events as the lines of `userpool-sandbox serve`, with their `at`."),
        ),
        Route(
            method="GET",
            path="/_sandbox/openapi.json",
            summary="This document.",
            handler=lambda asked: _document(asked, stream),
            calls=(),
            gives=anything(),
        ),
    )


async def _document(asked: Asked, stream: EventStream) -> Any:
    return await asked.core.aside(partial(document, routes(stream), asked.origin))


_SIMPLE = (
    *conditions.ROUTES,
    *clock.ROUTES,
    *keys.ROUTES,
    *faults.ROUTES,
    *recipes.ROUTES,
    *leniency.ROUTES,
    *snapshots.ROUTES,
    *logins.ROUTES,
    *tokens.ROUTES,
    *sessions.ROUTES,
    *codes.ROUTES,
    *operations.ROUTES,
    *seeds.ROUTES,
)

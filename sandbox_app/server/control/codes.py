"""`/_sandbox/codes`: the confirmation codes that were sent to a user."""

from dataclasses import asdict
from typing import Any

from sandbox_app.server.control.finding import POOL, USER, pool_of, user_of
from sandbox_app.server.control.route import Asked, Mistake, Route
from sandbox_app.server.control.schema import listed, number, record, text, whole
from sandbox_app.workbench.people.codes import codes_of

_CODE = record(
    {
        "purpose": text("What it confirms: sign-up or password reset."),
        "operation": text("The API's operation that takes it."),
        "medium": text("EMAIL or SMS."),
        "destination": text("Where it went, in full."),
        "code": text("Six digits; empty where it was sent before the program was started."),
        "made_at": number("Epoch seconds."),
        "expires_at": number("Epoch seconds."),
        "tries_left": whole("How often a code may still be entered within the hour."),
    }
)


async def list_codes(asked: Asked) -> Any:
    """A user's codes."""
    if "user" not in asked.query:
        raise Mistake("invalid", "user is missing.", field="user")
    pool = pool_of(asked)
    found = codes_of(asked.core, pool.id, user_of(asked, pool).sub)
    return {"codes": [asdict(code) for code in found]}


ROUTES = (
    Route(
        method="GET",
        path="/_sandbox/codes",
        summary="The confirmation codes sent to a user and not used yet, newest first.",
        handler=list_codes,
        calls=(codes_of,),
        query={"user": USER, "pool": POOL},
        gives=record({"codes": listed(_CODE)}),
    ),
)

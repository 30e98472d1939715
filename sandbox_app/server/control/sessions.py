"""`/_sandbox/sessions` and `/_sandbox/refresh-tokens`: what a user has, and its end."""

from dataclasses import asdict
from typing import Any

from sandbox_app.server.control.finding import POOL, USER, pool_of, user_of
from sandbox_app.server.control.route import Asked, Mistake, Route
from sandbox_app.server.control.schema import flag, listed, number, record, text, whole
from sandbox_app.workbench.sessions import (
    GrantState,
    end_session,
    end_sessions,
    grants_of,
    revoke_all,
    revoke_family,
    sessions_of,
)

_MORE = whole("Older ones that are not listed.")
_SESSION = record(
    {
        "handle": text("Names the session to /sessions/end; it opens nothing."),
        "started_at": number("Epoch seconds."),
        "ends_at": number("Epoch seconds."),
        "login_id": text(),
        "alive": flag(),
    }
)
_GRANT = record(
    {
        "client_id": text(),
        "client_name": text(),
        "family": text("All tokens of one sign-in share it (`origin_jti`)."),
        "scopes": listed(text()),
        "issued_at": number("Epoch seconds."),
        "expires_at": number("Epoch seconds."),
        "login_id": text(),
        "state": text(among=GrantState),
        "since": number("When the state began, in epoch seconds; 0 while it is alive."),
    }
)
_WHOSE = {"user": USER, "pool": POOL}


async def list_sessions(asked: Asked) -> Any:
    """A user's sessions."""
    found = sessions_of(asked.core, *_whose(asked))
    return {"sessions": [asdict(each) for each in found.shown], "more": found.more}


async def end(asked: Asked) -> Any:
    """One of them, or all."""
    handle = asked.body.get("handle")
    if handle is None:
        return {"ended": end_sessions(asked.core, *_whose(asked))}
    return {"ended": int(end_session(asked.core, *_whose(asked), handle))}


async def list_grants(asked: Asked) -> Any:
    """A user's refresh tokens."""
    found = grants_of(asked.core, *_whose(asked))
    return {"refresh_tokens": [asdict(each) for each in found.shown], "more": found.more}


async def revoke(asked: Asked) -> Any:
    """One family, or all."""
    family = asked.body.get("family")
    if family is None:
        return {"revoked": revoke_all(asked.core, *_whose(asked))}
    return {"revoked": int(revoke_family(asked.core, *_whose(asked), family))}


def _whose(asked: Asked) -> tuple[str, str]:
    if "user" not in asked.query and "user" not in asked.body:
        raise Mistake("invalid", "user is missing.", field="user")
    pool = pool_of(asked)
    return pool.id, user_of(asked, pool).sub


ROUTES = (
    Route(
        method="GET",
        path="/_sandbox/sessions",
        summary="A user's browser sessions, newest first.",
        handler=list_sessions,
        calls=(sessions_of,),
        query=_WHOSE,
        gives=record({"sessions": listed(_SESSION), "more": _MORE}),
    ),
    Route(
        method="POST",
        path="/_sandbox/sessions/end",
        summary="End one browser session of a user, or all of them.",
        handler=end,
        calls=(end_session, end_sessions),
        takes=record(
            {"user": USER}, {"pool": POOL, "handle": text("The one to end; all without it.")}
        ),
        gives=record({"ended": whole("How many.")}),
    ),
    Route(
        method="GET",
        path="/_sandbox/refresh-tokens",
        summary="A user's refresh tokens, newest first, dead ones included.",
        handler=list_grants,
        calls=(grants_of,),
        query=_WHOSE,
        gives=record({"refresh_tokens": listed(_GRANT), "more": _MORE}),
    ),
    Route(
        method="POST",
        path="/_sandbox/refresh-tokens/revoke",
        summary="Revoke the tokens of one sign-in of a user, or of all (AdminUserGlobalSignOut).",
        handler=revoke,
        calls=(revoke_family, revoke_all),
        takes=record(
            {"user": USER}, {"pool": POOL, "family": text("The sign-in's; all without it.")}
        ),
        gives=record({"revoked": whole("How many families were alive.")}),
    ),
)

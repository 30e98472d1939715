"""`/_sandbox/logins`: what came of each sign-in, and why it was refused."""

from dataclasses import asdict
from typing import Any

from sandbox_app.domain.checks import Check
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.operations.core import Core
from sandbox_app.server.control.route import Asked, Mistake, Route
from sandbox_app.server.control.schema import flag, listed, maybe, number, record, text, whole
from sandbox_app.workbench.live.login import Login, Outcome
from sandbox_app.workbench.live.reasons import recent_logins, why_refused

_LIMIT = 20
_MOST = 500

WHY = record(
    {
        "rule": text("The contract's rule that failed."),
        "sentence": text("What the rule asks."),
        "got": text("What came in."),
        "expected": text("What should have come."),
        "because": text("On this very request."),
        "causes": listed(text(), "Likely causes and what to do, the likeliest first."),
        "setting": text("The member of pool or client that governs it."),
        "real_service": text("All that the real service lets its user see."),
        "error": text("The protocol's word."),
        "fault": text("What the sandbox did wrong on purpose; then nothing else is to blame."),
        "request": text(),
        "exchange_id": text(),
    }
)
_LOGIN = {
    "id": text("Empty where a request belongs to no login."),
    "outcome": text(among=Outcome),
    "client": text(),
    "client_id": text(),
    "user": text(),
    "grant": text(),
    "started_at": number("Epoch seconds of the sandbox's clock."),
    "duration_ms": number(),
    "requests": whole(),
    "by_sandbox": flag("Whether the sandbox itself signed the user in, without a password."),
    "again_of": text("The request that the window sent again; empty where it sent nothing."),
    "why": maybe(WHY),
}
_CHECK = record(
    {"rule": text(), "verdict": text(), "got": text(), "expected": text(), "because": text()}
)
_EXCHANGE = record(
    {
        "id": text("Also the answer's x-amz-cognito-request-id."),
        "at": number("Epoch seconds of the sandbox's clock."),
        "duration_ms": number(),
        "method": text(),
        "path": text(),
        "status": whole(),
        "step": text(),
        "rule": text(),
        "error": text(),
        "because": text(),
        "fault": text("What the sandbox did wrong on purpose."),
        "again_of": text("The request that the window sent again; empty where it sent nothing."),
        "checks": listed(_CHECK),
    }
)


async def list_logins(asked: Asked) -> Any:
    """The newest logins."""
    wanted = asked.query
    found = [
        login
        for login in reversed(recent_logins(asked.core))
        if login.login_id
        and wanted.get("client") in (None, login.client_id, login.client_name)
        and wanted.get("user") in (None, login.username)
        and wanted.get("outcome") in (None, login.outcome)
    ]
    return {"logins": [_told(asked.core, each) for each in found[: wanted.get("limit", _LIMIT)]]}


async def get_login(asked: Asked) -> Any:
    """One login, request by request."""
    wanted = asked.named["login"]
    login = next((one for one in recent_logins(asked.core) if one.login_id == wanted), None)
    if login is None:
        message = f"There is no login {wanted[:60]} among the recent ones."
        raise Mistake("not_found", message, status=404)
    exchanges = [_exchange(asked.core, each) for each in login.exchanges]
    return {**_told(asked.core, login), "exchanges": exchanges}


def _told(core: Core, login: Login) -> dict[str, Any]:
    why = why_refused(core, login)
    return {
        "id": login.login_id,
        "outcome": login.outcome,
        "client": login.client_name,
        "client_id": login.client_id,
        "user": login.username,
        "grant": login.grant,
        "started_at": login.started_at,
        "duration_ms": round(login.duration, 3),
        "requests": login.requests,
        "by_sandbox": login.by_sandbox,
        "again_of": login.last.again_of,
        "why": None if why is None else asdict(why),
    }


def _exchange(core: Core, exchange: Exchange) -> dict[str, Any]:
    detail = core.store.traffic.detail(exchange.id)
    return {
        "id": exchange.id,
        "at": exchange.started_at,
        "duration_ms": round(exchange.duration, 3),
        "method": exchange.method,
        "path": exchange.path,
        "status": exchange.status,
        "step": exchange.step,
        "rule": exchange.rule,
        "error": exchange.error,
        "because": detail.because if detail is not None else "",
        "fault": exchange.fault,
        "again_of": exchange.again_of,
        "checks": [_check(check) for check in detail.checks] if detail is not None else [],
    }


def _check(check: Check) -> dict[str, Any]:
    return check._asdict()


ROUTES = (
    Route(
        method="GET",
        path="/_sandbox/logins",
        summary="The newest logins and what came of them, newest first, with the Why of a refusal.",
        handler=list_logins,
        calls=(recent_logins, why_refused),
        query={
            "client": text("Only those of the app client of that id or name."),
            "user": text("Only those of that user name."),
            "outcome": text(among=Outcome),
            "limit": whole(f"At most so many; {_LIMIT} without it.", least=1, most=_MOST),
        },
        gives=record({"logins": listed(record(_LOGIN))}),
    ),
    Route(
        method="GET",
        path="/_sandbox/logins/{login}",
        summary="One login, request by request, with every check.",
        handler=get_login,
        calls=(recent_logins, why_refused),
        named={"login": text("Its id, as events and /logins tell it.")},
        gives=record({**_LOGIN, "exchanges": listed(_EXCHANGE)}),
    ),
)

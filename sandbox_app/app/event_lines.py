"""Events as JSON lines on stdout, never with a token, code or password in them.

Every line has `event` and `at` (seconds since 1970 UTC). The other members, all texts unless
said otherwise:

* `request`: id, method, path, status (number), duration_ms (number), step, login, pool, client,
  user, grant, rule, error, because.
* `signed_in`: login, pool, client, user, silent (true or false).
* `sign_in_failed`: login, pool, client, rule.
* `tokens_minted`: login, pool, client, user, grant, uses (list of texts).
* `tokens_revoked`: pool, client. `session_ended`: pool, login.
* `changed`: kind, change, pool, id.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sandbox_app.domain.events import (
    ConfigurationChanged,
    ExchangeFinished,
    SessionEnded,
    SignedIn,
    SignInFailed,
    TokensMinted,
    TokensRevoked,
)


def event_line(event: object) -> dict[str, Any] | None:
    """The event's members without `at`; `None` for an event that is not told to the outside."""
    write = _WRITERS.get(type(event))
    return None if write is None else write(event)


def _request(event: ExchangeFinished) -> dict[str, Any]:
    exchange = event.exchange
    return {
        "event": "request",
        "id": exchange.id,
        "method": exchange.method,
        "path": exchange.path,
        "status": exchange.status,
        "duration_ms": round(exchange.duration, 3),
        "step": exchange.step,
        "login": exchange.login_id,
        "pool": exchange.pool_id,
        "client": exchange.client_id,
        "user": exchange.username,
        "grant": exchange.grant,
        "rule": exchange.rule,
        "error": exchange.error,
        "because": event.detail.because,
    }


def _signed_in(event: SignedIn) -> dict[str, Any]:
    return {
        "event": "signed_in",
        "login": event.login_id,
        "pool": event.pool_id,
        "client": event.client_id,
        "user": event.username,
        "silent": event.silent,
    }


def _sign_in_failed(event: SignInFailed) -> dict[str, Any]:
    return {
        "event": "sign_in_failed",
        "login": event.login_id,
        "pool": event.pool_id,
        "client": event.client_id,
        "rule": event.rule,
    }


def _tokens_minted(event: TokensMinted) -> dict[str, Any]:
    return {
        "event": "tokens_minted",
        "login": event.login_id,
        "pool": event.pool_id,
        "client": event.client_id,
        "user": event.username,
        "grant": event.grant,
        "uses": list(event.uses),
    }


def _tokens_revoked(event: TokensRevoked) -> dict[str, Any]:
    return {"event": "tokens_revoked", "pool": event.pool_id, "client": event.client_id}


def _session_ended(event: SessionEnded) -> dict[str, Any]:
    return {"event": "session_ended", "pool": event.pool_id, "login": event.login_id}


def _changed(event: ConfigurationChanged) -> dict[str, Any]:
    return {
        "event": "changed",
        "kind": str(event.kind),
        "change": str(event.change),
        "pool": event.pool_id,
        "id": event.identifier,
    }


_WRITERS: Mapping[type[Any], Callable[[Any], dict[str, Any]]] = MappingProxyType(
    {
        ConfigurationChanged: _changed,
        ExchangeFinished: _request,
        SessionEnded: _session_ended,
        SignInFailed: _sign_in_failed,
        SignedIn: _signed_in,
        TokensMinted: _tokens_minted,
        TokensRevoked: _tokens_revoked,
    }
)

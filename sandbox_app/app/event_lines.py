"""Events as JSON lines on stdout, never with a token, code or password in them.

Every line has `event` and `at` (seconds since 1970 UTC). The other members, all texts unless
said otherwise:

* `request`: id, method, path, status (number), duration_ms (number), step, login, pool, client,
  user, grant, rule, error, because. At most 200 characters of path and because are told.
* `signed_in`: login, pool, client, user, silent (true or false).
* `sign_in_failed`: login, pool, client, rule.
* `tokens_minted`: login, pool, client, user, grant, uses (list of texts).
* `tokens_revoked`: pool, client. `session_ended`: pool, login.
* `changed`: kind, change, pool, id.
* `seed_reloaded`: files (list of texts), created, updated, unchanged (numbers), error.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sandbox_app.domain.events import (
    ConfigurationChanged,
    ExchangeFinished,
    SeedReloaded,
    SessionEnded,
    SignedIn,
    SignInFailed,
    TokensMinted,
    TokensRevoked,
)

_PAUSE = 0.05
"""Seconds that an event may wait, so that many of them cost one write."""

_LONGEST = 200
"""Characters told of what a request may have made long."""

_LONGEST_ERROR = 1000
"""Characters told of what a template is refused for; it names a file, which may be long."""

_compact = json.JSONEncoder(separators=(",", ":")).encode


class EventLines:
    """Writes events as lines, soon after they happened and in their order.

    Args:
        write: takes whole lines.
        now: the time to put on a line, in epoch seconds.
    """

    def __init__(self, write: Callable[[str], None], now: Callable[[], float]) -> None:
        self._write = write
        self._now = now
        self._waiting: list[tuple[object, float]] = []
        self._flushing: asyncio.TimerHandle | None = None

    def tell(self, event: object) -> None:
        """Write the event's line within the pause; call it from the loop's thread."""
        if type(event) not in _WRITERS:
            return
        self._waiting.append((event, self._now()))
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().call_later(_PAUSE, self.flush)

    def flush(self) -> None:
        """Write at once what waits."""
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
        waiting, self._waiting = self._waiting, []
        lines = (_compact({**(event_line(event) or {}), "at": at}) for event, at in waiting)
        if waiting:
            self._write("".join(f"{line}\n" for line in lines))


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
        "path": exchange.path[:_LONGEST],
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
        "because": event.detail.because[:_LONGEST],
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


def _seed_reloaded(event: SeedReloaded) -> dict[str, Any]:
    return {
        "event": "seed_reloaded",
        "files": list(event.files),
        "created": event.created,
        "updated": event.updated,
        "unchanged": event.unchanged,
        "error": event.error[:_LONGEST_ERROR],
    }


_WRITERS: Mapping[type[Any], Callable[[Any], dict[str, Any]]] = MappingProxyType(
    {
        ConfigurationChanged: _changed,
        ExchangeFinished: _request,
        SeedReloaded: _seed_reloaded,
        SessionEnded: _session_ended,
        SignInFailed: _sign_in_failed,
        SignedIn: _signed_in,
        TokensMinted: _tokens_minted,
        TokensRevoked: _tokens_revoked,
    }
)

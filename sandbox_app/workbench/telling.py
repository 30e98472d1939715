"""Events as the outside is told of them, never with a token, code or password in them.

Every one has `event`, its kind. The other members, all texts unless said otherwise:

* `request`: id, method, path, status (number), duration_ms (number), step, login, pool, client,
  user, grant, rule, error, because, fault (what the sandbox did wrong on purpose). At most 200
  characters of path, because and fault are told. Where no answer went out, status is 0.
* `signed_in`: login, pool, client, user, silent (true or false).
* `sign_in_failed`: login, pool, client, rule.
* `tokens_minted`: login, pool, client, user, grant, uses (list of texts).
* `keys_fetched`: pool, peer, agent, kids (list of texts), unusual.
* `tokens_revoked`: pool, client. `session_ended`: pool, login.
* `changed`: kind, change, pool, id.
* `seed_reloaded`: files (list of texts), created, updated, unchanged (numbers), error.
* `conditions_changed`: part. `leniency_used`: switch, rule, pool, user.
* `code_made`: pool, id, purpose, medium. The code itself is never told.
* `snapshots_changed`: no more. `snapshot_restored`: name.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sandbox_app.domain.events import (
    ConditionsChanged,
    ConfigurationChanged,
    ConfirmationCodeMade,
    ExchangeFinished,
    KeysFetched,
    LeniencyUsed,
    SeedReloaded,
    SessionEnded,
    SignedIn,
    SignInFailed,
    SnapshotRestored,
    SnapshotsChanged,
    TokensMinted,
    TokensRevoked,
)

_LONGEST = 200
"""Characters told of what a request may have made long."""

_LONGEST_ERROR = 1000
"""Characters told of what a template is refused for; it names a file, which may be long."""


def is_told(event: object) -> bool:
    """Whether the outside hears of such an event."""
    return type(event) in _TOLD


def members_of(event: object) -> dict[str, Any] | None:
    """The event's members; `None` for an event that is not told to the outside."""
    tell = _TOLD.get(type(event))
    return None if tell is None else tell(event)


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
        "fault": exchange.fault[:_LONGEST],
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


def _keys_fetched(event: KeysFetched) -> dict[str, Any]:
    return {
        "event": "keys_fetched",
        "pool": event.pool_id,
        "peer": event.caller.peer,
        "agent": event.caller.agent,
        "kids": list(event.kids),
        "unusual": event.unusual,
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


def _conditions_changed(event: ConditionsChanged) -> dict[str, Any]:
    return {"event": "conditions_changed", "part": event.part}


def _leniency_used(event: LeniencyUsed) -> dict[str, Any]:
    return {
        "event": "leniency_used",
        "switch": event.switch,
        "rule": event.rule,
        "pool": event.pool_id,
        "user": event.username,
    }


def _code_made(event: ConfirmationCodeMade) -> dict[str, Any]:
    return {
        "event": "code_made",
        "pool": event.pool_id,
        "id": event.sub,
        "purpose": event.purpose,
        "medium": event.medium,
    }


def _snapshots_changed(event: SnapshotsChanged) -> dict[str, Any]:
    return {"event": "snapshots_changed"}


def _snapshot_restored(event: SnapshotRestored) -> dict[str, Any]:
    return {"event": "snapshot_restored", "name": event.name}


_TOLD: Mapping[type[Any], Callable[[Any], dict[str, Any]]] = MappingProxyType(
    {
        ConditionsChanged: _conditions_changed,
        ConfigurationChanged: _changed,
        ConfirmationCodeMade: _code_made,
        ExchangeFinished: _request,
        KeysFetched: _keys_fetched,
        LeniencyUsed: _leniency_used,
        SeedReloaded: _seed_reloaded,
        SessionEnded: _session_ended,
        SignInFailed: _sign_in_failed,
        SignedIn: _signed_in,
        SnapshotRestored: _snapshot_restored,
        SnapshotsChanged: _snapshots_changed,
        TokensMinted: _tokens_minted,
        TokensRevoked: _tokens_revoked,
    }
)

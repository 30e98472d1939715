"""Who calls the token or revoke endpoint, and can they prove it? (contract oidc 6.1)."""

import base64
from dataclasses import dataclass
from urllib.parse import unquote

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows.near_misses import client_secrets
from sandbox_app.flows.parameters import Parameters
from sandbox_app.flows.pool_domain import NO_DOMAIN, has_domain
from sandbox_app.operations.core import Core

_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class BackChannelRequest:
    """A request that a program makes itself, without a browser.

    Args:
        authorization: the `Authorization` header as sent.
        pool_id: the pool the host name stands for, `None` on the shared host.
        origin: scheme, host and port of the request.
    """

    parameters: Parameters
    origin: str
    authorization: str | None = None
    pool_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Claimed:
    client_id: str | None
    secret: str | None
    how: str


def authenticate(asked: BackChannelRequest, core: Core, trace: Trace) -> UserPoolClient | Refused:
    """TK-3 … TK-6: the client behind the request, once it has proved itself.

    A secret may come by HTTP Basic or in the body; two secrets may be valid at once. Nothing the
    grant would spend has been touched yet, so a retry after a failed try still works.
    """
    checks = trace.checks
    claimed = _claimed(asked)
    if isinstance(claimed, str):
        checks.require("TK-3", False, got=claimed)
        return Refused("invalid_request", "TK-3", claimed)
    if not checks.require("TK-3", claimed.client_id is not None, got=claimed.how):
        return Refused("invalid_request", "TK-3", "the request names no client")
    client = core.store.clients.get(claimed.client_id or "")
    if client is not None and asked.pool_id not in (None, client.user_pool_id):
        client = None
    because = "" if client is not None else _why_unknown(claimed.client_id or "", core, trace)
    shown = _shown(claimed.client_id)
    if not checks.require("TK-4", not because, got=shown, because=because) or client is None:
        return Refused("invalid_client", "TK-4", because or f"no app client has the id {shown}")
    trace.concerns(client)
    if not has_domain(client, core, trace):
        return Refused("not_found", "OI-1.1", NO_DOMAIN, status=404)
    return _proved(client, claimed, core, trace)


def _proved(
    client: UserPoolClient, claimed: _Claimed, core: Core, trace: Trace
) -> UserPoolClient | Refused:
    checks = trace.checks
    if not client.confidential:
        checks.skip("TK-5")
        sent = claimed.secret or ""
        because = client_secrets.why_needless(client, sent, core) if sent else ""
        if checks.require("TK-6", not because, got=_secret_words(claimed), because=because):
            return client
        return _wrong_secret("TK-6", because)
    checks.skip("TK-6")
    sent = claimed.secret or ""
    because = (
        ""
        if client_secrets.is_right(client, sent)
        else client_secrets.why_wrong(client, sent, core)
    )
    if checks.require("TK-5", not because, got=_secret_words(claimed), because=because):
        return client
    return _wrong_secret("TK-5", because)


def _claimed(asked: BackChannelRequest) -> _Claimed | str:
    in_body = asked.parameters.get("client_id")
    scheme, _, credentials = (asked.authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return _Claimed(in_body, asked.parameters.get("client_secret"), "client_id in the body")
    pair = basic_pair(credentials.strip())
    if pair is None:
        return "the Basic header is not base64 of id:secret"
    client_id, secret = pair
    if in_body is not None and in_body != client_id:
        return f"the Basic header names {_shown(client_id)}, the body {_shown(in_body)}"
    return _Claimed(client_id, secret, "HTTP Basic")


def basic_pair(credentials: str) -> tuple[str, str] | None:
    """Id and secret of a Basic header; both may be form-encoded (RFC 6749 section 2.3.1)."""
    try:
        text = base64.b64decode(credentials, validate=True).decode()
    except ValueError:  # not ASCII, not base64, or not UTF-8 inside
        return None
    client_id, colon, secret = text.partition(":")
    if not colon or not client_id:
        return None
    # A plus stays one: secrets may hold it but no space, and many clients encode neither.
    return unquote(client_id), unquote(secret)


def _why_unknown(client_id: str, core: Core, trace: Trace) -> str:
    owner = client_secrets.whose(client_id, core)
    if owner:
        trace.misplaced = "client_id"
        return f"the secret of {owner} was sent in place of its id"
    return f"no app client has the id {_shown(client_id)}"


def _shown(client_id: str | None) -> str:
    """An id that nobody knows; a secret sent in its place is told by its length alone."""
    if client_id is None or len(client_id) <= _LONGEST_SHOWN:
        return client_id or ""
    return f"of {len(client_id)} characters, more than a client id has"


def _secret_words(claimed: _Claimed) -> str:
    if not claimed.secret:
        return f"no secret, {claimed.how}"
    size = len(claimed.secret)
    return f"a secret of {size} {'character' if size == 1 else 'characters'}, {claimed.how}"


def _wrong_secret(rule: str, because: str) -> Refused:
    return Refused("invalid_client", rule, because, description="invalid_client_secret")

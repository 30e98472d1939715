"""GET /oauth2/userInfo (contract oidc 7)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.keys import KeyState
from sandbox_app.domain.records.users import User
from sandbox_app.domain.refusals import Delivery, Refused
from sandbox_app.domain.rules.userinfo_and_revoke import USERINFO_CHECKS
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import joining
from sandbox_app.flows.near_misses import bearers
from sandbox_app.flows.near_misses.clocks import bent_words, span_words
from sandbox_app.flows.outcomes import Answered
from sandbox_app.flows.skews import note_skew
from sandbox_app.operations.client_attributes import readable_attributes
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import PoolKeys
from sandbox_app.tokens import claims
from sandbox_app.tokens.inspect import decode, unverified_claims, verified_claims
from sandbox_app.tokens.scopes import visible_attributes

_DEAD = "Access token is expired, disabled, or deleted, or the user has globally signed out."


@dataclass(frozen=True, slots=True)
class _Opened:
    """A token that is ours and alive, with whom it speaks for."""

    claims: dict[str, object]
    client: UserPoolClient
    user: User


def answer_userinfo(
    authorization: str | None, core: Core, trace: Trace, *, pool_id: str | None = None
) -> Answered | Refused:
    """The claims that the access token's scopes show, all as texts.

    The token is verified by key and stored session, never by comparing `iss` with the request
    (contract, deviation "issuer").
    """
    checks = trace.checks
    checks.plan(*USERINFO_CHECKS)
    scheme, _, token = (authorization or "").partition(" ")
    token = token.strip()
    malformed = scheme.lower() != "bearer" or not token or " " in token
    got = _how(authorization)
    if not checks.require("UI-1", not malformed, got=got):
        return trace.refused(
            Refused(
                "invalid_request",
                "UI-1",
                got,
                Delivery.BEARER,
                "Bad OAuth2 request at UserInfo Endpoint",
            )
        )
    opened = _open(token, core, trace, pool_id)
    if isinstance(opened, str):
        checks.require("UI-2", False, because=opened)
        return trace.refused(_invalid("UI-2", _DEAD, opened))
    checks.require("UI-2", True)
    granted = tuple(str(opened.claims.get("scope", "")).split())
    use = str(opened.claims.get("token_use", ""))
    got = f"{use} token, scope {' '.join(granted) or 'absent'}"
    if not checks.require("UI-3", "openid" in granted and use == "access", got=got):
        return trace.refused(_invalid("UI-3", "Access token does not contain openid scope", got))
    return Answered(_claims_shown(opened, granted, core))


def _how(authorization: str | None) -> str:
    """What came in the header, without a byte of a token or secret."""
    if authorization is None:
        return "no Authorization header"
    scheme, space, _ = authorization.partition(" ")
    return f"scheme {scheme[:20]}" if space and scheme.isalnum() else "a value without a scheme"


def _open(token: str, core: Core, trace: Trace, pool_id: str | None) -> _Opened | str:
    """The token's session, or the reason why it opens nothing."""
    stated = unverified_claims(token)
    if stated is None:
        return bearers.why_unreadable(token)
    client_id = str(stated.get("client_id") or stated.get("aud") or "")
    client = core.store.clients.get(client_id)
    if client is None:
        return bearers.why_strange(stated)
    if pool_id not in (None, client.user_pool_id):
        return "the token is of another pool"
    trace.concerns(client)
    keys = core.keys.known(client.user_pool_id)
    if keys is None:
        return "this pool has not signed a token yet"
    found = verified_claims(token, keys.published)
    if found is None:
        joining.by_signed_token(token, keys, core, trace)
        return _why_unsigned(token, keys)
    joining.by_claims(found, core, trace)
    # The times in a skewed client's tokens are those of its own clock, and are judged by it.
    skew = note_skew(client_id, core, trace)
    left = int(str(found.get("exp", 0))) - skew - core.epoch()
    if left <= 0:
        return f"the token expired {span_words(-left)} ago{bent_words(core)}"
    user = core.store.users.get(client.user_pool_id, str(found.get("sub", "")))
    if user is None:
        return "the token's user does not exist"
    trace.username = user.username
    dead = _why_dead(found, int(str(found.get("iat", 0))) - skew, user, core)
    return dead or _Opened(found, client, user)


def _why_unsigned(token: str, keys: PoolKeys) -> str:
    decoded = decode(token)
    key = keys.find(decoded.header.get("kid")) if decoded is not None else None
    if key is None or key.state is not KeyState.RETIRED:
        return "the signature is not by a key of this pool"
    return f"the token's key was retired at {datetime.fromtimestamp(key.since, UTC):%H:%M:%S} UTC"


def _why_dead(found: dict[str, object], issued_at: int, user: User, core: Core) -> str:
    if not user.enabled:
        return f"the user {user.username} is disabled"
    if issued_at < int(user.tokens_valid_from):
        return f"the user {user.username} was signed out everywhere"
    family = str(found.get("origin_jti", ""))
    if family and core.store.refresh_grants.family_revoked(family):
        return "the token's refresh token was revoked"
    return ""


def _claims_shown(opened: _Opened, granted: tuple[str, ...], core: Core) -> dict[str, str]:
    pool = core.store.pools.get(opened.client.user_pool_id)
    assert pool is not None, "a client always has its pool"
    readable = readable_attributes(pool, opened.client)
    shown = visible_attributes(opened.user.attributes, granted, readable)
    return claims.userinfo(sub=opened.user.sub, username=opened.user.username, attributes=shown)


def _invalid(rule: str, description: str, because: str) -> Refused:
    return Refused("invalid_token", rule, because, Delivery.BEARER, description, status=401)

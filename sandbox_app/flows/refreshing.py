"""grant_type=refresh_token, with rotation and its grace (contract oidc 6.4 and 16)."""

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.grants import RefreshGrant
from sandbox_app.domain.records.users import User
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import minting
from sandbox_app.flows.client_authentication import BackChannelRequest
from sandbox_app.flows.near_misses import refresh_tokens
from sandbox_app.flows.near_misses.clocks import bent_words, span_words
from sandbox_app.flows.outcomes import Answered
from sandbox_app.operations.core import Core
from sandbox_app.tokens.refresh import fingerprint


async def refresh(
    asked: BackChannelRequest, client: UserPoolClient, core: Core, trace: Trace
) -> Answered | Refused:
    """Continue a session: same `auth_time` and `origin_jti`, new `iat`, `exp` and `jti`."""
    checks = trace.checks
    allowed = client.may_use("code")
    if not checks.require("TR-2", allowed, got=", ".join(client.allowed_oauth_flows)):
        return Refused("unauthorized_client", "TR-2", "the code flow is off on the client")
    token = asked.parameters.get("refresh_token") or ""
    grant = core.store.refresh_grants.find(fingerprint(token))
    if grant is not None:
        trace.login_id = grant.login_id
    user = core.store.users.get(grant.user_pool_id, grant.sub) if grant is not None else None
    trace.username = user.username if user is not None else ""
    because = _why_dead(token, grant, user, client, core)
    if not checks.require("TR-1", not because, because=because) or grant is None or user is None:
        return Refused("invalid_grant", "TR-1", because)
    return await _continued(asked, grant, user, client, core, trace)


async def _continued(
    asked: BackChannelRequest,
    grant: RefreshGrant,
    user: User,
    client: UserPoolClient,
    core: Core,
    trace: Trace,
) -> Answered | Refused:
    pool = core.store.pools.get(grant.user_pool_id)
    assert pool is not None, "a client always has its pool"
    rotation = client.refresh_token_rotation
    if rotation.enabled and grant.usable_until is None:
        core.store.refresh_grants.retire(
            grant.fingerprint, core.timestamp() + rotation.retry_grace_period_seconds
        )
    session = minting.Session(
        pool=pool,
        client=client,
        user=user,
        scopes=grant.scopes,
        auth_time=grant.auth_time,
        login_id=grant.login_id,
        nonce=grant.nonce,
        resource=grant.resource,
        family=grant.family,
        event_id=grant.event_id,
        ends_at=grant.expires_at,
    )
    minted = await minting.for_user(
        session,
        core,
        trace,
        origin=asked.origin,
        grant="refresh_token",
        refreshable=rotation.enabled,
    )
    return Answered(minted.as_body())


def _why_dead(
    token: str,
    grant: RefreshGrant | None,
    user: User | None,
    client: UserPoolClient,
    core: Core,
) -> str:
    """Empty while the token may be used; otherwise the first reason, for a person."""
    now = core.timestamp()
    if grant is None:
        return refresh_tokens.why_unknown(token, core)
    if grant.client_id != client.client_id:
        return f"the refresh token belongs to client {grant.client_id}"
    if grant.revoked_at is not None:
        return f"the refresh token was revoked {span_words(now - grant.revoked_at)} ago"
    if grant.expires_at <= now:
        over = span_words(now - grant.expires_at)
        return f"the refresh token expired {over} ago{bent_words(core)}"
    if grant.usable_until is not None and grant.usable_until <= now:
        over = span_words(now - grant.usable_until)
        return f"rotation replaced the refresh token and its grace is over since {over}"
    if user is None:
        return "the user was deleted"
    if not user.enabled:
        return f"the user {user.username} is disabled"
    if grant.issued_at < user.tokens_valid_from:
        return f"the user {user.username} was signed out everywhere"
    return ""

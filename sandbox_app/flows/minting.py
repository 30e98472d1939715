"""Signed tokens for a user's session or for a machine (contract oidc 10, 12, 14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox_app.domain.events import TokensMinted
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.grants import RefreshGrant
from sandbox_app.domain.records.pools import Group, UserPool
from sandbox_app.domain.records.tokens import MintedToken
from sandbox_app.domain.records.users import User
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import addresses
from sandbox_app.flows.skews import note_skew
from sandbox_app.operations.client_attributes import readable_attributes
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import PoolKeys
from sandbox_app.tokens import claims, refresh
from sandbox_app.tokens.identifiers import new_uuid
from sandbox_app.tokens.keys import SigningKey
from sandbox_app.tokens.mint import sign
from sandbox_app.tokens.scopes import visible_attributes


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Whose tokens are minted, and what they continue.

    `family` and `event_id` are given when an earlier sign-in goes on (a refresh) and made anew
    otherwise; `ends_at` then keeps a rotated refresh token from outliving the first.
    """

    pool: UserPool
    client: UserPoolClient
    user: User
    scopes: tuple[str, ...]
    auth_time: int
    login_id: str
    nonce: str | None = None
    resource: str | None = None
    family: str | None = None
    event_id: str | None = None
    ends_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minted:
    """Tokens, and how many seconds the access token lives."""

    access_token: str
    expires_in: int
    id_token: str | None = None
    refresh_token: str | None = None

    def as_body(self) -> dict[str, Any]:
        """The token endpoint's members in wire order (contract 6.3, 6.5)."""
        body: dict[str, Any] = {}
        if self.id_token is not None:
            body["id_token"] = self.id_token
        body["access_token"] = self.access_token
        if self.refresh_token is not None:
            body["refresh_token"] = self.refresh_token
        return {**body, "expires_in": self.expires_in, "token_type": "Bearer"}


async def for_user(
    session: Session, core: Core, trace: Trace, *, origin: str, grant: str, refreshable: bool
) -> Minted:
    """Access token, ID token where `openid` was granted, and a refresh token where one is due."""
    keys = await core.keys.of(session.pool.id)
    client = session.client
    common = claims_in_common(session, core, origin=origin)
    said = access_claims(session, common)
    access_token = sign(said, keys.access_key)
    tokens = [_told("access", keys.access_key, said)]
    shown = id_claims(session, common, access_token)
    id_token = None
    if shown is not None:
        id_token = sign(shown, keys.id_key)
        tokens.insert(0, _told("id", keys.id_key, shown))
    refresh_token = None
    if refreshable:
        refresh_token = _refresh_token(session, common, keys, core)
    core.bus.publish(
        TokensMinted(
            login_id=session.login_id,
            pool_id=session.pool.id,
            client_id=client.client_id,
            username=session.user.username,
            grant=grant,
            family=common.family or "",
            uses=_uses(id_token, refresh_token),
            tokens=tuple(tokens),
            caller=trace.caller,
            at=core.timestamp(),
        )
    )
    note_skew(client.client_id, core, trace)
    return Minted(
        access_token=access_token,
        id_token=id_token,
        refresh_token=refresh_token,
        expires_in=int(client.access_token_lifetime.total_seconds()),
    )


async def for_machine(
    pool: UserPool,
    client: UserPoolClient,
    scopes: tuple[str, ...],
    core: Core,
    trace: Trace,
    *,
    origin: str,
) -> Minted:
    """An access token for the client itself (contract 6.5)."""
    keys = await core.keys.of(pool.id)
    lifetime = int(client.access_token_lifetime.total_seconds())
    said = machine_claims(pool, client, scopes, core, origin=origin)
    token = sign(said, keys.access_key)
    core.bus.publish(
        TokensMinted(
            login_id=trace.login_id,
            pool_id=pool.id,
            client_id=client.client_id,
            username="",
            grant="client_credentials",
            family="",
            uses=("access",),
            tokens=(_told("access", keys.access_key, said),),
            caller=trace.caller,
            at=core.timestamp(),
        )
    )
    note_skew(client.client_id, core, trace)
    return Minted(access_token=token, expires_in=lifetime)


def claims_in_common(session: Session, core: Core, *, origin: str) -> claims.Grant:
    """What both tokens of one answer say, at this moment; nothing is stored."""
    client = session.client
    skew = core.skew(client.client_id)
    tied = client.enable_token_revocation or client.refresh_token_rotation.enabled
    return claims.Grant(
        sub=session.user.sub,
        username=session.user.username,
        client_id=client.client_id,
        issuer=addresses.issuer(session.pool, origin),
        auth_time=session.auth_time + skew,
        issued_at=core.epoch() + skew,
        # The login's own id, so that whatever comes with the token is known to belong to it.
        event_id=session.event_id or session.login_id or new_uuid(),
        family=(session.family or new_uuid()) if tied else None,
        membership=_membership(session, core),
    )


def access_claims(session: Session, common: claims.Grant) -> dict[str, Any]:
    """The access token's claims, with a `jti` of their own."""
    lifetime = int(session.client.access_token_lifetime.total_seconds())
    return claims.access_token(
        common,
        expires_at=common.issued_at + lifetime,
        jti=new_uuid(),
        scopes=session.scopes,
        resource=session.resource,
    )


def id_claims(session: Session, common: claims.Grant, access_token: str) -> dict[str, Any] | None:
    """The ID token's claims; `None` where `openid` was not granted."""
    if "openid" not in session.scopes:
        return None
    lifetime = int(session.client.id_token_lifetime.total_seconds())
    readable = readable_attributes(session.pool, session.client)
    return claims.id_token(
        common,
        expires_at=common.issued_at + lifetime,
        jti=new_uuid(),
        access_token=access_token,
        attributes=visible_attributes(session.user.attributes, session.scopes, readable),
        nonce=session.nonce,
    )


def machine_claims(
    pool: UserPool, client: UserPoolClient, scopes: tuple[str, ...], core: Core, *, origin: str
) -> dict[str, Any]:
    """The claims of the client's own access token, at this moment."""
    issued_at = core.epoch() + core.skew(client.client_id)
    return claims.machine_token(
        client_id=client.client_id,
        issuer=addresses.issuer(pool, origin),
        scopes=scopes,
        issued_at=issued_at,
        expires_at=issued_at + int(client.access_token_lifetime.total_seconds()),
        jti=new_uuid(),
    )


def _told(use: str, key: SigningKey, said: Mapping[str, Any]) -> MintedToken:
    return MintedToken(use, key.kid, said.get("jti", ""), said["iat"], said["exp"])


def _refresh_token(session: Session, common: claims.Grant, keys: PoolKeys, core: Core) -> str:
    now = core.timestamp()
    family = common.family or session.family or new_uuid()
    token = refresh.new_refresh_token(
        {"origin_jti": family, "sub": session.user.sub}, keys.access_key.public_key
    )
    core.store.refresh_grants.add(
        RefreshGrant(
            fingerprint=refresh.fingerprint(token),
            user_pool_id=session.pool.id,
            client_id=session.client.client_id,
            sub=session.user.sub,
            family=family,
            scopes=session.scopes,
            issued_at=now,
            expires_at=session.ends_at
            or now + session.client.refresh_token_lifetime.total_seconds(),
            auth_time=session.auth_time,
            login_id=session.login_id,
            event_id=common.event_id,
            nonce=session.nonce,
            resource=session.resource,
        )
    )
    return token


def _membership(session: Session, core: Core) -> claims.Membership:
    """Groups in the order they were joined; the lowest precedence's role is preferred."""
    groups = core.store.memberships.groups_of(session.pool.id, session.user.sub)
    if not groups:
        return claims.Membership()
    roles = tuple(dict.fromkeys(group.role_arn for group in groups if group.role_arn))
    return claims.Membership(
        groups=tuple(group.group_name for group in groups),
        roles=roles,
        preferred_role=_preferred_role(groups),
    )


def _preferred_role(groups: tuple[Group, ...]) -> str | None:
    """Absent on a tie between different roles (contract 10.1); no precedence comes last."""
    ranked = [group for group in groups if group.role_arn]
    if not ranked:
        return None

    def rank(group: Group) -> float:
        return float("inf") if group.precedence is None else group.precedence

    best = min(rank(group) for group in ranked)
    roles = {group.role_arn for group in ranked if rank(group) == best}
    return roles.pop() if len(roles) == 1 else None


def _uses(id_token: str | None, refresh_token: str | None) -> tuple[str, ...]:
    present = (("id", id_token), ("access", ""), ("refresh", refresh_token))
    return tuple(use for use, token in present if token is not None)

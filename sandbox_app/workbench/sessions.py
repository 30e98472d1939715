"""A user's browser sessions and refresh tokens: what there is, and how to end it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from sandbox_app.domain.events import SessionEnded, TokensRevoked
from sandbox_app.domain.records.grants import BrowserSession, RefreshGrant
from sandbox_app.domain.records.users import User
from sandbox_app.flows.sessions import LIFETIME
from sandbox_app.operations.core import Core
from sandbox_app.operations.users import admin_user_global_sign_out

MOST = 200
"""Sessions or tokens that are listed; the rest are only counted."""

SeenT = TypeVar("SeenT")


class GrantState(StrEnum):
    """Whether a refresh token still brings tokens."""

    ALIVE = "alive"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ROTATED = "rotated"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSeen:
    """One browser's hour with the pool; `handle` names it to `end_session` and opens nothing.

    Times in epoch seconds.
    """

    handle: str
    started_at: float
    ends_at: float
    login_id: str
    alive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantSeen:
    """One refresh token; those of one sign-in share `family`, which is revoked as a whole.

    `since` is when `state` began: revoked, expired, or when the grace of a rotated token ends,
    which may lie ahead (the token works until then). 0 while it is alive. Epoch seconds.
    """

    client_id: str
    client_name: str
    family: str
    scopes: tuple[str, ...]
    issued_at: float
    expires_at: float
    login_id: str
    state: GrantState
    since: float


@dataclass(frozen=True, slots=True)
class Listed(Generic[SeenT]):
    """The newest, newest first, and how many older ones there are besides."""

    shown: tuple[SeenT, ...]
    more: int = 0


def sessions_of(core: Core, pool_id: str, sub: str) -> Listed[SessionSeen]:
    """The user's sessions in all browsers, those that ran out of time until they are purged."""
    found = core.store.sessions.of_user(pool_id, sub, MOST)
    count = core.store.sessions.count_of_user(pool_id, sub)
    now = core.timestamp()
    return Listed(tuple(_session(session, now) for session in found), count - len(found))


def grants_of(core: Core, pool_id: str, sub: str) -> Listed[GrantSeen]:
    """The user's refresh tokens, dead ones included until they are purged."""
    found = core.store.refresh_grants.of_user(pool_id, sub, MOST)
    count = core.store.refresh_grants.count_of_user(pool_id, sub)
    user = core.store.users.get(pool_id, sub)
    now = core.timestamp()
    return Listed(tuple(_grant(core, grant, user, now) for grant in found), count - len(found))


def end_session(core: Core, pool_id: str, sub: str, handle: str) -> bool:
    """End one session, so that its browser is asked to sign in again; false if it was over."""
    session = core.store.sessions.find(handle, pool_id)
    if session is None or session.sub != sub:
        return False
    with core.change():
        core.store.sessions.remove(handle, pool_id)
        core.bus.publish(SessionEnded(pool_id, session.login_id))
    return True


def end_sessions(core: Core, pool_id: str, sub: str) -> int:
    """End the user's sessions in every browser; how many there were."""
    with core.change():
        ended = core.store.sessions.of_user(pool_id, sub)
        core.store.sessions.remove_of_user(pool_id, sub)
        for session in ended:
            core.bus.publish(SessionEnded(pool_id, session.login_id))
    return len(ended)


def revoke_family(core: Core, pool_id: str, sub: str, family: str) -> bool:
    """Revoke all tokens of one sign-in, as the revoke endpoint does; false if none was alive."""
    now = core.timestamp()
    living = core.store.refresh_grants.living_families(pool_id, sub, now)
    client_id = dict(living).get(family)
    if client_id is None:
        return False
    with core.change():
        core.store.refresh_grants.revoke_family(family, now)
        core.bus.publish(TokensRevoked(pool_id, client_id, family))
    return True


def revoke_all(core: Core, pool_id: str, sub: str) -> int:
    """AdminUserGlobalSignOut: all of the user's tokens die, sessions live on (contract users 1.5).

    Returns:
        How many families of refresh tokens were alive; 0 where there is no such user.
    """
    user = core.store.users.get(pool_id, sub)
    if user is None:
        return 0
    with core.change():
        families = core.store.refresh_grants.living_families(pool_id, sub, core.timestamp())
        admin_user_global_sign_out(core, {"UserPoolId": pool_id, "Username": user.username})
        for family, client_id in families:
            core.bus.publish(TokensRevoked(pool_id, client_id, family))
    return len(families)


def _session(session: BrowserSession, now: float) -> SessionSeen:
    ends_at = session.started_at + LIFETIME
    return SessionSeen(
        handle=session.cookie_hash,
        started_at=session.started_at,
        ends_at=ends_at,
        login_id=session.login_id,
        alive=now < ends_at,
    )


def _grant(core: Core, grant: RefreshGrant, user: User | None, now: float) -> GrantSeen:
    client = core.store.clients.get(grant.client_id)
    state, since = _state(grant, user, now)
    return GrantSeen(
        client_id=grant.client_id,
        client_name=client.client_name if client is not None else "",
        family=grant.family,
        scopes=grant.scopes,
        issued_at=grant.issued_at,
        expires_at=grant.expires_at,
        login_id=grant.login_id,
        state=state,
        since=since,
    )


def _state(grant: RefreshGrant, user: User | None, now: float) -> tuple[GrantState, float]:
    """The first reason in the order in which the token endpoint looks for one (TR-1)."""
    if grant.revoked_at is not None:
        return GrantState.REVOKED, grant.revoked_at
    if grant.expires_at <= now:
        return GrantState.EXPIRED, grant.expires_at
    if grant.usable_until is not None:
        return GrantState.ROTATED, grant.usable_until
    if user is not None and grant.issued_at < user.tokens_valid_from:
        return GrantState.REVOKED, user.tokens_valid_from
    return GrantState.ALIVE, 0.0

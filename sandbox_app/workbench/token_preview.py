"""What a sign-in would put into the tokens now, without one taking place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.flows import minting
from sandbox_app.flows import scopes as known_scopes
from sandbox_app.operations.client_attributes import readable_attributes
from sandbox_app.operations.core import Core
from sandbox_app.tokens.order import in_map_order

_SAMPLE = "the signed access token of the same answer"
"""Hashed for `at_hash`: there is no real token to hash before one is signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetimes:
    """How long each token lives; `None` for a token that is not handed out."""

    access: timedelta
    id: timedelta | None = None
    refresh: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPreview:
    """Claims in the order the real service writes them.

    Random members (`jti`, `origin_jti`, `event_id`, `at_hash`) are samples. `why_no_id` says why
    there is no ID token. `why_refused` says what would keep the sign-in from ending in tokens
    at all, empty where nothing does: the claims are those it would bring if that were mended.
    """

    access_claims: Mapping[str, Any]
    lifetimes: Lifetimes
    id_claims: Mapping[str, Any] | None = None
    why_no_id: str = ""
    why_refused: str = ""


def preview_tokens(
    core: Core,
    pool: UserPool,
    client: UserPoolClient,
    user: User | None,
    scopes: Iterable[str] | None = None,
    *,
    origin: str,
) -> TokenPreview:
    """The tokens of an authorization-code sign-in at this moment; of a machine, its access token.

    Nothing is stored, signed or published, and `client` may be a draft that was never saved.

    Args:
        user: needed unless the client is a machine.
        scopes: those asked for; all of the client's without it.
        origin: "http://localhost:9400", which the issuer is made of.

    Raises:
        ValueError: no user for a client that signs users in.
    """
    asked = None if scopes is None else tuple(dict.fromkeys(scopes))
    if is_machine(client):
        return _of_machine(core, pool, client, asked, origin)
    if user is None:
        raise ValueError("whose tokens? The client signs users in")
    return _of_user(core, pool, client, user, asked, origin)


def is_machine(client: UserPoolClient) -> bool:
    """Whether the client gets tokens for itself alone."""
    return "client_credentials" in client.allowed_oauth_flows


def _of_user(
    core: Core,
    pool: UserPool,
    client: UserPoolClient,
    user: User,
    asked: tuple[str, ...] | None,
    origin: str,
) -> TokenPreview:
    enabled = known_scopes.enabled(client, core.store)
    granted = asked or enabled
    session = minting.Session(
        pool=pool,
        client=client,
        user=user,
        scopes=granted,
        auth_time=core.epoch(),
        login_id="",
    )
    common = minting.claims_in_common(session, core, origin=origin)
    shown = minting.id_claims(session, common, _SAMPLE)
    return TokenPreview(
        access_claims=in_map_order(minting.access_claims(session, common)),
        id_claims=None if shown is None else in_map_order(shown),
        why_no_id="" if shown is not None else _no_id(client),
        why_refused=_why_refused(pool, client, user, granted, enabled),
        lifetimes=Lifetimes(
            access=client.access_token_lifetime,
            id=None if shown is None else client.id_token_lifetime,
            refresh=client.refresh_token_lifetime if client.may_use("code") else None,
        ),
    )


def _of_machine(
    core: Core,
    pool: UserPool,
    client: UserPoolClient,
    asked: tuple[str, ...] | None,
    origin: str,
) -> TokenPreview:
    own = known_scopes.of_machine(client)
    defined = known_scopes.custom(client, core.store)
    granted = tuple(name for name in asked or own if name in defined)
    claims = minting.machine_claims(pool, client, granted, core, origin=origin)
    refused = ""
    if not client.may_use("client_credentials"):
        refused = "OAuth is off on the client (TM-1)."
    elif strange := [name for name in asked or () if name not in own]:
        refused = f"The client may not ask for {' '.join(strange)} (TM-2)."
    return TokenPreview(
        access_claims=in_map_order(claims),
        why_no_id="A machine signs nobody in, so it gets an access token alone.",
        why_refused=refused,
        lifetimes=Lifetimes(access=client.access_token_lifetime),
    )


def _no_id(client: UserPoolClient) -> str:
    if "openid" not in client.allowed_oauth_scopes:
        return "The client may not ask for openid, which brings the ID token."
    return "openid is not among the scopes asked for, so there is no ID token."


def _why_refused(
    pool: UserPool,
    client: UserPoolClient,
    user: User,
    granted: tuple[str, ...],
    enabled: tuple[str, ...],
) -> str:
    """The first thing in the way of such a sign-in, in the order the pool would find it."""
    if not client.may_use("code"):
        return "The client may not use the code flow (AZ-7)."
    if strange := [scope for scope in granted if scope not in enabled]:
        return f"The client may not ask for {' '.join(strange)} (AZ-10)."
    if not user.enabled:
        return f"{user.username} is disabled (HU-4.1-6)."
    if user.status is not UserStatus.CONFIRMED:
        return f"{user.username} is {user.status}, and so cannot sign in yet."
    if hidden := known_scopes.unreadable(granted, readable_attributes(pool, client)):
        return f"The client may not read {', '.join(hidden)}, which its scopes promise (TC-7)."
    return ""

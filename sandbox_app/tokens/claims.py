"""The claims of each kind of token, with the types the real service gives them (contract 10)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox_app.tokens import encoding
from sandbox_app.tokens.order import DEFAULT_BUCKETS, in_map_order, scope_text

_FLAGS = ("email_verified", "phone_number_verified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The user's groups as tokens list them: names, roles and the preferred role (contract 14)."""

    groups: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    preferred_role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What the ID and access token of one answer have in common. Times in epoch seconds.

    `family` is the `origin_jti`, `None` where revocation and rotation are both off. `by_domain`
    is false for what the JSON API issues: those tokens carry neither `at_hash` nor `version`.
    """

    sub: str
    username: str
    client_id: str
    issuer: str
    auth_time: int
    issued_at: int
    event_id: str
    family: str | None
    membership: Membership
    by_domain: bool = True


def id_token(
    grant: Grant,
    *,
    expires_at: int,
    jti: str,
    access_token: str,
    attributes: Mapping[str, str],
    nonce: str | None,
) -> dict[str, Any]:
    """The claims of an ID token (contract 10.1).

    Args:
        attributes: those the scopes show, as texts; verified flags become booleans.
        access_token: the one of the same answer, for `at_hash`.
    """
    claims: dict[str, Any] = {name: value for name, value in attributes.items() if name != "sub"}
    for flag in _FLAGS:
        if flag in claims:
            claims[flag] = _flag_text(claims[flag]) == "true"
    claims |= {
        "sub": grant.sub,
        "iss": grant.issuer,
        "aud": grant.client_id,
        "token_use": "id",
        "auth_time": grant.auth_time,
        "iat": grant.issued_at,
        "exp": expires_at,
        "cognito:username": grant.username,
        "event_id": grant.event_id,
    }
    if grant.by_domain:
        claims["at_hash"] = at_hash(access_token)
    if grant.family is not None:
        claims |= {"jti": jti, "origin_jti": grant.family}
    if nonce is not None:
        claims["nonce"] = nonce
    membership = grant.membership
    if membership.groups:
        claims["cognito:groups"] = list(membership.groups)
    if membership.roles:
        claims["cognito:roles"] = list(membership.roles)
    if membership.preferred_role is not None:
        claims["cognito:preferred_role"] = membership.preferred_role
    return claims


def access_token(
    grant: Grant, *, expires_at: int, jti: str, scopes: Sequence[str], resource: str | None
) -> dict[str, Any]:
    """The claims of a user's access token (contract 10.2).

    Args:
        resource: the URL the token is bound to; it becomes `aud`, which is absent without it.
    """
    claims: dict[str, Any] = {
        "sub": grant.sub,
        "iss": grant.issuer,
        "client_id": grant.client_id,
        "token_use": "access",
        "scope": scope_text(frozenset(scopes)),
        "auth_time": grant.auth_time,
        "iat": grant.issued_at,
        "exp": expires_at,
        "jti": jti,
        "username": grant.username,
        "event_id": grant.event_id,
    }
    if grant.by_domain:
        claims["version"] = 2
    if grant.family is not None:
        claims["origin_jti"] = grant.family
    if grant.membership.groups:
        claims["cognito:groups"] = list(grant.membership.groups)
    if resource is not None:
        claims["aud"] = resource
    return claims


def machine_token(
    *, client_id: str, issuer: str, scopes: Sequence[str], issued_at: int, expires_at: int, jti: str
) -> dict[str, Any]:
    """The claims of a machine's access token: the client is its own subject (contract 10.2)."""
    return {
        "sub": client_id,
        "token_use": "access",
        "scope": scope_text(frozenset(scopes)),
        "auth_time": issued_at,
        "iss": issuer,
        "exp": expires_at,
        "iat": issued_at,
        "version": 2,
        "jti": jti,
        "client_id": client_id,
    }


def userinfo(*, sub: str, username: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """The flat texts of userInfo: flags are texts here, the name is `username` (contract 7)."""
    flags = {name: _flag_text(attributes[name]) for name in _FLAGS if name in attributes}
    members = {**attributes, **flags, "sub": sub, "username": username}
    return in_map_order(members, least_buckets=DEFAULT_BUCKETS)


def at_hash(token: str) -> str:
    """22 characters: the left half of the SHA-256 of the access token (OIDC Core 3.1.3.6)."""
    return encoding.encode(hashlib.sha256(token.encode()).digest()[:16])


def _flag_text(stored: str) -> str:
    """`true` or `false`: the API takes either case, tokens show one."""
    return stored.lower()

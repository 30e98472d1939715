"""Signed tokens for a user's session or for a machine (contract oidc 10, 12, 14)."""

import uuid
from dataclasses import dataclass
from typing import Any

from sandbox_app.domain.clock import epoch
from sandbox_app.domain.events import TokensMinted
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.grants import RefreshGrant
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.flows import addresses
from sandbox_app.operations.client_attributes import readable_attributes
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import PoolKeys
from sandbox_app.tokens import claims, refresh
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

"""What a test holds in its hands: an app client, and the tokens of a sign-in."""

from dataclasses import dataclass, field
from typing import Any

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.tokens.inspect import unverified_claims


@dataclass(frozen=True, slots=True)
class Client:
    """An app client as an app is configured with it; `secret` is `None` for a public one."""

    id: str
    name: str
    secret: str | None = field(repr=False)
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    pool_id: str

    @classmethod
    def of(cls, client: UserPoolClient) -> "Client":
        """The record, as an app sees it."""
        secrets = client.client_secrets
        return cls(
            id=client.client_id,
            name=client.client_name,
            secret=secrets[0].client_secret_value if secrets else None,
            redirect_uris=client.callback_urls,
            scopes=client.allowed_oauth_scopes,
            pool_id=client.user_pool_id,
        )


@dataclass(frozen=True, slots=True)
class Tokens:
    """The token endpoint's answer; the claims are read, not verified.

    Args:
        expires_in: seconds the access token lives.
        answer: all members as they came.
    """

    access_token: str = field(repr=False)
    id_token: str | None = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_in: int
    client: Client
    answer: dict[str, Any] = field(repr=False)

    @classmethod
    def of(cls, answer: dict[str, Any], client: Client) -> "Tokens":
        """The answer's members."""
        return cls(
            access_token=answer["access_token"],
            id_token=answer.get("id_token"),
            refresh_token=answer.get("refresh_token"),
            expires_in=answer["expires_in"],
            client=client,
            answer=answer,
        )

    @property
    def claims(self) -> dict[str, Any]:
        """The ID token's claims; the access token's where there is no ID token."""
        return unverified_claims(self.id_token or self.access_token) or {}

    @property
    def access_claims(self) -> dict[str, Any]:
        """The access token's claims."""
        return unverified_claims(self.access_token) or {}

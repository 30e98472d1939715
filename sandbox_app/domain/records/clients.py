"""An app client of a user pool, as CreateUserPoolClient and DescribeUserPoolClient name it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sandbox_app.domain.members import member

_UNITS = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenValidityUnits:
    """The units the three validity numbers are counted in. Source: contract oidc 11."""

    access_token: str = member("AccessToken", "hours")
    id_token: str = member("IdToken", "hours")
    refresh_token: str = member("RefreshToken", "days")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshTokenRotation:
    """Whether each refresh hands out a new refresh token. Source: contract oidc 16."""

    feature: str = member("Feature", "DISABLED")
    retry_grace_period_seconds: int = member("RetryGracePeriodSeconds", 0)

    @property
    def enabled(self) -> bool:
        """Whether rotation is on."""
        return self.feature == "ENABLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSecret:
    """One of the at most two secrets a client may hold; either works."""

    client_secret_id: str = member("ClientSecretId")
    client_secret_value: str = member("ClientSecretValue")
    client_secret_create_date: float = member("ClientSecretCreateDate")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSandbox:
    """What the real service has no setting for: `demo_app` marks the client the demo app uses."""

    demo_app: bool = member("DemoApp", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPoolClient:
    """An app client. Dates are seconds since 1970-01-01 UTC; `kept` governs nothing here yet.

    `read_attributes` and `write_attributes` are `None` where they were never set, which means
    every standard attribute (contract oidc 12), unlike an empty list.
    """

    user_pool_id: str = member("UserPoolId")
    client_id: str = member("ClientId")
    client_name: str = member("ClientName")
    creation_date: float = member("CreationDate")
    last_modified_date: float = member("LastModifiedDate")
    client_secrets: tuple[ClientSecret, ...] = member("ClientSecrets", ())
    access_token_validity: int | None = member("AccessTokenValidity", None)
    id_token_validity: int | None = member("IdTokenValidity", None)
    refresh_token_validity: int = member("RefreshTokenValidity", 30)
    token_validity_units: TokenValidityUnits = member(
        "TokenValidityUnits", factory=TokenValidityUnits
    )
    read_attributes: tuple[str, ...] | None = member("ReadAttributes", None)
    write_attributes: tuple[str, ...] | None = member("WriteAttributes", None)
    explicit_auth_flows: tuple[str, ...] | None = member("ExplicitAuthFlows", None)
    supported_identity_providers: tuple[str, ...] | None = member(
        "SupportedIdentityProviders", None
    )
    callback_urls: tuple[str, ...] = member("CallbackURLs", ())
    logout_urls: tuple[str, ...] = member("LogoutURLs", ())
    default_redirect_uri: str | None = member("DefaultRedirectURI", None)
    allowed_oauth_flows: tuple[str, ...] = member("AllowedOAuthFlows", ())
    allowed_oauth_scopes: tuple[str, ...] = member("AllowedOAuthScopes", ())
    allowed_oauth_flows_user_pool_client: bool = member("AllowedOAuthFlowsUserPoolClient", False)
    prevent_user_existence_errors: str = member("PreventUserExistenceErrors", "LEGACY")
    enable_token_revocation: bool = member("EnableTokenRevocation", True)
    auth_session_validity: int = member("AuthSessionValidity", 3)
    refresh_token_rotation: RefreshTokenRotation = member(
        "RefreshTokenRotation", factory=RefreshTokenRotation
    )
    kept: Mapping[str, Any] = member("Kept", factory=dict)
    sandbox: ClientSandbox = member("Sandbox", factory=ClientSandbox)

    @property
    def confidential(self) -> bool:
        """Whether the client has a secret to prove itself with."""
        return bool(self.client_secrets)

    @property
    def hides_unknown_users(self) -> bool:
        """Whether unknown users are answered like wrong passwords. Source: contract LG-4."""
        return self.prevent_user_existence_errors == "ENABLED"

    @property
    def access_token_lifetime(self) -> timedelta:
        """How long an access token lives; one hour unless set."""
        return _lifetime(self.access_token_validity, self.token_validity_units.access_token)

    @property
    def id_token_lifetime(self) -> timedelta:
        """How long an ID token lives; one hour unless set."""
        return _lifetime(self.id_token_validity, self.token_validity_units.id_token)

    @property
    def refresh_token_lifetime(self) -> timedelta:
        """How long a refresh token lives; a validity of 0 means 30 days (contract oidc 11)."""
        if self.refresh_token_validity == 0:
            return timedelta(days=30)
        return self.refresh_token_validity * _UNITS[self.token_validity_units.refresh_token]

    def may_use(self, flow: str) -> bool:
        """Whether `code`, `implicit` or `client_credentials` is switched on (contract AZ-7)."""
        return self.allowed_oauth_flows_user_pool_client and flow in self.allowed_oauth_flows


def _lifetime(validity: int | None, unit: str) -> timedelta:
    return timedelta(hours=1) if validity is None else validity * _UNITS[unit]

"""Where a template's names differ from the API's, and what it knows that governs nothing here."""

from collections.abc import Mapping
from types import MappingProxyType

from sandbox_app.workbench.templates.template import (
    ATTACHMENT,
    CLIENT,
    DOMAIN,
    GROUP,
    RESOURCE_SERVER,
    USER,
    USER_POOL,
)

OPERATION: Mapping[str, str] = MappingProxyType(
    {
        USER_POOL: "CreateUserPool",
        DOMAIN: "CreateUserPoolDomain",
        RESOURCE_SERVER: "CreateResourceServer",
        CLIENT: "CreateUserPoolClient",
        GROUP: "CreateGroup",
        USER: "AdminCreateUser",
        ATTACHMENT: "AdminAddUserToGroup",
    }
)
"""The operation whose members a resource's properties are."""

RENAMED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {USER_POOL: MappingProxyType({"UserPoolName": "PoolName"})}
)
"""Template name to API name, where they differ."""

WITHOUT_EFFECT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        USER_POOL: frozenset(
            {
                "EmailAuthenticationMessage",
                "EmailAuthenticationSubject",
                "EnabledMfas",
                "WebAuthnFactorConfiguration",
                "WebAuthnRelyingPartyID",
                "WebAuthnUserVerification",
            }
        ),
        USER: frozenset({"ValidationData", "ClientMetadata", "DesiredDeliveryMediums"}),
    }
)
"""Properties known to CloudFormation that govern nothing here yet."""

SANDBOX: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        USER_POOL: frozenset({"Id", "Issuer", "AdvertisePkce"}),
        CLIENT: frozenset({"ClientId", "ClientSecret", "SecondSecret", "DemoApp"}),
        USER: frozenset({"Password", "PasswordSecret", "Sub", "Status", "Enabled"}),
    }
)
"""What `Metadata: {Sandbox: …}` may say, because a template has no words for it."""

"""Where a template's names differ from the API's, and what governs nothing here yet."""

from collections.abc import Mapping
from types import MappingProxyType

from sandbox_app.workbench.templates.kinds import (
    ATTACHMENT,
    BRANDING,
    CLIENT,
    DOMAIN,
    GROUP,
    IDENTITY_PROVIDER,
    LOG_DELIVERY,
    RESOURCE_SERVER,
    RISK_CONFIGURATION,
    TERMS,
    UI_CUSTOMIZATION,
    USER,
    USER_POOL,
)

OPERATION: Mapping[str, str] = MappingProxyType(
    {
        USER_POOL: "CreateUserPool",
        DOMAIN: "CreateUserPoolDomain",
        RESOURCE_SERVER: "CreateResourceServer",
        IDENTITY_PROVIDER: "CreateIdentityProvider",
        CLIENT: "CreateUserPoolClient",
        GROUP: "CreateGroup",
        USER: "AdminCreateUser",
        ATTACHMENT: "AdminAddUserToGroup",
        UI_CUSTOMIZATION: "SetUICustomization",
        RISK_CONFIGURATION: "SetRiskConfiguration",
        LOG_DELIVERY: "SetLogDeliveryConfiguration",
        BRANDING: "CreateManagedLoginBranding",
        TERMS: "CreateTerms",
    }
)
"""The operation whose members a resource's properties are."""

RENAMED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {USER_POOL: MappingProxyType({"UserPoolName": "PoolName"})}
)
"""Template name to API name, where they differ."""

ANY: tuple[str, ...] = ()
ONLY_IN_TEMPLATES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        USER_POOL: MappingProxyType(
            {
                "EmailAuthenticationMessage": ANY,
                "EmailAuthenticationSubject": ANY,
                "EnabledMfas": ("EMAIL_OTP", "SMS_MFA", "SOFTWARE_TOKEN_MFA"),
                "WebAuthnFactorConfiguration": (
                    "MULTI_FACTOR_WITH_USER_VERIFICATION",
                    "SINGLE_FACTOR",
                ),
                "WebAuthnRelyingPartyID": ANY,
                "WebAuthnUserVerification": ("preferred", "required"),
            }
        ),
        BRANDING: MappingProxyType({"ReturnMergedResources": ("false", "true")}),
    }
)
"""Properties that the operation has no member for, and the words they may be.

They are kept with the pool as written.
"""

LISTS = frozenset({"EnabledMfas"})
"""Those of them that hold several words."""

WITHOUT_EFFECT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        USER_POOL: frozenset(ONLY_IN_TEMPLATES[USER_POOL])
        | {
            "AcrConfiguration",
            "DcrConfiguration",
            "DeviceConfiguration",
            "EmailConfiguration",
            "EmailVerificationMessage",
            "EmailVerificationSubject",
            "IssuerConfiguration",
            "KeyConfiguration",
            "LambdaConfig",
            "MfaConfiguration",
            "SmsAuthenticationMessage",
            "SmsConfiguration",
            "SmsVerificationMessage",
            "UserAttributeUpdateSettings",
            "UserPoolAddOns",
            "VerificationMessageTemplate",
        },
        DOMAIN: frozenset({"CustomDomainConfig", "Routing"}),
        CLIENT: frozenset(
            {
                "AnalyticsConfiguration",
                "AuthSessionValidity",
                "EnablePropagateAdditionalUserContextData",
            }
        ),
        USER: frozenset({"ValidationData", "ClientMetadata", "DesiredDeliveryMediums"}),
    }
)
"""Properties known to CloudFormation that govern nothing here yet."""

IDLE: Mapping[str, str] = MappingProxyType({"MfaConfiguration": "OFF"})
"""Values that ask for nothing, so that nothing is missed."""

KEPT_ASIDE: Mapping[str, frozenset[str]] = MappingProxyType({DOMAIN: frozenset({"Routing"})})
"""Members of the operation that the record has no place for."""

DECIDES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        USER_POOL: frozenset(
            {"AliasAttributes", "Policies", "Schema", "UsernameAttributes", "UsernameConfiguration"}
        ),
        DOMAIN: frozenset({"Domain", "UserPoolId"}),
        RESOURCE_SERVER: frozenset({"Identifier", "Scopes", "UserPoolId"}),
        IDENTITY_PROVIDER: frozenset({"ProviderName", "ProviderType", "UserPoolId"}),
        CLIENT: frozenset(
            {
                "AllowedOAuthFlows",
                "AllowedOAuthScopes",
                "CallbackURLs",
                "ClientSecret",
                "DefaultRedirectURI",
                "ExplicitAuthFlows",
                "LogoutURLs",
                "SupportedIdentityProviders",
                "UserPoolId",
            }
        ),
        GROUP: frozenset({"GroupName", "UserPoolId"}),
        USER: frozenset({"TemporaryPassword", "UserPoolId", "Username"}),
        ATTACHMENT: frozenset({"GroupName", "UserPoolId", "Username"}),
        **{
            kind: frozenset({"ClientId", "UserPoolId"})
            for kind in (UI_CUSTOMIZATION, RISK_CONFIGURATION, LOG_DELIVERY, BRANDING, TERMS)
        },
    }
)
"""Properties that decide a login, or which thing is meant: no placeholder may stand in them.

The details of an identity provider are not among them as long as nobody signs in through one.
"""

SANDBOX: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        USER_POOL: frozenset({"Id", "Issuer", "AdvertisePkce"}),
        CLIENT: frozenset({"ClientId", "ClientSecret", "SecondSecret", "DemoApp"}),
        USER: frozenset({"Password", "PasswordSecret", "Sub", "Status", "Enabled"}),
    }
)
"""What `Metadata: {Sandbox: …}` may say, because a template has no words for it."""

SECRET_NAMES = frozenset(
    {
        "ClientSecret",
        "ClientSecrets",
        "Password",
        "PasswordSecret",
        "SecondSecret",
        "TemporaryPassword",
        "client_secret",
        "private_key",
    }
)
"""Members whose value is never shown."""

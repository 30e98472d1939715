"""The kinds of resource that a template has for a user pool."""

USER_POOL = "AWS::Cognito::UserPool"
DOMAIN = "AWS::Cognito::UserPoolDomain"
RESOURCE_SERVER = "AWS::Cognito::UserPoolResourceServer"
IDENTITY_PROVIDER = "AWS::Cognito::UserPoolIdentityProvider"
CLIENT = "AWS::Cognito::UserPoolClient"
GROUP = "AWS::Cognito::UserPoolGroup"
USER = "AWS::Cognito::UserPoolUser"
ATTACHMENT = "AWS::Cognito::UserPoolUserToGroupAttachment"
UI_CUSTOMIZATION = "AWS::Cognito::UserPoolUICustomizationAttachment"
RISK_CONFIGURATION = "AWS::Cognito::UserPoolRiskConfigurationAttachment"
LOG_DELIVERY = "AWS::Cognito::LogDeliveryConfiguration"
BRANDING = "AWS::Cognito::ManagedLoginBranding"
TERMS = "AWS::Cognito::Terms"

ATTACHED = frozenset(
    {IDENTITY_PROVIDER, UI_CUSTOMIZATION, RISK_CONFIGURATION, LOG_DELIVERY, BRANDING, TERMS}
)
"""Kinds that are checked and kept with their pool, but that nothing here acts on yet."""

ORDER = (
    USER_POOL,
    DOMAIN,
    RESOURCE_SERVER,
    IDENTITY_PROVIDER,
    CLIENT,
    GROUP,
    USER,
    ATTACHMENT,
    UI_CUSTOMIZATION,
    RISK_CONFIGURATION,
    LOG_DELIVERY,
    BRANDING,
    TERMS,
)
"""Each kind needs only kinds before it: clients name scopes of resource servers, and so on."""

NOT_READ = frozenset(
    f"AWS::Cognito::{name}"
    for name in ("IdentityPool", "IdentityPoolPrincipalTag", "IdentityPoolRoleAttachment")
)
"""Kinds of the same service that are passed over; any other name in it is a slip of the pen."""

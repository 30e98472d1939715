"""Where the setting that governs a rule is edited."""

from collections.abc import Mapping
from types import MappingProxyType

from sandbox_app.domain.rules.catalogue import CATALOGUE
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.explanation import Place

_OF_CLIENT = frozenset(
    {
        "CallbackURLs",
        "LogoutURLs",
        "AllowedOAuthFlows",
        "AllowedOAuthScopes",
        "SupportedIdentityProviders",
        "ReadAttributes",
        "EnableTokenRevocation",
        "PreventUserExistenceErrors",
        "AuthSessionValidity",
        "RefreshTokenValidity",
        "ClientSecret",
    }
)
_OF_POOL: Mapping[str, str] = MappingProxyType(
    {
        "Domain": "UserPoolDomain.Domain",
        "ManagedLoginVersion": "UserPoolDomain.ManagedLoginVersion",
        "TemporaryPasswordValidityDays": ("Policies.PasswordPolicy.TemporaryPasswordValidityDays"),
        "Sandbox.AdvertisePkce": "Sandbox.AdvertisePkce",
    }
)
_OF_USER: Mapping[str, str] = MappingProxyType({"Enabled": "Enabled", "UserStatus": "Password"})


def governing(case: Case) -> Place | None:
    """The place of the rule's setting, if it is there to be shown."""
    rule = CATALOGUE.get(case.check.rule)
    setting = rule.setting if rule is not None else ""
    if setting in _OF_CLIENT or setting == "RefreshTokenRotation":
        return of_client(case, setting)
    if setting in _OF_POOL:
        return of_pool(case, _OF_POOL[setting])
    if setting in _OF_USER:
        return of_user(case, _OF_USER[setting])
    return None


def of_client(case: Case, member: str = "") -> Place | None:
    """The client's editor, at a member of it."""
    client = case.client
    if client is None:
        return None
    if member == "RefreshTokenRotation":
        member = "RefreshTokenRotation.RetryGracePeriodSeconds"
    return Place(client.user_pool_id, "clients", client.client_id, member)


def of_pool(case: Case, member: str = "") -> Place | None:
    """The pool's editor, at a member of it."""
    pool = case.pool
    return None if pool is None else Place(pool.id, "policy", pool.id, member)


def of_user(case: Case, member: str = "") -> Place | None:
    """The user's editor, at a member of it."""
    user = case.user
    return None if user is None else Place(user.user_pool_id, "users", user.sub, member)

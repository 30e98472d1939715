"""What an app client's settings must agree with (contract oidc 4.1, 6.5, 11, 16, 18)."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import (
    InvalidOAuthFlowException,
    InvalidParameterException,
    ScopeDoesNotExistException,
)
from sandbox_app.operations.standard_attributes import STANDARD_NAMES

STANDARD_SCOPES = frozenset(
    {"openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"}
)
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_OWN_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*")
_OLD_FLOWS = {"ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH"}
_MOST_URLS = 100
_MOST_SCOPES = 50


def check_client(core: Core, pool: UserPool, client: UserPoolClient) -> None:
    """Refuse settings that contradict each other or the pool.

    Raises:
        ApiError: the first contradiction; `field` is the member to blame.
    """
    for rule in _RULES:
        rule(core, pool, client)


def why_not_a_callback(url: str) -> str | None:
    """What keeps a URL from being a callback or sign-out URL; `None` when it may be one.

    Source: contract oidc 4.1: absolute, no fragment, https unless loopback, or an own scheme.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "is not a URL"
    if not _OWN_SCHEME.fullmatch(parts.scheme) or not url.isprintable() or " " in url:
        return "is not an absolute URL"
    if "#" in url:
        return "must not have a fragment"
    if parts.scheme in ("http", "https") and not parts.hostname:
        return "has no host"
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        return "must be https; http is allowed for localhost only"
    return None


def _lifetimes(core: Core, pool: UserPool, client: UserPoolClient) -> None:
    short, long = timedelta(minutes=5), timedelta(days=1)
    spans = (
        ("AccessTokenValidity", client.access_token_lifetime, short, long),
        ("IdTokenValidity", client.id_token_lifetime, short, long),
        (
            "RefreshTokenValidity",
            client.refresh_token_lifetime,
            timedelta(hours=1),
            timedelta(days=3650),
        ),
    )
    for name, lifetime, least, most in spans:
        if not least <= lifetime <= most:
            raise InvalidParameterException(
                f"Invalid range for token validity: {name} must be from {least} to {most}.",
                field=name,
            )
    if client.refresh_token_lifetime < max(client.access_token_lifetime, client.id_token_lifetime):
        raise InvalidParameterException(
            "Refresh token validity must not be shorter than that of the other tokens.",
            field="RefreshTokenValidity",
        )


def _urls(core: Core, pool: UserPool, client: UserPoolClient) -> None:
    _check_urls("CallbackURLs", client.callback_urls)
    _check_urls("LogoutURLs", client.logout_urls)
    default = client.default_redirect_uri
    if default is not None and default not in client.callback_urls:
        raise InvalidParameterException(
            "The default redirect URI must be one of the callback URLs.",
            field="DefaultRedirectURI",
        )


def _check_urls(name: str, urls: Iterable[str]) -> None:
    urls = tuple(urls)
    if len(urls) > _MOST_URLS:
        raise InvalidParameterException(f"{name}: at most {_MOST_URLS} URLs.", field=name)
    for url in urls:
        fault = why_not_a_callback(url)
        if fault is not None:
            raise InvalidParameterException(f"{url} {fault}.", field=name)


def _flows(core: Core, pool: UserPool, client: UserPoolClient) -> None:
    flows = client.allowed_oauth_flows
    if not flows:
        return
    if "client_credentials" in flows and len(flows) > 1:
        raise InvalidOAuthFlowException(
            "client_credentials flow can not be selected along with code flow or implicit flow.",
            field="AllowedOAuthFlows",
        )
    if "client_credentials" in flows and not client.confidential:
        raise InvalidOAuthFlowException(
            "client_credentials flow can not be selected if client does not have a client secret.",
            field="AllowedOAuthFlows",
        )
    if not client.allowed_oauth_scopes:
        raise InvalidParameterException(
            "AllowedOAuthScopes must be set where AllowedOAuthFlows is.",
            field="AllowedOAuthScopes",
        )
    if not client.allowed_oauth_flows_user_pool_client:
        raise InvalidParameterException(
            "AllowedOAuthFlowsUserPoolClient must be true if AllowedOAuthFlows is set.",
            field="AllowedOAuthFlowsUserPoolClient",
        )
    if not ("client_credentials" in flows or client.callback_urls):
        raise InvalidOAuthFlowException(
            "code and implicit flow need at least one callback URL.", field="CallbackURLs"
        )


def _scopes(core: Core, pool: UserPool, client: UserPoolClient) -> None:
    scopes = client.allowed_oauth_scopes
    if len(scopes) > _MOST_SCOPES:
        raise InvalidParameterException(
            f"At most {_MOST_SCOPES} scopes per client.", field="AllowedOAuthScopes"
        )
    servers = core.store.resource_servers.of_pool(pool.id)
    defined = STANDARD_SCOPES.union(*(server.full_scopes for server in servers))
    for scope in scopes:
        if scope not in defined:
            raise ScopeDoesNotExistException(
                f"Invalid scope requested: {scope}", field="AllowedOAuthScopes"
            )
    own = "client_credentials" in client.allowed_oauth_flows
    standard = next((scope for scope in scopes if own and scope in STANDARD_SCOPES), None)
    if standard is not None:
        raise InvalidOAuthFlowException(
            f"{standard} is not supported with client_credentials flow.",
            field="AllowedOAuthScopes",
        )


def _auth_flows(core: Core, pool: UserPool, client: UserPoolClient) -> None:
    flows = client.explicit_auth_flows or ()
    if any(flow in _OLD_FLOWS for flow in flows) and any(
        flow.startswith("ALLOW_") for flow in flows
    ):
        raise InvalidParameterException(
            "Legacy auth flows cannot be mixed with the ones that start with ALLOW_.",
            field="ExplicitAuthFlows",
        )
    if client.refresh_token_rotation.enabled and "ALLOW_REFRESH_TOKEN_AUTH" in flows:
        raise InvalidParameterException(
            "ALLOW_REFRESH_TOKEN_AUTH cannot be enabled together with refresh token rotation.",
            field="ExplicitAuthFlows",
        )


def _providers(core: Core, pool: UserPool, client: UserPoolClient) -> None:
    for provider in client.supported_identity_providers or ():
        if provider != "COGNITO" and provider not in pool.provider_names:
            raise InvalidParameterException(
                f"The provider {provider} does not exist for User Pool {pool.id}.",
                field="SupportedIdentityProviders",
            )


def _attributes(core: Core, pool: UserPool, client: UserPoolClient) -> None:
    known = {item.name for item in pool.schema_attributes}
    lists = (
        ("ReadAttributes", client.read_attributes or ()),
        ("WriteAttributes", client.write_attributes or ()),
    )
    for name, attributes in lists:
        strange = next((attribute for attribute in attributes if attribute not in known), None)
        if strange is not None:
            raise InvalidParameterException(
                f"Invalid {_lowered(name)} specified while creating a client: {strange}",
                field=name,
            )
    written = client.write_attributes
    if written is None:
        return
    for item in pool.schema_attributes:
        if item.required and item.name != "sub" and item.name not in written:
            raise InvalidParameterException(
                f"Required attribute {item.name} must be writable.", field="WriteAttributes"
            )
    forbidden = {"email_verified", "phone_number_verified", "sub"} & STANDARD_NAMES
    locked = next((name for name in written if name in forbidden), None)
    if locked is not None:
        raise InvalidParameterException(
            f"Invalid write attributes specified while creating a client: {locked}",
            field="WriteAttributes",
        )


def _lowered(name: str) -> str:
    return {"ReadAttributes": "read attributes", "WriteAttributes": "write attributes"}[name]


_RULES: tuple[Callable[[Core, UserPool, UserPoolClient], None], ...] = (
    _lifetimes,
    _urls,
    _flows,
    _scopes,
    _auth_flows,
    _providers,
    _attributes,
)

"""What an app client's settings must agree with."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox_app.operations import resource_servers, user_pool_clients
from sandbox_app.operations.client_rules import why_not_a_callback
from sandbox_app.operations.core import Core
from tests.cores import refusal

INVALID = "InvalidParameterException"
FLOW = "InvalidOAuthFlowException"
CODE: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid"],
    "CallbackURLs": ["https://app.example/cb"],
}
MACHINE: dict[str, Any] = {
    "GenerateSecret": True,
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["client_credentials"],
    "AllowedOAuthScopes": ["orders/read"],
}


@pytest.fixture
def pool_id(core: Core, a_pool: Callable[..., str]) -> str:
    pool_id = a_pool(Schema=[{"Name": "email", "Required": True}, {"Name": "team"}])
    server = {"UserPoolId": pool_id, "Identifier": "orders", "Name": "Orders"}
    scopes = [{"ScopeName": "read", "ScopeDescription": "Look"}]
    resource_servers.create_resource_server(core, server | {"Scopes": scopes})
    return pool_id


@pytest.mark.parametrize(
    "url",
    [
        "https://app.example/cb",
        "https://app.example:8443/cb?x=1",
        "http://localhost/cb",
        "http://localhost:65535/cb",
        "http://127.0.0.1:3000/cb",
        "http://[::1]:3000/cb",
        "HTTP://LOCALHOST/cb",
        "myapp://callback",
        "com.example.app:/callback",
    ],
)
def test_a_callback_url_of_these_forms_may_be_registered(url: str) -> None:
    """Contract oidc 4.1."""
    assert why_not_a_callback(url) is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://app.example/cb", "must be https; http is allowed for localhost only"),
        ("http://localhost.example/cb", "must be https; http is allowed for localhost only"),
        ("http://127.0.0.2/cb", "must be https; http is allowed for localhost only"),
        ("http://localhost@app.example/cb", "must be https; http is allowed for localhost only"),
        ("https://app.example/cb#part", "must not have a fragment"),
        ("https://app.example/cb#", "must not have a fragment"),
        ("myapp://callback#", "must not have a fragment"),
        ("/cb", "is not an absolute URL"),
        ("//app.example/cb", "is not an absolute URL"),
        ("app.example/cb", "is not an absolute URL"),
        ("", "is not an absolute URL"),
        ("https://app.example/a b", "is not an absolute URL"),
        ("https://app.example/\r\nSet-Cookie:x", "is not an absolute URL"),
        ("https:///cb", "has no host"),
        ("http://localhost:port/cb", "is not a URL"),
        ("http://localhost:70000/cb", "is not a URL"),
        ("https://[::1/cb", "is not a URL"),
    ],
)
async def test_a_callback_url_of_another_form_may_not(
    core: Core, pool_id: str, url: str, reason: str
) -> None:
    """Contract oidc 4.1."""
    assert why_not_a_callback(url) == reason
    if not url or not url.isprintable() or " " in url:
        return
    for member in ("CallbackURLs", "LogoutURLs"):
        request = {"UserPoolId": pool_id, "ClientName": "c", member: [url]}
        assert await refusal(user_pool_clients.create_user_pool_client, core, request) == (
            INVALID,
            f"{url} {reason}.",
        )


@pytest.mark.parametrize(
    ("rule", "members", "refused"),
    [
        (
            "oidc 6.5 the only flow",
            MACHINE | {"AllowedOAuthFlows": ["client_credentials", "code"]},
            (
                FLOW,
                "client_credentials flow can not be selected along with code flow or "
                "implicit flow.",
            ),
        ),
        (
            "oidc 6.5 needs a secret",
            MACHINE | {"GenerateSecret": False},
            (
                FLOW,
                "client_credentials flow can not be selected if client does not have a "
                "client secret.",
            ),
        ),
        (
            "oidc 6.5 custom scopes alone",
            MACHINE | {"AllowedOAuthScopes": ["orders/read", "openid"]},
            (FLOW, "openid is not supported with client_credentials flow."),
        ),
        (
            "oidc 18",
            CODE | {"AllowedOAuthFlowsUserPoolClient": False},
            (
                INVALID,
                "AllowedOAuthFlowsUserPoolClient must be true if AllowedOAuthFlows is set.",
            ),
        ),
        (
            "oidc 12",
            CODE | {"AllowedOAuthScopes": []},
            (INVALID, "AllowedOAuthScopes must be set where AllowedOAuthFlows is."),
        ),
        (
            "oidc 4.1",
            CODE | {"CallbackURLs": []},
            (FLOW, "code and implicit flow need at least one callback URL."),
        ),
        (
            "oidc 12 defined by no resource server",
            CODE | {"AllowedOAuthScopes": ["orders/delete"]},
            ("ScopeDoesNotExistException", "Invalid scope requested: orders/delete"),
        ),
        (
            "oidc 12 scopes keep their case",
            CODE | {"AllowedOAuthScopes": ["OpenID"]},
            ("ScopeDoesNotExistException", "Invalid scope requested: OpenID"),
        ),
        (
            "oidc 18 DefaultRedirectURI",
            CODE | {"DefaultRedirectURI": "https://app.example/other"},
            (INVALID, "The default redirect URI must be one of the callback URLs."),
        ),
        (
            "oidc 16",
            {
                "RefreshTokenRotation": {"Feature": "ENABLED"},
                "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
            },
            (
                INVALID,
                "ALLOW_REFRESH_TOKEN_AUTH cannot be enabled together with refresh token rotation.",
            ),
        ),
        (
            "old and new names of flows",
            {"ExplicitAuthFlows": ["USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"]},
            (INVALID, "Legacy auth flows cannot be mixed with the ones that start with ALLOW_."),
        ),
        (
            "oidc 18 SupportedIdentityProviders",
            {"SupportedIdentityProviders": ["COGNITO", "Google"]},
            (INVALID, "The provider Google does not exist for User Pool eu-west-1_Pool00001."),
        ),
        (
            "users 7 read list",
            {"ReadAttributes": ["email", "custom:colour"]},
            (INVALID, "Invalid read attributes specified while creating a client: custom:colour"),
        ),
        (
            "users 7 write list",
            {"WriteAttributes": ["email", "colour"]},
            (INVALID, "Invalid write attributes specified while creating a client: colour"),
        ),
        (
            "users 7 required is writable",
            {"WriteAttributes": ["name"]},
            (INVALID, "Required attribute email must be writable."),
        ),
        (
            "users 7 flags are not a client's to write",
            {"WriteAttributes": ["email", "email_verified"]},
            (INVALID, "Invalid write attributes specified while creating a client: email_verified"),
        ),
        (
            "one secret",
            {"GenerateSecret": True, "ClientSecret": "s" * 24},
            (INVALID, "GenerateSecret and ClientSecret cannot be set together."),
        ),
    ],
)
async def test_settings_that_contradict_each_other_are_refused(
    core: Core, pool_id: str, rule: str, members: dict[str, Any], refused: tuple[str, str]
) -> None:
    request = {"UserPoolId": pool_id, "ClientName": "c"} | members

    assert await refusal(user_pool_clients.create_user_pool_client, core, request) == refused
    assert core.store.clients.of_pool(pool_id) == ()


@pytest.mark.parametrize(
    ("member", "unit", "least", "most"),
    [
        ("AccessToken", "seconds", 300, 86400),
        ("AccessToken", "minutes", 5, 1440),
        ("AccessToken", "hours", 1, 24),
        ("IdToken", "days", 1, 1),
        ("IdToken", "minutes", 5, 1440),
        ("RefreshToken", "days", 1, 3650),
        ("RefreshToken", "minutes", 60, 3650 * 24 * 60),
        ("RefreshToken", "seconds", 3600, 3650 * 24 * 3600),
    ],
)
async def test_a_lifetime_is_held_to_its_range_in_every_unit(
    core: Core, pool_id: str, member: str, unit: str, least: int, most: int
) -> None:
    """Contract oidc 11."""
    base = {"UserPoolId": pool_id, "ClientName": "c", "TokenValidityUnits": {member: unit}}
    name = f"{member}Validity"
    for good in (least, most):
        user_pool_clients.create_user_pool_client(core, base | {name: good})
    for bad in (least - 1, most + 1):
        if name == "RefreshTokenValidity" and bad == 0:
            continue
        code, message = await refusal(
            user_pool_clients.create_user_pool_client, core, base | {name: bad}
        )
        assert code == INVALID
        assert "validity" in message or "Validity" in message


async def test_the_range_is_told_in_plain_times(core: Core, pool_id: str) -> None:
    request = {
        "UserPoolId": pool_id,
        "ClientName": "c",
        "AccessTokenValidity": 4,
        "TokenValidityUnits": {"AccessToken": "minutes"},
    }

    assert await refusal(user_pool_clients.create_user_pool_client, core, request) == (
        INVALID,
        "Invalid range for token validity: AccessTokenValidity must be from 0:05:00 to "
        "1 day, 0:00:00.",
    )


async def test_a_refresh_token_lives_no_shorter_than_the_others(core: Core, pool_id: str) -> None:
    request = {
        "UserPoolId": pool_id,
        "ClientName": "c",
        "AccessTokenValidity": 2,
        "RefreshTokenValidity": 1,
        "TokenValidityUnits": {"RefreshToken": "hours"},
    }

    assert await refusal(user_pool_clients.create_user_pool_client, core, request) == (
        INVALID,
        "Refresh token validity must not be shorter than that of the other tokens.",
    )


@pytest.mark.parametrize(
    "members",
    [
        CODE | {"DefaultRedirectURI": "https://app.example/cb"},
        CODE | {"AllowedOAuthFlows": ["code", "implicit"]},
        CODE | {"AllowedOAuthScopes": ["openid", "email", "phone", "profile", "orders/read"]},
        CODE | {"AllowedOAuthScopes": ["aws.cognito.signin.user.admin"]},
        MACHINE,
        {"ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]},
        {"ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH"]},
        {"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 60}},
        {"SupportedIdentityProviders": ["COGNITO"]},
        {"WriteAttributes": ["email", "custom:team"], "ReadAttributes": ["email_verified"]},
    ],
)
def test_settings_that_agree_are_kept_as_they_came(
    pool_id: str, a_client: Callable[..., dict[str, Any]], members: dict[str, Any]
) -> None:
    client = a_client(pool_id, **members)

    for name, value in members.items():
        if name != "GenerateSecret":
            assert client[name] == value


def test_a_refresh_validity_of_nothing_means_thirty_days(
    core: Core, pool_id: str, a_client: Callable[..., dict[str, Any]]
) -> None:
    """Contract oidc 11."""
    made = a_client(pool_id, RefreshTokenValidity=0, TokenValidityUnits={"RefreshToken": "minutes"})

    client = core.store.clients.get(made["ClientId"])
    assert client is not None
    assert client.refresh_token_lifetime.days == 30


@pytest.mark.parametrize(
    ("member", "value", "words"),
    [
        ("CallbackURLs", [f"https://app.example/{n}" for n in range(101)], "equal to 100"),
        ("LogoutURLs", [f"https://app.example/{n}" for n in range(101)], "equal to 100"),
        ("AllowedOAuthScopes", [f"orders/{n}" for n in range(51)], "equal to 50"),
        ("RefreshTokenRotation", {"Feature": "ENABLED", "RetryGracePeriodSeconds": 61}, "to 60"),
        ("AuthSessionValidity", 2, "greater than or equal to 3"),
        ("AuthSessionValidity", 16, "less than or equal to 15"),
        ("TokenValidityUnits", {"AccessToken": "weeks"}, "[seconds, minutes, hours, days]"),
        ("ClientSecret", "short", "greater than or equal to 24"),
    ],
)
async def test_a_quota_of_the_client_is_kept(
    core: Core, pool_id: str, member: str, value: Any, words: str
) -> None:
    """Contract oidc 11."""
    request = {"UserPoolId": pool_id, "ClientName": "c", member: value}

    code, message = await refusal(user_pool_clients.create_user_pool_client, core, request)

    assert code == INVALID
    assert words in message


async def test_an_update_is_held_to_the_same_rules(
    core: Core, pool_id: str, a_client: Callable[..., dict[str, Any]]
) -> None:
    client = a_client(pool_id, **MACHINE)
    request = {"UserPoolId": pool_id, "ClientId": client["ClientId"]}
    before = core.store.clients.get(client["ClientId"])

    refused = await refusal(
        user_pool_clients.update_user_pool_client, core, request | {"CallbackURLs": ["/cb"]}
    )

    assert refused == (INVALID, "/cb is not an absolute URL.")
    assert core.store.clients.get(client["ClientId"]) == before

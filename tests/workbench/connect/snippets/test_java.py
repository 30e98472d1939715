"""Spring's file is YAML, and holds only properties that Spring Boot 3 knows."""

from typing import Any

import pytest
import yaml

from tests.conftest import DEMO_POOL

# The keys of OAuth2ClientProperties; that Spring starts with them is shown by `dev.py clients`.
_REGISTRATION = {
    "provider",
    "client-id",
    "client-secret",
    "client-authentication-method",
    "authorization-grant-type",
    "redirect-uri",
    "scope",
}
_PROVIDER = {
    "issuer-uri",
    "authorization-uri",
    "token-uri",
    "jwk-set-uri",
    "user-info-uri",
    "user-name-attribute",
}


def read(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The registration and the provider in a snippet, and nothing else is in it."""
    document = yaml.safe_load(text)
    client = document.pop("spring").pop("security").pop("oauth2").pop("client")
    assert document == {}
    assert set(client) == {"registration", "provider"}
    registration, provider = client["registration"]["cognito"], client["provider"]["cognito"]
    assert set(registration) <= _REGISTRATION
    assert set(provider) <= _PROVIDER
    return registration, provider


async def test_a_web_app_is_told_its_secret_and_where_it_is_called_back(visitor, written) -> None:
    registration, provider = read(written("spring", "web").text)

    assert registration == {
        "provider": "cognito",
        "client-id": "4web7n2p9c6d1h8j3k5m0rtvxz",
        "client-secret": visitor.client("web").client_secrets[0].client_secret_value,
        "authorization-grant-type": "authorization_code",
        "redirect-uri": "http://localhost:3000/login/oauth2/code/cognito",
        "scope": ["openid", "email", "profile"],
    }
    assert provider == {
        "issuer-uri": f"{visitor.base}/{DEMO_POOL}",
        "user-name-attribute": "username",
    }


async def test_a_public_client_says_that_it_proves_nothing(written) -> None:
    registration, _ = read(written("spring", "spa").text)

    assert registration["client-authentication-method"] == "none"
    assert "client-secret" not in registration


async def test_a_machine_is_neither_called_back_nor_anybody(written) -> None:
    registration, provider = read(written("spring", "m2m").text)

    assert registration["authorization-grant-type"] == "client_credentials"
    assert registration["scope"] == ["orders/read", "orders/write"]
    assert "redirect-uri" not in registration
    assert "user-name-attribute" not in provider


async def test_an_issuer_that_is_not_found_here_is_replaced_by_addresses(visitor, written) -> None:
    _, provider = read(written("spring", "web", issuer="aws").text)

    assert "issuer-uri" not in provider
    assert provider["token-uri"] == f"{visitor.base}/oauth2/token"
    assert provider["jwk-set-uri"] == f"{visitor.base}/{DEMO_POOL}/.well-known/jwks.json"


@pytest.mark.parametrize("odd", ["{baseUrl}", "${HOME}"])
async def test_what_spring_would_replace_is_not_written(written, odd) -> None:
    callback = f"http://localhost:3000/login/oauth2/code/cognito?{odd}"

    made = written("spring", "web", callback_urls=(callback,))

    assert made.text == ""
    assert "Spring reads a { in a value as a placeholder" in made.note


async def test_a_registration_is_named_as_its_callback_names_it(written) -> None:
    callback = "http://localhost:3000/login/oauth2/code/team"

    document = yaml.safe_load(written("spring", "web", callback_urls=(callback,)).text)

    assert list(document["spring"]["security"]["oauth2"]["client"]["registration"]) == ["team"]


async def test_with_openid_alone_people_are_called_by_a_claim_of_both_sources(written) -> None:
    _, provider = read(written("spring", "web", allowed_oauth_scopes=("openid",)).text)

    assert provider["user-name-attribute"] == "sub"

"""What is pasted into a shell or a configuration file is read by what reads it there."""

import json
import tomllib

import pytest

from tests.conftest import DEMO_POOL

# From the documentation of oauth2-proxy 7, "Config Options"; the program itself is not at hand.
_OAUTH2_PROXY = {
    "http_address": str,
    "proxy_prefix": str,
    "redirect_url": str,
    "cookie_secure": bool,
    "upstreams": list,
    "email_domains": list,
    "provider": str,
    "oidc_issuer_url": str,
    "skip_oidc_discovery": bool,
    "login_url": str,
    "redeem_url": str,
    "oidc_jwks_url": str,
    "oidc_email_claim": str,
    "client_id": str,
    "client_secret": str,
    "scope": str,
    "code_challenge_method": str,
}


async def test_the_machines_curl_lines_fetch_a_token(written, ran) -> None:
    answer = await ran("sh", "-c", written("curl", "m2m").text)

    token, _ = json.JSONDecoder().raw_decode(answer)
    assert token["token_type"] == "Bearer"
    assert '"jwks_uri"' in answer


@pytest.mark.parametrize("name", ["spa", "web"])
async def test_the_curl_lines_trade_a_code_and_ask_who_it_was(visitor, written, ran, name) -> None:
    made = written("curl", name)
    address = made.text.splitlines()[1].removeprefix("#    ")
    form_address = (await visitor.send("GET", address)).location
    form = await visitor.send("GET", form_address)
    typed = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}
    back = await visitor.send("POST", form_address, data=typed)
    trade, _, ask = made.text.partition("# 3.")
    pasted = trade.replace("code=...", f"code={back.members['code']}", 1)
    tokens = json.loads(await ran("sh", "-c", pasted))

    person = await ran("sh", "-c", f"access_token={tokens['access_token']}\n# {ask}")

    assert json.loads(person)["username"] == "alice"


@pytest.mark.parametrize("name", ["spa", "web", "m2m"])
async def test_the_env_file_gives_a_shell_everything_it_needs(visitor, written, ran, name) -> None:
    made = written("env", name)

    told = await ran("env", "-i", "PATH=/usr/bin:/bin", "sh", "-ac", f"{made.text}\nenv -0")

    values = dict(entry.split("=", 1) for entry in told.split("\0") if "COGNITO" in entry)
    assert values["COGNITO_ISSUER"] == f"{visitor.base}/{DEMO_POOL}"
    assert values["COGNITO_CLIENT_ID"] == visitor.client(name).client_id
    assert values["COGNITO_SCOPE"] == " ".join(visitor.client(name).allowed_oauth_scopes)
    assert ("COGNITO_CLIENT_SECRET" in values) is (name != "spa")


async def test_a_value_that_no_env_file_can_carry_is_told(written) -> None:
    made = written("env", "spa", callback_urls=("http://localhost:5173/it's?a=$x",))

    assert made.text == ""
    assert "http://localhost:5173/it's?a=$x" in made.note


@pytest.mark.parametrize("issuer", ["local", "aws"])
async def test_the_proxys_file_is_toml_with_names_the_proxy_knows(visitor, written, issuer) -> None:
    read = tomllib.loads(written("oauth2-proxy", "web", issuer=issuer).text)

    assert {name: type(value) for name, value in read.items()}.items() <= _OAUTH2_PROXY.items()
    assert read["client_secret"] == visitor.client("web").client_secrets[0].client_secret_value
    assert read["redirect_url"] == "http://localhost:4180/oauth2/callback"
    assert read["scope"] == "openid email profile"
    issuers = {"local": visitor.base, "aws": "https://cognito-idp.us-east-1.amazonaws.com"}
    assert read["oidc_issuer_url"] == f"{issuers[issuer]}/{DEMO_POOL}"
    assert read.get("skip_oidc_discovery", False) is (issuer == "aws")


async def test_the_proxys_prefix_follows_the_callback(written) -> None:
    made = written("oauth2-proxy", "web", callback_urls=("https://localhost/team/callback",))
    read = tomllib.loads(made.text)

    assert read["proxy_prefix"] == "/team"
    assert read["http_address"] == "127.0.0.1:443"
    assert read["cookie_secure"] is True


async def test_a_proxy_without_the_scope_email_knows_people_by_their_name(written) -> None:
    made = written("oauth2-proxy", "web", allowed_oauth_scopes=("openid",))

    assert tomllib.loads(made.text)["oidc_email_claim"] == "cognito:username"


async def test_a_callback_with_quotes_stays_inside_its_quotes(written) -> None:
    odd = "http://localhost:5173/it's?a=1&b=$(id)"

    made = written("curl", "spa", callback_urls=(odd,))

    assert "'redirect_uri=http://localhost:5173/it'\"'\"'s?a=1&b=$(id)'" in made.text

"""Every route with every method: answered by its own verb, refused and recorded for the rest."""

import pytest

from sandbox_app.server.routes import DOMAIN, endpoint_at
from tests.fuzz.raw import faults_of
from tests.server.conftest import Wire

POOL = "us-east-1_Demo00001"
ISSUER = (f"/{POOL}/.well-known/openid-configuration", f"/{POOL}/.well-known/jwks.json")
ROUTES = (*DOMAIN, *ISSUER, "/_sandbox/sign-in")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")


@pytest.mark.parametrize("path", ROUTES)
async def test_a_route_takes_its_own_verbs_and_405s_the_rest(wire: Wire, path: str) -> None:
    endpoint = endpoint_at(path)
    assert endpoint is not None
    for method in METHODS:
        answer = await wire.ask(method, path)

        assert faults_of(answer) == [], method
        assert wire.last.id == answer.request_id
        preflight = method == "OPTIONS" and endpoint.for_programs
        taken = method in endpoint.methods or preflight
        assert (answer.status == 405) is not taken, method
        assert (wire.last.rule == "US-W4") is not taken, method
        if not taken:
            assert answer.headers["Allow"] == ", ".join(endpoint.methods)
            assert answer.body == b""


@pytest.mark.parametrize("path", ["/oauth2/token", "/oauth2/revoke"])
async def test_a_back_channel_is_never_navigated_to(wire: Wire, path: str) -> None:
    answer = await wire.ask("GET", f"{path}?grant_type=client_credentials")

    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/oauth2",
        "/oauth2/",
        "/oauth2/token/",
        "/OAuth2/token",
        "/oauth2/userinfo",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
        f"/{POOL}/.well-known/openid-configuration/",
        f"/{POOL}/.well-known/oauth-authorization-server",
        "/login/../login",
        "/_sandboxed",
        "/_demonstration",
    ],
)
async def test_paths_are_compared_letter_by_letter(wire: Wire, path: str) -> None:
    for method in ("GET", "POST"):
        answer = await wire.ask(method, path)

        assert (answer.status, answer.body, wire.last.rule) == (404, b"Not Found", "US-W3")
        assert faults_of(answer) == []


async def test_a_near_miss_is_told_what_it_was_meant_to_be(wire: Wire) -> None:
    await wire.ask("GET", "/oauth2/userinfo")
    assert wire.detail.because == "paths are compared letter by letter: /oauth2/userInfo"

    await wire.ask("GET", f"/{POOL}/.well-known/oauth-authorization-server")
    assert "DC-4" in wire.detail.because

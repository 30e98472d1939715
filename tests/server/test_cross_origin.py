"""What scripts of other origins may read (contract CO-1, CO-2)."""

import pytest

from tests.server.conftest import Wire
from tests.server.test_routes import ISSUER

FOR_PROGRAMS = ("/oauth2/token", "/oauth2/userInfo", "/oauth2/revoke", *ISSUER)
ORIGIN = "Origin: https://app.example"
FROM_SDKS = "x-amz-user-agent, x-amz-target, cache-control, authorization, content-type"


@pytest.mark.parametrize("path", FOR_PROGRAMS)
async def test_a_preflight_allows_the_verb_and_every_header_asked_for(
    wire: Wire, path: str
) -> None:
    answer = await wire.ask("OPTIONS", path, ORIGIN, f"Access-Control-Request-Headers: {FROM_SDKS}")

    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Headers"] == FROM_SDKS
    verb = "POST" if path in ("/oauth2/token", "/oauth2/revoke") else "GET"
    assert verb in answer.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert [check.rule for check in wire.detail.checks] == ["CO-2"]
    assert wire.last.step.endswith(" preflight")


@pytest.mark.parametrize("path", FOR_PROGRAMS)
async def test_errors_too_may_be_read_from_elsewhere(wire: Wire, path: str) -> None:
    for method, target in (("PUT", path), ("POST", f"{path}?a=%00"), ("GET", f"{path}?a=%00")):
        told = await wire.ask(method, target, ORIGIN)
        silent = await wire.ask(method, target)

        assert told.headers["Access-Control-Allow-Origin"] == "*", method
        assert "Access-Control-Allow-Origin" not in silent.headers
        assert "Access-Control-Allow-Credentials" not in told.headers


@pytest.mark.parametrize("path", ["/oauth2/authorize", "/login", "/logout", "/error", "/nowhere"])
async def test_pages_are_for_navigation(wire: Wire, path: str) -> None:
    answer = await wire.ask("GET", path, ORIGIN)
    assert "Access-Control-Allow-Origin" not in answer.headers

    assert (await wire.ask("OPTIONS", path, ORIGIN)).status in (404, 405)


async def test_a_preflight_echoes_no_bytes_that_a_header_cannot_hold(wire: Wire) -> None:
    answer = await wire.ask(
        "OPTIONS", "/oauth2/token", ORIGIN, "Access-Control-Request-Headers: x-\xe4"
    )

    assert answer.status == 200
    assert "Access-Control-Allow-Headers" not in answer.headers


async def test_what_is_turned_away_is_told_to_no_other_origin(wire: Wire) -> None:
    answer = await wire.say(
        b"POST /oauth2/token HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n\r\n"
    )

    assert answer.status == 421
    assert "Access-Control-Allow-Origin" not in answer.headers

"""A fault of ours is caught, recorded and told without a word of what went wrong."""

from typing import Any

import pytest

from sandbox_app.app.sandbox import Sandbox
from tests.fuzz.raw import DOMAIN_HEADERS, RawAnswer
from tests.server.conftest import SPA, Wire

POOL = "us-east-1_Demo00001"
HOSTED = "sandbox_app.server.hosted"
PLACES = [
    ("sign_in.begin_authorize", "GET", "/oauth2/authorize"),
    ("sign_in.show_login", "GET", "/login"),
    ("sign_in.submit_login", "POST", "/login"),
    ("sign_in.answer_logout", "GET", "/logout"),
    ("back_channel.answer_token_request", "POST", "/oauth2/token"),
    ("back_channel.answer_revocation", "POST", "/oauth2/revoke"),
    ("back_channel.answer_userinfo", "GET", "/oauth2/userInfo"),
    ("issuer.answer_discovery", "GET", f"/{POOL}/.well-known/openid-configuration"),
    ("key_set.answer_jwks", "GET", f"/{POOL}/.well-known/jwks.json"),
]


def broken(*_: object, **__: object) -> Any:
    raise RuntimeError("the detail giraffe")


def is_in_the_contracts_words(answer: RawAnswer) -> None:
    assert answer.status == 500
    everything = answer.head + answer.body
    assert b"giraffe" not in everything
    assert b"Traceback" not in everything
    for name, value in DOMAIN_HEADERS.items():
        assert answer.headers[name] == value


@pytest.mark.parametrize(("name", "method", "path"), PLACES)
async def test_a_fault_in_a_flow_is_a_server_error_and_recorded(
    wire: Wire,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
    method: str,
    path: str,
) -> None:
    monkeypatch.setattr(f"{HOSTED}.{name}", broken)

    answer = await wire.ask(method, f"{path}?client_id={SPA}", "Origin: https://app.example")

    is_in_the_contracts_words(answer)
    if "oauth2/authorize" in path or path in ("/login", "/logout"):
        assert answer.headers["Content-Type"] == "text/html;charset=UTF-8"
        assert b"An error was encountered with the requested page." in answer.body
    else:
        assert answer.body == b'{"error":"server_error"}'
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert (wire.last.rule, wire.last.error, wire.last.status) == ("US-W7", "server_error", 500)
    assert "giraffe" in caplog.text, "whoever runs the program can read what went wrong"
    assert "giraffe" not in repr(wire.recorded)


async def test_a_fault_while_recording_is_answered_too(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    once = iter([broken])
    real = "sandbox_app.server.recorder.masked_headers"
    monkeypatch.setattr(real, lambda headers: next(once, lambda: headers)())

    answer = await wire.ask("GET", "/oauth2/authorize")

    is_in_the_contracts_words(answer)
    assert (wire.last.step, wire.last.rule) == ("fault", "US-W7")


async def test_a_fault_in_our_own_pages_is_answered_and_recorded(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sandbox_app.workbench.demo.demo_clients", broken)

    answer = await wire.ask("GET", "/_demo/settings.json")

    is_in_the_contracts_words(answer)
    assert (wire.last.path, wire.last.rule) == ("/_demo/settings.json", "US-W7")


async def test_a_listener_that_fails_is_not_felt_by_the_protocol(
    sandbox: Sandbox, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.core.bus.subscribe(object, broken)

    assert (await wire.ask("GET", "/oauth2/authorize")).status == 302
    assert "giraffe" in caplog.text

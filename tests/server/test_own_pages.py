"""What is ours alone: health, icon and demo app, none of it recorded."""

import json
from dataclasses import replace

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.records.clients import ClientSandbox
from sandbox_app.workbench.demo import demo_clients
from tests.fuzz.raw import RawAnswer
from tests.server.conftest import SPA, Wire


def json_of(answer: RawAnswer) -> dict[str, object]:
    read = json.loads(answer.body)
    assert isinstance(read, dict)
    return read


def is_ours(answer: RawAnswer, wire: Wire) -> None:
    assert answer.headers["Server"] == "Server"
    assert b"aiohttp" not in answer.head + answer.body
    assert wire.recorded == []


async def test_health_is_for_containers(wire: Wire) -> None:
    answer = await wire.ask("GET", "/_sandbox/health")

    assert (answer.status, json_of(answer)) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"
    is_ours(answer, wire)


async def test_health_may_be_asked_for_its_head_alone(wire: Wire) -> None:
    answer = await wire.ask("HEAD", "/_sandbox/health")

    assert (answer.status, answer.headers["Content-Length"]) == (200, "16")
    is_ours(answer, wire)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
async def test_health_is_only_read(wire: Wire, method: str) -> None:
    answer = await wire.ask(method, "/_sandbox/health")

    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
    is_ours(answer, wire)


@pytest.mark.parametrize("path", ["/_sandbox/", "/_sandbox/health/", "/_sandbox/../login"])
async def test_nothing_else_is_open_beside_health(wire: Wire, path: str) -> None:
    answer = await wire.ask("GET", path)

    assert (answer.status, json_of(answer)["error"]) == (401, "unauthorized")
    is_ours(answer, wire)


async def test_a_strange_host_gets_no_page_of_ours(wire: Wire) -> None:
    for path in (b"/_sandbox/health", b"/_demo/settings.json", b"/favicon.ico"):
        answer = await wire.say(b"GET " + path + b" HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        assert answer.status == 421


async def test_browsers_get_the_icon_they_ask_for(wire: Wire) -> None:
    answer = await wire.ask("GET", "/favicon.ico")

    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert b"currentColor" not in answer.body
    is_ours(answer, wire)


@pytest.mark.parametrize("file", ["", "callback", "app.js", "pkce.js", "style.css"])
async def test_the_demo_app_is_files_that_run_nothing_else(wire: Wire, file: str) -> None:
    answer = await wire.ask("GET", f"/_demo/{file}")

    assert answer.status == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    is_ours(answer, wire)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/_demo", 302),
        ("GET", "/_demo/nowhere", 404),
        ("GET", "/_demo/../pages/login.html", 404),
        ("GET", "/_demo/%2e%2e/x", 404),
        ("POST", "/_demo/", 405),
        ("POST", "/_demo/settings.json", 404),
        ("GET", "/_demo/machine-to-machine", 404),
    ],
)
async def test_the_demo_app_has_nothing_else(
    wire: Wire, method: str, path: str, status: int
) -> None:
    answer = await wire.ask(method, path)

    assert answer.status == status
    is_ours(answer, wire)


async def test_the_settings_follow_the_origin_they_are_asked_on(
    sandbox: Sandbox, wire: Wire
) -> None:
    answer = await wire.say(b"GET /_demo/settings.json HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n")

    told = json_of(answer)
    origin = "http://127.0.0.1:8000"
    assert told["callback"] == f"{origin}/_demo/callback"
    assert told["token"] == f"{origin}/oauth2/token"
    assert told["clientId"] == SPA
    found = demo_clients(sandbox.core)
    assert found is not None
    assert f"{origin}/_demo/callback" in found.client.callback_urls
    assert f"{origin}/_demo/" in found.client.logout_urls
    is_ours(answer, wire)


async def test_the_settings_hold_no_secret(sandbox: Sandbox, wire: Wire) -> None:
    answer = await wire.ask("GET", "/_demo/settings.json")

    found = demo_clients(sandbox.core)
    assert found is not None
    assert found.machine is not None
    assert found.machine.client_secrets[0].client_secret_value.encode() not in answer.body
    assert b"Sandbox-1" not in answer.body
    assert "Access-Control-Allow-Origin" not in answer.headers


async def test_a_workspace_without_the_demo_client_says_so(sandbox: Sandbox, wire: Wire) -> None:
    found = demo_clients(sandbox.core)
    assert found is not None
    with sandbox.core.change():
        sandbox.core.store.clients.put(replace(found.client, sandbox=ClientSandbox()))

    answer = await wire.ask("GET", "/_demo/settings.json")
    assert json_of(answer) == {"problem": "This workspace has no client marked for the demo app."}


async def test_the_machines_token_comes_over_real_http(wire: Wire) -> None:
    answer = await wire.ask(
        "POST", "/_demo/machine-to-machine", "X-Demo: 1", "Origin: http://localhost"
    )

    told = json_of(answer)
    assert told["status"] == 200
    assert isinstance(told["body"], dict)
    assert told["body"]["token_type"] == "Bearer"
    [(exchange, detail)] = wire.recorded
    assert (exchange.path, exchange.client_name) == ("/oauth2/token", "m2m")
    assert ("Authorization", "Basic (masked)") in detail.request.headers


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("X-Demo: 1",),
        ("Origin: http://localhost",),
        ("X-Demo: 1", "Origin: http://evil.example"),
        ("X-Demo: 1", "Origin: null"),
        ("X-Demo: 1", "Origin: http://localhost:1"),
    ],
)
async def test_nobody_else_gets_the_machines_token(wire: Wire, headers: tuple[str, ...]) -> None:
    answer = await wire.ask("POST", "/_demo/machine-to-machine", *headers)

    assert answer.status == 403
    is_ours(answer, wire)


async def test_the_demo_apps_back_end_allows_no_preflight(wire: Wire) -> None:
    answer = await wire.ask(
        "OPTIONS",
        "/_demo/machine-to-machine",
        "Origin: http://evil.example",
        "Access-Control-Request-Headers: x-demo",
    )

    assert answer.status == 404
    assert "Access-Control-Allow-Origin" not in answer.headers

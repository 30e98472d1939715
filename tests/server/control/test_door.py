"""Who may use the control interface, and how everybody else is told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.clock import ManualClock
from sandbox_app.server.control.door import let_in
from sandbox_app.server.control.route import Mistake
from tests.server.conftest import Wire
from tests.server.control.conftest import Script

GOOD = {"authorization": "Bearer right"}


async def test_a_script_with_the_token_is_let_in(script: Script) -> None:
    assert await script.get("/conditions") == {"deviations": []}


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "",
        "Bearer",
        "Bearer wrong",
        "Basic right",
        "right",
        "Bearer right right",
        "Bearer \xff\xfe",
    ],
)
async def test_nobody_comes_in_without_the_token(script: Script, sent: str | None) -> None:
    said = await script.ask("GET", "/conditions", headers={"Authorization": sent})

    assert (said.status, said.error) == (401, "unauthorized")
    assert said.headers["WWW-Authenticate"] == "Bearer"
    assert script.sandbox.control_token not in str(said.body)


async def test_what_lies_behind_is_hidden_from_strangers(script: Script) -> None:
    for path in ("/clock", "/nowhere", "/openapi.json", "/operations/ListUserPools"):
        said = await script.ask("GET", path, headers={"Authorization": None})
        assert said.status == 401, path


async def test_a_page_in_a_browser_is_turned_away_even_with_the_token(script: Script) -> None:
    """A preflight carries no token and an Origin, so it ends the same way."""
    for origin in ("http://evil.example", "null", script.sandbox.http or ""):
        said = await script.ask("GET", "/conditions", headers={"Origin": origin})
        assert (said.status, said.error) == (403, "from_a_browser")
        assert "Access-Control-Allow-Origin" not in said.headers


@pytest.mark.parametrize("peer", ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "fe80::1", ""])
def test_another_machine_is_turned_away_even_with_the_token(peer: str) -> None:
    with pytest.raises(Mistake) as told:
        let_in(peer, GOOD, "right")
    assert (told.value.status, told.value.error) == (403, "not_local")


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_every_loopback_address_is_this_machine(peer: str) -> None:
    let_in(peer, GOOD, "right")


@pytest.fixture
async def behind_a_proxy(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Sandbox]:
    """A sandbox bound to every address that believes a proxy on this machine."""
    opened = Sandbox(
        Settings(
            workspace=tmp_path / "w.sandbox",
            hosts=("0.0.0.0",),
            trusted_proxies=("127.0.0.0/8",),
            port=0,
            tls_port=None,
        ),
        tmp_path,
        clock=clock,
    )
    await opened.start()
    yield opened
    await opened.close()


async def test_what_a_trusted_proxy_passes_on_is_a_strangers(behind_a_proxy: Sandbox) -> None:
    """The proxy's own address is loopback, and it may claim any other for its client."""
    async with ClientSession() as session:
        script = Script(behind_a_proxy, session)
        assert (await script.ask("GET", "/conditions")).status == 200
        for name in ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded"):
            told = {"Forwarded": "for=127.0.0.1;host=localhost", "X-Forwarded-Proto": "http"}
            value = told.get(name, "localhost")
            said = await script.ask("GET", "/conditions", headers={name: value})
            assert (said.status, said.error) == (403, "not_local"), name


async def test_nothing_asked_here_is_recorded_as_traffic(script: Script, wire: Wire) -> None:
    await script.get("/conditions")
    await script.ask("GET", "/nowhere")
    await script.ask("GET", "/conditions", headers={"Authorization": None})

    assert wire.recorded == []
    assert script.sandbox.core.store.traffic.last_sequence == 0


async def test_two_sandboxes_have_two_tokens(script: Script, tmp_path: Path) -> None:
    other = Sandbox(Settings(workspace=None, port=0, tls_port=None), tmp_path)
    await other.start()
    try:
        headers = {"Authorization": f"Bearer {script.sandbox.control_token}"}
        said = await Script(other, script.session).ask("GET", "/conditions", headers=headers)
        assert said.status == 401
    finally:
        await other.close()

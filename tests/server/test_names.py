"""Names and proxies that were named at the start, through the whole server."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from tests.fuzz.raw import RawAnswer, speak

FORWARDED = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: login.example\r\n"


@pytest.fixture
async def named(tmp_path: Path) -> AsyncIterator[Sandbox]:
    """A sandbox behind a proxy on this machine, with a name of its own."""
    opened = Sandbox(
        Settings(
            workspace=tmp_path / "w.sandbox",
            names=("Login.Example",),
            trusted_proxies=("127.0.0.0/8",),
            port=0,
            tls_port=None,
        ),
        tmp_path,
    )
    await opened.start()
    yield opened
    await opened.close()


async def ask(sandbox: Sandbox, host: str, more: str = "") -> RawAnswer:
    assert sandbox.bound is not None
    sent = f"GET /oauth2/authorize HTTP/1.1\r\nHost: {host}\r\n{more}\r\n"
    answer = await speak(sandbox.bound.http_port, sent.encode())
    assert answer is not None
    return answer


async def test_a_given_name_is_answered_and_used_in_every_address(named: Sandbox) -> None:
    answer = await ask(named, "LOGIN.example:8080")

    assert answer.headers["Location"].startswith("http://login.example:8080/error?")


async def test_a_trusted_proxy_decides_scheme_and_host(named: Sandbox) -> None:
    answer = await ask(named, "127.0.0.1", FORWARDED)

    assert answer.headers["Location"].startswith("https://login.example/error?")
    assert "; Secure;" in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in answer.headers


async def test_even_a_trusted_proxy_names_no_stranger(named: Sandbox) -> None:
    answer = await ask(named, "127.0.0.1", FORWARDED.replace("login.example", "evil.example"))

    assert answer.status == 421


async def test_a_name_below_or_above_a_given_one_is_a_stranger(named: Sandbox) -> None:
    for host in ("a.login.example", "example", "login.example.evil", "xlogin.example"):
        assert (await ask(named, host)).status == 421

"""Bad certificates, as Python and curl refuse them; the authority itself is trusted by both."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.conditions.faults import editing
from tests.server.faulty.curl import UNTRUSTED, curl

REFUSALS = [
    ("expired", "certificate has expired", "certificate has expired"),
    (
        "wrong-name",
        "certificate is not valid for 'localhost'",
        "matches target host name 'localhost'",
    ),
    ("untrusted", "unable to get local issuer certificate", "unable to get local issuer"),
]


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    """Serving TLS by the machine's clock, which is what clients compare certificates with."""
    opened = Sandbox(Settings(workspace=None, port=0, tls_port=0), tmp_path)
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
def seen(sandbox: Sandbox) -> list[Exchange]:
    """Everything recorded."""
    made: list[Exchange] = []
    sandbox.core.bus.subscribe(ExchangeFinished, lambda event: made.append(event.exchange))
    return made


async def shake_hands(sandbox: Sandbox, version: ssl.TLSVersion | None = None) -> str:
    """A handshake by Python's ssl; why it refused, empty where it did not."""
    trusting = ssl.create_default_context(cafile=str(sandbox.ca_certificate))
    if version is not None:
        trusting.minimum_version = trusting.maximum_version = version
    assert sandbox.bound is not None
    port = sandbox.bound.https_port
    try:
        _, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=trusting, server_hostname="localhost"
        )
    except ssl.SSLCertVerificationError as refused:
        return refused.verify_message or str(refused)
    writer.close()
    await writer.wait_closed()
    return ""


@pytest.mark.parametrize(("defect", "in_python", "in_curl"), REFUSALS)
async def test_a_client_that_verifies_refuses_in_its_own_words(
    sandbox: Sandbox, seen: list[Exchange], defect: str, in_python: str, in_curl: str
) -> None:
    editing.add(sandbox.core, f"TLS → {defect} certificate")
    health = f"{sandbox.https}/_sandbox/health"

    reason = await shake_hands(sandbox)
    said = await curl("--cacert", str(sandbox.ca_certificate), health)
    careless = await curl("--insecure", health)

    assert in_python in reason
    assert said.status == UNTRUSTED
    assert in_curl in said.err
    assert (careless.status, careless.out) == (0, b'{"status": "ok"}')
    assert [exchange.fault for exchange in seen] == [f"TLS → {defect} certificate"] * 3
    assert {(exchange.method, exchange.path, exchange.rule) for exchange in seen} == {
        ("TLS", "localhost", "US-F3")
    }
    stored = sandbox.core.store.traffic.page(None, 1)[0].exchange
    assert stored == seen[-1]


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_every_second_handshake_is_bad_and_the_others_are_good(
    sandbox: Sandbox, version: ssl.TLSVersion
) -> None:
    editing.add(sandbox.core, "TLS → expired certificate every 2nd")

    reasons = [await shake_hands(sandbox, version) for _ in range(6)]

    assert [bool(reason) for reason in reasons] == [False, True] * 3
    [fault] = editing.listed(sandbox.core)
    assert (fault.seen, fault.hits) == (6, 3)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_a_client_that_keeps_its_session_meets_the_bad_certificate_too(
    sandbox: Sandbox, version: ssl.TLSVersion
) -> None:
    trusting = ssl.create_default_context(cafile=str(sandbox.ca_certificate))
    trusting.minimum_version = trusting.maximum_version = version
    assert sandbox.bound is not None
    address = ("127.0.0.1", sandbox.bound.https_port)

    def visit(session: ssl.SSLSession | None) -> ssl.SSLSession | None:
        with (
            socket.create_connection(address) as plain,
            trusting.wrap_socket(plain, server_hostname="localhost", session=session) as secure,
        ):
            secure.sendall(b"GET /_sandbox/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            secure.recv(1000)
            return secure.session

    session = await asyncio.to_thread(visit, None)
    editing.add(sandbox.core, "TLS → untrusted certificate")

    with pytest.raises(ssl.SSLCertVerificationError):
        await asyncio.to_thread(visit, session)

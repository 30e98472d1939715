"""Recording paused: the wire shows nothing of it, the workspace holds nothing of what came."""

import asyncio
import re

import aiohttp
import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.events import AnswerHeld
from sandbox_app.domain.sending_again import Outgoing, SentAgain
from sandbox_app.server.faulty.handshakes import Handshakes
from sandbox_app.workbench.conditions.breakpoint import break_on, stopped
from sandbox_app.workbench.conditions.faults import editing
from sandbox_app.workbench.recording import pause_recording, record_again
from tests.conftest import DEMO_POOL

DISCOVERY = f"/{DEMO_POOL}/.well-known/openid-configuration"
_OWN = re.compile(rb"(?m)^(Date|x-amz-cognito-request-id): .*$|(?<==)[0-9a-f-]{36}(?=; Path)")
"""What no two answers have alike."""


def stored(sandbox: Sandbox) -> list[str]:
    """Paths in the workspace, the oldest first, also of what is still on its way to the file."""
    return [row.exchange.path for row in reversed(sandbox.core.store.traffic.page(None, 100))]


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", DISCOVERY, 200),
        ("GET", "/oauth2/authorize?client_id=nobody", 302),
        ("POST", "/oauth2/token", 400),
        ("GET", "/nowhere", 404),
        ("DELETE", DISCOVERY, 405),
    ],
)
async def test_every_answer_is_the_same_byte_for_byte(sandbox, wire, method, target, status):
    before = await wire.ask(method, target)
    pause_recording(sandbox.core)

    while_paused = await wire.ask(method, target)

    assert while_paused.status == status
    assert _OWN.sub(b"", while_paused.head) == _OWN.sub(b"", before.head)
    assert while_paused.body == before.body
    assert while_paused.request_id != before.request_id
    assert len(wire.recorded) == len(stored(sandbox)) == 1
    assert sandbox.core.recording.passed == 1


async def test_what_cannot_be_read_as_http_is_counted_too(sandbox, wire):
    pause_recording(sandbox.core)

    assert (await wire.say(b"GET / HTTP/1.1\r\nBad Header: x\r\n\r\n")).status == 400

    assert sandbox.core.recording.passed == 1
    assert stored(sandbox) == []


async def test_afterwards_it_is_recorded_again_and_counted_anew(sandbox, wire):
    pause_recording(sandbox.core)
    await wire.ask("GET", "/missed")
    assert record_again(sandbox.core)
    await wire.ask("GET", "/seen")

    assert stored(sandbox) == ["/seen"]
    pause_recording(sandbox.core)
    assert sandbox.core.recording.passed == 0
    assert record_again(sandbox.core)
    assert not record_again(sandbox.core)


async def test_what_is_sent_again_on_request_is_recorded(sandbox, wire):
    await wire.ask("GET", "/first")
    pause_recording(sandbox.core)
    again = SentAgain(of=wire.last.id, at=wire.last.started_at)
    request = Outgoing(method="GET", target="/first", headers=(("Host", "localhost"),))

    assert (await sandbox.core.resends.sender(request, again)).status == 404

    assert stored(sandbox) == ["/first", "/first"]
    assert wire.last.again_of == wire.recorded[0][0].id
    assert sandbox.core.recording.passed == 0


async def test_an_answer_that_waited_already_is_recorded_and_one_that_came_later_is_not(sandbox):
    held = asyncio.Semaphore(0)
    sandbox.core.bus.subscribe(AnswerHeld, lambda _: held.release())
    break_on(sandbox.core, "")

    async def fetch(path: str) -> int:
        async with aiohttp.request("GET", f"{sandbox.http}{path}") as answer:
            return answer.status

    fetching = [asyncio.ensure_future(fetch("/waits"))]
    await held.acquire()
    pause_recording(sandbox.core)
    fetching.append(asyncio.ensure_future(fetch("/late")))
    await held.acquire()
    for one in stopped(sandbox.core):
        one.release()

    assert await asyncio.gather(*fetching) == [404, 404]
    assert stored(sandbox) == ["/waits"]
    assert sandbox.core.recording.passed == 1


async def test_a_handshake_that_failed_on_purpose_is_counted_only(sandbox, wire):
    editing.add(sandbox.core, "TLS → expired certificate")
    handshakes = Handshakes(sandbox.core)
    pause_recording(sandbox.core)

    assert handshakes.defect("localhost") is not None
    assert (sandbox.core.recording.passed, wire.recorded) == (1, [])

    record_again(sandbox.core)
    handshakes.defect("localhost")
    assert stored(sandbox) == ["localhost"]

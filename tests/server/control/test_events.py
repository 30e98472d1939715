"""Server-sent events: told as they happen, resumed, bounded, and over when somebody leaves."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.events import ConditionsChanged
from sandbox_app.server.control.event_stream import EventStream
from tests.server.control.conftest import Script
from tests.visitor import Visitor


@dataclass(slots=True)
class Listener:
    """Reads one stream, event by event."""

    answer: ClientResponse

    async def next(self) -> dict[str, Any]:
        """The next event's fields, its data read."""
        while True:
            fields: dict[str, Any] = {}
            async with asyncio.timeout(5):
                while line := (await self.answer.content.readline()).decode().rstrip("\n"):
                    name, _, value = line.partition(": ")
                    fields[name] = value
            if "data" in fields:
                fields["data"] = json.loads(fields["data"])
                return fields

    async def ends(self) -> bool:
        async with asyncio.timeout(5):
            return (await self.answer.content.read()).strip() == b""


@asynccontextmanager
async def listening(script: Script, last: str = "") -> AsyncIterator[Listener]:
    headers = {"Authorization": f"Bearer {script.sandbox.control_token}"}
    if last:
        headers["Last-Event-ID"] = last
    url = f"{script.sandbox.http}/_sandbox/events"
    async with script.session.get(url, headers=headers) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert await answer.content.readline() == b": listening\n"
        yield Listener(answer)


async def test_a_login_is_told_as_it_happens(script: Script, visitor: Visitor) -> None:
    async with listening(script) as listener:
        await visitor.tokens("alice")
        told = [await listener.next() for _ in range(6)]

    kinds = [each["event"] for each in told]
    assert kinds == ["request", "request", "signed_in", "request", "tokens_minted", "request"]
    assert all(each["data"]["event"] == each["event"] for each in told)
    assert all(isinstance(each["data"]["at"], float) for each in told)


async def test_who_comes_back_misses_nothing(script: Script) -> None:
    bus = script.sandbox.core.bus
    async with listening(script) as listener:
        bus.publish(ConditionsChanged("one"))
        last = (await listener.next())["id"]
    bus.publish(ConditionsChanged("two"))

    async with listening(script, last) as listener:
        bus.publish(ConditionsChanged("three"))
        told = [await listener.next() for _ in range(2)]
    assert [each["data"]["part"] for each in told] == ["two", "three"]


async def test_who_begins_to_listen_hears_nothing_old(script: Script) -> None:
    bus = script.sandbox.core.bus
    async with listening(script) as first, listening(script) as second:
        bus.publish(ConditionsChanged("one"))
        assert (await first.next())["data"] == (await second.next())["data"]
        async with listening(script) as third:
            bus.publish(ConditionsChanged("two"))
            assert (await third.next())["data"]["part"] == "two"


async def test_an_id_of_an_earlier_program_brings_all_there_is(script: Script) -> None:
    bus = script.sandbox.core.bus
    async with listening(script):
        bus.publish(ConditionsChanged("one"))
    for last in ("deadbeef-7", "nonsense", "-", "\xb2-\xb2"):
        async with listening(script, last) as listener:
            bus.publish(ConditionsChanged("new"))
            expected = "one" if last == "deadbeef-7" else "new"
            assert (await listener.next())["data"]["part"] == expected


async def test_who_is_too_slow_is_told_how_many_were_missed(sandbox: Sandbox) -> None:
    stream = EventStream(sandbox.core, kept=3)
    stream._begin()
    for number in range(10):
        sandbox.core.bus.publish(ConditionsChanged(str(number)))

    words, place = stream._since(2)
    assert place == 10
    assert words.startswith('event: missed\ndata: {"event":"missed","count":5}\n\n')
    assert words.count("\nevent: conditions_changed\n") == 3
    assert stream._since(10) == ("", 10)


async def test_a_line_break_in_a_name_ends_no_event(script: Script) -> None:
    async with listening(script) as listener:
        script.sandbox.core.bus.publish(ConditionsChanged("a\nevent: ready\r\n\u2028"))
        assert (await listener.next())["data"]["part"] == "a\nevent: ready\r\n\u2028"


async def test_a_listener_who_leaves_is_noticed_without_an_event(script: Script) -> None:
    serving = script.sandbox._serving
    assert serving is not None
    stream = serving._control._stream
    async with listening(script):
        assert stream.listeners == 1
    async with asyncio.timeout(5):
        while stream.listeners:
            await asyncio.sleep(0)


async def test_a_sandbox_that_stops_lets_its_listeners_go_at_once(script: Script) -> None:
    async with listening(script) as listener:
        began = asyncio.get_running_loop().time()
        await script.sandbox.stop()
        assert await listener.ends()
        assert asyncio.get_running_loop().time() - began < 0.9


async def test_nobody_listens_without_the_token(script: Script) -> None:
    said = await script.ask("GET", "/events", headers={"Authorization": None})
    assert said.status == 401

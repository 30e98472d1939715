"""Server-sent events: what happens in the sandbox, told to whoever listens.

The newest events lie in one ring that all listeners read at their own pace. Who falls behind, or
comes back too late, is told how many they missed; nobody can make the ring grow.

Source: HTML Living Standard, section 9.2 (server-sent events).
"""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import islice

from aiohttp import web

from sandbox_app.operations.core import Core
from sandbox_app.server.control.route import Asked
from sandbox_app.server.edge.connection import client_gone
from sandbox_app.workbench.telling import members_of

KEPT = 2000
"""Events that a listener may be behind."""

_SIGN_OF_LIFE = 15.0
"""Seconds without an event after which a comment is sent, so that proxies keep the line open."""

_compact = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class _Told:
    number: int
    kind: str
    data: str


class EventStream:
    """The events of one sandbox since somebody first listened.

    Attributes:
        listeners: how many listen now.
    """

    def __init__(self, core: Core, kept: int = KEPT) -> None:
        self.listeners = 0
        self._core = core
        self._run = secrets.token_hex(4)
        self._ring: deque[_Told] = deque(maxlen=kept)
        self._newest = 0
        self._listening = False
        self._closed = False
        self._news = asyncio.Event()

    async def listen(self, asked: Asked) -> web.StreamResponse:
        """Tell one listener, until they or the sandbox go."""
        self._begin()
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream; charset=utf-8",
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
            }
        )
        # A stream has no end that another request could follow.
        response.force_close()
        last = asked.request.headers.get("Last-Event-ID", "")
        await response.prepare(asked.request)
        await response.write(b": listening\n\n")
        gone = asyncio.ensure_future(client_gone(asked.request))
        self.listeners += 1
        try:
            async for words in self._words(self._place_of(last), gone):
                await response.write(words.encode())
        finally:
            self.listeners -= 1
            gone.cancel()
        return response

    def close(self) -> None:
        """Let all listeners go."""
        self._closed = True
        self._wake()

    def _begin(self) -> None:
        if not self._listening:
            self._listening = True
            self._core.bus.subscribe(object, self._take)

    def _take(self, event: object) -> None:
        members = members_of(event)
        if members is None:
            return
        self._newest += 1
        told = {**members, "at": self._core.timestamp()}
        self._ring.append(_Told(self._newest, members["event"], _compact(told)))
        self._wake()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _place_of(self, last: str) -> int:
        """The number of the last event that the listener has; the newest for a new listener."""
        run, dash, number = last.partition("-")
        if not dash or not (number.isascii() and number.isdigit()):
            return self._newest
        # An id of an earlier run of the program: everything there is now is news.
        return min(int(number[:18]), self._newest) if run == self._run else 0

    async def _words(self, place: int, gone: "asyncio.Future[None]") -> AsyncIterator[str]:
        while not (self._closed or gone.done()):
            news = self._news
            words, place = self._since(place)
            if words:
                yield words
            elif not await self._heard(news, gone):
                yield ": nothing new\n\n"

    def _since(self, place: int) -> tuple[str, int]:
        """What is told after the event of that number, and the number of the newest told."""
        if not self._ring:
            return "", place
        oldest = self._ring[0].number
        told = tuple(islice(self._ring, max(0, place + 1 - oldest), None))
        missed = max(0, oldest - place - 1)
        first = f'event: missed\ndata: {{"event":"missed","count":{missed}}}\n\n' if missed else ""
        words = "".join(
            f"id: {self._run}-{one.number}\nevent: {one.kind}\ndata: {one.data}\n\n" for one in told
        )
        return first + words, self._newest

    async def _heard(self, news: asyncio.Event, gone: "asyncio.Future[None]") -> bool:
        """Wait for news or the listener's going; false where neither came for a while."""
        waiting = asyncio.ensure_future(news.wait())
        try:
            done, _ = await asyncio.wait(
                (waiting, gone), timeout=_SIGN_OF_LIFE, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            waiting.cancel()
        return bool(done)

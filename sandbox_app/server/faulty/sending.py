"""Answers that go out wrong: cut, twice, or not at all."""

import contextlib
import socket
import struct

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from sandbox_app.domain.conditions.faults import Cut, Hang, Reset
from sandbox_app.domain.records.traffic import Headers
from sandbox_app.server.edge.connection import connection_of
from sandbox_app.server.edge.whole_answer import WholeAnswer
from sandbox_app.server.faulty.waiting import Waiting

_LINGER_NOT = struct.pack("ii", 1, 0)
"""`SO_LINGER` switched on with no time at all: to close then sends a reset."""


class SpoiltAnswer(WholeAnswer):
    """An answer whose sending ends as a fault says.

    Args:
        ending: `None` sends all of it; together with `twice`, all of it two times.
        waiting, fault_id: who waits, and because of which fault, where the ending is a hang.
    """

    def __init__(
        self,
        status: int,
        headers: Headers,
        body: bytes,
        *,
        ending: Hang | Reset | Cut | None,
        twice: bool,
        waiting: Waiting,
        fault_id: str,
    ) -> None:
        super().__init__(status, headers, body)
        self._ending = ending
        self._twice = twice
        self._waiting = waiting
        self._fault_id = fault_id

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter:
        """Send what is to be sent.

        Raises:
            ConnectionResetError: the connection shall serve no further request.
        """
        head, body = self.head_and_body(request)
        match self._ending:
            case Hang():
                await self._waiting.hang(self._fault_id, connection_of(request).gone)
                _reset(request)
            case Reset():
                _reset(request)
            case Cut(size) if size < len(body):
                await request.writer.write(head + body[:size])
                raise ConnectionResetError("cut on purpose")
        await request.writer.write((head + body) * (2 if self._twice else 1))
        return request.writer


def _reset(request: web.BaseRequest) -> None:
    transport = request.transport
    if transport is not None:
        sock = transport.get_extra_info("socket")
        if sock is not None:
            # Some systems refuse; then the client sees the connection closed.
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        transport.abort()
    raise ConnectionResetError("reset on purpose")

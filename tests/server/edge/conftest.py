"""A bare edge on free ports, its answers recorded, spoken to in raw bytes."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from sandbox_app.server.edge.connection import EdgeServer, ErrorAnswers
from sandbox_app.server.edge.listeners import Bound, Listeners

ServeEdge = Callable[..., Awaitable["Edge"]]


@dataclass
class Edge:
    """A running edge; `heard` and `faults` hold what it told its owner."""

    bound: Bound
    listeners: Listeners
    server: EdgeServer
    heard: list[tuple[int, str]] = field(default_factory=list)
    faults: list[BaseException | None] = field(default_factory=list)
    handling: asyncio.Event = field(default_factory=asyncio.Event)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.bound.http_port)

    async def say(self, *parts: bytes) -> bytes:
        """Send the parts, each once a handler has begun with the one before; all answers."""
        reader, writer = await self.connect()
        async with asyncio.timeout(5):
            for number, part in enumerate(parts):
                if number:
                    await self.handling.wait()
                writer.write(part)
            answer = await reader.read()
        writer.close()
        return answer

    async def stop(self) -> None:
        await self.listeners.close()
        await self.server.shutdown(timeout=1.0)


@pytest.fixture
async def serve_edge() -> AsyncIterator[ServeEdge]:
    """Starts edges with a given handler; stops them afterwards."""
    running: list[Edge] = []

    async def serve(
        handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]],
        *,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        full_disk: bool = False,
    ) -> Edge:
        heard: list[tuple[int, str]] = []
        faults: list[BaseException | None] = []

        def unreadable(request: web.BaseRequest, status: int, because: str) -> web.Response:
            heard.append((status, because))
            return web.Response(status=status, text="cannot be read")

        def fault(request: web.BaseRequest, error: BaseException | None) -> web.Response:
            if full_disk:
                raise OSError("disk full")
            faults.append(error)
            return web.json_response({"error": "server_error"}, status=500)

        handling = asyncio.Event()

        async def handle(request: web.BaseRequest) -> web.StreamResponse:
            handling.set()
            return await handler(request)

        server = EdgeServer(handle, ErrorAnswers(unreadable, fault))
        listeners = Listeners()
        bound = await listeners.open(
            server, hosts=(), port=port, tls_port=0 if tls else None, tls=tls
        )
        running.append(Edge(bound, listeners, server, heard, faults, handling))
        return running[-1]

    yield serve
    for edge in running:
        await edge.stop()

"""aiohttp's connections with our own error answers.

aiohttp answers a request that it cannot read before any handler sees it, naming its version and
echoing the bytes. Here the answer is a fixed text, and the request is recorded.

What still reaches the handler, and how (aiohttp 3.14):

* a body cut short by the client: `ConnectionResetError` from `request.content`;
* a broken chunk after the head: `web.RequestPayloadError` from `request.content`;
* any `Content-Encoding`, `Expect` or charset: as plain headers, the body as it was sent;
* bytes outside ASCII in a header value: as lone surrogates (PEP 383), not encodable as UTF-8;
* `CONNECT`, `OPTIONS *` and absolute targets: in `request.raw_path`, for `AuthorityReader`.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http_exceptions import (
    BadHttpMethod,
    BadStatusLine,
    HttpProcessingError,
    InvalidHeader,
    InvalidURLError,
    LineTooLong,
)
from aiohttp.http_parser import RawRequestMessage
from aiohttp.web_protocol import RequestHandler

log = logging.getLogger(__name__)

LONGEST_TARGET = 16 * 1024
"""Bytes of a request target; a longer one is answered 414."""

LONGEST_HEADER = 32 * 1024
"""Bytes of one header, name and value; a longer one is answered 431."""

_LINGER = 1.0
"""Seconds to wait for a client that is still sending what we refused to read."""

_LIMITS: dict[str, Any] = {
    # Bodies stay as sent: a Content-Encoding is refused, never unpacked.
    "auto_decompress": False,
    "access_log": None,
    # They must differ: only the limit tells which of the two was too long.
    "max_line_size": LONGEST_TARGET,
    "max_field_size": LONGEST_HEADER,
}

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class ErrorAnswers:
    """Who records, and words, what no handler answered.

    Args:
        unreadable: gets the request (nothing in it but the peer), the status that fits (400, 414
            or 431) and words for a person without a byte of what was sent.
        fault: gets the request and what a handler raised, `None` for a time-out.
    """

    unreadable: Callable[[web.BaseRequest, int, str], web.Response]
    fault: Callable[[web.BaseRequest, BaseException | None], web.Response]


class EdgeRequest(web.BaseRequest):
    """A request whose answer never names the library, whoever made it."""

    async def _prepare_hook(self, response: web.StreamResponse) -> None:
        response.headers["Server"] = "Server"


class Connection(RequestHandler):
    """One client connection."""

    __slots__ = ("_answers", "_broken", "_lost")

    def __init__(
        self, server: web.Server, *, loop: asyncio.AbstractEventLoop, answers: ErrorAnswers
    ) -> None:
        super().__init__(server, loop=loop, **_LIMITS)
        self._answers = answers
        self._broken = False
        self._lost = asyncio.Event()

    async def gone(self) -> None:
        """Wait until the client has gone away; aiohttp does not end a handler for that."""
        await self._lost.wait()

    def data_received(self, data: bytes) -> None:
        """Parse what came; nothing more once a request on this connection was unreadable."""
        if self._broken:
            return
        super().data_received(data)
        self._tell_reader_of_broken_chunk()

    def connection_lost(self, exc: BaseException | None) -> None:
        """Forget the connection."""
        self._lost.set()
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what no handler answered; the connection is closed afterwards."""
        self._broken = True
        if self._lost.is_set():
            raise ConnectionError("the client went away")
        if request.writer.output_size > 0:
            raise ConnectionError("an answer is already under way")
        response = self._answer(request, status, exc)
        response.force_close()
        return response

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Send an answer.

        To close with unread bytes would reset the connection, and the client, still sending,
        would never see the answer: so read on for a moment.
        """
        finished = await super().finish_response(request, resp, start_time)
        if self._broken and self.transport is not None:
            if self.transport.can_write_eof():
                self.transport.write_eof()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LINGER):
                    await self._lost.wait()
        return finished

    def _answer(
        self, request: web.BaseRequest, status: int, exc: BaseException | None
    ) -> web.Response:
        try:
            if status == 400:
                return self._answers.unreadable(request, *_explained(exc))
            return self._answers.fault(request, exc)
        except Exception:
            log.exception("an error could not be answered")
            return web.Response(status=500)

    def _tell_reader_of_broken_chunk(self) -> None:
        """Wake a handler that waits for a body whose next chunk could not be read.

        aiohttp queues the parser's error behind the running request, which would wait for ever.
        """
        request = self._current_request
        if request is None or not self._messages or request.content.is_eof():
            return
        error = getattr(self._messages[-1][0], "exc", None)
        if isinstance(error, HttpProcessingError):
            self._broken = True
            self._messages.clear()
            request.content.set_exception(web.RequestPayloadError(type(error).__name__))


async def client_gone(request: web.BaseRequest) -> None:
    """Wait until the connection that a request came on is gone; its handler is not cancelled."""
    connection = request.protocol
    assert isinstance(connection, Connection), "only an EdgeServer takes requests"
    await connection.gone()


class EdgeServer(web.Server):
    """A server whose connections answer in our words; a protocol factory for `Listeners`."""

    def __init__(self, handler: Handler, answers: ErrorAnswers) -> None:
        super().__init__(handler, request_factory=self._edge_request)
        self._answers = answers

    def __call__(self) -> RequestHandler:
        """A protocol for a new connection."""
        return Connection(self, loop=self._loop, answers=self._answers)

    async def shutdown(self, timeout: float | None = None) -> None:
        """End all connections: idle ones now, others after their request or `timeout` seconds."""
        # Without this an idle connection is waited for as if it were busy.
        self.pre_shutdown()
        await super().shutdown(timeout)

    def _edge_request(
        self,
        message: RawRequestMessage,
        payload: StreamReader,
        protocol: RequestHandler,
        writer: AbstractStreamWriter,
        task: "asyncio.Task[None]",
    ) -> web.BaseRequest:
        return EdgeRequest(message, payload, protocol, writer, task, self._loop)


def _explained(error: BaseException | None) -> tuple[int, str]:
    """The status that fits a parser's error, and what to tell a person: never its own text."""
    if isinstance(error, LineTooLong):
        if error.args[1:2] == (LONGEST_TARGET,):
            return 414, f"the target is longer than {LONGEST_TARGET} bytes"
        return 431, f"a header is longer than {LONGEST_HEADER} bytes"
    if error is not None and error.args[:1] == ("Too many headers received",):
        return 431, "there are too many headers"
    because = "the request is not proper HTTP"
    return 400, because if error is None else _REASONS.get(type(error), because)


_REASONS: dict[type[BaseException], str] = {
    BadHttpMethod: "the request does not begin with a method; was it TLS on the HTTP port?",
    BadStatusLine: "the first line is not that of an HTTP request",
    InvalidHeader: "a header holds bytes that a header cannot hold",
    InvalidURLError: "the target holds bytes that a URL cannot hold",
}


def connection_of(request: web.BaseRequest) -> Connection:
    """The connection that a request came in on."""
    protocol = request.protocol
    assert isinstance(protocol, Connection), "every listener makes these"
    return protocol

"""aiohttp's connections with our own error answers.

aiohttp answers a request that it cannot read before any handler sees it, naming its version and
echoing the bytes. Here the answer is a fixed text, and the request is recorded.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

OnUnreadable = Callable[[web.BaseRequest, str], web.Response]
"""Records an unreadable request (with words for a person) and gives the answer to it."""

_LIMITS: dict[str, Any] = {
    # Bodies stay as sent: a Content-Encoding is refused, never unpacked.
    "auto_decompress": False,
    "access_log": None,
    "max_line_size": 16 * 1024,
    "max_field_size": 16 * 1024,
}


class Connection(RequestHandler):  # type: ignore[misc]  # marked final for no reason of ours
    """One client connection."""

    __slots__ = ("_on_unreadable",)

    def __init__(
        self, server: "EdgeServer", *, loop: asyncio.AbstractEventLoop, on_unreadable: OnUnreadable
    ) -> None:
        super().__init__(server, loop=loop, **_LIMITS)
        self._on_unreadable = on_unreadable

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what never reached a handler; the connection is closed afterwards."""
        if request.writer.output_size > 0:
            raise ConnectionError("an answer is already under way")
        response = self._on_unreadable(request, type(exc).__name__ if exc else "no reason known")
        response.force_close()
        return response


class EdgeServer(web.Server):
    """A server whose connections answer unreadable requests in our words."""

    def __init__(
        self,
        handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]],
        on_unreadable: OnUnreadable,
    ) -> None:
        super().__init__(handler)
        self._on_unreadable = on_unreadable

    def __call__(self) -> RequestHandler:
        """A protocol for a new connection."""
        return Connection(self, loop=self._loop, on_unreadable=self._on_unreadable)

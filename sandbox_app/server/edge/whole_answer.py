"""An answer that is complete before its first byte goes out: head and body in one write.

aiohttp's own `Response` also handles chunks, compression, cookies and payloads, and works all of
that out anew for every answer; ours never need it, and sending is a good part of their time.
"""

from aiohttp import HttpVersion10, HttpVersion11, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.helpers import rfc822_formatted_time

from sandbox_app.domain.records.traffic import Headers

_BODILESS = (204, 304)


class WholeAnswer(web.StreamResponse):
    """Status, headers in order, body; `Content-Length`, `Date` and `Connection` are added.

    Raises:
        ValueError: a header would end the line it stands in.
    """

    def __init__(self, status: int, headers: Headers, body: bytes) -> None:
        super().__init__(status=status)
        self._fields = "".join([f"{name}: {value}\r\n" for name, value in headers])
        if self._fields.count("\n") != len(headers) or self._fields.count("\r") != len(headers):
            raise ValueError("a header holds a line break")
        self._whole = body

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter:
        """Send everything."""
        writer = request.writer
        await writer.write(b"".join(self.head_and_body(request)))
        return writer

    def head_and_body(self, request: web.BaseRequest) -> tuple[bytes, bytes]:
        """What goes over the wire in answer to this request."""
        version = request.version
        if self._keep_alive is None:
            self._keep_alive = request.keep_alive
        body = self._whole
        length = f"Content-Length: {len(body)}\r\n"
        if self.status in _BODILESS:
            body, length = b"", ""
        connection = ""
        if self._keep_alive and version == HttpVersion10:
            connection = "Connection: keep-alive\r\n"
        elif not self._keep_alive and version == HttpVersion11:
            connection = "Connection: close\r\n"
        head = (
            f"HTTP/{version.major}.{version.minor} {self.status} {self.reason}\r\n"
            f"{self._fields}{length}"
            f"Date: {rfc822_formatted_time()}\r\n{connection}\r\n"
        )
        if request.method == "HEAD":
            body = b""
        return head.encode(), body

    async def write_eof(self, data: bytes = b"") -> None:
        """Nothing is left to send."""

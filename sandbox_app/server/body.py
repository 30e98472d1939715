"""The body of a request, read up to a limit; what is wrong with it is told, never raised."""

from dataclasses import dataclass

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Body:
    """What could be read of a request body, and what is wrong with it, if anything."""

    data: bytes
    size: int
    wrong: str = ""
    status: int = 400


async def read_body(request: web.BaseRequest, limit: int) -> Body:
    """The body; `limit` is the most bytes that are kept."""
    coding = request.headers.get("Content-Encoding", "identity")
    if coding.lower() != "identity":
        return Body(b"", 0, f"the body is encoded as {coding[:40]}")
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0
    if request.content.is_eof():
        # All of it is here already, as for nearly every request.
        data = request.content.read_nowait()
        return _limited(data, len(data), limit)
    kept, size = bytearray(), 0
    try:
        async for chunk in request.content.iter_any():
            size += len(chunk)
            if size <= limit:
                kept += chunk
            elif size > 8 * limit:
                break
    except web.RequestPayloadError as error:
        return Body(bytes(kept), size, f"the body cannot be read: {type(error).__name__}")
    return _limited(bytes(kept), size, limit)


def _limited(data: bytes, size: int, limit: int) -> Body:
    if size > limit:
        return Body(b"", size, f"the body is larger than {limit} bytes", status=413)
    return Body(data, size)

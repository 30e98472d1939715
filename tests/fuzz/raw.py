"""Requests as bytes and answers as bytes: what no HTTP client would send or hide."""

import asyncio
import re
from dataclasses import dataclass

_HEAD_LINE = re.compile(rb"[A-Za-z0-9-]+: [\x20-\x7e]*")
_LIBRARY = re.compile(rb"aiohttp|python|traceback", re.IGNORECASE)
_REQUEST_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PATIENCE = 10.0
"""Seconds to wait for an answer that has to come."""

DOMAIN_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-XSS-Protection": "1; mode=block",
    "Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
    "Pragma": "no-cache",
    "Expires": "0",
    "X-Frame-Options": "DENY",
    "Server": "Server",
}
"""Contract oidc 1.3, without the HSTS that this sandbox leaves out on purpose."""


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """One answer as it came over the wire."""

    status: int
    head: bytes
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        """By name; of a repeated header, the last."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return dict(line.split(": ", 1) for line in lines if ": " in line)

    @property
    def request_id(self) -> str:
        return self.headers.get("x-amz-cognito-request-id", "")


async def speak(port: int, sent: bytes, patience: float = PATIENCE) -> RawAnswer | None:
    """The first final answer to `sent`; `None` when none came, or the connection ended."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    try:
        async with asyncio.timeout(patience):
            writer.write(sent)
            return await _answer(reader, has_body=not sent.startswith(b"HEAD "))
    except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
        return None
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader, *, has_body: bool) -> RawAnswer:
    while True:
        head = (await reader.readuntil(b"\r\n\r\n")).removesuffix(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        if status != 100:
            break
    length = re.search(rb"\r\nContent-Length: (\d+)", head)
    body = await reader.readexactly(int(length[1])) if length and has_body else b""
    return RawAnswer(status, head, body)


def faults_of(answer: RawAnswer) -> list[str]:
    """What no answer may show, whatever was asked; empty when all is well."""
    lines = answer.head.split(b"\r\n")
    found = [f"header {line[:60]!r}" for line in lines[1:] if not _HEAD_LINE.fullmatch(line)]
    if answer.status >= 500:
        found.append(f"status {answer.status}")
    if _LIBRARY.search(answer.head) or _LIBRARY.search(answer.body):
        found.append("the library or a trace shows")
    headers = answer.headers
    for name, value in DOMAIN_HEADERS.items():
        if headers.get(name) != value:
            found.append(f"{name} is {headers.get(name)!r}")
    if not _REQUEST_ID.fullmatch(answer.request_id):
        found.append("no request id")
    return found

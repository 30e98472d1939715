"""A load generator that costs little: raw keep-alive connections, each waiting for its answer."""

import asyncio
import base64
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode

import requests

CONNECTIONS = 8
_CSRF = re.compile(r'name="_csrf" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Target:
    """A serving sandbox and the credentials to use it with."""

    port: int
    machine: str
    """Id and secret of the machine client, base64 for HTTP Basic."""
    client_id: str
    redirect_uri: str
    cookie: str
    """The `cognito` cookie of a signed-in browser."""


def sign_in(base: str, client_id: str, redirect_uri: str) -> str:
    """Sign alice in and return her session cookie."""
    browser = requests.Session()
    query = urlencode(
        {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": redirect_uri,
            "scope": "openid",
        }
    )
    page = browser.get(f"{base}/login?{query}")
    found = _CSRF.search(page.text)
    assert found is not None
    fields = {"_csrf": found[1], "username": "alice", "password": "Sandbox-1"}
    back = browser.post(f"{base}/login?{query}", data=fields, allow_redirects=False)
    assert back.status_code == 302, back.text
    return str(browser.cookies["cognito"]).strip('"')


def basic(client_id: str, secret: str) -> str:
    """The credentials part of an HTTP Basic header."""
    return base64.b64encode(f"{client_id}:{secret}".encode()).decode()


async def machine_tokens(target: Target, seconds: float) -> float:
    """Client-credentials tokens per second."""
    request = _post("grant_type=client_credentials", f"Authorization: Basic {target.machine}\r\n")

    async def once(connection: "Connection") -> None:
        status, _ = await connection.send(request)
        assert status == 200

    return await _rate(target.port, once, seconds)


async def code_exchanges(target: Target, seconds: float) -> float:
    """Silent sign-ins with their code exchanges per second: two requests, two signatures each."""
    query = urlencode(
        {
            "response_type": "code",
            "client_id": target.client_id,
            "redirect_uri": target.redirect_uri,
            "scope": "openid",
        }
    )
    authorize = (
        f"GET /oauth2/authorize?{query} HTTP/1.1\r\nHost: localhost:{target.port}\r\n"
        f"Cookie: cognito={target.cookie}\r\n\r\n"
    ).encode()

    async def once(connection: "Connection") -> None:
        status, head = await connection.send(authorize)
        assert status == 302
        code = head.split(b"?code=", 1)[1].split(b"\r\n", 1)[0].decode()
        form = urlencode(
            {
                "grant_type": "authorization_code",
                "client_id": target.client_id,
                "redirect_uri": target.redirect_uri,
                "code": code,
            }
        )
        status, _ = await connection.send(_post(form, "", target.port))
        assert status == 200

    return await _rate(target.port, once, seconds)


class Connection:
    """One keep-alive connection, one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Status and head of the answer; its body is read and dropped."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        size = int(head.split(b"Content-Length: ", 1)[1].split(b"\r\n", 1)[0])
        if size:
            await self._reader.readexactly(size)
        return int(head[9:12]), head

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def _rate(port, once, seconds: float) -> float:  # type: ignore[no-untyped-def]
    connections = [
        Connection(*await asyncio.open_connection("127.0.0.1", port)) for _ in range(CONNECTIONS)
    ]
    started = time.perf_counter()
    ends = started + seconds
    counts = await asyncio.gather(*(_until(ends, once, each) for each in connections))
    taken = time.perf_counter() - started
    for connection in connections:
        connection.close()
    return sum(counts) / taken


async def _until(ends, once, connection) -> int:  # type: ignore[no-untyped-def]
    count = 0
    while time.perf_counter() < ends:
        await once(connection)
        count += 1
    return count


def _post(form: str, headers: str, port: int = 80) -> bytes:
    return (
        f"POST /oauth2/token HTTP/1.1\r\nHost: localhost:{port}\r\n{headers}"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(form)}\r\n\r\n{form}"
    ).encode()

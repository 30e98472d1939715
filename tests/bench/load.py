"""A load generator that costs little: raw keep-alive connections, each waiting for its answer."""

import asyncio
import base64
import math
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

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


def machine_tokens(target: Target) -> "Once":
    """One token for a machine: one request, one signature."""
    request = _post("grant_type=client_credentials", f"Authorization: Basic {target.machine}\r\n")

    async def once(connection: "Connection") -> None:
        status, _ = await connection.send(request)
        assert status == 200

    return once


def code_exchanges(target: Target) -> "Once":
    """A silent sign-in with its code exchange: two requests, two signatures."""
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

    return once


def user_info(token: str) -> "Load":
    """The claims of a user: one request, one signature looked at; it makes her login longer."""

    def load(target: Target) -> "Once":
        request = (
            f"GET /oauth2/userInfo HTTP/1.1\r\nHost: localhost:{target.port}\r\n"
            f"Authorization: Bearer {token}\r\n\r\n"
        ).encode()

        async def once(connection: "Connection") -> None:
            status, _ = await connection.send(request)
            assert status == 200

        return once

    return load


def access_token(target: Target) -> str:
    """One of alice's, from a login of its own."""
    base = f"http://127.0.0.1:{target.port}"
    form = {"client_id": target.client_id, "redirect_uri": target.redirect_uri}
    asked = {**form, "response_type": "code", "scope": "openid"}
    back = requests.get(
        f"{base}/oauth2/authorize",
        params=asked,
        cookies={"cognito": target.cookie},
        allow_redirects=False,
        timeout=10,
    )
    code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]
    got = requests.post(
        f"{base}/oauth2/token",
        data={**form, "grant_type": "authorization_code", "code": code},
        timeout=10,
    )
    return str(got.json()["access_token"])


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


Once = Callable[[Connection], Awaitable[None]]
"""One operation on one connection."""

Load = Callable[[Target], Once]
"""Makes ready whatever stays the same from operation to operation."""


async def run_load(
    load: Load, target: Target, seconds: float | None, *, most: int | None = None
) -> float:
    """Operations per second over all connections, for some seconds or for some operations."""
    once = load(target)
    turns = _turns(seconds, most)
    connections = [
        Connection(*await asyncio.open_connection("127.0.0.1", target.port))
        for _ in range(CONNECTIONS)
    ]
    started = time.perf_counter()
    counts = await asyncio.gather(*(_until_done(turns, once, each) for each in connections))
    taken = time.perf_counter() - started
    for connection in connections:
        connection.close()
    return sum(counts) / taken


async def run_paced(load: Load, target: Target, seconds: float, per_second: float) -> float:
    """The same at a steady pace, which the server can keep; operations per second that it did."""
    once = load(target)
    connections = [
        Connection(*await asyncio.open_connection("127.0.0.1", target.port))
        for _ in range(CONNECTIONS)
    ]
    started = time.perf_counter()
    turns = _paced_turns(started, seconds, per_second)
    counts = await asyncio.gather(*(_in_step(turns, once, each) for each in connections))
    taken = time.perf_counter() - started
    for connection in connections:
        connection.close()
    return sum(counts) / taken


def _paced_turns(started: float, seconds: float, per_second: float) -> Iterator[float]:
    """When each turn is due, shared by all connections."""
    for number in range(int(seconds * per_second)):
        yield started + number / per_second


async def _in_step(turns: Iterator[float], once: Once, connection: Connection) -> int:
    count = 0
    for due in turns:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await once(connection)
        count += 1
    return count


def _turns(seconds: float | None, most: int | None) -> Iterator[int]:
    """Counts turns, shared by all connections, until it is time to stop."""
    ends = time.perf_counter() + seconds if seconds is not None else math.inf
    number = 0
    while time.perf_counter() < ends and (most is None or number < most):
        number += 1
        yield number


async def _until_done(turns: Iterator[int], once: Once, connection: Connection) -> int:
    count = 0
    for _ in turns:
        await once(connection)
        count += 1
    return count


def _post(form: str, headers: str, port: int = 80) -> bytes:
    return (
        f"POST /oauth2/token HTTP/1.1\r\nHost: localhost:{port}\r\n{headers}"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(form)}\r\n\r\n{form}"
    ).encode()

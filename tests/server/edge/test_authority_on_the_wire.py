"""The same decisions on real requests: listeners, address families, proxies."""

import asyncio
import json

import pytest
from aiohttp import web

from sandbox_app.server.edge.authority import AuthorityReader, Seen


def telling(reader: AuthorityReader):
    """A handler that answers with what the reader saw."""

    async def tell(request: web.BaseRequest) -> web.Response:
        seen = reader.read(request)
        if isinstance(seen, Seen):
            return web.json_response([seen.origin, seen.path, seen.query])
        return web.json_response(seen.because, status=seen.status)

    return tell


async def ask(edge, request: bytes, family: str = "127.0.0.1"):
    reader, writer = await asyncio.open_connection(family, edge.bound.http_port)
    writer.write(request.removesuffix(b"\r\n") + b"Connection: close\r\n\r\n")
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


@pytest.mark.parametrize(("family", "text"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]")])
async def test_http_1_0_without_a_host_means_the_listener(serve_edge, family, text) -> None:
    edge = await serve_edge(telling(AuthorityReader()))

    status, told = await ask(edge, b"GET /a?b HTTP/1.0\r\n\r\n", family)

    assert (status, told) == (200, [f"http://{text}:{edge.bound.http_port}", "/a", "b"])


@pytest.mark.parametrize(
    ("status", "request_bytes"),
    [
        (400, b"GET http://evil/ HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: localhost:99999\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: loc\xe9lhost\r\n\r\n"),
        (400, b"GET / HTTP/2.0\r\nHost: localhost\r\n\r\n"),
        (400, b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n"),
        (400, b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (421, b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
        (421, b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
    ],
)
async def test_what_is_turned_away(serve_edge, status: int, request_bytes: bytes) -> None:
    edge = await serve_edge(telling(AuthorityReader()))

    assert (await ask(edge, request_bytes))[0] == status


PROXIED = (
    b"GET /a HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"X-Forwarded-Proto: https\r\nX-Forwarded-Host: demo.localhost, inner\r\n\r\n"
)
STANDARD = (
    b'GET /a HTTP/1.1\r\nHost: 127.0.0.1\r\nForwarded: proto=https;host="demo.localhost"\r\n\r\n'
)


@pytest.mark.parametrize("request_bytes", [PROXIED, STANDARD])
@pytest.mark.parametrize(
    ("trusted", "origin"),
    [
        ((), "http://127.0.0.1"),
        (("10.0.0.1",), "http://127.0.0.1"),
        (("127.0.0.1",), "https://demo.localhost"),
        (("10.0.0.1", "127.0.0.0/8"), "https://demo.localhost"),
    ],
)
async def test_only_a_trusted_peer_may_forward(serve_edge, request_bytes, trusted, origin) -> None:
    edge = await serve_edge(telling(AuthorityReader(trusted_proxies=trusted)))

    assert await ask(edge, request_bytes) == (200, [origin, "/a", ""])


async def test_a_trusted_proxy_that_says_nothing_changes_nothing(serve_edge) -> None:
    edge = await serve_edge(telling(AuthorityReader(trusted_proxies=["127.0.0.1"])))
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: gopher\r\n\r\n"

    assert await ask(edge, request) == (200, ["http://localhost", "/", ""])


async def test_of_two_kinds_of_header_the_more_usual_one_wins(serve_edge) -> None:
    edge = await serve_edge(telling(AuthorityReader(trusted_proxies=["127.0.0.1"])))
    request = (
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: a.localhost\r\n"
        b"Forwarded: host=b.localhost;proto=https\r\n\r\n"
    )

    assert await ask(edge, request) == (200, ["https://a.localhost", "/", ""])

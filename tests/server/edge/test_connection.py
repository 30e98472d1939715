"""Requests that nobody can read, faults of ours, and what else never reaches a handler."""

import asyncio
import json

import pytest
from aiohttp import web

HOST = b"Host: localhost\r\n"


async def ok(request: web.BaseRequest) -> web.Response:
    return web.Response(text="ok")


def parts(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return int(first.split()[1]), headers, body


@pytest.mark.parametrize(
    ("status", "because", "request_bytes"),
    [
        (414, "target is longer", b"GET /" + b"SECRET" * 3000 + b" HTTP/1.1\r\n" + HOST + b"\r\n"),
        (
            414,
            "target is longer",
            b"GET /" + b"SECRET" * 180_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        ),
        (431, "header is longer", b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"S" * 40_000 + b"\r\n"),
        (431, "header is longer", b"GET / HTTP/1.1\r\n" + HOST + b"S" * 40_000 + b": x\r\n\r\n"),
        (431, "too many headers", b"GET / HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 200 + b"\r\n"),
        (400, "cannot hold", b"GET /SECRET\x00 HTTP/1.1\r\n" + HOST + b"\r\n"),
        (400, "cannot hold", b"GET /SECRET\xff HTTP/1.1\r\n" + HOST + b"\r\n"),
        (400, "cannot hold", b"GET http://[::1/ HTTP/1.1\r\n" + HOST + b"\r\n"),
        (400, "cannot hold", b"GET http://localhost:99999/ HTTP/1.1\r\n" + HOST + b"\r\n"),
        (400, "with a method", b"SE@CRET / HTTP/1.1\r\n" + HOST + b"\r\n"),
        (400, "TLS on the HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03SECRET\r\n\r\n"),
        (400, "not proper HTTP", b"GET / HTTP/1.1\r\n" + HOST + b"X: SECRET\x00\r\n\r\n"),
        (400, "not proper HTTP", b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n"),
        (400, "not proper HTTP", b"GET / HTTP/1.1\r\n\r\n"),
        (400, "not proper HTTP", b"GET / HTTP/1.1\r\n" + HOST + b"SEC RET: x\r\n\r\n"),
        (400, "not proper HTTP", b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: x\r\n\r\n"),
        (
            400,
            "not proper HTTP",
            b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        ),
        (
            400,
            "not proper HTTP",
            b"POST / HTTP/1.1\r\n"
            + HOST
            + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ),
        (400, "not proper HTTP", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (400, "not that of an HTTP request", b"GET / HTTP/1.1\n" + HOST + b"\r\n"),
    ],
)
async def test_an_unreadable_request_gets_a_fixed_answer_and_is_told(
    serve_edge, status: int, because: str, request_bytes: bytes
) -> None:
    edge = await serve_edge(ok)

    answer = await edge.say(request_bytes)

    got, headers, body = parts(answer)
    assert (got, body) == (status, b"cannot be read")
    assert headers["Server"] == "Server"
    assert b"aiohttp" not in answer
    assert b"Python" not in answer
    assert b"SEC" not in answer
    [(told, words)] = edge.heard
    assert told == status
    assert because in words
    assert "SEC" not in words


async def test_a_client_that_is_still_sending_sees_the_answer(serve_edge) -> None:
    edge = await serve_edge(ok)
    reader, writer = await edge.connect()
    writer.write(b"GET /" + b"a" * 8_000_000)

    async with asyncio.timeout(5):
        answer = await reader.read()

    assert answer.startswith(b"HTTP/1.0 414 ")
    writer.close()


async def test_a_good_request_before_a_broken_one_is_answered(serve_edge) -> None:
    edge = await serve_edge(ok)

    answer = await edge.say(
        b"GET / HTTP/1.1\r\n" + HOST + b"\r\n", b"BR@KEN / HTTP/1.1\r\n" + HOST + b"\r\n"
    )

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"HTTP/1.0 400 Bad Request" in answer


async def test_a_fault_is_told_and_answered_in_our_words(serve_edge) -> None:
    async def broken(request: web.BaseRequest) -> web.Response:
        raise RuntimeError("SECRET")

    edge = await serve_edge(broken)
    answer = await edge.say(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")

    status, headers, body = parts(answer)
    assert (status, json.loads(body)) == (500, {"error": "server_error"})
    assert headers["Server"] == "Server"
    assert b"SECRET" not in answer
    assert [str(fault) for fault in edge.faults] == ["SECRET"]
    assert edge.heard == []


async def test_even_a_fault_while_answering_a_fault_is_answered(serve_edge, caplog) -> None:
    async def broken(request: web.BaseRequest) -> web.Response:
        raise RuntimeError

    edge = await serve_edge(broken, full_disk=True)
    answer = await edge.say(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")

    assert answer.startswith(b"HTTP/1.1 500 ")
    assert "disk full" in caplog.text


@pytest.mark.parametrize(
    "sent",
    [
        (b"Transfer-Encoding: chunked\r\n\r\n", b"ZZ\r\nabc\r\n"),
        (b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", b"ZZ\r\nabc\r\n"),
    ],
)
async def test_a_broken_chunk_wakes_the_handler_that_waits_for_it(serve_edge, sent) -> None:
    async def reads(request: web.BaseRequest) -> web.Response:
        try:
            await request.content.read()
        except web.RequestPayloadError as error:
            return web.Response(status=400, text=str(error))
        return web.Response(text="read")

    edge = await serve_edge(reads)
    answer = await edge.say(b"POST / HTTP/1.1\r\n" + HOST + sent[0], sent[1])

    status, headers, _ = parts(answer)
    assert (status, headers["Server"]) == (400, "Server")
    assert (edge.heard, edge.faults) == ([], [])


async def test_a_client_that_goes_away_while_its_body_is_read_is_no_fault(serve_edge) -> None:
    ended = asyncio.Event()

    async def reads(request: web.BaseRequest) -> web.Response:
        try:
            await request.content.read()
        finally:
            ended.set()
        return web.Response()

    edge = await serve_edge(reads)
    _, writer = await edge.connect()
    writer.write(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 30\r\n\r\nabc")
    await writer.drain()
    writer.close()
    async with asyncio.timeout(5):
        await ended.wait()
    await edge.stop()

    assert (edge.heard, edge.faults) == ([], [])


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (b"Content-Encoding: gzip", b"plain"),
        (b"Content-Encoding: gzip", b"\x1f\x8b\x08\x00broken"),
        (b"Content-Encoding: nonsense", b"plain"),
        (b"Content-Type: text/plain; charset=klingon", b"plain"),
        (b"Expect: banana", b"plain"),
    ],
)
async def test_odd_headers_reach_the_handler_with_the_body_as_sent(
    serve_edge, header: bytes, body: bytes
) -> None:
    read: list[bytes] = []

    async def reads(request: web.BaseRequest) -> web.Response:
        read.append(await request.content.read())
        return web.Response(headers={"Connection": "close"})

    edge = await serve_edge(reads)
    length = b"Content-Length: %d\r\nConnection: close" % len(body)
    answer = await edge.say(
        b"POST / HTTP/1.1\r\n" + HOST + header + b"\r\n" + length + b"\r\n\r\n" + body
    )

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert read == [body]


async def test_no_answer_names_the_library(serve_edge) -> None:
    async def streams(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Server": "something else"})
        await response.prepare(request)
        await response.write(b"x")
        return response

    edge = await serve_edge(streams)
    answer = await edge.say(b"GET / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")

    assert parts(answer)[1]["Server"] == "Server"


async def test_the_peer_of_an_unreadable_request_is_known(serve_edge) -> None:
    async def never(request: web.BaseRequest) -> web.Response:
        raise AssertionError

    edge = await serve_edge(never)
    peers: list[str | None] = []
    server = edge.server
    server._answers = type(server._answers)(
        unreadable=lambda request, status, because: (
            peers.append(request.remote),
            web.Response(status=status),
        )[1],
        fault=server._answers.fault,
    )

    await edge.say(b"BR@KEN\r\n\r\n")

    assert peers == ["127.0.0.1"]

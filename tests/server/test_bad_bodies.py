"""Bodies that are too large, cut off, in a hurry or never end."""

import asyncio

import pytest

from sandbox_app.server.gateway import BODY_LIMIT
from tests.fuzz.raw import faults_of
from tests.server.conftest import Wire

POST = (
    b"POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
)


def chunked(body: bytes, size: int = 60_000) -> bytes:
    chunks = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"


async def test_a_body_up_to_the_limit_is_read(wire: Wire) -> None:
    names = [f"n{number}={'x' * 12_000}" for number in range(20)]
    body = "&".join(names).encode()
    assert 200_000 < len(body) <= BODY_LIMIT

    answer = await wire.form("/oauth2/token", body)
    assert (answer.status, wire.last.rule) == (400, "TK-1")
    assert wire.detail.request.size == len(body)
    assert len(wire.detail.request.body) == 64 * 1024
    assert wire.detail.request.capped


@pytest.mark.parametrize("over", [1, BODY_LIMIT * 5])
async def test_a_larger_body_is_413_and_not_kept(wire: Wire, over: int) -> None:
    body = b"a" * (BODY_LIMIT + over)

    for sent in (
        POST + b"Content-Length: %d\r\n\r\n" % len(body) + body,
        POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(body),
    ):
        answer = await wire.say(sent)

        assert (answer.status, answer.body) == (413, b'{"error":"invalid_request"}')
        assert (wire.last.rule, wire.last.status) == ("US-W5", 413)
        assert wire.detail.request.body == b""
        assert faults_of(answer) == []


async def test_a_body_without_end_is_answered_while_it_comes(wire: Wire) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", wire.port)
    writer.write(POST + b"Transfer-Encoding: chunked\r\n\r\n")
    for _ in range(60):
        writer.write(b"f000\r\n" + b"a" * 0xF000 + b"\r\n")

    async with asyncio.timeout(5):
        head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    writer.close()


async def test_a_page_says_that_a_form_was_too_large(wire: Wire) -> None:
    answer = await wire.form("/login", b"a" * (BODY_LIMIT + 1))

    assert answer.status == 413
    assert answer.headers["Content-Type"] == "text/html;charset=UTF-8"
    assert wire.last.rule == "US-W5"


async def test_a_client_that_goes_away_in_the_middle_hurts_nobody(wire: Wire) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", wire.port)
    writer.write(POST + b"Content-Length: 50\r\n\r\ngrant_type=")
    await writer.drain()
    writer.close()

    answer = await wire.ask("GET", "/oauth2/authorize")
    assert answer.status == 302
    assert all(exchange.status < 500 for exchange, _ in wire.recorded)


async def test_a_body_that_comes_byte_by_byte_is_read_as_one(wire: Wire) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", wire.port)
    body = b"grant_type=magic"
    for byte in POST + b"Content-Length: %d\r\n\r\n" % len(body) + body:
        writer.write(bytes([byte]))
        await writer.drain()

    async with asyncio.timeout(5):
        head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert (wire.last.rule, wire.detail.request.body) == ("TK-2", body)
    writer.close()


async def test_requests_sent_in_one_go_are_answered_one_by_one(wire: Wire) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", wire.port)
    one = POST + b"Content-Length: 16\r\n\r\ngrant_type=magic"
    writer.write(one + one.replace(b"magic", b"black"))

    async with asyncio.timeout(5):
        for _ in range(2):
            await reader.readuntil(b'{"error":"unsupported_grant_type"}')
    assert [detail.request.body[-5:] for _, detail in wire.recorded] == [b"magic", b"black"]
    writer.close()


async def test_an_unreadable_request_is_recorded_without_a_byte_of_it(wire: Wire) -> None:
    answer = await wire.say(b"GET /canary HTTP/1.1\r\nHost: localhost\r\nX: canary\x00\r\n\r\n")

    assert (answer.status, faults_of(answer)) == (400, [])
    assert (wire.last.step, wire.last.rule) == ("unreadable request", "US-W1")
    assert b"canary" not in answer.head + answer.body
    assert "canary" not in repr(wire.recorded)


async def test_http_1_0_without_a_host_means_the_listener(wire: Wire) -> None:
    answer = await wire.say(b"GET /oauth2/authorize HTTP/1.0\r\n\r\n")

    assert answer.headers["Location"].startswith(f"http://127.0.0.1:{wire.port}/error?")

"""One port number over all addresses, nothing left bound after a failure."""

import asyncio
import socket
import sys

import pytest
from aiohttp import web

from sandbox_app.server.edge import listeners as module
from sandbox_app.server.edge.listeners import Bound, Listeners, PortTaken

GREETING = b"hello"


class Greeter(asyncio.Protocol):
    """Says hello and hangs up."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(GREETING)
        transport.close()


async def opened(
    listeners: Listeners, *, hosts: tuple[str, ...] = (), port: int = 0, tls_port: int | None = None
) -> Bound:
    return await listeners.open(Greeter, hosts=hosts, port=port, tls_port=tls_port, tls=None)


async def greeting(host: str, port: int) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    heard = await reader.read()
    writer.close()
    return heard


def taken(host: str = "127.0.0.1") -> socket.socket:
    """A listening socket of somebody else's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family)
    sock.bind((host, 0))
    sock.listen()
    return sock


async def test_any_free_port_is_the_same_on_both_families() -> None:
    listeners = Listeners()
    bound = await opened(listeners)

    assert bound.addresses == ("127.0.0.1", "::1")
    assert bound.https_port is None
    for address in bound.addresses:
        assert await greeting(address, bound.http_port) == GREETING
    await listeners.close()


async def test_a_port_taken_on_the_second_family_makes_it_choose_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocker = taken("::1")
    real, asked = module._socket, []

    def first_collides(host: str, port: int, *, optional: bool) -> socket.socket | None:
        asked.append((host, port))
        collides = len(asked) == 2
        return real(host, blocker.getsockname()[1] if collides else port, optional=optional)

    monkeypatch.setattr(module, "_socket", first_collides)
    listeners = Listeners()
    bound = await opened(listeners)

    assert [host for host, _ in asked] == ["127.0.0.1", "::1"] * 2
    assert await greeting("::1", bound.http_port) == GREETING
    await listeners.close()
    blocker.close()


async def test_without_ipv6_it_goes_on_with_one_family(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.socket

    def without_ipv6(family: int = socket.AF_INET, *rest: int, **named: int) -> socket.socket:
        if family == socket.AF_INET6:
            raise OSError("address family not supported")
        return real(family, *rest, **named)

    monkeypatch.setattr(socket, "socket", without_ipv6)
    listeners = Listeners()
    bound = await opened(listeners)

    assert bound.addresses == ("127.0.0.1",)
    assert await greeting("127.0.0.1", bound.http_port) == GREETING
    await listeners.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_a_taken_port_is_one_sentence_and_nothing_stays_bound(host: str) -> None:
    blocker = taken(host)
    port = blocker.getsockname()[1]
    listeners = Listeners()

    with pytest.raises(PortTaken, match=rf"^Port {port} on {host} is in use by another program"):
        await opened(listeners, port=port)

    blocker.close()
    bound = await opened(listeners, port=port)
    assert bound.http_port == port
    await listeners.close()


async def test_a_taken_https_port_gives_the_http_port_back() -> None:
    blocker, spare = taken(), taken()
    port = spare.getsockname()[1]
    spare.close()
    listeners = Listeners()

    with pytest.raises(PortTaken):
        await opened(listeners, port=port, tls_port=blocker.getsockname()[1])

    assert (await opened(listeners, port=port)).http_port == port
    await listeners.close()
    blocker.close()


async def test_http_and_https_on_one_port_is_said_as_such() -> None:
    with pytest.raises(PortTaken, match="HTTP and HTTPS cannot share port 9400"):
        await opened(Listeners(), port=9400, tls_port=9400)


async def test_a_strange_address_is_one_sentence() -> None:
    with pytest.raises(PortTaken, match=r"^192\.0\.2\.1 is no address of this machine"):
        await opened(Listeners(), hosts=("192.0.2.1",))


async def test_an_address_given_twice_is_bound_once() -> None:
    listeners = Listeners()
    bound = await opened(listeners, hosts=("127.0.0.1", "127.0.0.1"))

    assert bound.addresses == ("127.0.0.1",)
    await listeners.close()


async def test_all_addresses_of_both_families_share_one_port() -> None:
    listeners = Listeners()
    bound = await opened(listeners, hosts=("0.0.0.0", "::"))

    assert await greeting("127.0.0.1", bound.http_port) == GREETING
    assert await greeting("::1", bound.http_port) == GREETING
    await listeners.close()


async def test_it_starts_again_on_the_same_port_while_old_connections_linger(serve_edge) -> None:
    async def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(text="here")

    port = 0
    for _ in range(3):
        edge = await serve_edge(answer, port=port)
        port = edge.bound.http_port
        reader, writer = await edge.connect()
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        # The server closes first, so its side keeps the connection in TIME_WAIT.
        async with asyncio.timeout(0.9):
            await edge.stop()
        writer.close()


async def test_a_running_request_may_end_before_the_server_stops(serve_edge) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(request: web.BaseRequest) -> web.Response:
        begun.set()
        await go_on.wait()
        return web.Response(text="finished")

    edge = await serve_edge(slow)
    saying = asyncio.create_task(edge.say(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
    await begun.wait()
    stopping = asyncio.create_task(edge.stop())
    go_on.set()

    assert (await saying).endswith(b"finished")
    await stopping


def test_it_works_on_the_loop_that_the_window_uses(qapp) -> None:
    import qasync

    async def story() -> bytes:
        listeners = Listeners()
        bound = await opened(listeners)
        heard = await greeting("::1", bound.http_port)
        await listeners.close()
        again = await opened(listeners, port=bound.http_port)
        heard += await greeting("127.0.0.1", again.http_port)
        await listeners.close()
        return heard

    assert "PySide6" in sys.modules
    loop = qasync.QEventLoop(qapp)
    with loop:
        assert loop.run_until_complete(story()) == GREETING * 2

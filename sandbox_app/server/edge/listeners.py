"""The sockets of a sandbox: HTTP and HTTPS, one port number over all addresses."""

import asyncio
import errno
import os
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

LOOPBACK = ("127.0.0.1", "::1")
_TRIES = 20
_BACKLOG = 256


class PortTaken(OSError):
    """A port cannot be had; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a sandbox listens."""

    addresses: tuple[str, ...]
    http_port: int
    https_port: int | None


@dataclass(slots=True)
class Listeners:
    """Open sockets with the servers on them; closed together."""

    _servers: list[asyncio.Server] = field(default_factory=list)

    async def open(
        self,
        protocol: Callable[[], asyncio.Protocol],
        *,
        hosts: Sequence[str],
        port: int,
        tls_port: int | None,
        tls: ssl.SSLContext | None,
    ) -> Bound:
        """Bind everything and accept connections; on a failure nothing stays bound.

        Args:
            hosts: addresses to bind; empty means loopback, IPv6 only where the machine has it.
            port: 0 means any free one, the same on every address; so does `tls_port`.

        Raises:
            PortTaken: a port is in use, or an address is not this machine's.
        """
        _refuse_sharing(port, tls_port)
        loop = asyncio.get_running_loop()
        plain = _bind(hosts, port)
        secure: list[socket.socket] = []
        try:
            if tls_port is not None:
                secure = _bind(hosts, tls_port)
            for sock in plain:
                self._servers.append(
                    await loop.create_server(protocol, sock=sock, backlog=_BACKLOG)
                )
            for sock in secure:
                self._servers.append(
                    await loop.create_server(protocol, sock=sock, ssl=tls, backlog=_BACKLOG)
                )
        except BaseException:
            for sock in (*plain, *secure):
                sock.close()
            await self.close()
            raise
        return Bound(
            addresses=tuple(str(sock.getsockname()[0]) for sock in plain),
            http_port=_port(plain),
            https_port=_port(secure) if secure else None,
        )

    async def close(self) -> None:
        """Accept nothing any more."""
        for server in self._servers:
            server.close()
        self._servers.clear()


def probe(hosts: Sequence[str], port: int, tls_port: int | None) -> None:
    """Find out whether `open` would succeed; nothing stays bound.

    Raises:
        PortTaken: as `open` does.
    """
    _refuse_sharing(port, tls_port)
    for number in (port, tls_port):
        if number is not None:
            for sock in _bind(hosts, number):
                sock.close()


def _refuse_sharing(port: int, tls_port: int | None) -> None:
    if port and port == tls_port:
        raise PortTaken(f"HTTP and HTTPS cannot share port {port}; choose another for one.")


def _bind(hosts: Sequence[str], port: int) -> list[socket.socket]:
    """One socket per address, all on one port number."""
    wanted = tuple(dict.fromkeys(hosts)) or LOOPBACK
    for _ in range(_TRIES):
        sockets: list[socket.socket] = []
        try:
            for host in wanted:
                number = sockets[0].getsockname()[1] if sockets else port
                sock = _socket(host, number, optional=not hosts and bool(sockets))
                if sock is not None:
                    sockets.append(sock)
        except OSError as error:
            for sock in sockets:
                sock.close()
            # With a port of our own choice the second address may have it taken: choose again.
            if port == 0 and sockets and error.errno == errno.EADDRINUSE:
                continue
            raise _explained(error, host, port) from error
        return sockets
    raise PortTaken("No port is free on all addresses at once.")


def _socket(host: str, port: int, *, optional: bool) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        sock = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        if optional:
            return None
        raise
    try:
        if os.name == "posix":
            # To start again right after a stop. On Windows it would mean to share the port.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.setblocking(False)
        sock.bind((host, port))
        sock.listen(_BACKLOG)
    except OSError as error:
        sock.close()
        if optional and error.errno == errno.EADDRNOTAVAIL:
            return None
        raise
    return sock


def _explained(error: OSError, host: str, port: int) -> PortTaken:
    if error.errno == errno.EADDRINUSE:
        return PortTaken(f"Port {port} on {host} is in use by another program; choose another one.")
    if error.errno == errno.EACCES:
        return PortTaken(f"Port {port} on {host} needs more rights than this program has.")
    return PortTaken(f"{host} is no address of this machine that port {port} can be bound on.")


def _port(sockets: Sequence[socket.socket]) -> int:
    return int(sockets[0].getsockname()[1])

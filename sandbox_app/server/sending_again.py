"""Sends a request to the sandbox's own listeners over real HTTP: the outside end of `Sender`."""

import re
import socket
import ssl
from ipaddress import ip_address
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from multidict import CIMultiDict
from yarl import URL

from sandbox_app.domain.sending_again import Heard, NotSent, Outgoing, Resends, SentAgain, Socket
from sandbox_app.server.edge.listeners import Bound

PATIENCE = 600.0
"""Seconds to wait for an answer; a breakpoint may hold it while somebody reads."""

_LONGEST_LINE = 256 * 1024
_NAME = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
_MADE_UP = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")
"""Headers that the library would add where the request has none of its own."""


class LoopbackSender:
    """Connects to where the sandbox listens, whatever the request says; follows no redirect.

    Args:
        bound: the listeners.
    """

    def __init__(self, resends: Resends, bound: Bound) -> None:
        self._resends = resends
        self._address = own_address(bound)
        self._bound = bound

    async def __call__(self, request: Outgoing, again: SentAgain) -> Heard:
        """Send it and wait until the whole answer came; see `Sender`."""
        port = self._bound.https_port if request.secure else self._bound.http_port
        if port is None:
            raise NotSent("HTTPS is switched off here: choose HTTP.")
        used: list[Socket] = []

        def connecting(info: Any) -> socket.socket:
            made = self._socket(info)
            used.append(made.getsockname()[:2])
            self._resends.begin(used[-1], again)
            return made

        connector = TCPConnector(
            ssl=_any_certificate() if request.secure else True,
            socket_factory=connecting,
        )
        try:
            async with ClientSession(
                connector=connector,
                cookie_jar=DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=_MADE_UP,
                timeout=ClientTimeout(total=PATIENCE),
                # A redirect repeats what was asked, and may be longer than the library expects.
                max_line_size=_LONGEST_LINE,
                max_field_size=_LONGEST_LINE,
            ) as session:
                return await self._asked(session, request, port)
        finally:
            for end in used:
                self._resends.end(end)

    async def _asked(self, session: ClientSession, request: Outgoing, port: int) -> Heard:
        host = f"[{self._address}]" if ":" in self._address else self._address
        scheme = "https" if request.secure else "http"
        url = URL(f"{scheme}://{host}:{port}{request.target}", encoded=True)
        status = 0
        try:
            async with session.request(
                request.method,
                url,
                headers=CIMultiDict(request.headers),
                data=request.body or None,
                allow_redirects=False,
                server_hostname=_name_of(request) if request.secure else None,
            ) as answer:
                status = answer.status
                await _read_away(answer)
        except ClientConnectorSSLError as error:
            return Heard(0, f"the TLS handshake failed ({error.strerror or _kind(error)})")
        except ClientConnectorError as error:
            raise NotSent(f"Nothing answers at {host}:{port} ({error.strerror}).") from error
        except (ClientError, ConnectionError) as error:
            return Heard(status, f"the connection ended before the answer did ({_kind(error)})")
        except TimeoutError:
            return Heard(status, f"no whole answer came within {PATIENCE:.0f} s")
        return Heard(status)

    def _socket(self, info: Any) -> socket.socket:
        """Bound already: the listener shall know it from its first byte on."""
        family, kind, protocol, _, _ = info
        made = socket.socket(family, kind, protocol)
        try:
            made.setblocking(False)
            made.bind((self._address, 0))
        except OSError:
            made.close()
            raise
        return made


def own_address(bound: Bound) -> str:
    """Where this process reaches its own listener: by loopback wherever it listens there."""
    for address in bound.addresses:
        if ip_address(address).is_loopback:
            return address
    wildcards = {"0.0.0.0": "127.0.0.1", "::": "::1"}
    return wildcards.get(bound.addresses[0], bound.addresses[0])


def _any_certificate() -> ssl.SSLContext:
    """Accepts what a fault may have spoilt: the other end is this process, by its own port."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _name_of(request: Outgoing) -> str:
    """The name to ask a certificate for, as a client that was given this host would."""
    host = next((value for name, value in request.headers if name.lower() == "host"), "")
    name = host.partition(":")[0]
    return name if _NAME.fullmatch(name) else "localhost"


async def _read_away(answer: ClientResponse) -> None:
    """Live has the answer from the server's side; here only its end counts."""
    async for _ in answer.content.iter_any():
        pass


def _kind(error: Exception) -> str:
    return type(error).__name__

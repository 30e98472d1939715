"""The one place that says under which name a request came, and whether we answer to it.

An HTTP library believes whatever a request states; a malformed port even makes its URL raise.
So nobody else looks at the target, the Host header or the forwarding headers.
"""

import ipaddress
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aiohttp import web

_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,62})?(\.[a-z0-9_]([a-z0-9_-]{0,62})?)*", re.ASCII)
_ABSOLUTE = re.compile(r"(https?)://([^/?#]*)([^#]*)(#.*)?", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST = 255

MALFORMED = "400 Bad Request: the host cannot be read."
MISDIRECTED = (
    "421 Misdirected Request: this sandbox does not answer to that name. "
    "Start it with --name to add one."
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A request whose authority is one of ours.

    Args:
        origin: scheme, host and port as the client sees them, default ports left out.
        host: the name alone, lower case, without a final dot.
        path: the path as sent, starting with a slash.
        query: the query as sent, without the question mark.
    """

    origin: str
    host: str
    path: str
    query: str


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """A request that no endpoint gets to see: 400 for a broken authority, 421 for a strange one."""

    status: int
    rule: str
    text: str
    because: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class _Authority:
    host: str
    port: int | None


class AuthorityReader:
    """Reads authorities for one sandbox, which answers to `names` besides its own.

    Args:
        names: further host names, and addresses that were bound on purpose.
        trusted_proxies: peers whose X-Forwarded-Proto and X-Forwarded-Host are believed.
    """

    def __init__(self, names: Iterable[str] = (), trusted_proxies: Iterable[str] = ()) -> None:
        self._names = frozenset(name.lower().rstrip(".") for name in names)
        self._trusted = frozenset(trusted_proxies)

    def read(self, request: web.BaseRequest) -> Seen | TurnedAway:
        """The authority of a request, from its target, its Host header and its listener."""
        transport = request.transport
        secure = transport is not None and transport.get_extra_info("ssl_object") is not None
        address = transport.get_extra_info("sockname") if transport is not None else None
        listener = _listener(address)
        hosts: Sequence[str] = request.headers.getall("Host", ())
        peer = request.remote or ""
        if peer in self._trusted:
            secure, hosts = _forwarded(request, secure, hosts)
        return self.decide(request.raw_path, hosts, secure=secure, listener=listener)

    def decide(
        self, target: str, hosts: Sequence[str], *, secure: bool, listener: str
    ) -> Seen | TurnedAway:
        """The decision itself, on plain values.

        Args:
            target: the request target as sent, in origin, absolute or asterisk form.
            hosts: every Host header; none means the listener's own address (HTTP/1.0).
            listener: `host:port` of the socket that took the request.
        """
        if len(hosts) > 1:
            return _malformed("more than one Host header")
        scheme = "https" if secure else "http"
        stated = hosts[0] if hosts else listener
        absolute = _ABSOLUTE.fullmatch(target)
        if absolute is not None:
            if hosts and absolute[2].lower() != hosts[0].strip().lower():
                return _malformed("the target names another host than the Host header")
            stated, target = absolute[2], absolute[3] or "/"
            if not target.startswith("/"):
                target = f"/{target}"
        elif not target.startswith("/"):
            return _malformed("the target is neither a path nor a URL")
        authority = _parsed(stated)
        if authority is None:
            return _malformed("the host or port is malformed")
        if not self._answers_to(authority.host):
            because = f"the host is {authority.host[:80]}"
            return TurnedAway(421, "US-W2", MISDIRECTED, because)
        path, _, query = target.partition("?")
        return Seen(_origin(scheme, authority), authority.host, path, query.partition("#")[0])

    def _answers_to(self, host: str) -> bool:
        if host == "localhost" or host.endswith(".localhost") or host in self._names:
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False


def _parsed(text: str) -> _Authority | None:
    text = text.strip()
    if not text or len(text) > _LONGEST or not text.isascii():
        return None
    if text.startswith("["):
        literal, bracket, rest = text[1:].partition("]")
        if not bracket or not _is_ipv6(literal):
            return None
        host, port = ipaddress.IPv6Address(literal).compressed, rest
    else:
        host, colon, digits = text.partition(":")
        host, port = host.lower().removesuffix("."), f"{colon}{digits}"
        if not _NAME.fullmatch(host):
            return None
    if not port:
        return _Authority(host, None)
    number = port[1:]
    if not port.startswith(":") or not number.isdigit() or not 0 < int(number[:6]) < 65536:
        return None
    return _Authority(host, int(number[:6]))


def _origin(scheme: str, authority: _Authority) -> str:
    host = f"[{authority.host}]" if ":" in authority.host else authority.host
    if authority.port is None or authority.port == _DEFAULT_PORTS[scheme]:
        return f"{scheme}://{host}"
    return f"{scheme}://{host}:{authority.port}"


def _forwarded(
    request: web.BaseRequest, secure: bool, hosts: Sequence[str]
) -> tuple[bool, Sequence[str]]:
    """What a trusted proxy says of the client's own view; a comma separates several proxies."""
    protocol = request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip().lower()
    if protocol in _DEFAULT_PORTS:
        secure = protocol == "https"
    host = request.headers.get("X-Forwarded-Host", "").partition(",")[0].strip()
    return secure, (host,) if host else hosts


def _listener(address: object) -> str:
    if isinstance(address, tuple) and len(address) >= 2:
        host, port = str(address[0]), address[1]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return "localhost"


def _is_ipv6(literal: str) -> bool:
    try:
        ipaddress.IPv6Address(literal)
    except ValueError:
        return False
    return "%" not in literal


def _malformed(because: str) -> TurnedAway:
    return TurnedAway(400, "US-W1", MALFORMED, because)

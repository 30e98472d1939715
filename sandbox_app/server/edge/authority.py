"""The one place that says under which name a request came, and whether we answer to it.

An HTTP library believes whatever a request states; a malformed port even makes its URL raise.
So nobody else looks at the target, the Host header or the forwarding headers.
"""

import ipaddress
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aiohttp import HttpVersion10, HttpVersion11, web

_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,62})?(\.[a-z0-9_]([a-z0-9_-]{0,62})?)*", re.ASCII)
_ABSOLUTE = re.compile(r"(https?)://([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_PORT = re.compile(r":([0-9]{1,5})", re.ASCII)
_PAIR = re.compile(r"\s*([a-z]+)\s*=\s*(?:\"([^\"\\]*)\"|([^\s\";,]*))\s*(;|,|$)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST = 255
_LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))

MALFORMED = "400 Bad Request: the host cannot be read."
MISDIRECTED = (
    "421 Misdirected Request: this sandbox does not answer to that name. "
    "Start it with --name to add one."
)

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Seen:
    """A request whose authority is one of ours.

    Args:
        origin: scheme, host and port as the client sees them, default ports left out.
        host: the name alone, lower case, without a final dot or brackets.
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


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What a trusted proxy says of the client's own view; empty where it says nothing."""

    scheme: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class _Authority:
    host: str
    port: int | None


class AuthorityReader:
    """Reads authorities for one sandbox, which answers to `names` besides its own.

    Always answered: `localhost`, `*.localhost`, loopback addresses, and the literal address that
    a connection came in on. The last lets nobody rebind a name, because it is not a name.

    Args:
        names: further host names and addresses, see `host_name`.
        trusted_proxies: peers whose X-Forwarded-Proto, X-Forwarded-Host and Forwarded headers
            are believed, see `proxy_network`.

    Raises:
        ValueError: one of them is not what it should be.
    """

    def __init__(self, names: Iterable[str] = (), trusted_proxies: Iterable[str] = ()) -> None:
        self._names = frozenset(map(host_name, names))
        self._trusted = tuple(map(proxy_network, trusted_proxies))

    def read(self, request: web.BaseRequest) -> Seen | TurnedAway:
        """The authority of a request, from its target, its Host header and its listener."""
        if request.version not in (HttpVersion10, HttpVersion11):
            return _malformed("the request claims another version than HTTP/1.0 or HTTP/1.1")
        transport = request.transport
        secure = transport is not None and transport.get_extra_info("ssl_object") is not None
        address = transport.get_extra_info("sockname") if transport is not None else None
        forwarded = _forwarded(request) if self._trusts(request.remote) else Forwarded()
        return self.decide(
            request.raw_path,
            request.headers.getall("Host", ()),
            secure=secure,
            listener=_listener(address),
            forwarded=forwarded,
        )

    def decide(
        self,
        target: str,
        hosts: Sequence[str],
        *,
        secure: bool,
        listener: str,
        forwarded: Forwarded = Forwarded(),
    ) -> Seen | TurnedAway:
        """The decision itself, on plain values; it never raises.

        Args:
            target: the request target as sent, in origin, absolute or asterisk form.
            hosts: every Host header; none means the listener's own address (HTTP/1.0).
            listener: `host:port` of the socket that took the request.

        Source: RFC 9112 sections 3.2 and 3.3; RFC 7239 for what a proxy forwards.
        """
        if len(hosts) > 1:
            return _malformed("more than one Host header")
        if not target.isascii():
            return _malformed("the target is not percent-encoded")
        scheme = "https" if secure else "http"
        authority = _parsed(hosts[0] if hosts else listener)
        if authority is None:
            return _malformed("the host or port is malformed")
        if not target.startswith("/"):
            absolute = _ABSOLUTE.fullmatch(target)
            if absolute is None:
                return _malformed("the target is neither a path nor a URL")
            named = _parsed(absolute[2])
            if named is None:
                return _malformed("the host or port in the target is malformed")
            if absolute[1].lower() != scheme:
                return _malformed("the target names another scheme than the listener's")
            if hosts and _origin(scheme, named) != _origin(scheme, authority):
                return _malformed("the target names another host than the Host header")
            authority, target = named, absolute[3]
            if not target.startswith("/"):
                target = f"/{target}"
        if forwarded.host:
            told = _parsed(forwarded.host)
            if told is None:
                return _malformed("the host that the proxy forwards is malformed")
            authority = told
        if not self._answers_to(authority.host, listener):
            because = f"the host is {authority.host[:80]}"
            return TurnedAway(421, "US-W2", MISDIRECTED, because)
        path, _, query = target.partition("#")[0].partition("?")
        return Seen(_origin(forwarded.scheme or scheme, authority), authority.host, path, query)

    def _answers_to(self, host: str, listener: str) -> bool:
        if host == "localhost" or host.endswith(".localhost") or host in self._names:
            return True
        address = _address(host)
        if address is None:
            return False
        own = _parsed(listener)
        return is_loopback(address) or (own is not None and own.host == host)

    def _trusts(self, peer: str | None) -> bool:
        if not self._trusted or peer is None:
            return False
        address = _address(peer)
        return address is not None and any(address in network for network in self._trusted)


def is_loopback(address: _Address) -> bool:
    """Whether an address is in 127.0.0.0/8 or is ::1; the same on every Python version."""
    return any(address in network for network in _LOOPBACK)


def host_name(text: str) -> str:
    """A host name or IP address as it is compared: lower case, no final dot, no brackets.

    Raises:
        ValueError: it is neither; the message is one sentence for a person.
    """
    literal = text.removeprefix("[").removesuffix("]")
    address = _address(literal)
    if address is not None:
        return str(address)
    authority = _parsed(text)
    if authority is None or authority.port is not None:
        raise ValueError(f"{text!r} is not a host name; write it without scheme and port.")
    return authority.host


def proxy_network(text: str) -> _Network:
    """The peers meant by `--trust-proxy`: an address, or a network such as `10.0.0.0/8`.

    Raises:
        ValueError: it is neither; the message is one sentence for a person.
    """
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"{text!r} is not an IP address or network.") from None


@lru_cache(maxsize=256)
def _parsed(text: str) -> _Authority | None:
    if not text or len(text) > _LONGEST or not text.isascii():
        return None
    if text.startswith("["):
        literal, bracket, port = text[1:].partition("]")
        address = _address(literal)
        if not bracket or not isinstance(address, ipaddress.IPv6Address):
            return None
        host = address.compressed
    else:
        host, colon, digits = text.partition(":")
        host, port = host.lower().removesuffix("."), f"{colon}{digits}"
        if not _NAME.fullmatch(host):
            return None
    if not port:
        return _Authority(host, None)
    number = _PORT.fullmatch(port)
    if number is None or not 0 < int(number[1]) < 65536:
        return None
    return _Authority(host, int(number[1]))


def _origin(scheme: str, authority: _Authority) -> str:
    host = f"[{authority.host}]" if ":" in authority.host else authority.host
    if authority.port is None or authority.port == _DEFAULT_PORTS[scheme]:
        return f"{scheme}://{host}"
    return f"{scheme}://{host}:{authority.port}"


def _forwarded(request: web.BaseRequest) -> Forwarded:
    """The X-Forwarded headers, and what only `Forwarded` says.

    In this order because most proxies set the former and pass on whatever came as the latter.
    With several proxies the first entry is the client's.
    """
    standard = parse_forwarded(request.headers.get("Forwarded", ""))
    scheme = _first(request.headers.get("X-Forwarded-Proto", "")).lower()
    host = _first(request.headers.get("X-Forwarded-Host", ""))
    return Forwarded(scheme if scheme in _DEFAULT_PORTS else standard.scheme, host or standard.host)


def parse_forwarded(header: str) -> Forwarded:
    """Scheme and host of the first element of a `Forwarded` header; RFC 7239 section 4."""
    pairs: dict[str, str] = {}
    position = 0
    while pair := _PAIR.match(header, position):
        pairs.setdefault(pair[1].lower(), pair[2] if pair[2] is not None else pair[3])
        position = pair.end()
        if pair[4] != ";":
            break
    scheme = pairs.get("proto", "").lower()
    return Forwarded(scheme if scheme in _DEFAULT_PORTS else "", pairs.get("host", ""))


def _first(header: str) -> str:
    return header.partition(",")[0].strip()


def _listener(address: object) -> str:
    if isinstance(address, tuple) and len(address) >= 2:
        # A link-local address carries its interface behind a percent sign.
        host, port = str(address[0]).partition("%")[0], address[1]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return "localhost"


def _address(text: str) -> _Address | None:
    try:
        return None if "%" in text else ipaddress.ip_address(text)
    except ValueError:
        return None


def _malformed(because: str) -> TurnedAway:
    return TurnedAway(400, "US-W1", MALFORMED, because)

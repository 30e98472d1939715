"""Whether a request comes from this very machine, by the socket's other end alone."""

from collections.abc import Mapping
from ipaddress import ip_address

_FORWARDING = (
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
)


def why_not_local(peer: str, headers: Mapping[str, str]) -> str:
    """What makes it a stranger's request, in words; empty where nothing does.

    Args:
        peer: the address of the socket's other end, never one that a proxy tells.
        headers: looked up by lower-case name. A proxy on this machine speaks for strangers, so
            what it passed on is a stranger's.
    """
    try:
        address = ip_address(peer)
    except ValueError:
        return "it is not known where the request comes from"
    mapped = getattr(address, "ipv4_mapped", None)
    if not (mapped or address).is_loopback:
        return f"the request comes from {address}"
    proxied = next((name for name in _FORWARDING if name in headers), None)
    return f"the request was passed on by a proxy ({proxied})" if proxied else ""

"""One request as the endpoints see it: parsed once, free of the HTTP library."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox_app.domain.records.traffic import Headers
from sandbox_app.flows.parameters import Parameters, UnreadableParameters

FORM_TYPE = "application/x-www-form-urlencoded"
_CHARSETS = {"", "utf-8", "utf8", "us-ascii", "iso-8859-1"}


class UnreadableForm(ValueError):
    """The body is not the form that the endpoint takes; the message says why."""


async def _never() -> None:
    await asyncio.Event().wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A request whose authority was accepted.

    Args:
        path: percent-decoded nowhere; endpoints are matched byte by byte.
        query: the raw query, without the question mark.
        headers: by lower-case name; a repeated header keeps its first value.
        origin: scheme, host and port as the client sees them.
        gone: waits until the client has gone away.
        pool_id: the pool the host name stands for, `None` on the shared host.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    origin: str
    peer: str
    pool_id: str | None = None
    cookies: Mapping[str, str] = field(default_factory=dict)
    gone: Callable[[], Coroutine[Any, Any, None]] = _never

    @property
    def secure(self) -> bool:
        """Whether the browser reached us over HTTPS, so that cookies may be `Secure`."""
        return self.origin.startswith("https:")

    def query_parameters(self) -> Parameters:
        """The query, decoded.

        Raises:
            UnreadableParameters: see `Parameters.parse`.
        """
        return Parameters.parse(self.query)

    def form(self) -> Parameters:
        """The body, decoded.

        Raises:
            UnreadableForm: it is JSON, multipart or in a charset unknown here.
            UnreadableParameters: see `Parameters.parse`.
        """
        if not self.body:
            return Parameters()
        media_type, _, rest = self.headers.get("content-type", "").partition(";")
        if media_type.strip().lower() != FORM_TYPE:
            raise UnreadableForm(f"the body is {media_type.strip()[:80] or 'of no stated type'}")
        charset = _charset(rest)
        if charset not in _CHARSETS:
            raise UnreadableForm(f"the charset {charset[:40]!r} is not one for forms")
        try:
            return Parameters.parse(self.body.decode("ascii"))
        except UnicodeDecodeError:
            raise UnreadableForm("the form is not percent-encoded") from None


def _charset(parameters: str) -> str:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return ""


def header_pairs(headers: Mapping[str, str]) -> Headers:
    """Names and values as text that can be encoded again.

    The library hands bytes outside ASCII on as lone surrogates; they are read as UTF-8, or as
    Latin-1 where they are not.
    """
    pairs = tuple(headers.items())
    if all(map(str.isascii, headers.values())):
        return pairs
    return tuple((name, _as_text(value)) for name, value in pairs)


def _as_text(value: str) -> str:
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def parse_cookies(header: str) -> dict[str, str]:
    """The cookies of a `Cookie` header; quotes around a value are taken off, oddities skipped."""
    cookies: dict[str, str] = {}
    for part in header.split(";"):
        name, equals, value = part.strip().partition("=")
        if equals and name:
            cookies.setdefault(name, value.strip('"'))
    return cookies


__all__ = [
    "FORM_TYPE",
    "Incoming",
    "UnreadableForm",
    "UnreadableParameters",
    "header_pairs",
    "parse_cookies",
]

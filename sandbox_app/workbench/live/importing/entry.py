"""One entry of an archive as an exchange; whatever is missing or of another type is left out."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote_plus

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import (
    BODY_CAP,
    Exchange,
    ExchangeDetail,
    Headers,
    Message,
)
from sandbox_app.workbench.live.importing.cleaning import (
    items,
    line,
    members,
    moment,
    number,
    text,
)
from sandbox_app.workbench.live.importing.masking import without_passwords
from sandbox_app.workbench.live.importing.steps import (
    client_of,
    error_of,
    grant_of,
    step_of,
    user_of,
)
from sandbox_app.workbench.live.messages import header

FOREIGN, OWN = "har-", "sandbox-har-"
"""How ids begin: of what another program saw, and of what this one wrote."""

_MOST_HEADERS = 200
_MOST_FIELDS = 500
_MOST_CHECKS = 100
_LONGEST_WORD = 200
_NO_VERSION = "1.1"

Recorded = tuple[Exchange, ExchangeDetail]


def is_foreign(exchange: Exchange) -> bool:
    """Whether another program wrote it down, which knows nothing of checks, users or clients."""
    return exchange.id.startswith(FOREIGN)


def is_from_file(exchange: Exchange) -> bool:
    """Whether it comes from an archive at all."""
    return exchange.id.startswith((FOREIGN, OWN))


def read_entry(value: Any, number_of: int, names: Mapping[str, str]) -> tuple[Recorded, bool]:
    """An exchange, and whether any of its bodies had to be cut.

    Args:
        value: what stands in the archive, of any type.
        number_of: tells it from the others.
        names: the names of the clients known here, by id.
    """
    entry = members(value)
    asked, answered = members(entry.get("request")), members(entry.get("response"))
    origin, target = _address(line(asked.get("url")))
    own = isinstance(entry.get("_step"), str)
    exchange_id = f"{OWN if own else FOREIGN}{number_of}"
    request, cut = _request(asked)
    response, cut_too = _response(answered)
    detail = ExchangeDetail(
        exchange_id=exchange_id,
        target=target,
        http_version=_version(asked.get("httpVersion")),
        peer="",
        origin=origin,
        request=request,
        response=response,
        checks=_checks(entry.get("_checks")) if own else (),
    )
    exchange = Exchange(
        id=exchange_id,
        started_at=moment(entry.get("startedDateTime")),
        duration=number(entry.get("time")),
        method=line(asked.get("method"), 20) or "GET",
        path=target.partition("?")[0],
        status=int(number(answered.get("status"), largest=999)),
    )
    told = _told(entry) if own else _guessed(detail, exchange.method, names)
    exchange = replace(exchange, **told)
    return (exchange, without_passwords(detail)), cut or cut_too


def page_of(value: Any) -> str:
    """Which page of the archive an entry belongs to."""
    return line(members(value).get("pageref"), _LONGEST_WORD)


def _told(entry: Mapping[Any, Any]) -> dict[str, Any]:
    """What this program wrote down besides."""
    return {
        name: line(entry.get(f"_{member}"), _LONGEST_WORD)
        for name, member in (
            ("step", "step"),
            ("client_id", "clientId"),
            ("client_name", "client"),
            ("username", "user"),
            ("grant", "grant"),
            ("rule", "rule"),
            ("error", "error"),
            ("fault", "fault"),
        )
    }


def _guessed(detail: ExchangeDetail, method: str, names: Mapping[str, str]) -> dict[str, Any]:
    """What the messages themselves tell."""
    client_id = client_of(detail)
    return {
        "step": step_of(method, detail.target),
        "client_id": client_id,
        "client_name": names.get(client_id, ""),
        "username": user_of(detail),
        "grant": grant_of(detail),
        "error": error_of(detail),
    }


def _address(url: str) -> tuple[str, str]:
    """Origin and target of an address."""
    scheme, mark, rest = url.partition("://")
    if not mark:
        return "", url.partition("#")[0] or "/"
    at = min((found for found in map(rest.find, "/?#") if found >= 0), default=len(rest))
    target = rest[at:].partition("#")[0]
    return f"{scheme.lower()}://{rest[:at]}", target if target.startswith("/") else f"/{target}"


def _version(value: Any) -> str:
    """ "HTTP/1.1", "h2" or anything; another than HTTP/1 has numbers of its own."""
    told = line(value, 20).lower()
    return told.removeprefix("http/") or _NO_VERSION


def _headers(value: Any) -> Headers:
    """Names and values; what HTTP/2 puts before them is in the request line already."""
    pairs = ((line(it.get("name")), line(it.get("value"))) for it in map(members, _some(value)))
    return tuple((name, given) for name, given in pairs if name and not name.startswith(":"))


def _some(value: Any, most: int = _MOST_HEADERS) -> list[Any]:
    return items(value)[:most]


def _request(asked: Mapping[Any, Any]) -> tuple[Message, bool]:
    sent = members(asked.get("postData"))
    body, cut = _body(sent.get("text"), "")
    if not body:
        fields = map(members, _some(sent.get("params"), _MOST_FIELDS))
        pairs = ((line(it.get("name")), line(it.get("value"))) for it in fields)
        body = "&".join(f"{quote_plus(name)}={quote_plus(given)}" for name, given in pairs).encode()
    return _message(asked, body, sent, number(asked.get("bodySize"))), cut


def _response(answered: Mapping[Any, Any]) -> tuple[Message, bool]:
    content = members(answered.get("content"))
    body, cut = _body(content.get("text"), line(content.get("encoding"), 20))
    return _message(answered, body, content, number(content.get("size"))), cut


def _message(
    of: Mapping[Any, Any], body: bytes, content: Mapping[Any, Any], size: float
) -> Message:
    headers = _headers(of.get("headers"))
    kind = line(content.get("mimeType"), _LONGEST_WORD)
    if body and kind and not header(headers, "content-type"):
        headers = (*headers, ("Content-Type", kind))
    # Browsers count what went over the wire, which may be packed, or nothing at all from a cache.
    whole = max(int(size), len(body)) if body else 0
    return Message(headers=headers, body=body, size=whole)


def _body(value: Any, encoding: str) -> tuple[bytes, bool]:
    """At most as much as is recorded of our own, and whether that was less than all of it."""
    if not isinstance(value, str):
        return b"", False
    if encoding == "base64":
        data = _decoded(value[: BODY_CAP * 2])
    else:
        data = text(value[:BODY_CAP]).encode()
    kept = len(value) * 3 // 4 if encoding == "base64" else len(value)
    return data[:BODY_CAP], max(len(data), kept) > BODY_CAP


def _decoded(encoded: str) -> bytes:
    whole = encoded[: len(encoded) // 4 * 4]
    try:
        data = base64.b64decode(whole)
    except (binascii.Error, ValueError):
        return b""
    try:
        return text(data.decode()).encode()
    except UnicodeDecodeError:
        return data


def _checks(value: Any) -> tuple[Check, ...]:
    found: Iterable[Check | None] = map(_check, _some(value, _MOST_CHECKS))
    return tuple(check for check in found if check is not None)


def _check(value: Any) -> Check | None:
    told = members(value)
    try:
        verdict = Verdict(line(told.get("verdict"), 20))
    except ValueError:
        return None
    got, expected, because = (line(told.get(name)) for name in ("got", "expected", "because"))
    return Check(line(told.get("rule"), 40), verdict, got, expected, because)

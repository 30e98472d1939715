"""Exchanges as an HTTP Archive 1.2, which browser developer tools and mitmproxy open.

Source: http://www.softwareishard.com/blog/har-12-spec/
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from sandbox_app import __version__
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Headers, Message
from sandbox_app.workbench.live.exporting.covering import Redaction
from sandbox_app.workbench.live.exporting.redaction import Redactor
from sandbox_app.workbench.live.exporting.sending import address
from sandbox_app.workbench.live.messages import cap_note, form_of, header, query_of
from sandbox_app.workbench.live.words import long_refusal, showable

Recorded = tuple[Exchange, ExchangeDetail]
Noted = Callable[[str, bool], str]
"""What a person noted about an exchange, or (if true) a login, by its id; empty where nothing."""

_UNKNOWN = -1
_NO_KIND = "application/octet-stream"


def nothing_noted(_about: str, _of_login: bool) -> str:
    """Where nobody notes anything."""
    return ""


class Archive:
    """The archive of some exchanges, made step by step, as many of them take a while.

    Requests that never became HTTP, such as failed handshakes, have no place in it and are left
    out.

    Args:
        recorded: in the order they shall have; every login becomes a page.
        how: what becomes of secrets, in notes as well.
        noted: goes along as comments.
    """

    def __init__(
        self, recorded: Iterable[Recorded], how: Redaction, noted: Noted = nothing_noted
    ) -> None:
        self._noted = noted
        self._recorded = [one for one in recorded if one[1].http_version]
        self._entries: list[str] = []
        self.redactor = Redactor(how)

    def steps(self) -> Iterator[None]:
        """Does the work, a little per step; what is secret anywhere is learnt before the first."""
        for _, detail in self._recorded:
            self.redactor.learn(detail)
            yield
        for exchange, detail in self._recorded:
            entry = _entry(self.redactor.exchange(exchange), self.redactor.detail(detail))
            entry |= _comment(entry.get("comment", ""), self._words(exchange.id, False))
            self._entries.append(json.dumps(entry, ensure_ascii=False, indent=2))
            yield

    @property
    def text(self) -> str:
        """The archive as JSON, once all steps are done."""
        head = {
            "version": "1.2",
            "creator": {"name": "Userpool Sandbox", "version": __version__},
            "pages": list(_pages((exchange for exchange, _ in self._recorded), self._words)),
            "comment": f"Secrets: {_SECRETS[self.redactor.how]}.",
        }
        log = json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}")
        return showable(f'{{"log": {log},\n"entries": [{",".join(self._entries)}]\n}}}}\n')

    def _words(self, about: str, of_login: bool) -> str:
        return self.redactor.text(self._noted(about, of_login))


def har_of(recorded: Iterable[Recorded], how: Redaction, noted: Noted = nothing_noted) -> str:
    """A whole archive at once."""
    archive = Archive(recorded, how, noted)
    for _ in archive.steps():
        pass
    return archive.text


_SECRETS = {"none": "as recorded", "mask": "masked", "remove": "removed"}


def _comment(*parts: str) -> dict[str, str]:
    words = "\n".join(part for part in parts if part)
    return {"comment": words} if words else {}


def _pages(exchanges: Iterable[Exchange], noted: Noted) -> Iterable[dict[str, Any]]:
    seen: set[str] = set()
    for exchange in exchanges:
        if exchange.login_id and exchange.login_id not in seen:
            seen.add(exchange.login_id)
            who = exchange.client_name or exchange.client_id or "unknown client"
            yield {
                "startedDateTime": _moment(exchange.started_at),
                "id": exchange.login_id,
                "title": f"Login of {who}",
                "pageTimings": {},
                **_comment(noted(exchange.login_id, True)),
            }


def _entry(exchange: Exchange, detail: ExchangeDetail) -> dict[str, Any]:
    entry: dict[str, Any] = {"pageref": exchange.login_id} if exchange.login_id else {}
    entry |= {
        "startedDateTime": _moment(exchange.started_at),
        "time": exchange.duration,
        "request": _request(exchange, detail),
        "response": _response(exchange, detail),
        "cache": {},
        "timings": {"send": 0, "wait": exchange.duration, "receive": 0},
        "serverIPAddress": "127.0.0.1",
        # What no other program looks at; by it an archive of ours is read again without loss.
        "_step": exchange.step,
        "_client": exchange.client_name,
        "_clientId": exchange.client_id,
        "_user": exchange.username,
        "_grant": exchange.grant,
        "_rule": exchange.rule,
        "_error": exchange.error,
        "_fault": exchange.fault,
        "_checks": [check._asdict() for check in detail.checks],
    }
    if exchange.rule or exchange.error:
        words = long_refusal(exchange.rule, exchange.error, exchange.status)
        entry["comment"] = f"Refused: {words} ({exchange.rule or exchange.error})"
    return entry


def _request(exchange: Exchange, detail: ExchangeDetail) -> dict[str, Any]:
    message = detail.request
    request: dict[str, Any] = {
        "method": exchange.method,
        "url": address(detail),
        "httpVersion": f"HTTP/{detail.http_version}",
        "cookies": [
            _named(*_split(pair))
            for name, value in message.headers
            if name.lower() == "cookie"
            for pair in value.split(";")
            if pair.strip()
        ],
        "headers": [_named(name, value) for name, value in message.headers],
        "queryString": [_named(name, value) for name, value in query_of(detail.target)],
        "headersSize": _UNKNOWN,
        "bodySize": message.size,
    }
    if message.body:
        request["postData"] = {
            "mimeType": header(message.headers, "content-type") or _NO_KIND,
            "params": [_named(name, value) for name, value in form_of(message)],
            "text": message.body.decode("utf-8", "replace"),
            **_comment(*_request_notes(message)),
        }
    return request


def _response(exchange: Exchange, detail: ExchangeDetail) -> dict[str, Any]:
    message = detail.response
    return {
        "status": exchange.status,
        "statusText": _reason(exchange.status),
        "httpVersion": f"HTTP/{detail.http_version}",
        "cookies": list(_set_cookies(message.headers)),
        "headers": [_named(name, value) for name, value in message.headers],
        "content": {
            "size": message.size,
            "mimeType": header(message.headers, "content-type") or _NO_KIND,
            **_content(message.body),
            **_note(message),
        },
        "redirectURL": header(message.headers, "location"),
        "headersSize": _UNKNOWN,
        "bodySize": message.size,
    }


def _content(body: bytes) -> dict[str, str]:
    try:
        return {"text": body.decode()} if body else {}
    except UnicodeDecodeError:
        return {"text": base64.b64encode(body).decode(), "encoding": "base64"}


def _request_notes(message: Message) -> Iterable[str]:
    """The archive has no way to hold bytes that a client sent, as it has for those of an answer."""
    yield cap_note(message)
    try:
        message.body.decode()
    except UnicodeDecodeError:
        yield "The body is no text: what a text cannot hold is replaced."


def _note(message: Message) -> dict[str, str]:
    note = cap_note(message)
    return {"comment": note} if note else {}


def _set_cookies(headers: Headers) -> Iterable[dict[str, Any]]:
    for name, value in headers:
        if name.lower() == "set-cookie":
            first, *attributes = value.split(";")
            flags = {_split(part)[0].lower() for part in attributes}
            cookie: dict[str, Any] = _named(*_split(first))
            cookie |= {"httpOnly": "httponly" in flags, "secure": "secure" in flags}
            path = [given for key, given in map(_split, attributes) if key.lower() == "path"]
            yield cookie | ({"path": path[0]} if path else {})


def _split(pair: str) -> tuple[str, str]:
    name, _, value = pair.strip().partition("=")
    return name, value


def _named(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}


def _moment(epoch: float) -> str:
    """ISO 8601 in UTC; a bent clock may stand outside the calendar."""
    try:
        return datetime.fromtimestamp(epoch, UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError, OSError):
        return "1970-01-01T00:00:00.000+00:00"


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""

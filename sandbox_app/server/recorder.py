"""Turns an answered request into the record that Live shows and the workspace keeps."""

from collections.abc import Mapping
from typing import NamedTuple

from sandbox_app.domain.events import ExchangeFinished, ExchangePassed
from sandbox_app.domain.records.traffic import (
    BODY_CAP,
    Exchange,
    ExchangeDetail,
    Headers,
    Message,
)
from sandbox_app.domain.trace import Trace
from sandbox_app.operations.core import Core
from sandbox_app.server.masking import (
    NOT_KEPT,
    masked_body,
    masked_headers,
    masked_target,
    without_parameter,
)


class Spoken(NamedTuple):
    """One exchange as it went over the wire, before anything is masked or capped."""

    id: str
    started_at: float
    duration: float
    method: str
    target: str
    http_version: str
    peer: str
    origin: str
    request_headers: Headers
    request_body: bytes
    request_size: int
    status: int
    response_headers: Headers
    response_body: bytes


def record(spoken: Spoken, trace: Trace, core: Core) -> None:
    """Append to the traffic log and tell the bus; secrets are gone before either sees it.

    While recording is paused it is only counted, unless the window itself sent it again.
    """
    if not core.recording.wants(spoken.id, repeated=trace.again is not None):
        pass_by(core)
        return
    exchange, detail = recorded(spoken, trace)
    if trace.again is not None:
        trace.again.exchange_id = exchange.id
    core.store.traffic.append(exchange, detail)
    core.bus.publish(ExchangeFinished(exchange, detail))


def pass_by(core: Core) -> None:
    """Count what is not recorded, and tell the bus that there was something."""
    core.recording.pass_by()
    core.bus.publish(ExchangePassed())


def recorded(spoken: Spoken, trace: Trace) -> tuple[Exchange, ExchangeDetail]:
    """An exchange as it is recorded; secrets are gone from it."""
    refusal, again = trace.refusal, trace.again
    target = masked_target(spoken.target)
    if trace.misplaced:
        path, mark, query = target.partition("?")
        target = f"{path}{mark}{without_parameter(query, trace.misplaced)}"
    exchange = Exchange(
        id=spoken.id,
        started_at=spoken.started_at,
        duration=spoken.duration,
        method=spoken.method,
        path=target.partition("?")[0][:2048],
        status=spoken.status,
        step=trace.step,
        # A repetition stands beside the login it is taken from, whose outcome stays what it was.
        login_id=spoken.id if again is not None and trace.login_id else trace.login_id,
        pool_id=trace.pool_id,
        client_id=trace.client_id,
        client_name=trace.client_name,
        username=trace.username,
        grant=trace.grant,
        rule=refusal.rule if refusal else "",
        error=refusal.error if refusal else "",
        fault=trace.fault,
        again_of=again.of if again is not None else "",
        again_at=again.at if again is not None else 0.0,
    )
    detail = ExchangeDetail(
        exchange_id=spoken.id,
        target=target,
        http_version=spoken.http_version,
        peer=spoken.peer,
        origin=spoken.origin,
        request=_request(spoken, trace.misplaced),
        response=_response(spoken, carries_secret=target != spoken.target),
        checks=trace.checks.results(),
        because=refusal.because if refusal else "",
    )
    return exchange, detail


def _request(spoken: Spoken, misplaced: str) -> Message:
    content_type = _header(spoken.request_headers, "content-type")
    body = masked_body(spoken.request_body, content_type) if spoken.request_body else b""
    if misplaced:
        body = without_parameter(body.decode("utf-8", "replace"), misplaced).encode()
    # Masked, a body has another length; it is cut off only if it was so before, or is too long.
    beyond = max(0, spoken.request_size - len(spoken.request_body)) if body != NOT_KEPT else 0
    return Message(
        headers=masked_headers(spoken.request_headers),
        body=body[:BODY_CAP],
        size=len(body) + beyond,
    )


def _response(spoken: Spoken, *, carries_secret: bool) -> Message:
    headers, body = spoken.response_headers, spoken.response_body
    if carries_secret:
        # Pages and redirects carry the query along, and with it what was masked in it.
        headers, body = masked_headers(headers), NOT_KEPT if body else b""
    return Message(headers=headers, body=body[:BODY_CAP], size=len(body))


def _header(headers: Headers, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def by_lower_name(headers: Headers) -> Mapping[str, str]:
    """Headers by lower-case name; a repeated one keeps its first value."""
    found: dict[str, str] = {}
    for name, value in headers:
        found.setdefault(name.lower(), value)
    return found

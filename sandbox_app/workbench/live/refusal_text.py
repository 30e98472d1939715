"""One refusal as a text to send to somebody: request, checks, versions; secrets stay masked."""

import platform
from collections.abc import Collection, Iterable

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.domain.rules.catalogue import CATALOGUE
from sandbox_app.workbench.live.exporting.covering import Redaction
from sandbox_app.workbench.live.exporting.redaction import Redactor
from sandbox_app.workbench.live.messages import body_of, cap_note, request_line, status_line
from sandbox_app.workbench.live.words import local_date, long_refusal

_SIGNS = {
    Verdict.PASSED: "ok     ",
    Verdict.REFUSED: "REFUSED",
    Verdict.NOTED: "note   ",
    Verdict.NOT_REACHED: "-      ",
}
_ANSWERED_HEADERS = ("location", "content-type", "www-authenticate")
_SENT_HEADERS = ("host", "user-agent", "origin", "referer", "content-type", "authorization")


def refusal_text(
    exchange: Exchange,
    detail: ExchangeDetail,
    versions: Iterable[str] = (),
    causes: Iterable[str] = (),
) -> str:
    """Everything about one refused (or answered) request that helps somebody else to explain it.

    Args:
        versions: further lines about the program, beside those of the runtime.
        causes: what is likely behind it, in sentences.
    """
    redactor = Redactor(Redaction.MASK, [detail])
    lines = _lines(
        redactor.exchange(exchange),
        redactor.detail(detail),
        [redactor.text(line) for line in versions],
        [redactor.text(cause) for cause in causes],
    )
    return "\n".join(lines).rstrip() + "\n"


def _lines(
    exchange: Exchange,
    detail: ExchangeDetail,
    versions: Iterable[str],
    causes: Iterable[str],
) -> Iterable[str]:
    if exchange.rule or exchange.error:
        words = long_refusal(exchange.rule, exchange.error, exchange.status)
        yield f"Refused: {words} ({exchange.rule or exchange.error})"
        if detail.because:
            yield f"Because: {_on_one_line(detail.because)}"
        for cause in causes:
            yield f"Likely: {_on_one_line(cause)}"
    client = exchange.client_name or exchange.client_id or "unknown"
    yield f"{local_date(exchange.started_at)}, client {client}, request id {exchange.id}"
    yield ""
    yield request_line(exchange, detail)
    yield from _headers(detail.request, _SENT_HEADERS)
    yield from _body(detail.request)
    yield ""
    yield status_line(exchange, detail)
    yield from _headers(detail.response, _ANSWERED_HEADERS)
    yield from _body(detail.response)
    yield ""
    yield "Checks"
    for check in detail.checks:
        yield from _check(check)
    yield ""
    told = list(versions)
    yield from told
    python = f"Python {platform.python_version()}"
    system = f"{platform.system()} {platform.release()}"
    yield system if any(python in line for line in told) else f"{python}, {system}"


def _headers(message: Message, told: Collection[str]) -> Iterable[str]:
    return (f"{name}: {value}" for name, value in message.headers if name.lower() in told)


def _body(message: Message) -> Iterable[str]:
    body = body_of(message)
    if body.text:
        yield ""
        yield body.text
    if note := cap_note(message):
        yield f"({note})"


def check_words(check: Check) -> str:
    """A check's rule in one sentence; the id itself where the catalogue has no such rule."""
    rule = CATALOGUE.get(check.rule)
    return rule.sentence if rule is not None else check.rule


def check_facts(check: Check) -> tuple[tuple[str, str], ...]:
    """What else is known of a check: what was expected, what governs it, how certain it is."""
    rule = CATALOGUE.get(check.rule)
    facts = [("Expected", check.expected)]
    if rule is not None:
        facts += [
            ("Setting", rule.setting),
            ("Real service", rule.real_service),
            ("Known from", str(rule.certainty)),
        ]
    return tuple((name, words) for name, words in facts if words)


def _check(check: Check) -> Iterable[str]:
    yield f"{_SIGNS[check.verdict]} {check.rule:<9} {check_words(check)}"
    for label, value in (
        ("got", check.got),
        ("expected", check.expected),
        ("because", check.because),
    ):
        if value:
            yield f"{'':18}{label}: {_on_one_line(value)}"


def _on_one_line(words: str) -> str:
    """What a stranger sent must not look like a line of ours."""
    return words if words.isprintable() else repr(words)[1:-1]

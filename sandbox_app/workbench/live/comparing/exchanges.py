"""Two exchanges compared part by part: checks, parameters, answers, tokens claim by claim."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Headers, Message
from sandbox_app.domain.rules.sending_again import SENT_AGAIN
from sandbox_app.workbench.live.comparing.rows import Kind, Row, Section, by_name, row
from sandbox_app.workbench.live.exporting.covering import Redaction
from sandbox_app.workbench.live.exporting.redaction import Redactor
from sandbox_app.workbench.live.importing.entry import is_foreign
from sandbox_app.workbench.live.messages import (
    Pairs,
    body_of,
    form_of,
    header,
    location_parameters,
    query_of,
)
from sandbox_app.workbench.live.tokens import FoundToken, tokens_of
from sandbox_app.workbench.live.words import count_words, showable, status_words

_MOST_LEAVES = 500
_LITERAL = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|\{\}|\[\]")
_NEW_EACH_TIME = re.compile(r"\b(nonce|code_challenge)=[^&\s\"'<>]+")

_TOLD_BY_US = frozenset({"Refused by", "Error", "Client", "User", "Fault"})
_OF_THE_CONNECTION = frozenset({"connection", "content-length", "host"})
_OF_THE_LIBRARY = _OF_THE_CONNECTION | {"date", "keep-alive", "server", "transfer-encoding"}
"""Headers that are added after an answer is recorded here, or that browsers do not write down."""

Side = tuple[Exchange, ExchangeDetail | None]


def compare_exchanges(left: Side, right: Side) -> tuple[Section, ...]:
    """What the two have in common and what not; empty sections are left out.

    Where the details of one are no longer kept, only the rows are compared.
    """
    sections = [Section("Request and answer", _lines(left[0], right[0]))]
    if left[1] is not None and right[1] is not None:
        sections += _details(left[0], left[1], right[0], right[1])
    if is_foreign(left[0]) or is_foreign(right[0]):
        sections = [*map(_known_to_both, sections)]
    return tuple(section for section in sections if section.rows)


def _known_to_both(section: Section) -> Section:
    """Without what one of the two sides could not have seen."""
    if section.title == "Checks":
        return replace(section, rows=())
    unseen = {"Request and answer": _TOLD_BY_US, "Response headers": _OF_THE_LIBRARY}
    names = unseen.get(section.title, _OF_THE_CONNECTION)
    rows = (it for it in section.rows if it.name not in names or None not in (it.left, it.right))
    return replace(section, rows=tuple(rows))


def _lines(left: Exchange, right: Exchange) -> tuple[Row, ...]:
    return tuple(
        row(name, ours, theirs)
        for name, ours, theirs in (
            ("Method", left.method, right.method),
            ("Path", left.path, right.path),
            ("Status", status_words(left.status), status_words(right.status)),
            ("Refused by", left.rule or None, right.rule or None),
            ("Error", left.error or None, right.error or None),
            ("Client", left.client_name or None, right.client_name or None),
            ("User", left.username or None, right.username or None),
            ("Fault", left.fault or None, right.fault or None),
        )
        if ours is not None or theirs is not None
    )


def _details(
    left: Exchange, ours: ExchangeDetail, right: Exchange, theirs: ExchangeDetail
) -> Iterable[Section]:
    yield Section("Checks", _checks(ours.checks, theirs.checks))
    yield Section("Query", by_name(query_of(ours.target), query_of(theirs.target)))
    yield Section("Form", by_name(form_of(ours.request), form_of(theirs.request)))
    if not form_of(ours.request) and not form_of(theirs.request):
        yield Section("Request body", _bodies(ours.request, theirs.request))
    yield Section("Request headers", _headers(ours.request.headers, theirs.request.headers))
    yield Section("Redirect", _redirects(ours.response.headers, theirs.response.headers))
    yield Section("Response body", _bodies(ours.response, theirs.response))
    yield Section("Response headers", _headers(ours.response.headers, theirs.response.headers))
    masked = _is_masked(ours) or _is_masked(theirs)
    yield from _tokens(tokens_of(left, ours), tokens_of(right, theirs), in_both=masked)


def _checks(left: Iterable[Check], right: Iterable[Check]) -> tuple[Row, ...]:
    """By rule; what came in is shown, but only another verdict is a difference."""
    ours, theirs = ({check.rule: check for check in checks} for checks in (left, right))
    return tuple(_check(rule, ours.get(rule), theirs.get(rule)) for rule in {**ours, **theirs})


def _check(rule: str, left: Check | None, right: Check | None) -> Row:
    judged = row(rule, _verdict(left), _verdict(right))
    if rule == SENT_AGAIN:
        return replace(judged, kind=Kind.VOLATILE)
    verdicts = [check.verdict for check in (left, right) if check is not None]
    if Verdict.NOT_REACHED in verdicts:
        return replace(judged, kind=Kind.FOLLOWS)
    same = len(verdicts) == 2 and verdicts[0] is verdicts[1]
    return replace(judged, kind=Kind.SAME) if same else judged


def _verdict(check: Check | None) -> str | None:
    if check is None:
        return None
    words = str(check.verdict).replace("_", " ")
    return f"{words}: {check.got}" if check.got else words


def _headers(left: Headers, right: Headers) -> tuple[Row, ...]:
    return by_name(tuple(_apart(left)), tuple(_apart(right)))


def _apart(headers: Headers) -> Iterable[tuple[str, str]]:
    """Headers by lower-case name, every cookie by its own; a redirect has a section of its own."""
    for name, value in headers:
        plain = name.lower()
        if plain == "cookie":
            for pair in value.split(";"):
                cookie, _, given = pair.strip().partition("=")
                yield f"cookie {cookie}", given
        elif plain == "set-cookie":
            cookie, _, given = value.partition("=")
            yield f"set-cookie {cookie.strip()}", given
        elif plain != "location":
            yield plain, value


def _redirects(left: Headers, right: Headers) -> tuple[Row, ...]:
    ours, theirs = header(left, "location"), header(right, "location")
    if not ours and not theirs:
        return ()
    leading = row("leads to", _without_parameters(ours), _without_parameters(theirs))
    return (leading, *by_name(location_parameters(ours), location_parameters(theirs)))


def _without_parameters(url: str) -> str | None:
    return url.partition("?")[0].partition("#")[0] or None


def _bodies(left: Message, right: Message) -> tuple[Row, ...]:
    if not left.body and not right.body:
        return ()
    ours, theirs = _json(left), _json(right)
    if ours is not None and theirs is not None:
        leaves = (tuple(_leaves("", value))[:_MOST_LEAVES] for value in (ours, theirs))
        return by_name(*leaves)
    return (_texts(left, right),)


def _texts(left: Message, right: Message) -> Row:
    """The first line that differs; secrets aside, as a page holds new ones every time."""
    ours, theirs = body_of(left).text, body_of(right).text
    if ours == theirs:
        return Row("text", _size(left), _size(right), Kind.SAME)
    plain, other = (_settled(text).splitlines() for text in (ours, theirs))
    if plain == other:
        return Row("text", _size(left), _size(right), Kind.VOLATILE)
    longest = max(len(plain), len(other))
    lines = ((_line(plain, at), _line(other, at)) for at in range(longest))
    for at, (mine, its) in enumerate(lines, 1):
        if mine != its:
            return row(f"line {at}", mine, its)
    return row("text", _size(left), _size(right))


def _settled(text: str) -> str:
    return _NEW_EACH_TIME.sub(r"\1=…", Redactor(Redaction.MASK).text(text))


def _line(lines: list[str], at: int) -> str | None:
    return lines[at].strip() if at < len(lines) else None


def _size(message: Message) -> str | None:
    return count_words(message.size, "byte") if message.body else None


def _json(message: Message) -> Any:
    if message.body.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        return json.loads(message.body)
    except (ValueError, RecursionError):
        return None


def _leaves(path: str, value: Any) -> Iterable[tuple[str, str]]:
    """Every value of a JSON text by where it stands: `keys[0].kid`."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}" if path else name, inner)
    elif isinstance(value, list) and value:
        for at, inner in enumerate(value):
            yield from _leaves(f"{path}[{at}]", inner)
    else:
        yield path or "everything", _told(value)


def _told(value: Any) -> str:
    """A value as text; a string that reads like a number or `true` in quotes, as it is neither."""
    if not isinstance(value, str):
        return showable(json.dumps(value))
    return showable(json.dumps(value) if _LITERAL.fullmatch(value) else value)


def _is_masked(detail: ExchangeDetail) -> bool:
    """Whether an archive shows labels where tokens were."""
    messages = (detail.request, detail.response)
    values = (value for message in messages for _, value in message.headers)
    texts = (detail.target, *values, *(str(message.body) for message in messages))
    return any("masked-" in text for text in texts)


def _tokens(
    left: Iterable[FoundToken], right: Iterable[FoundToken], *, in_both: bool
) -> Iterable[Section]:
    ours, theirs = (
        {token.name: token for token in tokens if token.decoded is not None}
        for tokens in (left, right)
    )
    for name in {**ours, **theirs}:
        left_token, right_token = ours.get(name), theirs.get(name)
        if left_token is not None and right_token is not None:
            yield Section(name, by_name(_claims(left_token), _claims(right_token)))
        elif not in_both:
            # One row: that every claim is missing too says nothing more.
            yield Section(name, (row("claims", _count(left_token), _count(right_token)),))


def _count(token: FoundToken | None) -> str | None:
    return None if token is None else count_words(len(_claims(token)), "member")


def _claims(token: FoundToken) -> Pairs:
    if token.decoded is None:
        return ()
    headed = ((f"header {name}", value) for name, value in token.decoded.header.items())
    return tuple((name, _told(value)) for name, value in (*headed, *token.decoded.payload.items()))

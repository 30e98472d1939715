"""Tests of what an exchange carried: headers, bodies and the claims of tokens in them."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_plus

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.workbench.live.messages import form_of, header, location_parameters, query_of
from sandbox_app.workbench.live.tokens import tokens_of

DetailTest = Callable[[Exchange, ExchangeDetail], bool]


def body_holds(wanted: str) -> DetailTest:
    """Whether a body, or the query, holds the text; as sent, or with its escapes read."""
    low = wanted.lower()

    def test(exchange: Exchange, detail: ExchangeDetail) -> bool:
        return any(low in text for text in _texts(detail))

    return test


def parameter_is(wanted: str) -> DetailTest:
    """Whether there is a parameter of that name, or one with exactly that value or that word.

    Words are what a list such as `scope` consists of; RFC 6749 section 3.3.

    Parameters are those of the query, fields of a form, what a redirect carries, and the plain
    members of JSON at any depth.

    Raises:
        ValueError: none is named.
    """
    name, equals, _ = wanted.partition("=")
    if not name:
        raise ValueError("~p takes a parameter, such as ~p scope=openid or ~p nonce")
    low = wanted.lower()

    def test(exchange: Exchange, detail: ExchangeDetail) -> bool:
        for known, value in _parameters(detail):
            said = (f"{known}={one}" for one in (value, *value.split())) if equals else (known,)
            if any(one.lower() == low for one in said):
                return True
        return False

    return test


def header_holds(wanted: str) -> DetailTest:
    """Whether a header, written `name: value`, holds the text; as sent, or with escapes read."""
    low = wanted.lower()

    def test(exchange: Exchange, detail: ExchangeDetail) -> bool:
        headers = (*detail.request.headers, *detail.response.headers)
        lines = (f"{name}: {value}" for name, value in headers)
        return any(low in text for line in lines for text in _readings(line))

    return test


def claim_is(wanted: str) -> DetailTest:
    """Whether a token in the exchange has the claim, or has it with that value (or part of it).

    Raises:
        ValueError: no claim is named.
    """
    name, equals, value = wanted.partition("=")
    if not name:
        raise ValueError("~claim takes a claim, such as ~claim aud=spa or ~claim nonce")
    low = value.lower()

    def test(exchange: Exchange, detail: ExchangeDetail) -> bool:
        for token in tokens_of(exchange, detail):
            claims = token.decoded.payload if token.decoded is not None else {}
            if name in claims and (not equals or low in claim_text(claims[name]).lower()):
                return True
        return False

    return test


def claim_text(value: Any) -> str:
    """A claim as text: the members of a list side by side."""
    if isinstance(value, list | tuple):
        return " ".join(claim_text(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _texts(detail: ExchangeDetail) -> Iterator[str]:
    for text in (detail.target, _decoded(detail.request), _decoded(detail.response)):
        yield from _readings(text)


def _readings(text: str) -> Iterator[str]:
    """The text, and with its escapes read, in lower case."""
    yield text.lower()
    if "%" in text or "+" in text:
        yield unquote_plus(text).lower()


def _parameters(detail: ExchangeDetail) -> Iterator[tuple[str, str]]:
    yield from query_of(detail.target)
    yield from form_of(detail.request)
    yield from location_parameters(header(detail.response.headers, "location"))
    for message in (detail.request, detail.response):
        text = _decoded(message)
        if text.lstrip()[:1] not in ("{", "["):
            continue
        try:
            yield from _members(json.loads(text))
        except (ValueError, RecursionError):
            # It only looked like JSON, or was cut off; there is no saying what is a member.
            continue


def _members(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, dict | list):
                yield from _members(inner)
            else:
                yield name, claim_text(inner)
    elif isinstance(value, list):
        for item in value:
            yield from _members(item)


def _decoded(message: Message) -> str:
    return message.body.decode("utf-8", "replace")

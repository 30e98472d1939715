"""Tests of what an exchange carried: headers, bodies and the claims of tokens in them."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_plus

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.workbench.live.tokens import tokens_of

DetailTest = Callable[[Exchange, ExchangeDetail], bool]


def body_holds(wanted: str) -> DetailTest:
    """Whether a body, or the query, holds the text; as sent, or with its escapes read."""
    low = wanted.lower()

    def test(exchange: Exchange, detail: ExchangeDetail) -> bool:
        return any(low in text for text in _texts(detail))

    return test


def header_holds(wanted: str) -> DetailTest:
    """Whether a header, written `name: value`, holds the text."""
    low = wanted.lower()

    def test(exchange: Exchange, detail: ExchangeDetail) -> bool:
        headers = (*detail.request.headers, *detail.response.headers)
        return any(low in f"{name}: {value}".lower() for name, value in headers)

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
            if name in claims and (not equals or low in _text(claims[name])):
                return True
        return False

    return test


def _texts(detail: ExchangeDetail) -> Iterator[str]:
    for text in (detail.target, _decoded(detail.request), _decoded(detail.response)):
        low = text.lower()
        yield low
        if "%" in low or "+" in low:
            yield unquote_plus(low)


def _decoded(message: Message) -> str:
    return message.body.decode("utf-8", "replace")


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " ".join(_text(item) for item in value)
    return str(value).lower()

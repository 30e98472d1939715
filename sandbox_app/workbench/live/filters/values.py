"""Terms that find what has the same value as one that is shown, and how they join a filter."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sandbox_app.domain.checks import Check
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.filters.contents import claim_text
from sandbox_app.workbench.live.filters.filter import Filter, Row
from sandbox_app.workbench.live.filters.nodes import And, Or, quoted
from sandbox_app.workbench.live.filters.parsing import LONGEST
from sandbox_app.workbench.live.filters.searched import searched_text
from sandbox_app.workbench.live.marks import Marks

LONGEST_TERM = 400
"""Characters; what is longer could not be read in the filter's field."""

_UNTYPED = ("Cc", "Cs", "Zl", "Zp")
"""Kinds of characters that a line of text cannot hold."""

SUMMARY: Mapping[str, Callable[[Exchange], str]] = MappingProxyType(
    {
        "client": lambda exchange: exchange.client_name or exchange.client_id,
        "user": lambda exchange: exchange.username,
        "pool": lambda exchange: exchange.pool_id,
        "grant": lambda exchange: exchange.grant,
        "rule": lambda exchange: exchange.rule,
        "login": lambda exchange: exchange.login_id,
        "m": lambda exchange: exchange.method,
        "u": lambda exchange: exchange.path,
        "c": lambda exchange: str(exchange.status),
        "s": lambda exchange: exchange.step,
    }
)
"""What operators that take a value look at, where it stands in the row itself."""


def term(operator: str, argument: str) -> str:
    """An operator as it is typed: `~client "my app"`."""
    return f"~{operator} {quoted(argument)}"


def like_this(exchange: Exchange, name: str) -> str:
    """The term that finds what has the same value, such as `~client web`; empty without a value."""
    value = SUMMARY[name](exchange)
    return term(name, value) if value else ""


def header_terms(name: str, value: str) -> tuple[str, ...]:
    """For a header; one without a value is found by its name."""
    return (term("h", f"{name}: {value}"),)


def parameter_terms(name: str, value: str) -> tuple[str, ...]:
    """For a parameter of the query or a redirect, a field of a form, or a member of JSON."""
    return (term("p", f"{name}={value}"),)


def claim_terms(name: str, value: Any) -> tuple[str, ...]:
    """For a claim of a token."""
    return (term("claim", f"{name}={claim_text(value)}"),)


def check_terms(check: Check) -> tuple[str, ...]:
    """For a check: what it refused, and what came in."""
    came = (term("b", check.got),) if check.got else ()
    return (term("rule", check.rule), *came)


def that_find(
    terms: Iterable[str],
    exchange: Exchange,
    detail: ExchangeDetail | None,
    login: Row | None = None,
) -> tuple[str, ...]:
    """Those of the terms that can be typed and find the very row they were made from.

    Args:
        detail: `None` where it is no longer kept; then nothing in it is found.
        login: the row, where it stands for more than the exchange.
    """

    def finds(text: str) -> bool:
        wanted = Filter(text)
        if wanted.node is None:
            return False
        if detail is not None and wanted.matches(exchange, detail):
            return True
        return wanted.passes(login or _Single(exchange))

    return tuple(one for one in terms if one and can_be_typed(one) and finds(one))


def can_be_typed(text: str) -> bool:
    """Whether a line of text can hold it, and a person read it there."""
    return len(text) <= LONGEST_TERM and not any(
        unicodedata.category(letter) in _UNTYPED for letter in text
    )


def joined(typed: str, more: str, *, hide: bool, marks: Marks | None = None) -> str:
    """What is typed and the term as well, or not the term.

    What means nothing yet is replaced: it filters nothing either. So is what would grow too long.
    """
    added = f"!({more})" if hide else more
    present = Filter(typed, marks)
    if present.node is None:
        return added
    kept = f"({typed.strip()})" if isinstance(present.node, Or) else typed.strip()
    parts = present.node.parts if isinstance(present.node, And) else (present.node,)
    if str(Filter(added, marks).node) in map(str, parts):
        return typed.strip()
    whole = f"{kept} & {added}"
    return whole if len(whole) <= LONGEST else added


class _Single:
    """An exchange as the filter sees a row."""

    def __init__(self, exchange: Exchange) -> None:
        self.text = searched_text(exchange)
        self.filtered = (exchange,)

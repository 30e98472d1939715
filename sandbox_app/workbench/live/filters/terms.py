"""The operators: what each is called, what it means in words, and what it looks at.

The letters are those of mitmproxy where it has the same thing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from sandbox_app.domain.records.marks import COLOURS, RowMark
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.filters.contents import (
    DetailTest,
    body_holds,
    claim_is,
    header_holds,
    parameter_is,
)
from sandbox_app.workbench.live.words import grant_words

ExchangeTest = Callable[[Exchange], bool]
MarkTest = Callable[[RowMark], bool]


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator.

    Attributes:
        name: as it is typed after the tilde.
        argument: what stands behind it, in a word; empty where nothing does.
        meaning: what it finds, with `{}` for the argument.
        summary: makes a test of an exchange's row from the argument; raises a `ValueError` in
            words where it is none.
        detail: the same for what has to be read from the disk first.
        mark: the same for what a person noted about a request or its login. Exactly one of the
            three is there.
    """

    name: str
    argument: str
    meaning: str
    summary: Callable[[str], ExchangeTest] | None = None
    detail: Callable[[str], DetailTest] | None = None
    mark: Callable[[str], MarkTest] | None = None


def _equal(member: str) -> Callable[[str], ExchangeTest]:
    def make(wanted: str) -> ExchangeTest:
        low = wanted.lower()
        return lambda exchange: str(getattr(exchange, member)).lower() == low

    return make


def _path(wanted: str) -> ExchangeTest:
    spellings = path_spellings(wanted)
    return lambda exchange: any(it in exchange.path.lower() for it in spellings)


def path_spellings(wanted: str) -> tuple[str, ...]:
    """Part of a path as it is typed, and as it goes over the wire; lower-case."""
    return tuple(dict.fromkeys((wanted.lower(), quote(wanted, errors="replace").lower())))


def _named(*members: str) -> Callable[[str], ExchangeTest]:
    """Whole values, so that `web` does not find `webhook`; `*` stands for any characters."""

    def make(wanted: str) -> ExchangeTest:
        is_named = named(wanted)
        return lambda exchange: any(is_named(getattr(exchange, it)) for it in members)

    return make


def named(wanted: str) -> Callable[[str], bool]:
    """Whether a text is the wanted one in any case, in which `*` stands for any characters."""
    pattern = re.compile(re.escape(wanted.lower()).replace(r"\*", ".*"), re.DOTALL)
    return lambda text: pattern.fullmatch(text.lower()) is not None


def _status(wanted: str) -> ExchangeTest:
    first, last = statuses(wanted)
    return lambda exchange: first <= exchange.status <= last


def statuses(wanted: str) -> tuple[int, int]:
    """The first and the last status that is meant.

    Raises:
        ValueError: none is.
    """
    if re.fullmatch(r"[1-5]xx", wanted.lower()):
        return int(wanted[0]) * 100, int(wanted[0]) * 100 + 99
    found = re.fullmatch(r"([0-9]{1,3})(?:-([0-9]{1,3}))?", wanted)
    if found is None:
        raise ValueError("a status is written like 302, 4xx or 400-499")
    return int(found[1]), int(found[2] or found[1])


def _refused(_: str) -> ExchangeTest:
    return lambda exchange: bool(exchange.rule or exchange.error) or exchange.status >= 400


def _faulty(_: str) -> ExchangeTest:
    return lambda exchange: bool(exchange.fault)


def _grant(wanted: str) -> ExchangeTest:
    is_grant = granted(wanted)
    return lambda exchange: is_grant(exchange.grant)


def granted(wanted: str) -> Callable[[str], bool]:
    """Whether a grant is the wanted one, as it is sent or as people say it."""
    low = wanted.lower().replace("_", " ")
    return lambda grant: (
        bool(grant) and low in (grant.lower().replace("_", " "), grant_words(grant).lower())
    )


def _login(wanted: str) -> ExchangeTest:
    # Ids are letters A to Z and digits.
    begins = re.compile(re.escape(wanted), re.IGNORECASE | re.ASCII).match
    return lambda exchange: begins(exchange.login_id) is not None


def _slow(wanted: str) -> ExchangeTest:
    if not re.fullmatch(r"\d{1,9}", wanted):
        raise ValueError("~slow takes milliseconds, such as ~slow 500")
    least = int(wanted)
    return lambda exchange: exchange.duration >= least


def _marked(_: str) -> MarkTest:
    return lambda mark: mark.marked


def _coloured(wanted: str) -> MarkTest:
    low = wanted.lower()
    if low not in COLOURS:
        raise ValueError(f"a colour is {', '.join(COLOURS[:-1])} or {COLOURS[-1]}")
    return lambda mark: mark.colour == low


def _noted(wanted: str) -> MarkTest:
    low = wanted.lower()
    return lambda mark: bool(mark.note) and low in mark.note.lower()


OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        operator.name: operator
        for operator in (
            Operator(
                "client",
                "client",
                "the app client is {}",
                _named("client_name", "client_id"),
            ),
            Operator("user", "user", "the user is {}", _named("username")),
            Operator("pool", "pool id", "the user pool is {}", _named("pool_id")),
            Operator("grant", "grant", "the grant is {}", _grant),
            Operator("err", "", "it was refused", _refused),
            Operator("rule", "rule", "rule {} refused it", _named("rule")),
            Operator("login", "login id", "it belongs to the login {}", _login),
            Operator("m", "method", "the method is {}", _equal("method")),
            Operator("u", "part of a path", "the path holds {}", _path),
            Operator("c", "status", "the status is {}", _status),
            Operator("s", "step", "the step is {}", _named("step")),
            Operator("slow", "milliseconds", "the answer took {} ms or more", _slow),
            Operator("fault", "", "a fault was in play", _faulty),
            Operator("mark", "", "it or its login is marked", mark=_marked),
            Operator("colour", "colour", "it or its login is marked {}", mark=_coloured),
            Operator("note", "text", "a note on it or its login holds {}", mark=_noted),
            Operator("p", "name=value", "a parameter is {}", None, parameter_is),
            Operator("b", "text", "a body holds {}", None, body_holds),
            Operator("h", "text", "a header holds {}", None, header_holds),
            Operator("claim", "name=value", "a token says {}", None, claim_is),
        )
    }
)
"""Every operator by its name, in the order they are offered."""

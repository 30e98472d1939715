"""Reading older traffic out of the workspace: one short look after the other, in a thread."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Event
from time import perf_counter

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.store.traffic_conditions import Condition
from sandbox_app.store.traffic_search import (
    Span,
    StoredRow,
    details,
    login_rows,
    newest,
    rows,
    where_logins,
)
from sandbox_app.store.traffic_sql import Where, where
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.filters.searched import searched_text
from sandbox_app.workbench.live.login import Login

_AT_ONCE = 200
"""Candidates looked at before the clock is looked at: about 10 ms if their bodies are read."""
_IN_ONE_BREATH = 24
"""Exchanges whose bodies are looked into, or logins that are made, in one go."""

_NO_BOUND = 2**62
_BREATH = 0.0003
_NEVER = Event()


@dataclass(slots=True)
class Look:
    """What one look found, newest first.

    Attributes:
        reached: the row number down to which everything was looked at.
        candidates: what the next look begins with, which is dear to find out.
        finished: whether there is nothing below it.
    """

    reached: int
    candidates: Where
    finished: bool = False
    requests: list[tuple[Exchange, Login]] = field(default_factory=list)
    logins: list[Login] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Alone:
    """One exchange as a filter looks at it."""

    text: str
    filtered: tuple[Exchange]


def look_for_requests(
    connection: sqlite3.Connection,
    wanted: Filter,
    condition: Condition,
    span: Span,
    candidates: Where | None = None,
    *,
    most: int,
    seconds: float,
) -> Look:
    """The newest requests that pass, each with its whole login; at most so many, or so long."""
    look, passed = Look(span.before, candidates or where(connection, condition)), list[Exchange]()
    until = perf_counter() + seconds
    while not look.finished and len(passed) < most and perf_counter() < until:
        numbers = newest(connection, Span(span.after, look.reached), look.candidates, _AT_ONCE)
        look.finished = len(numbers) < _AT_ONCE
        found = rows(connection, numbers)
        _read(connection, wanted, found)
        for row in found:
            if len(passed) == most:
                look.finished = False
                break
            look.reached = row.sequence
            if wanted.passes(_Alone(searched_text(row.exchange), (row.exchange,))):
                passed.append(row.exchange)
    if look.finished:
        look.reached = span.after
    logins: dict[str, Login] = {}
    for exchange in passed:
        if exchange.login_id and exchange.login_id not in logins:
            logins[exchange.login_id] = _login(_of_login(connection, exchange))
            if len(logins) % _IN_ONE_BREATH == 0:
                _breathe()
        look.requests.append((exchange, logins.get(exchange.login_id) or _login([exchange])))
    return look


def look_for_logins(
    connection: sqlite3.Connection,
    wanted: Filter,
    conditions: Sequence[Condition],
    span: Span,
    known: Callable[[str], bool],
    candidates: Where | None = None,
    *,
    most: int,
    seconds: float,
) -> Look:
    """The newest logins that pass, whole, by their newest request that may have made them pass.

    Args:
        known: whether a login is in the window already; it is passed over.
    """
    look, seen = Look(span.before, candidates or where_logins(connection, span, conditions)), set()
    # From here on: a look that only made ready would never come to an end.
    until = perf_counter() + seconds
    while not look.finished and len(look.logins) < most and perf_counter() < until:
        numbers = newest(connection, Span(span.after, look.reached), look.candidates, _AT_ONCE)
        look.finished = len(numbers) < _AT_ONCE
        for row in rows(connection, numbers):
            if len(look.logins) == most:
                look.finished = False
                break
            look.reached = row.sequence
            login_id = row.exchange.login_id
            if login_id in seen or (login_id and known(login_id)):
                continue
            if login_id:
                seen.add(login_id)
            whole = [row]
            if login_id:
                whole = login_rows(connection, login_id, Span(span.after, _NO_BOUND))
            _read(connection, wanted, whole)
            login = _login([each.exchange for each in whole])
            if wanted.passes(login):
                look.logins.append(login)
            if len(seen) % _IN_ONE_BREATH == 0:
                _breathe()
    if look.finished:
        look.reached = span.after
    return look


def whole_logins(
    connection: sqlite3.Connection, login_ids: Iterable[str], after: int
) -> dict[str, list[Exchange]]:
    """All exchanges of these logins, oldest first."""
    found = {}
    for count, login_id in enumerate(login_ids, 1):
        stored = login_rows(connection, login_id, Span(after, _NO_BOUND))
        found[login_id] = [row.exchange for row in stored]
        if count % _IN_ONE_BREATH == 0:
            _breathe()
    return found


def _of_login(connection: sqlite3.Connection, exchange: Exchange) -> list[Exchange]:
    found = login_rows(connection, exchange.login_id, Span(0, _NO_BOUND))
    return [row.exchange for row in found] or [exchange]


def _login(exchanges: Sequence[Exchange]) -> Login:
    login = Login(0, exchanges[0], searched_text(exchanges[0]))
    for exchange in exchanges[1:]:
        login.add(exchange, searched_text(exchange))
    return login


def _read(connection: sqlite3.Connection, wanted: Filter, found: Iterable[StoredRow]) -> None:
    """Look into headers and bodies, where the filter asks for them."""
    if not wanted.reads:
        return
    unread = {row.exchange.id: row for row in found if not wanted.is_read(row.exchange)}
    numbers = [row.sequence for row in unread.values()]
    for count, (key, detail) in enumerate(details(connection, numbers), 1):
        wanted.read(unread[key].exchange, detail)
        if count % _IN_ONE_BREATH == 0:
            _breathe()


def _breathe() -> None:
    """Let the loop's thread have the interpreter at once; it would wait 5 ms each time it asks."""
    _NEVER.wait(_BREATH)

"""Stored exchanges found by conditions, newest first; on a connection of one's own, in a thread.

Every function is short: a walk through the summaries of a million exchanges takes about an
eighth of a second. `interrupt` on the connection ends it with an `OperationalError`.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.store.traffic_conditions import EVERYTHING, Condition
from sandbox_app.store.traffic_rows import (
    DETAIL_COLUMNS,
    EXCHANGE_COLUMNS,
    detail_of,
    exchange_of,
)
from sandbox_app.store.traffic_sql import ALWAYS, NEVER, Where, where
from sandbox_app.store.traffic_values import BLOCK

RARE = 2_000
"""Conditions that so few exchanges fulfil are worth beginning with."""

MOST_OF_A_LOGIN = 2_000
"""Exchanges of one login that are read, the newest ones."""

_NUMBERS = "SELECT json_group_array(sequence) FROM ({})"
_WALK = (
    "SELECT s.sequence FROM exchange_summary AS s "
    "WHERE s.sequence > ? AND s.sequence < ? AND {} ORDER BY s.sequence DESC LIMIT ?"
)
_COUNT = "SELECT count(*) FROM exchange_summary AS s WHERE s.sequence > ? AND s.sequence < ? AND {}"
# All without those outside: counting all takes no look at each of them.
_COUNT_ALL = (
    "SELECT (SELECT count(*) FROM exchange_summary) "
    "- (SELECT count(*) FROM exchange_summary WHERE sequence <= ?) "
    "- (SELECT count(*) FROM exchange_summary WHERE sequence >= ?)"
)
_BLOCKS = (
    "SELECT block FROM exchange_block WHERE block BETWEEN ? AND ? "
    "AND code IN (SELECT value FROM json_each(?))"
)
_ROWS = (
    f"SELECT e.sequence, {EXCHANGE_COLUMNS} FROM json_each(?) AS wanted "
    "CROSS JOIN exchange AS e ON e.sequence = wanted.value ORDER BY e.sequence DESC"
)
_DETAILS = (
    f"SELECT e.id, {DETAIL_COLUMNS} FROM json_each(?) AS wanted "
    "CROSS JOIN exchange AS e ON e.sequence = wanted.value "
    "CROSS JOIN exchange_detail AS d ON d.sequence = e.sequence"
)
_ELSEWHERE = (
    "SELECT 1 FROM exchange AS e CROSS JOIN exchange AS l "
    "CROSS JOIN exchange_summary AS t ON t.sequence = l.sequence "
    "WHERE e.sequence = {{s}}.sequence AND e.login_id <> '' AND l.login_id <> '' "
    "AND l.login_id = e.login_id COLLATE NOCASE AND l.login_id = e.login_id AND {}"
)
_OF_LOGIN = "login_id <> '' AND login_id = ? COLLATE NOCASE AND login_id = ?"
_LOGIN = (
    f"SELECT e.sequence, {EXCHANGE_COLUMNS} FROM exchange AS e WHERE e.{{}} "
    "AND e.sequence > ? AND e.sequence < ? ORDER BY e.sequence DESC LIMIT ?"
)


class StoredRow(NamedTuple):
    """An exchange and its row number."""

    sequence: int
    exchange: Exchange


class Span(NamedTuple):
    """Row numbers from `after` to `before`, both left out."""

    after: int
    before: int


def count(connection: sqlite3.Connection, span: Span, condition: Condition = EVERYTHING) -> int:
    """How many exchanges there are that may fulfil a condition."""
    wanted = where(connection, condition)
    if wanted == NEVER:
        return 0
    if wanted == ALWAYS:
        return int(connection.execute(_COUNT_ALL, span).fetchone()[0])
    sql = _COUNT.format(wanted.on("s"))
    parts = _worth_a_look(connection, span, wanted)
    return sum(connection.execute(sql, (*it, *wanted.values)).fetchone()[0] for it in parts)


def matching(
    connection: sqlite3.Connection, span: Span, condition: Condition, limit: int
) -> list[int]:
    """The row numbers of the newest that may fulfil a condition."""
    return newest(connection, span, where(connection, condition), limit)


def matching_logins(
    connection: sqlite3.Connection, span: Span, conditions: Sequence[Condition], limit: int
) -> list[int]:
    """The newest exchanges whose logins may fulfil all conditions; see `where_logins`."""
    return newest(connection, span, where_logins(connection, span, conditions), limit)


def where_logins(
    connection: sqlite3.Connection, span: Span, conditions: Sequence[Condition]
) -> Where:
    """What is true of exchanges whose login may fulfil each condition, by any exchange of it.

    They fulfil the rarest of the conditions themselves. It takes a walk for each condition, so
    ask once; the answer is good for all parts of the span.
    """
    wanted = [where(connection, condition) for condition in conditions]
    if NEVER in wanted:
        return NEVER
    wanted = [each for each in wanted if each != ALWAYS]
    if len(wanted) < 2:
        return wanted[0] if wanted else ALWAYS
    first, begun_with = _rarest(connection, span, wanted)
    return _with(begun_with, [each for number, each in enumerate(wanted) if number != first])


def newest(connection: sqlite3.Connection, span: Span, wanted: Where, limit: int) -> list[int]:
    """The row numbers of the newest of which it is true."""
    if wanted == NEVER:
        return []
    # One text for all of them: fetching rows one by one would hold the interpreter for longer.
    sql = _NUMBERS.format(_WALK.format(wanted.on("s")))
    numbers: list[int] = []
    for part in _worth_a_look(connection, span, wanted):
        values = (*part, *wanted.values, limit - len(numbers))
        numbers += json.loads(connection.execute(sql, values).fetchone()[0])
        if len(numbers) == limit:
            break
    return numbers


def rows(connection: sqlite3.Connection, sequences: Sequence[int]) -> list[StoredRow]:
    """The exchanges with these row numbers, newest first."""
    found = connection.execute(_ROWS, (json.dumps(list(sequences)),)).fetchall()
    return [StoredRow(row[0], exchange_of(row[1:])) for row in found]


def login_rows(connection: sqlite3.Connection, login_id: str, span: Span) -> list[StoredRow]:
    """The exchanges of a login, oldest first; of very many the newest."""
    sql = _LOGIN.format(_OF_LOGIN.replace(" login_id", " e.login_id"))
    values = (login_id, login_id, *span, MOST_OF_A_LOGIN)
    found = connection.execute(sql, values).fetchall()
    return [StoredRow(row[0], exchange_of(row[1:])) for row in reversed(found)]


def sequence_of(connection: sqlite3.Connection, exchange_ids: Sequence[str]) -> int | None:
    """The row number of the first of these that is stored."""
    for exchange_id in exchange_ids:
        sql = "SELECT sequence FROM exchange WHERE id = ?"
        row = connection.execute(sql, (exchange_id,)).fetchone()
        if row is not None:
            return int(row[0])
    return None


def details(
    connection: sqlite3.Connection, sequences: Sequence[int]
) -> Iterator[tuple[str, ExchangeDetail]]:
    """Everything about these exchanges, by their ids."""
    for row in connection.execute(_DETAILS, (json.dumps(list(sequences)),)):
        yield row[0], detail_of(row[0], row[1:])


def _worth_a_look(connection: sqlite3.Connection, span: Span, wanted: Where) -> list[Span]:
    """The parts of a span where anything can be found, newest first."""
    if not wanted.needs:
        return [span]
    sql = " INTERSECT ".join([_BLOCKS] * len(wanted.needs))
    bounds = (span.after // BLOCK, span.before // BLOCK)
    values = [it for codes in wanted.needs for it in (*bounds, json.dumps(list(codes)))]
    (found,) = connection.execute(f"SELECT json_group_array(block) FROM ({sql})", values).fetchone()
    parts: list[Span] = []
    for block in sorted(set(json.loads(found)), reverse=True):
        after, before = block * BLOCK - 1, (block + 1) * BLOCK
        if parts and parts[-1].after == before - 1:
            parts[-1] = Span(after, parts[-1].before)
        else:
            parts.append(Span(after, before))
    return [Span(max(it.after, span.after), min(it.before, span.before)) for it in parts]


def _rarest(
    connection: sqlite3.Connection, span: Span, wanted: Sequence[Where]
) -> tuple[int, Where]:
    """Which of them is best begun with, and how: one of few exchanges, else the most spread out."""
    reached = []
    for number, each in enumerate(wanted):
        found = newest(connection, span, each, RARE)
        if len(found) < RARE:
            few = Where("{s}.sequence IN (SELECT value FROM json_each(?))", (json.dumps(found),))
            return number, few
        reached.append(found[-1])
    first = reached.index(min(reached))
    return first, wanted[first]


def _with(first: Where, others: Sequence[Where]) -> Where:
    """The first, and of the same login the others."""
    found = first
    for each in others:
        elsewhere = _ELSEWHERE.format(each.on("t"))
        found &= Where(f"({each.sql} OR EXISTS ({elsewhere}))", (*each.values, *each.values))
    return found

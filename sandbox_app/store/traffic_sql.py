"""Conditions on stored exchanges turned into SQL over `exchange_summary`.

Texts are compared once for each different one, and then by their numbers. Values travel as
parameters only.
"""

import json
import math
import sqlite3
from collections.abc import Container
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, NamedTuple

from sandbox_app.store.database import storable
from sandbox_app.store.traffic_conditions import (
    TEXTS,
    AboutAny,
    AtMost,
    Between,
    Condition,
    Every,
    Filled,
    Has,
    LoginBegins,
    SentAgain,
    Some,
    StatusIn,
    Without,
)
from sandbox_app.store.traffic_values import STATUS

_FEW, _MANY = 20, 500
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Where:
    """An expression over a summary that is called `{s}`, and the values for its question marks.

    Attributes:
        needs: of each of these, one number at least occurs in a block where it can be true.
    """

    sql: str
    values: tuple[Any, ...] = ()
    needs: tuple[frozenset[int], ...] = ()

    def on(self, alias: str) -> str:
        """The expression over a summary of that name."""
        return self.sql.format(s=alias)

    def __and__(self, other: "Where") -> "Where":
        if NEVER in (self, other):
            return NEVER
        if self == ALWAYS:
            return other
        return self if other == ALWAYS else self._joined("AND", other, self.needs + other.needs)

    def __or__(self, other: "Where") -> "Where":
        if ALWAYS in (self, other):
            return ALWAYS
        if self == NEVER:
            return other
        if other == NEVER:
            return self
        needs: tuple[frozenset[int], ...] = ()
        if self.needs and other.needs:
            needs = (min(self.needs, key=len) | min(other.needs, key=len),)
        return self._joined("OR", other, needs)

    def __invert__(self) -> "Where":
        if self in (ALWAYS, NEVER):
            return NEVER if self == ALWAYS else ALWAYS
        return Where(f"NOT {self.sql}", self.values)

    def _joined(self, word: str, other: "Where", needs: tuple[frozenset[int], ...]) -> "Where":
        return Where(f"({self.sql} {word} {other.sql})", (*self.values, *other.values), needs)


ALWAYS, NEVER = Where("1"), Where("0")


def where(connection: sqlite3.Connection, condition: Condition, *, at_most: bool = True) -> Where:
    """What is true wherever the condition may hold; with `at_most` false, where it surely does.

    Args:
        connection: to the file the expression is meant for; texts in it are looked at.
    """
    match condition:
        case Every(parts):
            each = (where(connection, part, at_most=at_most) for part in parts)
            return reduce(Where.__and__, each, ALWAYS)
        case Some(parts):
            each = (where(connection, part, at_most=at_most) for part in parts)
            return reduce(Where.__or__, each, NEVER)
        case Without(part):
            return ~where(connection, part, at_most=not at_most)
        case AtMost(part):
            return where(connection, part) if at_most else NEVER
        case Has():
            return _one_of(condition.field, *_codes(connection, condition))
        case Filled(field):
            return _filled(connection, field)
        case StatusIn(numbers):
            return _status(connection, numbers)
        case Between():
            return _between(connection, condition)
        case LoginBegins(text):
            return _login(text)
        case AboutAny(exchanges, logins):
            return _about(exchanges, logins)
        case SentAgain():
            return _again(connection)


def _codes(connection: sqlite3.Connection, wanted: Has) -> tuple[list[int], bool]:
    """The numbers of the texts that pass, 0 for the empty one; and whether all of them do."""
    sql = "SELECT code, value FROM exchange_value WHERE field = ?"
    values: list[Any] = [TEXTS.index(wanted.field)]
    if wanted.text and not storable(wanted.text):
        return [], False
    if wanted.whole:
        sql += " AND low = ?"
        values.append(wanted.text)
    elif wanted.text:
        sql += " AND instr(low, ?) > 0"
        values.append(wanted.text)
    check = wanted.check
    rows = connection.execute(sql, values).fetchall()
    codes = [code for code, value in rows if check is None or check(value)]
    if not wanted.text and (check is None or check("")):
        codes.append(0)
    everything = not wanted.whole and not wanted.text and len(codes) == len(rows) + 1
    return codes, everything


def _one_of(column: str, codes: list[int], complete: bool) -> Where:
    if complete:
        return ALWAYS
    if not codes:
        return NEVER
    needs = () if 0 in codes else _needs(codes)
    if len(codes) == 1:
        return Where(f'{{s}}."{column}" = ?', (codes[0],), needs)
    if len(codes) <= _FEW:
        marks = ", ".join("?" * len(codes))
        return Where(f'{{s}}."{column}" IN ({marks})', tuple(codes), needs)
    many = json.dumps(codes)
    return Where(f'{{s}}."{column}" IN (SELECT value FROM json_each(?))', (many,), needs)


def _needs(codes: list[int]) -> tuple[frozenset[int], ...]:
    """Very many texts may be anywhere; it is not worth asking where."""
    return (frozenset(codes),) if len(codes) <= _MANY else ()


def _filled(connection: sqlite3.Connection, field: str) -> Where:
    sql = "SELECT code FROM exchange_value WHERE field = ? LIMIT ?"
    found = connection.execute(sql, (TEXTS.index(field), _MANY + 1)).fetchall()
    if not found:
        return NEVER
    return Where(f'{{s}}."{field}" <> 0', (), _needs([code for (code,) in found]))


def _status(connection: sqlite3.Connection, wanted: Container[object]) -> Where:
    sql = "SELECT code, CAST(value AS INTEGER) FROM exchange_value WHERE field = ?"
    known = connection.execute(sql, (STATUS,)).fetchall()
    found = [(code, status) for code, status in known if status in wanted]
    statuses = _one_of("status", [status for _, status in found], len(found) == len(known) > 0)
    if statuses in (ALWAYS, NEVER):
        return statuses
    return replace(statuses, needs=_needs([code for code, _ in found]))


def _between(connection: sqlite3.Connection, wanted: Between) -> Where:
    least = -math.inf if wanted.least is None else wanted.least
    most = math.inf if wanted.most is None else wanted.most
    if wanted.field == "status":
        return _status(connection, _Numbers(least, most))
    return Where("{s}.duration BETWEEN ? AND ?", (least, most))


class _Numbers(NamedTuple):
    """All numbers between two."""

    least: float
    most: float

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.least <= number <= self.most


def _about(exchanges: tuple[str, ...], logins: tuple[str, ...]) -> Where:
    known = [
        json.dumps([each for each in ids if each and storable(each)]) for ids in (exchanges, logins)
    ]
    if known == ["[]", "[]"]:
        return NEVER
    return Where(
        "{s}.sequence IN (SELECT e.sequence FROM json_each(?) AS wanted "
        "CROSS JOIN exchange AS e ON e.id = wanted.value "
        "UNION ALL SELECT e.sequence FROM json_each(?) AS wanted "
        "CROSS JOIN exchange AS e ON e.login_id <> '' "
        "AND e.login_id = wanted.value COLLATE NOCASE AND e.login_id = wanted.value)",
        tuple(known),
    )


def _again(connection: sqlite3.Connection) -> Where:
    sql = "SELECT sequence FROM exchange WHERE again_of <> ''"
    # Mostly there is none, and then nothing has to be walked for it.
    found = connection.execute(f"{sql} LIMIT 1").fetchone()
    return NEVER if found is None else Where(f"{{s}}.sequence IN ({sql})")


def _login(text: str) -> Where:
    if not text:
        return ALWAYS
    if not storable(text):
        return NEVER
    return Where(
        "{s}.sequence IN (SELECT sequence FROM exchange WHERE login_id <> '' "
        "AND login_id >= ? COLLATE NOCASE AND login_id < ? COLLATE NOCASE "
        "AND substr(login_id, 1, ?) = ? COLLATE NOCASE)",
        (text, text + _LAST, len(text), text),
    )

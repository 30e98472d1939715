"""Which users of a pool a list shows, and in which order: row numbers alone, for any connection.

`user_search` and `user_value` are kept by triggers; what they hold of a user is written down in
their migration.
"""

import json
import re
import sqlite3
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sandbox_app.store.database import storable

_CODED = str.maketrans("0123456789ABCDEF", "GHIJKLMNOPABCDEF")
_LETTERS = {
    "username": "A",
    "email": "B",
    "phone_number": "C",
    "name": "D",
    "given_name": "E",
    "family_name": "F",
    "preferred_username": "G",
    "email_verified": "H",
    "phone_number_verified": "I",
}
_OWN_ORDER = {
    "username": "u.username_key",
    "created": "u.creation_date",
    "modified": "u.last_modified_date",
    "sub": "u.sub",
    "email": "u.email COLLATE NOCASE",
    "phone_number": "u.phone_number",
    "name": "u.name COLLATE NOCASE",
    "given_name": "u.given_name COLLATE NOCASE",
    "family_name": "u.family_name COLLATE NOCASE",
    "preferred_username": "u.preferred_username COLLATE NOCASE",
}
"""Orders that an index of `pool_user` has ready."""

_OF_EVERYBODY = ("username", "created", "modified", "sub", "status", "enabled")
"""Orders in which nobody is missing."""

_BY_NAME = ("username", "status", "enabled")
"""Orders that `user_search` has, so that it is read in order and narrowed in one go."""

_FIRST = 100
"""Rows that a table shows at most before all others are found."""

_FEW = 2000
"""So many users are sorted faster than picked out of an order of all."""

_PIECE = 100_000
"""Characters of a list of numbers that are read without a break, in one or two milliseconds."""

_OWN = re.compile("custom:[a-z]*")
_BEGINS_SUB = re.compile("[0-9a-f-]{8,}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_LONGEST_PATTERN = 40_000
"""Bytes; SQLite refuses 50,000, and no attribute is as long as a twentieth of that."""

_GLOB_SPECIAL = "*?["


@dataclass(frozen=True, slots=True)
class Word:
    """Something to find, in any case: in any attribute, or in one, or as the whole value of it."""

    text: str
    attribute: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UserConditions:
    """What a user must fulfil; all of it, `None` and `()` meaning any."""

    words: tuple[Word, ...] = ()
    status: str | None = None
    enabled: bool | None = None
    group: str | None = None
    verified: bool | None = None


def ordered_users(
    connection: sqlite3.Connection,
    pool_id: str,
    conditions: UserConditions,
    sort: str,
    *,
    descending: bool,
    early: Callable[["array[int]"], None] | None = None,
) -> "array[int]":
    """The `seq` of every user that fulfils the conditions, in order.

    Args:
        sort: `username`, `status`, `enabled`, `created`, `modified` or an attribute. Who lacks the
            attribute comes last either way.
        early: told the first hundred where finding all others takes longer.
    """
    order = _Order(connection, pool_id, conditions, sort, descending=descending)
    return array("q", order.all(early) if order.possible else [])


class _Order:
    """One question to one connection."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        pool_id: str,
        conditions: UserConditions,
        sort: str,
        *,
        descending: bool,
    ) -> None:
        self._connection = connection
        self._pool_id = pool_id
        self._sort = sort
        self._descending = descending
        self._where, self._values = _where(pool_id, conditions)
        self._anybody = conditions == UserConditions()

    @property
    def possible(self) -> bool:
        """Whether SQLite can hold what is asked for, and look for it."""
        return all(
            storable(value) and len(value.encode()) < _LONGEST_PATTERN
            for value in (*self._values, self._sort)
        )

    def all(self, early: Callable[["array[int]"], None] | None) -> list[int]:
        """Everybody that fulfils the conditions."""
        few = None
        if self._sort not in _BY_NAME and not self._anybody:
            few = self._hits(limit=_FEW + 1)
            if len(few) <= _FEW:
                found = self._sorted(among=json.dumps(few))
                return _with_missing(found, few)
        if early is not None:
            first = self._sorted(limit=_FIRST)
            if len(first) == _FIRST:
                early(array("q", first))
            if self._sort == "username":
                return first + self._sorted(after=first[-1]) if first else first
        if few is None:
            found = self._sorted()
            return found if self._sort in _OF_EVERYBODY else self._completed(found)
        hits = self._hits()
        wanted = set(hits)
        found = [seq for seq in self._sorted(narrowed=False) if seq in wanted]
        return _with_missing(found, hits)

    def _completed(self, found: list[int]) -> list[int]:
        sql = "SELECT count(*) FROM pool_user WHERE user_pool_id = ?"
        (everybody,) = self._connection.execute(sql, (self._pool_id,)).fetchone()
        return found if len(found) == everybody else _with_missing(found, self._hits())

    def _hits(self, limit: int = -1) -> list[int]:
        """Everybody that fulfils the conditions, by name."""
        table = "pool_user" if self._anybody else "user_search"
        return self._numbers(
            f"SELECT s.seq FROM {table} AS s WHERE s.user_pool_id = ?{self._where} "
            f"ORDER BY s.username_key LIMIT {limit}",
            [self._pool_id, *self._values],
        )

    def _sorted(
        self,
        *,
        among: str | None = None,
        after: int | None = None,
        limit: int = -1,
        narrowed: bool = True,
    ) -> list[int]:
        """Users in order; those without the attribute are left out.

        Args:
            among: a JSON list of the only users to order, who fulfil the conditions.
            after: the `seq` of a user to begin behind, in the order of names.
            narrowed: whether to look at the conditions.
        """
        narrowed = narrowed and among is None and not self._anybody
        table, order, present = self._source(narrowed)
        where = [f"{table}.user_pool_id = ?", *present]
        values: list[str | int] = [self._pool_id]
        source = {"u": "pool_user", "s": "user_search", "v": "user_value"}[table] + f" AS {table}"
        if table == "v":
            where.append("v.attribute = ?")
            values.append(self._sort)
        if among is not None:
            # The plus sign keeps SQLite from walking all users when the few are known by number.
            where[0] = f"+{where[0]}" if table == "u" else where[0]
            where.append(f"{table}.seq IN (SELECT value FROM json_each(?))")
            values.append(among)
        if after is not None:
            beyond = "<" if self._descending else ">"
            where.append(
                f"{table}.username_key {beyond} (SELECT username_key FROM pool_user WHERE seq = ?)"
            )
            values.append(after)
        if narrowed:
            if table != "s":
                # A cross join is gone through as it is written: in this order.
                source += (
                    f" CROSS JOIN user_search AS s ON s.user_pool_id = {table}.user_pool_id "
                    f"AND s.username_key = {table}.username_key"
                )
            where.append(f"1{self._where}")
            values += self._values
        return self._numbers(
            f"SELECT {table}.seq FROM {source} WHERE {' AND '.join(where)} "
            f"ORDER BY {order} LIMIT {limit}",
            values,
        )

    def _source(self, narrowed: bool) -> tuple[str, str, list[str]]:
        """The table whose index has the order, the order, and who is in it."""
        down = " DESC" if self._descending else ""
        if self._sort == "username" and narrowed:
            return "s", f"s.username_key{down}", []
        if self._sort in ("status", "enabled"):
            return "s", f"s.{self._sort}{down}, s.username_key{down}", []
        if self._sort in _OWN_ORDER:
            expression = _OWN_ORDER[self._sort]
            column = expression.partition(" ")[0]
            whole = self._sort in _OF_EVERYBODY
            return "u", f"{expression}{down}, u.seq{down}", [] if whole else [f"{column} <> ''"]
        return "v", f"v.value{down}, v.username_key{down}", []

    def _numbers(self, sql: str, values: Sequence[str | int]) -> list[int]:
        """One text for all: fetching rows one by one would hold the interpreter for longer.

        The text is read in pieces, for the same reason.
        """
        sql = f"SELECT coalesce(group_concat(seq), '') FROM ({sql})"
        (text,) = self._connection.execute(sql, values).fetchone()
        numbers: list[int] = []
        start = 0
        while start < len(text):
            end = text.find(",", start + _PIECE)
            end = len(text) if end < 0 else end
            numbers += json.loads(f"[{text[start:end]}]")
            start = end + 1
        return numbers


def _with_missing(found: list[int], everybody: list[int]) -> list[int]:
    """With those at the end who lack what the others are sorted by."""
    if len(found) == len(everybody):
        return found
    have = set(found)
    return found + [seq for seq in everybody if seq not in have]


def _where(pool_id: str, conditions: UserConditions) -> tuple[str, list[str]]:
    """The conditions as SQL about `s`, each behind an AND, and their values."""
    where, values = [""], list[str]()
    for word in sorted(conditions.words, key=_told_by_few):
        more, wanted = _contains(word)
        where.append(more)
        values += wanted
    if conditions.status is not None:
        where.append("s.status = ?")
        values.append(conditions.status)
    if conditions.enabled is not None:
        where.append(f"s.enabled = {int(conditions.enabled)}")
    if conditions.verified is not None:
        where.append(f"s.verified = {int(conditions.verified)}")
    if conditions.group is not None:
        where.append(
            "s.seq IN (SELECT u.seq FROM membership AS m JOIN pool_user AS u "
            "ON u.user_pool_id = m.user_pool_id AND u.sub = m.sub "
            "WHERE m.user_pool_id = ? AND m.group_name = ?)"
        )
        values += [pool_id, conditions.group]
    return " AND ".join(where), values


def _told_by_few(word: Word) -> tuple[bool, int]:
    """Words that fit few users first, by their looks: the others need not be asked then."""
    return not any(map(str.isdigit, word.text)), -len(word.text)


def _contains(word: Word) -> tuple[str, list[str]]:
    text = _lowered(word.text)
    if word.attribute is None:
        test, values = _within("s.text", text)
        if not _BEGINS_SUB.fullmatch(text):
            return test, values
        return f"({test} OR s.sub GLOB ?)", [*values, f"{text}*"]
    if word.attribute == "sub":
        return ("s.sub = ?" if word.whole else "instr(s.sub, ?) > 0"), [text]
    if word.attribute.endswith("_verified"):
        text = text.upper()
    anywhere, values = _within("s.text", text)
    value = _value(word.attribute)
    exact, more = _equals(value, text) if word.whole else _within(value, text)
    # Taking the value out is slow; most users have the text nowhere.
    return f"({anywhere} AND {exact})", values + more


def _within(expression: str, text: str) -> tuple[str, list[str]]:
    """The text anywhere in it, whatever the case of the letters beyond A to Z.

    GLOB jumps to the first letter, `instr` compares at each.
    """
    test, values = f"{expression} GLOB ?", [f"*{''.join(map(_either_case, text))}*"]
    if text.isascii():
        return test, values
    # What is the same large and small is looked for first: a choice of letters takes longer.
    same = max(_BEYOND_ASCII.split(text), key=len)
    return (f"({test} AND {test})", [f"*{_literal(same)}*", *values]) if same else (test, values)


def _equals(expression: str, text: str) -> tuple[str, list[str]]:
    return f"{expression} GLOB ?", ["".join(map(_either_case, text))]


def _either_case(char: str) -> str:
    cases = _cases(char)
    return f"[{''.join(sorted(cases))}]" if len(cases) > 1 else _literal(char)


def _literal(text: str) -> str:
    return "".join(f"[{char}]" if char in _GLOB_SPECIAL else char for char in text)


def _cases(char: str) -> set[str]:
    """The letter large and small; A to Z are small by now, and an ı is no I."""
    cases = {char, char.lower(), char.upper()} if not char.isascii() else {char}
    return {each for each in cases if len(each) == 1 and (each == char or not each.isascii())}


def _lowered(text: str) -> str:
    """As SQLite's `lower` does it, which knows the letters A to Z alone."""
    return "".join(char.lower() if char.isascii() else char for char in text)


def _label(attribute: str) -> str:
    """What stands before the attribute's value in the text."""
    name = _LETTERS.get(attribute)
    if name is None and _OWN.fullmatch(attribute):
        name = f"X{attribute.removeprefix('custom:').upper()}"
    if name is None:
        coded = attribute.encode("utf-8", "surrogatepass").hex().upper()
        name = f"Y{coded.translate(_CODED)}"
    return f"\x1e{name}\x1f"


def _value(attribute: str) -> str:
    """The attribute's value, `''` for none. The name is in letters A to Z by now."""
    label = _label(attribute)
    rest = f"substr(s.text, instr(s.text, '{label}') + {len(label)})"
    value = f"substr({rest}, 1, instr({rest}, char(30)) - 1)"
    return f"CASE WHEN instr(s.text, '{label}') > 0 THEN {value} ELSE '' END"

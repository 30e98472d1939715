"""Which users of a pool a list shows, and in which order: row numbers alone, for any connection.

`user_search` is kept by triggers; what it holds of a user is written down in its migration.
"""

import json
import sqlite3
from array import array
from dataclasses import dataclass

from sandbox_app.store.database import storable

_NAMES = str.maketrans("0123456789ABCDEF", "GHIJKLMNOPABCDEF")
_OWN_ORDER = {
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
"""Orders that an index has ready."""

_OF_SEARCH = ("status", "enabled")
_FEW = 2000
"""So many users are sorted faster than picked out of an order of all."""

_MOST_FORMS = 4
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
) -> "array[int]":
    """The `seq` of every user that fulfils the conditions, in order.

    Args:
        sort: `username`, `status`, `enabled`, `created`, `modified` or an attribute.
    """
    if sort != "username" and conditions == UserConditions():
        found = _directed(_sorted(connection, pool_id, sort, None), descending)
        if len(found) == _count(connection, pool_id):
            return array("q", found)
        return array("q", _completed(found, _hits(connection, pool_id, conditions)))
    hits = _hits(connection, pool_id, conditions)
    if sort == "username":
        return array("q", _directed(hits, descending))
    among = json.dumps(hits) if len(hits) <= _FEW else None
    found = _directed(_sorted(connection, pool_id, sort, among), descending)
    if among is None:
        wanted = set(hits)
        found = [seq for seq in found if seq in wanted]
    return array("q", _completed(found, hits))


def _directed(found: list[int], descending: bool) -> list[int]:
    return found[::-1] if descending else found


def _completed(found: list[int], everybody: list[int]) -> list[int]:
    """With those at the end who lack what the others are sorted by."""
    if len(found) == len(everybody):
        return found
    have = set(found)
    return found + [seq for seq in everybody if seq not in have]


def _count(connection: sqlite3.Connection, pool_id: str) -> int:
    sql = "SELECT count(*) FROM pool_user WHERE user_pool_id = ?"
    return int(connection.execute(sql, (pool_id,)).fetchone()[0])


def _hits(connection: sqlite3.Connection, pool_id: str, conditions: UserConditions) -> list[int]:
    where, values = ["s.user_pool_id = ?"], [pool_id]
    for word in conditions.words:
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
    if not all(map(storable, values)):
        return []
    sql = f"SELECT s.seq FROM user_search AS s WHERE {' AND '.join(where)} ORDER BY s.username_key"
    return _numbers(connection, sql, values)


def _sorted(
    connection: sqlite3.Connection, pool_id: str, sort: str, among: str | None
) -> list[int]:
    """Users by something else than their name; those without it may be left out."""
    if sort in _OWN_ORDER:
        return _by_index(connection, pool_id, sort, among)
    chosen, values = _chosen("s", pool_id, among)
    if sort in _OF_SEARCH:
        each = ("= 0", "= 1") if sort == "enabled" else ("IS NOT NULL",)
        order = "s.username_key" if sort == "enabled" else "s.status, s.username_key"
        sql = (
            f"SELECT s.seq FROM user_search AS s WHERE {chosen} AND s.{sort} {{}} ORDER BY {order}"
        )
        return [seq for test in each for seq in _numbers(connection, sql.format(test), values)]
    if not storable(sort):
        return []
    label = _label(sort)
    at = f"instr(s.text, '{label}')"
    rest = f"substr(s.text, {at} + {len(label)})"
    # The limit keeps SQLite from working the inner expression out anew for each use of it.
    inner = (
        f"SELECT s.seq, s.username_key, {rest} AS rest FROM user_search AS s "
        f"WHERE {chosen} AND {at} > 0 LIMIT -1"
    )
    middle = "SELECT seq, username_key, substr(rest, 1, instr(rest, char(30)) - 1) AS value"
    sql = (
        f"SELECT seq FROM ({middle} FROM ({inner}) LIMIT -1) "
        "WHERE value <> '' ORDER BY value, username_key"
    )
    return _numbers(connection, sql, values)


def _by_index(
    connection: sqlite3.Connection, pool_id: str, sort: str, among: str | None
) -> list[int]:
    chosen, values = _chosen("u", pool_id, among)
    expression = _OWN_ORDER[sort]
    column = expression.partition(" ")[0]
    present = "" if sort in ("created", "modified", "sub") else f" AND {column} <> ''"
    sql = f"SELECT u.seq FROM pool_user AS u WHERE {chosen}{present} ORDER BY {expression}"
    return _numbers(connection, sql, values)


def _chosen(table: str, pool_id: str, among: str | None) -> tuple[str, list[str]]:
    if among is None:
        return f"{table}.user_pool_id = ?", [pool_id]
    # The plus sign keeps SQLite from walking all users when the few are known by number.
    plus = "+" if table == "u" else ""
    few = f"{table}.seq IN (SELECT value FROM json_each(?))"
    return f"{plus}{table}.user_pool_id = ? AND {few}", [pool_id, among]


def _numbers(connection: sqlite3.Connection, sql: str, values: list[str]) -> list[int]:
    """One text for all of them: fetching rows one by one would hold the interpreter for longer."""
    row = connection.execute(f"SELECT json_group_array(seq) FROM ({sql})", values).fetchone()
    numbers: list[int] = json.loads(row[0])
    return numbers


def _contains(word: Word) -> tuple[str, list[str]]:
    within = "s.text" if word.attribute is None else _value(word.attribute)
    text = _lowered(word.text)
    if word.attribute is not None and word.attribute.endswith("_verified"):
        text = text.upper()
    forms = _forms(text)
    if len(forms) > _MOST_FORMS:
        pattern = "".join(map(_either_case, text))
        return f"{within} GLOB ?", [pattern if word.whole else f"*{pattern}*"]
    anywhere = "instr(s.text, ?) > 0"
    if word.attribute is None:
        return f"({' OR '.join([anywhere] * len(forms))})", forms
    # Taking the value out is slow; most users have the text nowhere.
    exact = f"{within} = ?" if word.whole else f"instr({within}, ?) > 0"
    test = f"({anywhere} AND {exact})"
    return f"({' OR '.join([test] * len(forms))})", [form for form in forms for _ in "12"]


def _forms(text: str) -> list[str]:
    """Every way to write the letters beyond A to Z large and small, up to a few too many."""
    forms = [""]
    for char in text:
        cases = sorted(_cases(char))
        forms = [form + case for form in forms for case in cases]
        if len(forms) > _MOST_FORMS:
            break
    return forms


def _either_case(char: str) -> str:
    cases = _cases(char)
    return f"[{''.join(sorted(cases))}]" if len(cases) > 1 or char in _GLOB_SPECIAL else char


def _cases(char: str) -> set[str]:
    if char.isascii():
        return {char}
    return {each for each in (char, char.lower(), char.upper()) if len(each) == 1}


def _lowered(text: str) -> str:
    """As SQLite's `lower` does it, which knows the letters A to Z alone."""
    return "".join(char.lower() if char.isascii() else char for char in text)


def _label(attribute: str) -> str:
    """What stands before the attribute's value in the text."""
    coded = attribute.encode("utf-8", "surrogatepass").hex().upper().translate(_NAMES)
    return f"\x1e{coded}\x1f"


def _value(attribute: str) -> str:
    """The attribute's value, `''` for none. The name is in letters A to P by now."""
    label = _label(attribute)
    rest = f"substr(s.text, instr(s.text, '{label}') + {len(label)})"
    value = f"substr({rest}, 1, instr({rest}, char(30)) - 1)"
    return f"CASE WHEN instr(s.text, '{label}') > 0 THEN {value} ELSE '' END"

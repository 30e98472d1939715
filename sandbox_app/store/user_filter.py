"""One condition on users, as ListUsers' `Filter` states it, turned into SQL."""

from typing import NamedTuple

SEARCHED = ("email", "phone_number", "name", "given_name", "family_name", "preferred_username")
"""Attributes with a column of their own, so that ListUsers finds them by an index."""

_COLUMNS = {"username": "u.username_key", "sub": "u.sub", "status": "u.status"}
_BEYOND = "\U0010ffff"


class UserFilter(NamedTuple):
    """What a listed user must fulfil.

    `attribute` is `username` (compared with the key, so fold the value where names fold), `sub`,
    `status` (a `UserStatus`), `enabled` (value `true` or `false`) or the name of a user
    attribute. `operator` is `=` or `^=`, which asks for a beginning.
    """

    attribute: str
    operator: str
    value: str


def condition(where: UserFilter) -> tuple[str, list[str]]:
    """The condition as SQL to append after the pool's own, and its values.

    Raises:
        ValueError: the operator is neither `=` nor `^=`.
    """
    if where.attribute == "enabled":
        return " AND u.enabled = (? = 'true')", [where.value]
    if where.attribute in _COLUMNS:
        return _compared(_COLUMNS[where.attribute], [], where)
    if where.attribute in SEARCHED:
        return _compared(f"u.{where.attribute}", [], where)
    if '"' in where.attribute:
        return " AND 0", []
    return _compared("json_extract(u.attributes, ?)", [f'$."{where.attribute}"'], where)


def _compared(expression: str, inner: list[str], where: UserFilter) -> tuple[str, list[str]]:
    if where.operator == "=":
        return f" AND {expression} = ?", [*inner, where.value]
    if where.operator == "^=":
        sql = f" AND {expression} >= ? AND {expression} < ?"
        return sql, [*inner, where.value, *inner, where.value + _BEYOND]
    raise ValueError(f"a user filter compares with = or ^=, not {where.operator!r}")

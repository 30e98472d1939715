"""Which tables edits are written down for, and how a change of one's own is told from others'."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Image = tuple[Any, ...]
"""A row's columns, in the table's order."""

_MISSING = object()


@dataclass(frozen=True, slots=True)
class Table:
    """A table that edits change.

    Args:
        key: the columns that name a row; they never change.
        documents: columns that hold JSON members, each of which counts for itself.
        yielding: columns (and members) that sign-ins and later edits may change freely; what
            they hold then is left alone.
        spent: rows that are spent or expire by themselves, and are not missed when they have.
    """

    name: str
    key: tuple[str, ...]
    documents: frozenset[str] = frozenset()
    yielding: frozenset[str] = frozenset()
    spent: bool = False


_DOCUMENT = frozenset({"document"})
_DATED = frozenset({"LastModifiedDate"})
_OF_USER = frozenset(
    {"last_modified_date", "failures", "last_attempt", "locked_until", "tokens_valid_from"}
)

TABLES = (
    Table("user_pool", ("id",), _DOCUMENT, _DATED),
    Table("deleted_pool", ("user_pool_id",)),
    Table("user_pool_client", ("id",), _DOCUMENT, _DATED),
    Table("user_pool_domain", ("domain",), _DOCUMENT),
    Table("resource_server", ("user_pool_id", "identifier"), _DOCUMENT),
    Table("user_group", ("user_pool_id", "group_name"), _DOCUMENT, _DATED),
    Table("pool_user", ("user_pool_id", "sub"), frozenset({"attributes"}), _OF_USER),
    Table("user_alias", ("user_pool_id", "attribute", "value_key")),
    Table("membership", ("user_pool_id", "sub", "group_name")),
    Table("import_link", ("source", "logical_id", "kind")),
    Table("browser_session", ("cookie_hash", "user_pool_id"), spent=True),
    Table("refresh_grant", ("fingerprint",), spent=True),
    Table("confirmation_code", ("user_pool_id", "sub", "purpose"), spent=True),
)


def merged(
    table: Table, columns: tuple[str, ...], before: Image, after: Image, now: Image
) -> Image | None:
    """The row as it is now with one change taken out of it; `None` where others changed the same.

    Args:
        before, after: what the change found and left.
    """
    values = []
    for name, *three in zip(columns, before, after, now, strict=True):
        value = _without(table, name, *three)
        if value is _MISSING:
            return None
        values.append(value)
    return tuple(values)


def _without(table: Table, name: str, before: Any, after: Any, now: Any) -> Any:
    if before == after or (now != after and name in table.yielding):
        return now
    if now == after:
        return before
    if name not in table.documents:
        return _MISSING
    members = _members(table, json.loads(before), json.loads(after), json.loads(now))
    return _MISSING if members is None else json.dumps(members, separators=(",", ":"))


def _members(
    table: Table, before: Mapping[str, Any], after: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for name in dict.fromkeys((*before, *now)):
        was, became, present = (shape.get(name, _MISSING) for shape in (before, after, now))
        if was == became or (present != became and name in table.yielding):
            value = present
        elif present == became:
            value = was
        else:
            return None
        if value is not _MISSING:
            found[name] = value
    return found

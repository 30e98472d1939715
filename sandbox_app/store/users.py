"""Users of all pools, by plain indexed SQL: a pool may have 100,000 of them."""

import json
from collections.abc import Iterable
from typing import Any

from sandbox_app.domain.records.users import Lockout, PasswordSecret, User, UserStatus
from sandbox_app.store.database import Database, storable
from sandbox_app.store.user_filter import SEARCHED, UserFilter, condition

_FIELDS = (
    "user_pool_id",
    "sub",
    "username",
    "status",
    "enabled",
    "creation_date",
    "last_modified_date",
    "attributes",
    "argon2id",
    "srp_salt",
    "srp_verifier",
    "temporary_since",
    "tokens_valid_from",
    "failures",
    "last_attempt",
    "locked_until",
)
_COLUMNS = ", ".join(f"u.{name}" for name in _FIELDS)
_SELECT = f"SELECT {_COLUMNS} FROM pool_user AS u"
_BY_SUB = f"{_SELECT} WHERE u.user_pool_id = ? AND u.sub = ?"
_BY_KEY = f"{_SELECT} WHERE u.user_pool_id = ? AND u.username_key = ?"
_BY_ALIAS = f"""
{_SELECT} JOIN user_alias AS a ON a.user_pool_id = u.user_pool_id AND a.sub = u.sub
WHERE a.user_pool_id = ? AND a.attribute = ? AND a.value_key = ?
"""
# CROSS JOIN and the plus sign keep SQLite from walking all users to find the few.
_BY_SEQ = f"""
SELECT u.seq, {_COLUMNS}
FROM json_each(?) AS wanted CROSS JOIN pool_user AS u ON u.seq = wanted.value
WHERE +u.user_pool_id = ?
"""
_SUBS = """
SELECT u.sub FROM json_each(?) AS wanted CROSS JOIN pool_user AS u ON u.seq = wanted.value
WHERE +u.user_pool_id = ? ORDER BY wanted.key
"""
_SEQ = "SELECT seq FROM pool_user WHERE user_pool_id = ? AND sub = ?"
_WRITTEN = (*_FIELDS, *SEARCHED)
_ADD = (
    f"INSERT INTO pool_user ({', '.join(_WRITTEN)}, username_key) "
    f"VALUES ({', '.join('?' * (len(_WRITTEN) + 1))})"
)
_REPLACE = (
    f"UPDATE pool_user SET {', '.join(f'{name} = ?' for name in _WRITTEN)} "
    "WHERE user_pool_id = ? AND sub = ?"
)
_SET_LOCKOUT = """
UPDATE pool_user SET failures = ?, last_attempt = ?, locked_until = ?
WHERE user_pool_id = ? AND sub = ?
"""
_HOLDER = """
SELECT sub FROM user_alias WHERE user_pool_id = ? AND attribute = ? AND value_key = ?
"""
# REPLACE takes away both the former holder of the value and the user's former value.
_CLAIM = """
INSERT OR REPLACE INTO user_alias (user_pool_id, attribute, value_key, sub) VALUES (?, ?, ?, ?)
"""


class Users:
    """The users of all pools. A user's *key* is the name it is unique by, case folded or not.

    Which names fold, and which attributes are aliases, is decided above; here a key is a key.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._execute = database.execute

    def get(self, pool_id: str, sub: str) -> User | None:
        """The user of that `sub`."""
        return self._one(_BY_SUB, pool_id, sub)

    def find(self, pool_id: str, username_key: str) -> User | None:
        """The user whose name has that key."""
        return self._one(_BY_KEY, pool_id, username_key)

    def find_by_alias(self, pool_id: str, attribute: str, value_key: str) -> User | None:
        """The user who signs in with that value of `email`, `phone_number`, …"""
        return self._one(_BY_ALIAS, pool_id, attribute, value_key)

    def add(self, user: User, username_key: str) -> None:
        """Keep a new user.

        Raises:
            sqlite3.IntegrityError: the key or the sub is taken, or there is no such pool.
        """
        self._execute(_ADD, (*_row(user), username_key))

    def replace(self, user: User) -> None:
        """Write a changed user over the one with the same pool and `sub`; the key stays."""
        self._execute(_REPLACE, (*_row(user), user.user_pool_id, user.sub))

    def set_lockout(self, pool_id: str, sub: str, lockout: Lockout) -> None:
        """Write the failed tries alone."""
        self._execute(
            _SET_LOCKOUT,
            (lockout.failures, lockout.last_attempt, lockout.locked_until, pool_id, sub),
        )

    def remove(self, pool_id: str, sub: str) -> None:
        """Take the user away, with aliases, memberships and sessions.

        Refresh tokens stay until they expire, so that their use can be explained.
        """
        with self._database.atomic():
            for table in ("browser_session", "pool_user"):
                self._execute(
                    f"DELETE FROM {table} WHERE user_pool_id = ? AND sub = ?", (pool_id, sub)
                )

    def count(self, pool_id: str) -> int:
        """How many users the pool has."""
        sql = "SELECT count(*) FROM pool_user WHERE user_pool_id = ?"
        return int(self._execute(sql, (pool_id,)).fetchone()[0])

    def page(
        self,
        pool_id: str,
        *,
        limit: int,
        after: str | None = None,
        where: UserFilter | tuple[str, str, str] | None = None,
    ) -> tuple[User, ...]:
        """At most `limit` users by ascending key, beginning behind the key `after`."""
        sql, values = f"{_SELECT} WHERE u.user_pool_id = ?", [pool_id]
        if after is not None:
            sql, values = f"{sql} AND u.username_key > ?", [*values, after]
        if where is not None:
            more, wanted = condition(UserFilter(*where))
            sql, values = sql + more, values + wanted
        if not all(map(storable, values)):
            return ()
        # The plus sign keeps SQLite from walking all users in order when an index leads to the few.
        order = (
            "+u.username_key" if where is not None and where[0] in SEARCHED else "u.username_key"
        )
        sql += f" ORDER BY {order} LIMIT ?"
        return tuple(_user(row) for row in self._execute(sql, (*values, limit)).fetchall())

    def numbered(self, pool_id: str, seqs: Iterable[int]) -> dict[int, User]:
        """The pool's users with those row numbers, as `ordered_users` gives them."""
        rows = self._execute(_BY_SEQ, (json.dumps(list(seqs)), pool_id)).fetchall()
        return {row[0]: _user(row[1:]) for row in rows}

    def subs(self, pool_id: str, seqs: Iterable[int]) -> tuple[str, ...]:
        """The subs of the pool's users with those row numbers, in that order."""
        rows = self._execute(_SUBS, (json.dumps(list(seqs)), pool_id)).fetchall()
        return tuple(sub for (sub,) in rows)

    def number_of(self, pool_id: str, sub: str) -> int | None:
        """The user's row number."""
        if not storable(sub):
            return None
        row = self._execute(_SEQ, (pool_id, sub)).fetchone()
        return None if row is None else int(row[0])

    def claim_alias(self, pool_id: str, attribute: str, value_key: str, sub: str) -> None:
        """Let the user sign in with the value, in place of their former one or former holder."""
        self._execute(_CLAIM, (pool_id, attribute, value_key, sub))

    def release_alias(self, pool_id: str, attribute: str, sub: str) -> None:
        """Let nobody sign in any more with the user's value of the attribute."""
        sql = "DELETE FROM user_alias WHERE user_pool_id = ? AND sub = ? AND attribute = ?"
        self._execute(sql, (pool_id, sub, attribute))

    def alias_holder(self, pool_id: str, attribute: str, value_key: str) -> str | None:
        """The `sub` of the user who signs in with the value."""
        if not storable(value_key):
            return None
        row = self._execute(_HOLDER, (pool_id, attribute, value_key)).fetchone()
        return None if row is None else str(row[0])

    def _one(self, sql: str, *values: str) -> User | None:
        if not all(map(storable, values)):
            return None
        row = self._execute(sql, values).fetchone()
        return None if row is None else _user(row)


def _row(user: User) -> tuple[Any, ...]:
    password = user.password
    return (
        user.user_pool_id,
        user.sub,
        user.username,
        user.status.value,
        user.enabled,
        user.creation_date,
        user.last_modified_date,
        json.dumps(dict(user.attributes), separators=(",", ":")),
        *((None, None, None) if password is None else _password_columns(password)),
        user.temporary_since,
        user.tokens_valid_from,
        user.lockout.failures,
        user.lockout.last_attempt,
        user.lockout.locked_until,
        *map(user.attributes.get, SEARCHED),
    )


def _password_columns(password: PasswordSecret) -> tuple[str, str, str]:
    return password.argon2id, password.srp_salt, password.srp_verifier


def _user(row: tuple[Any, ...]) -> User:
    return User(
        user_pool_id=row[0],
        sub=row[1],
        username=row[2],
        status=UserStatus(row[3]),
        enabled=bool(row[4]),
        creation_date=row[5],
        last_modified_date=row[6],
        attributes=json.loads(row[7]),
        password=None if row[8] is None else PasswordSecret(row[8], row[9], row[10]),
        temporary_since=row[11],
        tokens_valid_from=row[12],
        lockout=Lockout(row[13], row[14], row[15]),
    )

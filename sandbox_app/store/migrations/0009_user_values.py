"""Users are searched in a shorter text, and sorted by any attribute through an index.

The text of these statements is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_FORMER = ("pool_user_added", "pool_user_removed", "pool_user_changed")

_TABLES = """
CREATE TABLE user_search (
    user_pool_id TEXT NOT NULL,
    username_key TEXT NOT NULL,
    seq INTEGER NOT NULL,
    status TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    sub TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (user_pool_id, username_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_search_status ON user_search (user_pool_id, status, username_key, seq);
CREATE INDEX user_search_enabled ON user_search (user_pool_id, enabled, username_key, seq);

CREATE TABLE user_value (
    user_pool_id TEXT NOT NULL,
    attribute TEXT NOT NULL,
    value TEXT NOT NULL,
    username_key TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (user_pool_id, attribute, value, username_key)
) STRICT, WITHOUT ROWID
"""

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
_INDEXED = ("sub", *(name for name in _LETTERS if not name.endswith("_verified")))
"""What users are sorted by through `pool_user` itself."""


def _label(name: str) -> str:
    """An attribute's name in capitals A to Z, which no value holds once it is in lower case."""
    known = " ".join(f"WHEN '{each}' THEN '{letter}'" for each, letter in _LETTERS.items())
    own = f"{name} GLOB 'custom:*' AND substr({name}, 8) NOT GLOB '*[^a-z]*'"
    coded = f"hex({name})"
    for digit, letter in zip("0123456789", "GHIJKLMNOP", strict=True):
        coded = f"replace({coded}, '{digit}', '{letter}')"
    return (
        f"CASE {name} {known} ELSE "
        f"CASE WHEN {own} THEN 'X' || upper(substr({name}, 8)) ELSE 'Y' || {coded} END END"
    )


def _search_row(user: str) -> str:
    """What `user_search` holds of a row of `pool_user`."""
    value = "CASE WHEN key LIKE '%\\_verified' ESCAPE '\\' THEN upper(value) ELSE lower(value) END"
    attributes = (
        f"SELECT group_concat({_label('key')} || char(31) || {value}, char(30)) "
        f"FROM json_each({user}.attributes) WHERE key <> 'sub'"
    )
    # Not json_extract, which some versions of SQLite let no trigger call.
    verified = (
        f"EXISTS (SELECT 1 FROM json_each({user}.attributes) "
        "WHERE key IN ('email_verified', 'phone_number_verified') AND value = 'true')"
    )
    return (
        f"{user}.user_pool_id, {user}.username_key, {user}.seq, {user}.status, {user}.enabled, "
        f"{verified}, lower({user}.sub), "
        f"char(30) || 'A' || char(31) || lower({user}.username) || char(30) "
        f"|| coalesce(({attributes}), '') || char(30)"
    )


def _value_rows(user: str) -> str:
    """What `user_value` holds of a row of `pool_user`: each value no other index has."""
    indexed = ", ".join(f"'{name}'" for name in _INDEXED)
    return (
        f"SELECT {user}.user_pool_id, key, lower(value), {user}.username_key, {user}.seq "
        f"FROM {'pool_user, ' if user == 'pool_user' else ''}json_each({user}.attributes) "
        f"WHERE key NOT IN ({indexed}) AND value <> ''"
    )


_GONE = (
    "DELETE FROM user_search "
    "WHERE user_pool_id = old.user_pool_id AND username_key = old.username_key; "
    "DELETE FROM user_value WHERE user_pool_id = old.user_pool_id "
    "AND (attribute, value) IN (SELECT key, lower(value) FROM json_each(old.attributes)) "
    "AND username_key = old.username_key;"
)
_THERE = (
    f"INSERT INTO user_search SELECT {_search_row('new')}; "
    f"INSERT INTO user_value {_value_rows('new')};"
)
_TRIGGERS = (
    f"CREATE TRIGGER pool_user_added AFTER INSERT ON pool_user BEGIN {_THERE} END",
    f"CREATE TRIGGER pool_user_removed AFTER DELETE ON pool_user BEGIN {_GONE} END",
    "CREATE TRIGGER pool_user_changed AFTER UPDATE ON pool_user "
    "WHEN old.attributes IS NOT new.attributes OR old.status IS NOT new.status "
    "OR old.enabled IS NOT new.enabled OR old.username IS NOT new.username "
    "OR old.username_key IS NOT new.username_key OR old.seq IS NOT new.seq "
    "OR old.sub IS NOT new.sub "
    f"BEGIN {_GONE} {_THERE} END",
)


def up(migrator: Any, db: Any) -> None:
    """Replace table and triggers, and take in the users that are there."""
    for trigger in _FORMER:
        db.execute_sql(f"DROP TRIGGER {trigger}")
    db.execute_sql("DROP TABLE user_search")
    for statement in _TABLES.split(";\n"):
        db.execute_sql(statement.strip())
    db.execute_sql(f"INSERT INTO user_search SELECT {_search_row('pool_user')} FROM pool_user")
    db.execute_sql(f"INSERT INTO user_value {_value_rows('pool_user')}")
    for trigger in _TRIGGERS:
        db.execute_sql(trigger)

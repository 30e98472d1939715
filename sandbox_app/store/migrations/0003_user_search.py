"""What users are searched and sorted by, narrow enough to be read whole at 100,000 users.

The text of these statements is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_TABLE = """
CREATE TABLE user_search (
    user_pool_id TEXT NOT NULL,
    username_key TEXT NOT NULL,
    seq INTEGER NOT NULL,
    status TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (user_pool_id, username_key)
) STRICT, WITHOUT ROWID
"""

_INDEXES = """
CREATE INDEX user_search_status ON user_search (user_pool_id, status, username_key, seq)
CREATE INDEX pool_user_created ON pool_user (user_pool_id, creation_date)
CREATE INDEX pool_user_modified ON pool_user (user_pool_id, last_modified_date)
CREATE INDEX pool_user_email_sort ON pool_user (user_pool_id, email COLLATE NOCASE)
    WHERE email IS NOT NULL
CREATE INDEX pool_user_name_sort ON pool_user (user_pool_id, name COLLATE NOCASE)
    WHERE name IS NOT NULL
CREATE INDEX pool_user_given_name_sort ON pool_user (user_pool_id, given_name COLLATE NOCASE)
    WHERE given_name IS NOT NULL
CREATE INDEX pool_user_family_name_sort ON pool_user (user_pool_id, family_name COLLATE NOCASE)
    WHERE family_name IS NOT NULL
CREATE INDEX pool_user_preferred_username_sort
    ON pool_user (user_pool_id, preferred_username COLLATE NOCASE)
    WHERE preferred_username IS NOT NULL
"""


def _named(expression: str) -> str:
    """An attribute's name in letters A to P, which no value holds once it is in lower case."""
    coded = f"hex({expression})"
    for digit, letter in zip("0123456789", "GHIJKLMNOP", strict=True):
        coded = f"replace({coded}, '{digit}', '{letter}')"
    return coded


def _row(user: str) -> str:
    """What `user_search` holds of a row of `pool_user`."""
    value = "CASE WHEN key LIKE '%\\_verified' ESCAPE '\\' THEN upper(value) ELSE lower(value) END"
    attributes = (
        f"SELECT group_concat({_named('key')} || char(31) || {value}, char(30)) "
        f"FROM json_each({user}.attributes)"
    )
    # Not json_extract, which some versions of SQLite let no trigger call.
    verified = (
        f"EXISTS (SELECT 1 FROM json_each({user}.attributes) "
        "WHERE key IN ('email_verified', 'phone_number_verified') AND value = 'true')"
    )
    return (
        f"{user}.user_pool_id, {user}.username_key, {user}.seq, {user}.status, {user}.enabled, "
        f"{verified}, "
        f"char(30) || {_named(chr(39) + 'username' + chr(39))} || char(31) "
        f"|| lower({user}.username) || char(30) || coalesce(({attributes}), '') || char(30)"
    )


_GONE = (
    "DELETE FROM user_search "
    "WHERE user_pool_id = old.user_pool_id AND username_key = old.username_key;"
)
_TRIGGERS = (
    f"CREATE TRIGGER pool_user_added AFTER INSERT ON pool_user BEGIN "
    f"INSERT INTO user_search SELECT {_row('new')}; END",
    f"CREATE TRIGGER pool_user_removed AFTER DELETE ON pool_user BEGIN {_GONE} END",
    "CREATE TRIGGER pool_user_changed AFTER UPDATE ON pool_user "
    "WHEN old.attributes IS NOT new.attributes OR old.status IS NOT new.status "
    "OR old.enabled IS NOT new.enabled OR old.username IS NOT new.username "
    "OR old.username_key IS NOT new.username_key OR old.seq IS NOT new.seq "
    f"BEGIN {_GONE} INSERT INTO user_search SELECT {_row('new')}; END",
)


def up(migrator: Any, db: Any) -> None:
    """Make table, indexes and triggers, and take in the users that are there."""
    db.execute_sql(_TABLE.strip())
    for index in _INDEXES.strip().split("\nCREATE"):
        db.execute_sql(index if index.startswith("CREATE") else f"CREATE{index}")
    db.execute_sql(f"INSERT INTO user_search SELECT {_row('pool_user')} FROM pool_user")
    for trigger in _TRIGGERS:
        db.execute_sql(trigger)

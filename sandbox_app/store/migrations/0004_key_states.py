"""The life cycle of signing keys, and indexes for what ends by time with a user.

The text of these statements is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_STATEMENTS = """
ALTER TABLE signing_key ADD COLUMN state TEXT NOT NULL DEFAULT 'signing';

ALTER TABLE signing_key ADD COLUMN since REAL NOT NULL DEFAULT 0;

UPDATE signing_key SET since = created_at;

CREATE UNIQUE INDEX signing_key_one_of_each ON signing_key (user_pool_id, use, state)
    WHERE state IN ('next', 'signing');

CREATE INDEX pool_user_locked ON pool_user (locked_until) WHERE locked_until > 0;

CREATE INDEX pool_user_temporary ON pool_user (temporary_since)
    WHERE temporary_since IS NOT NULL
"""


def up(migrator: Any, db: Any) -> None:
    """Every key so far signs, since it was made."""
    for statement in _STATEMENTS.split(";\n"):
        db.execute_sql(statement.strip())

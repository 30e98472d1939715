"""Codes that confirm an address or a forgotten password, and how often they were tried.

The text of these statements is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_STATEMENTS = """
CREATE TABLE confirmation_code (
    user_pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    purpose TEXT NOT NULL,
    digest TEXT NOT NULL,
    medium TEXT NOT NULL,
    attribute TEXT NOT NULL,
    destination TEXT NOT NULL,
    made_at REAL NOT NULL,
    expires_at REAL NOT NULL,
    PRIMARY KEY (user_pool_id, sub, purpose),
    FOREIGN KEY (user_pool_id, sub)
        REFERENCES pool_user (user_pool_id, sub) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX confirmation_code_end ON confirmation_code (expires_at);

CREATE TABLE code_try (
    seq INTEGER PRIMARY KEY,
    user_pool_id TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    at REAL NOT NULL
) STRICT;
CREATE INDEX code_try_of ON code_try (user_pool_id, who, action, at);
CREATE INDEX code_try_at ON code_try (at)
"""


def up(migrator: Any, db: Any) -> None:
    """Make both tables."""
    for statement in _STATEMENTS.split(";\n"):
        db.execute_sql(statement.strip())

"""The journal of edits for undo, and the mark on pools that are deleted but can come back.

The text of these statements is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_JOURNAL = """
CREATE TABLE deleted_pool (
    user_pool_id TEXT NOT NULL PRIMARY KEY REFERENCES user_pool (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE edit_step (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    undone INTEGER NOT NULL
) STRICT;

CREATE TABLE edit_row (
    seq INTEGER PRIMARY KEY,
    step_id INTEGER NOT NULL REFERENCES edit_step (id) ON DELETE CASCADE,
    table_name TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX edit_row_step ON edit_row (step_id)
"""


def up(migrator: Any, db: Any) -> None:
    """Make the three tables."""
    for statement in _JOURNAL.split(";\n"):
        db.execute_sql(statement.strip())

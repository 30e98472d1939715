"""Which exchange an exchange repeats, where the window sent it again.

The text of these statements is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_COLUMNS = (
    "ALTER TABLE exchange ADD COLUMN again_of TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE exchange ADD COLUMN again_at REAL NOT NULL DEFAULT 0",
)


def up(migrator: Any, db: Any) -> None:
    """Add the columns; nothing was sent again before."""
    for column in _COLUMNS:
        db.execute_sql(column)

"""What the sandbox did wrong on purpose to an exchange.

The text of this statement is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_COLUMN = "ALTER TABLE exchange ADD COLUMN fault TEXT NOT NULL DEFAULT ''"


def up(migrator: Any, db: Any) -> None:
    """Add the column; nothing was done wrong on purpose before."""
    db.execute_sql(_COLUMN)

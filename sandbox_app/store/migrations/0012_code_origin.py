"""How the browser reached the pool when a code was issued: scheme, host and port.

The text of this statement is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_COLUMN = "ALTER TABLE authorization_code ADD COLUMN origin TEXT NOT NULL DEFAULT ''"


def up(migrator: Any, db: Any) -> None:
    """Add the column; of codes that were issued before nobody knows it."""
    db.execute_sql(_COLUMN)

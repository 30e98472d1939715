"""How much traffic a workspace keeps, where somebody said so.

The text of this statement is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_TABLE = """
CREATE TABLE traffic_limits (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    requests INTEGER NOT NULL,
    bytes INTEGER NOT NULL
) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table; an empty one stands for what is usual."""
    db.execute_sql(_TABLE.strip())

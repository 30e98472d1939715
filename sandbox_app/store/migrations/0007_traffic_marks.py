"""Marks and notes about traffic, which go with the newest exchange they are about.

The text of these statements is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_STATEMENTS = (
    """
CREATE TABLE traffic_mark (
    about TEXT NOT NULL,
    of_login INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    marked INTEGER NOT NULL,
    colour TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (about, of_login)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX traffic_mark_newest ON traffic_mark (sequence)",
    # A mark may be made before its exchange is in the file, and a marked login may go on.
    """
CREATE TRIGGER traffic_mark_goes_on AFTER INSERT ON exchange BEGIN
    UPDATE traffic_mark SET sequence = NEW.sequence
        WHERE (about, of_login) IN (VALUES (NEW.id, 0), (NEW.login_id, 1));
END
""",
    """
CREATE TRIGGER traffic_mark_goes AFTER DELETE ON exchange BEGIN
    DELETE FROM traffic_mark WHERE sequence = OLD.sequence;
END
""",
)


def up(migrator: Any, db: Any) -> None:
    """Make the table, and what keeps it in step with the traffic."""
    for statement in _STATEMENTS:
        db.execute_sql(statement.strip())

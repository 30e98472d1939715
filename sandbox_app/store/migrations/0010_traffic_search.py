"""What stored exchanges are searched by, narrow enough to walk a million of them in a moment.

Texts repeat, so a summary holds numbers in their place, 0 for the empty text. Of every block of
1024 exchanges it is known which numbers occur in it, so that what is rare is found by a look at a
few blocks; statuses have numbers for that alone. The file grows by about 50 bytes an exchange.

The text of these statements is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_VALUES = """
CREATE TABLE exchange_value (
    code INTEGER PRIMARY KEY,
    field INTEGER NOT NULL,
    value TEXT NOT NULL,
    low TEXT NOT NULL,
    UNIQUE (field, value)
) STRICT
"""
_SUMMARY = """
CREATE TABLE exchange_summary (
    sequence INTEGER PRIMARY KEY,
    status INTEGER NOT NULL,
    duration REAL NOT NULL,
    method INTEGER NOT NULL,
    path INTEGER NOT NULL,
    step INTEGER NOT NULL,
    pool_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    client_name INTEGER NOT NULL,
    username INTEGER NOT NULL,
    "grant" INTEGER NOT NULL,
    rule INTEGER NOT NULL,
    error INTEGER NOT NULL,
    fault INTEGER NOT NULL
) STRICT
"""
_BLOCKS = """
CREATE TABLE exchange_block (
    block INTEGER NOT NULL,
    code INTEGER NOT NULL,
    PRIMARY KEY (block, code)
) STRICT, WITHOUT ROWID
"""
_LOGINS = """
CREATE INDEX exchange_login ON exchange (login_id COLLATE NOCASE) WHERE login_id <> ''
"""
_AGAIN = "CREATE INDEX exchange_again ON exchange (sequence) WHERE again_of <> ''"
_FIELDS = (
    "method",
    "path",
    "step",
    "pool_id",
    "client_id",
    "client_name",
    "username",
    "grant",
    "rule",
    "error",
    "fault",
)
_STATUS = len(_FIELDS)


def up(migrator: Any, db: Any) -> None:
    """Make tables and indexes, and take in the exchanges that are there."""
    for statement in (_VALUES, _SUMMARY, _BLOCKS, _LOGINS, _AGAIN):
        db.execute_sql(statement.strip())
    for number, field in enumerate((*_FIELDS, "status")):
        for (value,) in db.execute_sql(f'SELECT DISTINCT "{field}" FROM exchange').fetchall():
            if value != "":
                db.execute_sql(
                    "INSERT INTO exchange_value (field, value, low) VALUES (?, ?, ?)",
                    (number, str(value), str(value).lower()),
                )
    codes = ", ".join(_code(number, field) for number, field in enumerate(_FIELDS))
    db.execute_sql(
        f"INSERT INTO exchange_summary SELECT e.sequence, e.status, e.duration, {codes} "
        "FROM exchange AS e ORDER BY e.sequence"
    )
    for field in _FIELDS:
        db.execute_sql(
            f'INSERT OR IGNORE INTO exchange_block SELECT sequence / 1024, "{field}" '
            f'FROM exchange_summary WHERE "{field}" <> 0'
        )
    db.execute_sql(
        "INSERT OR IGNORE INTO exchange_block "
        f"SELECT e.sequence / 1024, {_code(_STATUS, 'status')} FROM exchange AS e"
    )


def _code(number: int, field: str) -> str:
    return (
        f"coalesce((SELECT code FROM exchange_value WHERE field = {number} "
        f'AND value = CAST(e."{field}" AS TEXT)), 0)'
    )

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
_AT_ONCE = 10_000


def up(migrator: Any, db: Any) -> None:
    """Make tables and indexes, and take in the exchanges that are there."""
    for statement in (_VALUES, _SUMMARY, _BLOCKS, _LOGINS, _AGAIN):
        db.execute_sql(statement.strip())
    connection = db.connection()
    columns = ", ".join(f'"{field}"' for field in (*_FIELDS, "status"))
    found = connection.execute(
        f"SELECT sequence, status, duration, {columns} FROM exchange ORDER BY sequence"
    )
    codes = _Codes()
    while rows := found.fetchmany(_AT_ONCE):
        _take_in(connection, rows, codes)
    connection.executemany(
        "INSERT INTO exchange_value (field, value, low, code) VALUES (?, ?, ?, ?)",
        ((field, value, value.lower(), code) for (field, value), code in codes.items()),
    )


class _Codes(dict[tuple[int, Any], int]):
    """Numbers for texts, a new one for each that is asked for the first time."""

    def __missing__(self, key: tuple[int, Any]) -> int:
        number = self[key] = len(self) + 1
        return number


def _take_in(connection: Any, rows: list[Any], codes: _Codes) -> None:
    summaries, blocks = [], set()
    for sequence, status, duration, *values in rows:
        values[-1] = str(status)
        numbers = [codes[key] if key[1] else 0 for key in enumerate(values)]
        summaries.append((sequence, status, duration, *numbers[:-1]))
        block = sequence // 1024
        blocks.update([(block, number) for number in numbers if number])
    marks = ", ".join("?" * (3 + len(_FIELDS)))
    connection.executemany(f"INSERT INTO exchange_summary VALUES ({marks})", summaries)
    connection.executemany("INSERT OR IGNORE INTO exchange_block VALUES (?, ?)", sorted(blocks))

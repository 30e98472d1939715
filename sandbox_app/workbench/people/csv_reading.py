"""CSV files and copied spreadsheet cells into rows with line numbers."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from sandbox_app.operations.sign_in_names import looks_like_email, looks_like_phone
from sandbox_app.operations.standard_attributes import standard_schema

_DELIMITERS = ",;\t"
_COGNITO = "cognito:username"
KNOWN_COLUMNS = frozenset(
    (
        *(attribute.name for attribute in standard_schema()),
        *("username", "password", "status", "groups", "enabled", "cognito:mfa_enabled", _COGNITO),
        *("e-mail", "mail", "phone", "user name", "user", "first name", "last name"),
    )
)
"""What the first line of a file may hold for it to be a header, in lower case."""


class CsvProblem(ValueError):
    """The text cannot be read as a table; a sentence for a person."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row. `line` is where it begins in the file, counted from 1; cells may be too many."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table as it was read; without a header the columns are called `Column 1`, …"""

    columns: tuple[str, ...]
    rows: tuple[CsvRow, ...]
    has_header: bool
    delimiter: str


def read_csv(source: str | bytes | Path) -> CsvTable:
    """Read a file, its bytes, or text from the clipboard; a blank line is no row.

    Raises:
        CsvProblem: not UTF-8, a quote that is never closed, or nothing in it.
        OSError: the file cannot be read.
    """
    if isinstance(source, Path):
        source = source.read_bytes()
    text = _text(source).removeprefix("\ufeff")
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    if not rows:
        raise CsvProblem("There is nothing in it.")
    has_header = _is_header(rows[0].cells)
    width = max(len(row.cells) for row in rows)
    columns = tuple(f"Column {number}" for number in range(1, width + 1))
    if has_header:
        columns = tuple(cell.strip() for cell in rows[0].cells)
        rows = rows[1:]
    return CsvTable(columns, tuple(rows), has_header, delimiter)


def _text(source: str | bytes) -> str:
    if isinstance(source, str):
        return source
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise CsvProblem(
            f"The file is not UTF-8 (line {line}). Save it as “CSV UTF-8” in the spreadsheet."
        ) from None


def _delimiter(text: str) -> str:
    """The one that makes most columns of the first line; cells in quotes do not count."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"(?:[^"]|"")*"?', "", first)
    return max(_DELIMITERS, key=bare.count)


def _rows(text: str, delimiter: str) -> list[CsvRow]:
    escaped = delimiter == "," and _is_foreign(text)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(
        lines, delimiter=delimiter, strict=True, escapechar="\\" if escaped else None
    )
    rows, begins = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(CsvRow(begins, tuple(cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        words = "a quote is opened and never closed" if "unexpected end" in str(error) else error
        raise CsvProblem(f"Line {begins}: {words}.") from None
    return rows


def _is_foreign(text: str) -> bool:
    """Whether a comma in a value is written as `\\,`, as the real service has it: without quotes.

    Our own files have quotes for that, and columns that the real service's have not.
    """
    names = text.partition("\n")[0].strip().lower().split(",")
    plain = '"' not in text and "\\," in text
    return plain and _COGNITO in names and not {"sub", "groups", "enabled"} & set(names)


def _is_header(cells: tuple[str, ...]) -> bool:
    if any(looks_like_email(cell) or looks_like_phone(cell) for cell in cells):
        return False
    names = (cell.strip().lower() for cell in cells)
    return any(name in KNOWN_COLUMNS or name.startswith("custom:") for name in names)

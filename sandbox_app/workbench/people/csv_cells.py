"""Cells of a CSV file, so that a spreadsheet never takes one for a formula.

A value that begins with = + - @, a tab or a carriage return, after any number of apostrophes, is
written with one apostrophe more in front, unless it is a plain number or phone number; the same
apostrophe is taken away when such a cell is read.
"""

import re
from collections.abc import Iterable

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]\d+(?:\.\d+)?", re.ASCII)
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)


def guarded(value: str) -> str:
    """The value as a cell."""
    if _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def restored(cell: str) -> str:
    """The value that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def american_date(value: str) -> str:
    """A birth date as the real service's CSV has it (contract users 7); other texts stay."""
    return _ISO.sub(r"\2/\3/\1", value) if _ISO.fullmatch(value) else value


def iso_date(cell: str) -> str:
    """A birth date as attributes have it; other texts stay."""
    found = _AMERICAN.fullmatch(cell)
    return f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}" if found else cell


def joined(names: Iterable[str]) -> str:
    """Several names in one cell, by semicolons; one inside a name has a backslash before it."""
    return ";".join(name.replace("\\", "\\\\").replace(";", "\\;") for name in names)


def parted(cell: str) -> tuple[str, ...]:
    """The names in a cell; blanks around them do not count."""
    parts = re.findall(r"(?:\\.|[^;\\]|\\$)+", cell, re.DOTALL)
    names = (re.sub(r"\\(.)", r"\1", part.strip(), flags=re.DOTALL) for part in parts)
    return tuple(dict.fromkeys(name for name in names if name))

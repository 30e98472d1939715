"""What a column of a table of users can mean, and what it most likely means."""

from collections.abc import Sequence

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.operations.sign_in_names import looks_like_email, looks_like_phone
from sandbox_app.workbench.people.csv_reading import CsvTable

USERNAME, MFA = "cognito:username", "cognito:mfa_enabled"
OWN = ("password", "status", "groups", "enabled", "sub")
"""Columns that the real service's files have not; groups are separated by semicolons."""

Mapping = tuple[str | None, ...]
"""For each column of a table one of `targets`, or `None` to leave it out."""

_MEANT = {
    "username": USERNAME,
    "user name": USERNAME,
    "user": USERNAME,
    "e-mail": "email",
    "mail": "email",
    "phone": "phone_number",
    "first name": "given_name",
    "last name": "family_name",
}
_SAMPLE = 50


def cognito_header(pool: UserPool) -> tuple[str, ...]:
    """The columns of the real service's file, in the order GetCSVHeader gives them."""
    names = (item.name for item in pool.schema_attributes)
    return (*(name for name in names if name not in ("sub", "identities")), MFA, USERNAME)


def targets(pool: UserPool) -> tuple[str, ...]:
    """Everything that a column can mean."""
    return (*cognito_header(pool), *OWN)


def proposed_mapping(pool: UserPool, table: CsvTable) -> Mapping:
    """By the header, or without one by what the cells look like; each meaning at most once."""
    known = {name.lower(): name for name in targets(pool)}
    taken: set[str] = set()
    found: list[str | None] = []
    for index, column in enumerate(table.columns):
        if table.has_header:
            meant = _by_name(column.lower(), known)
        else:
            cells = [row.cells[index] for row in table.rows if index < len(row.cells)]
            meant = _by_content([cell.strip() for cell in cells[:_SAMPLE]], taken)
        found.append(None if meant in taken else meant)
        taken.update(() if meant is None else (meant,))
    return tuple(found)


def _by_name(column: str, known: dict[str, str]) -> str | None:
    return known.get(_MEANT.get(column, column)) or known.get(f"custom:{column}")


def _by_content(cells: Sequence[str], taken: set[str]) -> str | None:
    filled = [cell for cell in cells if cell]
    if not filled:
        return None
    if all(map(looks_like_email, filled)):
        return "email"
    if all(map(looks_like_phone, filled)):
        return "phone_number"
    if all(cell.lower() in ("true", "false") for cell in filled):
        return "email_verified" if "email" in taken else None
    if any(" " in cell for cell in filled):
        return "name"
    return USERNAME if len(set(filled)) == len(filled) and USERNAME not in taken else None

"""A template's wishes carried out as one change: everything is imported, or nothing is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from sandbox_app.domain.records.clients import ClientSandbox
from sandbox_app.domain.records.pools import PoolSandbox
from sandbox_app.domain.records.users import PasswordSecret, User, UserStatus
from sandbox_app.operations import (
    domains,
    groups,
    resource_servers,
    user_pool_clients,
    user_pools,
    users,
)
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.sign_in_names import username_key
from sandbox_app.workbench.templates import template as kinds
from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.template import Template, load
from sandbox_app.workbench.templates.wanted import Wanted, wanted_of


class Outcome(StrEnum):
    """What became of one resource."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Imported:
    """One resource after the import; `id` is its physical id."""

    logical_id: str
    kind: str
    id: str
    outcome: Outcome


class _CheckedOnly(Exception):
    """Ends the transaction of a check, so that nothing of it stays."""


async def import_templates(
    files: Iterable[Path], given: Mapping[str, str], core: Core, *, check: bool = False
) -> tuple[Imported, ...]:
    """Import template files in order, as one change.

    Args:
        given: parameter values; each must be declared by every file.
        check: undo everything at the end; what would happen is still returned.

    Raises:
        TemplateError: the first thing that is wrong, `file:line: resource.property: reason`.
        OSError: a file cannot be read.
    """
    templates = [load(path, given, core.region) for path in files]
    wanted = [(template, wanted_of(template, core)) for template in templates]
    passwords = await _passwords([item for _, items in wanted for item in items], core)
    imported: list[Imported] = []
    try:
        with core.change():
            for template, items in wanted:
                imported += _apply(template, items, passwords, core)
            if check:
                raise _CheckedOnly
    except _CheckedOnly:
        pass
    return tuple(imported)

"""A template's wishes carried out as one change: everything is imported, or nothing is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench.templates import upserts, user_upserts
from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.template import USER, Template, load
from sandbox_app.workbench.templates.upserts import Outcome
from sandbox_app.workbench.templates.user_upserts import PlannedUser
from sandbox_app.workbench.templates.wanted import Wanted, wanted_of


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
    everything = [item for _, items in wanted for item in items]
    planned = await user_upserts.plan(everything, core)
    imported: list[Imported] = []
    try:
        with core.change():
            for template, items in wanted:
                imported += [_apply(template, item, planned, core) for item in items]
            if check:
                raise _CheckedOnly
    except _CheckedOnly:
        pass
    return tuple(imported)


def _apply(
    template: Template, item: Wanted, planned: Mapping[int, PlannedUser], core: Core
) -> Imported:
    resource = item.resource
    try:
        if resource.kind == USER:
            outcome = user_upserts.upsert(item, planned[id(item)], core)
        else:
            outcome = upserts.upsert(item, core)
    except ApiError as error:
        raise TemplateError(item.property_place(error.field), error.message) from error
    if item.remembered != item.id:
        core.store.imports.put(template.source, resource.logical_id, resource.kind, item.id)
    return Imported(resource.logical_id, resource.kind, item.id, outcome)

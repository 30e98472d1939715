"""A template's wishes carried out as one change: everything is imported, or nothing is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench.templates import attached, upserts, user_upserts
from sandbox_app.workbench.templates.changes import (
    FieldChange,
    asked,
    changes,
    masked,
    state_of,
)
from sandbox_app.workbench.templates.errors import TemplateError, TemplateWarning
from sandbox_app.workbench.templates.exports import Exports
from sandbox_app.workbench.templates.kinds import ATTACHED, USER
from sandbox_app.workbench.templates.outcome import Outcome
from sandbox_app.workbench.templates.reading import read, read_file
from sandbox_app.workbench.templates.scope import Notes
from sandbox_app.workbench.templates.template import Skipped, Template, made_of, understood
from sandbox_app.workbench.templates.user_upserts import PlannedUser
from sandbox_app.workbench.templates.wanted import Wanted, wanted_of


@dataclass(frozen=True, slots=True)
class Imported:
    """One resource after the import; `id` is its physical id.

    `changes` are the fields that differ from before; of a resource made anew, all that the
    template says.
    """

    logical_id: str
    kind: str
    id: str
    outcome: Outcome
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Everything that was imported, in order, and what a person should know about it."""

    resources: tuple[Imported, ...]
    warnings: tuple[TemplateWarning, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A template that lies in no file.

    Imported again under the same `name`, it updates what it made the first time.
    """

    text: str
    name: str


class _CheckedOnly(Exception):
    """Ends the transaction of a check, so that nothing of it stays."""


async def import_templates(
    files: Iterable[Path | TemplateText],
    given: Mapping[str, str],
    core: Core,
    *,
    check: bool = False,
) -> ImportResult:
    """Import templates, from files or as texts, in order, as one change.

    Args:
        given: parameter values; each must be declared by every file, or be a pseudo parameter.
        check: undo everything at the end; what would happen is still returned.

    Raises:
        TemplateError: the first thing that is wrong, `file:line: resource.property: reason`.
        OSError: a file cannot be read.
    """
    notes = Notes()
    try:
        return await _imported(files, given, core, notes, check=check)
    except TemplateError as error:
        # No message may show what a person entered unseen.
        raise TemplateError(error.place, masked(error.reason, notes.secrets)) from error.__cause__


async def _imported(
    files: Iterable[Path | TemplateText],
    given: Mapping[str, str],
    core: Core,
    notes: Notes,
    *,
    check: bool,
) -> ImportResult:
    templates = [await _read(each, given, core, notes) for each in files]
    exports = Exports(core)
    wanted = [(template, wanted_of(template, core, exports)) for template in templates]
    everything = [item for _, items in wanted for item in items]
    planned = await user_upserts.plan(everything, core)
    imported: list[Imported] = []
    try:
        with core.change():
            for template, items in wanted:
                imported += [_apply(template, item, planned, core) for item in items]
            exports.remember()
            if check:
                raise _CheckedOnly
    except _CheckedOnly:
        pass
    for template in templates:
        _note_skipped(template)
    warnings = (
        TemplateWarning(warning.place, masked(warning.sentence, notes.secrets))
        for warning in notes.warnings
    )
    skipped = tuple(item for template in templates for item in template.skipped)
    return ImportResult(tuple(imported), tuple(warnings), skipped)


async def _read(
    template: Path | TemplateText, given: Mapping[str, str], core: Core, notes: Notes
) -> Template:
    if isinstance(template, Path):
        root = await core.aside(partial(read_file, template))
        return made_of(root, template, given, core.region, notes)
    root = await core.aside(partial(read, template.text, template.name))
    # No path is like this source, so a text never meddles with what a file made.
    source = f"text:{template.name}"
    return understood(root, template.name, source, given, core.region, notes)


def _apply(
    template: Template, item: Wanted, planned: Mapping[int, PlannedUser], core: Core
) -> Imported:
    resource = item.resource
    before = state_of(item, core)
    try:
        outcome = _upserted(item, planned, core)
    except ApiError as error:
        place = item.place_of(error)
        raise TemplateError(place, error.message + template.notes.reasons(place)) from error
    if item.remembered != item.id:
        core.store.imports.put(template.source, resource.logical_id, resource.kind, item.id)
    told: tuple[FieldChange, ...] = ()
    if outcome is Outcome.CREATED:
        told = changes({}, asked(item), template.notes.secrets)
    elif outcome is Outcome.UPDATED:
        told = changes(before, state_of(item, core), template.notes.secrets)
    return Imported(resource.logical_id, resource.kind, item.id, outcome, told)


def _upserted(item: Wanted, planned: Mapping[int, PlannedUser], core: Core) -> Outcome:
    kind = item.resource.kind
    if kind in ATTACHED:
        return attached.upsert(item, core)
    if kind == USER:
        return user_upserts.upsert(item, planned[id(item)], core)
    outcome = upserts.upsert(item, core)
    if attached.keep_aside(item, core) and outcome is Outcome.UNCHANGED:
        return Outcome.UPDATED
    return outcome


def _note_skipped(template: Template) -> None:
    """One warning for all that is passed over: a large template has hundreds of it."""
    strange = [item for item in template.skipped if item.condition is None]
    if not strange:
        return
    counted: dict[str, int] = {}
    for item in strange:
        counted[item.kind] = counted.get(item.kind, 0) + 1
    words = ", ".join(f"{number} {kind}" for kind, number in sorted(counted.items()))
    sentence = f"passed over, because a user pool here has no use for them: {words}"
    template.notes.warn(strange[0].place, sentence)

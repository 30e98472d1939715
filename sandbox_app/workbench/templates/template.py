"""A template taken apart: its parameters, and its resources in the order they can be made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox_app.workbench.templates.conditions import Conditions
from sandbox_app.workbench.templates.errors import Place, TemplateError, guess
from sandbox_app.workbench.templates.functions import text_of
from sandbox_app.workbench.templates.intrinsics import refuse_loop
from sandbox_app.workbench.templates.kinds import (
    ATTACHED,
    ATTACHMENT,
    CLIENT,
    DOMAIN,
    GROUP,
    NOT_READ,
    ORDER,
    RESOURCE_SERVER,
    USER,
    USER_POOL,
)
from sandbox_app.workbench.templates.nodes import Entry, Items, Node, Scalar, Table
from sandbox_app.workbench.templates.parameters import Values, declared, valued
from sandbox_app.workbench.templates.reading import read, read_file
from sandbox_app.workbench.templates.scope import Notes, Scope
from sandbox_app.workbench.templates.sections import (
    SAM,
    refuse_sections,
    section,
    transforms,
)

__all__ = [
    "ATTACHED",
    "ATTACHMENT",
    "CLIENT",
    "DOMAIN",
    "GROUP",
    "ORDER",
    "RESOURCE_SERVER",
    "USER",
    "USER_POOL",
    "Resource",
    "Skipped",
    "Template",
    "load",
    "made_of",
    "parse",
    "understood",
]

_PARTS = {
    "Condition",
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Properties",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource that is read here; `sandbox` is its `Metadata: {Sandbox: …}`, if any."""

    logical_id: str
    kind: str
    properties: Table
    sandbox: Table
    place: Place


@dataclass(frozen=True, slots=True)
class Skipped:
    """One resource that is passed over; `condition` is the one that keeps it from being made."""

    logical_id: str
    kind: str
    place: Place
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """One file, read.

    `source` tells the file from others, however it is named; `notes` is where everything that
    reads on adds its warnings.
    """

    file: str
    source: str
    values: Values
    mappings: Table
    conditions: Conditions
    resources: tuple[Resource, ...]
    skipped: tuple[Skipped, ...]
    outputs: Table
    is_sam: bool
    notes: Notes

    @property
    def parameters(self) -> Mapping[str, str]:
        """Parameters and pseudo parameters with their values."""
        return self.values.texts

    @property
    def lists(self) -> frozenset[str]:
        """The parameters that are lists."""
        return self.values.lists

    @property
    def names(self) -> tuple[str, ...]:
        """The logical ids of all resources, made or not."""
        return (*(item.logical_id for item in self.resources), *self.others)

    @property
    def others(self) -> tuple[str, ...]:
        """The logical ids of the resources that are passed over."""
        return tuple(item.logical_id for item in self.skipped)

    def generates(self, logical_id: str) -> bool:
        """Whether the name is one that SAM's own transform would make."""
        if not self.is_sam:
            return False
        kinds = (item for item in self.skipped if item.kind.startswith("AWS::Serverless::"))
        return logical_id.startswith(("Serverless", *(item.logical_id for item in kinds)))


def load(path: Path, given: Mapping[str, str], region: str, notes: Notes | None = None) -> Template:
    """Read a template file with parameter values from outside.

    Raises:
        TemplateError: anything that keeps it from being understood, with its line.
        OSError: the file cannot be read.
    """
    return made_of(read_file(path), path, given, region, notes)


def made_of(
    root: Table, path: Path, given: Mapping[str, str], region: str, notes: Notes | None = None
) -> Template:
    """The template whose nodes these are.

    Raises:
        TemplateError: anything that keeps it from being understood, with its line.
    """
    source = str(path.resolve())
    return understood(root, str(path), source, given, region, notes or Notes())


def parse(
    text: str,
    file: str,
    given: Mapping[str, str],
    region: str,
    *,
    source: str = "",
    notes: Notes | None = None,
) -> Template:
    """Read a template from its text; `file` is only for messages."""
    root = read(text, file)
    return understood(root, file, source or file, given, region, notes or Notes())


def understood(
    root: Table, file: str, source: str, given: Mapping[str, str], region: str, notes: Notes
) -> Template:
    """The template whose nodes these are; see `Template` for `source`.

    Raises:
        TemplateError: anything that keeps it from being understood, with its line.
    """
    refuse_sections(root, file)
    found = root.get("Resources")
    if not isinstance(found, Table) or not found.entries:
        raise TemplateError(Place(file, root.line), "there is no table Resources")
    parameters = declared(root, file)
    line = section(root, "Parameters", file).line
    values = valued(parameters, given, region, file, line)
    notes.secrets |= {values.texts[name] for name in values.secret}
    mappings = section(root, "Mappings", file)
    scope = Scope(values.texts, values.lists, values.unknown, values.secret, mappings)
    conditions = Conditions(section(root, "Conditions", file), scope, file, notes)
    resources, skipped = _sorted_out(found, conditions, file)
    macros = transforms(root, file, notes)
    template = Template(
        file=file,
        source=source,
        values=values,
        mappings=mappings,
        conditions=conditions,
        resources=tuple(_ordered(resources)),
        skipped=tuple(skipped),
        outputs=section(root, "Outputs", file),
        is_sam=SAM in macros,
        notes=notes,
    )
    for entry in found:
        if _kind(entry.value, Place(file, entry.line, entry.key)) in ORDER:
            _refuse_missing(entry, found, template)
    return template


def _refuse_missing(entry: Entry, found: Table, template: Template) -> None:
    """What a resource waits for must be there, made or not."""
    needs = entry.value.get("DependsOn") if isinstance(entry.value, Table) else None
    if needs is None:
        return
    names = [item.key for item in found]
    for need in needs.items if isinstance(needs, Items) else (needs,):
        place = Place(template.file, need.line, f"{entry.key}.DependsOn")
        name = text_of(need, place, "the name of a resource is expected").text
        if name not in names and not template.generates(name):
            raise TemplateError(place, f"there is no resource {name}{guess(name, names)}")


def _sorted_out(
    found: Table, conditions: Conditions, file: str
) -> tuple[list[Resource], list[Skipped]]:
    """What is made here, and what is passed over."""
    made: list[Resource] = []
    skipped: list[Skipped] = []
    for entry in found:
        place = Place(file, entry.line, entry.key)
        refuse_loop(entry.key, place)
        kind = _kind(entry.value, place)
        if kind not in ORDER:
            _refuse_misspelt(kind, place)
            skipped.append(Skipped(entry.key, kind, place))
            continue
        assert isinstance(entry.value, Table)
        resource = _resource(entry.key, kind, entry.value, place)
        condition = entry.value.get("Condition")
        if condition is not None:
            below = place.below("Condition", condition.line)
            name = text_of(condition, below, "the name of a condition is expected").text
            if not conditions.holds(name, below):
                skipped.append(Skipped(entry.key, kind, place, name))
                continue
        made.append(resource)
    return made, skipped


def _refuse_misspelt(kind: str, place: Place) -> None:
    if not kind.startswith("AWS::Cognito::") or kind in NOT_READ:
        return
    meant = guess(kind, (*ORDER, *NOT_READ))
    raise TemplateError(place.below("Type"), f"there is no kind {kind}{meant}")


def _ordered(resources: list[Resource]) -> Iterator[Resource]:
    for kind in ORDER:
        yield from (resource for resource in resources if resource.kind == kind)


def _kind(node: Node, place: Place) -> str:
    kind = node.get("Type") if isinstance(node, Table) else None
    if not isinstance(kind, Scalar):
        raise TemplateError(place, "a resource needs a Type")
    return kind.text


def _resource(logical_id: str, kind: str, node: Table, place: Place) -> Resource:
    for entry in node:
        if entry.key not in _PARTS:
            reason = f"no such part of a resource{guess(entry.key, _PARTS)}"
            raise TemplateError(place.below(entry.key, entry.line), reason)
    properties = node.get("Properties") or Table((), node.line)
    if not isinstance(properties, Table):
        below = place.below("Properties", node.line_of("Properties"))
        raise TemplateError(below, "a table of properties is expected")
    metadata = node.get("Metadata")
    sandbox = metadata.get("Sandbox") if isinstance(metadata, Table) else None
    if sandbox is not None and not isinstance(sandbox, Table):
        raise TemplateError(place.below("Metadata.Sandbox", sandbox.line), "a table is expected")
    return Resource(logical_id, kind, properties, sandbox or Table((), node.line), place)

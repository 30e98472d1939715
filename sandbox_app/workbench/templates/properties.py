"""The properties of a resource: every function in them resolved, and as the API takes them."""

from collections.abc import Mapping
from typing import Any

from sandbox_app.operations import shapes
from sandbox_app.workbench.templates import dialect, placeholders
from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.intrinsics import resolve
from sandbox_app.workbench.templates.kinds import ATTACHED, CLIENT, GROUP, USER, USER_POOL
from sandbox_app.workbench.templates.nodes import Entry, Items, Node, Scalar, Table
from sandbox_app.workbench.templates.scope import Notes, Scope
from sandbox_app.workbench.templates.template import Resource
from sandbox_app.workbench.templates.typing import members, worded, worded_list
from sandbox_app.workbench.templates.unfilled import note_unfilled

_CALLED = {USER_POOL: "PoolName", CLIENT: "ClientName", GROUP: "GroupName"}
"""The property that takes the logical id where the template leaves it out."""


def resolved_properties(resource: Resource, scope: Scope, notes: Notes) -> Table:
    """The properties with every function resolved, and everything noted that is to be said."""
    kind = resource.kind
    resolved = resolve(resource.properties, scope, resource.place)
    if not isinstance(resolved, Table):
        place = resource.place.below("Properties", resource.properties.line)
        raise TemplateError(place, "a table of properties is expected")
    placeholders.check(resolved, dialect.DECIDES[kind], resource.place, notes)
    note_unfilled(resource.properties, resource.place, notes)
    _note_without_effect(resolved, kind, resource.place, notes)
    return resolved


def request_of(resource: Resource, resolved: Table) -> tuple[dict[str, Any], dict[str, Any]]:
    """The request in API shape, and what it has no member for."""
    kind = resource.kind
    beside = dialect.ONLY_IN_TEMPLATES.get(kind, {})
    renamed = renames(kind)
    shape = shapes.input_members(dialect.OPERATION[kind])
    known = {**shape, **{name: shape[meant] for name, meant in renamed.items()}}
    said = members(resolved, known, resource.place, beside)
    for name, meant in renamed.items():
        if name in said and meant in said:
            raise TemplateError(resource.place.below(meant), f"{name} says the same")
    request = {renamed.get(name, name): value for name, value in said.items()}
    if (called := _CALLED.get(kind)) is not None:
        request.setdefault(called, resource.logical_id)
    aside = {
        entry.key: _worded(entry, beside[entry.key], resource.place)
        for entry in resolved
        if entry.key in beside
    }
    kept = dialect.KEPT_ASIDE.get(kind, frozenset())
    aside |= {name: value for name, value in request.items() if name in kept}
    return request, aside


def _worded(entry: Entry, words: tuple[str, ...], place: Place) -> Any:
    """A property that the API's model says nothing of."""
    below = place.below(entry.key, entry.line)
    if entry.key in dialect.LISTS:
        return worded_list(entry.value, words, below)
    return worded(entry.value, words, below)


def _note_without_effect(resolved: Table, kind: str, place: Place, notes: Notes) -> None:
    for entry in resolved:
        if entry.key not in dialect.WITHOUT_EFFECT.get(kind, frozenset()) or _idle(entry.value):
            continue
        if isinstance(entry.value, Scalar) and entry.value.text == dialect.IDLE.get(entry.key):
            continue
        kept = "" if kind == USER else "; it is kept"
        sentence = f"CloudFormation knows it, but nothing here acts on it yet{kept}"
        notes.warn(place.below(entry.key, entry.line), sentence)
    if kind in ATTACHED:
        notes.warn(place, f"nothing here acts on {kind} yet; it is checked and kept with its pool")


def _idle(node: Node) -> bool:
    """Whether it is empty, so that nothing is missed."""
    if isinstance(node, Items):
        return not node.items
    return isinstance(node, Table) and not node.entries


def renames(kind: str) -> Mapping[str, str]:
    """Template names to API names, where they differ."""
    return dialect.RENAMED.get(kind, {})

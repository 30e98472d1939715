"""The functions of a template, resolved to plain nodes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from sandbox_app.workbench.templates.errors import Place, TemplateError, guess
from sandbox_app.workbench.templates.functions import FUNCTIONS, joined, text_of
from sandbox_app.workbench.templates.nodes import Entry, Items, Node, Scalar, Table
from sandbox_app.workbench.templates.placeholders import dynamic, of_export
from sandbox_app.workbench.templates.scope import Scope

NO_VALUE = "AWS::NoValue"
_NAME = re.compile(r"\$\{(!?)([^}]*)\}")
_NOT_RUN: Mapping[str, str] = MappingProxyType(
    {
        "Fn::Transform": "macros are not run here; write out what it makes",
        "Fn::ForEach": "loops are not unrolled here; write out what it makes",
    }
)


def resolve(node: Node, scope: Scope, place: Place) -> Node | None:
    """The node with every intrinsic function replaced; `None` where it is `AWS::NoValue`.

    What only the real service knows becomes a marked placeholder.

    Raises:
        TemplateError: an unknown function or name, at its line.
    """
    if isinstance(node, Scalar):
        return dynamic(node)
    if isinstance(node, Items):
        items = (resolve(item, scope, _at(place, item)) for item in node.items)
        return Items(tuple(item for item in items if item is not None), node.line)
    if len(node.entries) == 1 and _is_function(node.entries[0].key):
        found = _call(node.entries[0], scope, _at(place, node))
        return dynamic(found) if isinstance(found, Scalar) else found
    return _table(node, scope, place)


def refuse_loop(key: str, place: Place) -> None:
    """Refuse `Fn::ForEach::Name` and `Fn::Transform`, which stand where a member's name does.

    Raises:
        TemplateError: if it is one.
    """
    for name, reason in _NOT_RUN.items():
        if key == name or key.startswith(f"{name}::"):
            raise TemplateError(place, f"{name}: {reason}")


def _table(node: Table, scope: Scope, place: Place) -> Table:
    entries: list[Entry] = []
    for entry in node:
        below = place.below(entry.key, entry.line)
        refuse_loop(entry.key, below)
        value = resolve(entry.value, scope, below)
        if value is not None:
            entries.append(Entry(entry.key, value, entry.line))
    return Table(tuple(entries), node.line)


def _is_function(key: str) -> bool:
    return key == "Ref" or key.startswith("Fn::")


def _call(entry: Entry, scope: Scope, place: Place) -> Node | None:
    refuse_loop(entry.key, place)
    if (special := _SPECIAL.get(entry.key)) is not None:
        return special(entry.value, scope, place)
    if (function := FUNCTIONS.get(entry.key)) is not None:
        argument = resolve(entry.value, scope, place)
        if argument is None:
            raise TemplateError(place, f"{entry.key} of nothing")
        return function(argument, place)
    meant = guess(entry.key, (*_SPECIAL, *FUNCTIONS))
    raise TemplateError(place, f"{entry.key} is not a function that is read here{meant}")


def _ref(argument: Node, scope: Scope, place: Place) -> Node | None:
    name = text_of(argument, place, "Ref takes a name").text
    if name == NO_VALUE:
        return None
    found = scope.lookup(name, place, argument.line)
    if name not in scope.lists or found.unknown is not None:
        return found
    parts = found.text.split(",") if found.text else []
    items = (Scalar(part.strip(), argument.line, secret=found.secret) for part in parts)
    return Items(tuple(items), argument.line)


def _get_att(argument: Node, scope: Scope, place: Place) -> Node:
    if isinstance(argument, Items) and len(argument.items) == 2:
        names = "Fn::GetAtt takes two names"
        resource = text_of(argument.items[0], place, names).text
        # The name of an attribute may be computed, that of a resource may not.
        attribute = text_of(resolve(argument.items[1], scope, place), place, names).text
    else:
        whole = text_of(argument, place, "Fn::GetAtt takes Resource.Attribute").text
        resource, dot, attribute = whole.partition(".")
        if not dot:
            raise TemplateError(place, "Fn::GetAtt takes Resource.Attribute")
    return scope.lookup_attribute(resource, attribute, place, argument.line)


def _sub(argument: Node, scope: Scope, place: Place) -> Node:
    local: dict[str, Scalar] = {}
    template = argument
    if isinstance(argument, Items):
        if len(argument.items) != 2 or not isinstance(argument.items[1], Table):
            raise TemplateError(place, "Fn::Sub takes a text, or a text and a table of names")
        template = argument.items[0]
        for entry in argument.items[1]:
            value = resolve(entry.value, scope, place)
            local[entry.key] = text_of(value, place, f"{entry.key} is not a text")
    text = text_of(template, place, "Fn::Sub takes a text").text
    parts: list[Scalar] = []
    end = 0
    for match in _NAME.finditer(text):
        parts.append(Scalar(text[end : match.start()], argument.line))
        parts.append(_filled(match, local, scope, place, argument.line))
        end = match.end()
    parts.append(Scalar(text[end:], argument.line))
    alone = [part for part in parts if part.text]
    # A single name keeps all that is known of it, such as the form of an ARN.
    return alone[0] if len(alone) == 1 else joined(parts, "", argument.line, place)


def _filled(
    match: re.Match[str], local: Mapping[str, Scalar], scope: Scope, place: Place, line: int
) -> Scalar:
    literal, name = match[1], match[2].strip()
    if literal:
        return Scalar(f"${{{match[2]}}}", line)
    if name in local:
        return local[name]
    resource, dot, attribute = name.partition(".")
    if dot:
        return scope.lookup_attribute(resource, attribute, place, line)
    return scope.lookup(name, place, line)


def _import_value(argument: Node, scope: Scope, place: Place) -> Node:
    shape = "Fn::ImportValue takes the name of an export"
    name = text_of(resolve(argument, scope, place), place, shape)
    found = scope.export(name.text) if name.unknown is None else None
    if found is not None:
        return Scalar(found, argument.line, secret=name.secret)
    return replace(of_export(name.text, argument.line), secret=name.secret)


def _if(argument: Node, scope: Scope, place: Place) -> Node | None:
    if not isinstance(argument, Items) or len(argument.items) != 3:
        raise TemplateError(place, "Fn::If takes a condition and two values")
    name = text_of(argument.items[0], place, "Fn::If takes the name of a condition").text
    chosen = argument.items[1 if scope.condition(name, place) else 2]
    return resolve(chosen, scope, _at(place, chosen))


def _find_in_map(argument: Node, scope: Scope, place: Place) -> Node | None:
    shape = "Fn::FindInMap takes a map and two names"
    if not isinstance(argument, Items) or len(argument.items) not in (3, 4):
        raise TemplateError(place, shape)
    names = [text_of(resolve(item, scope, place), place, shape) for item in argument.items[:3]]
    found: Node | None = scope.mappings
    for name in names:
        found = found.get(name.text) if isinstance(found, Table) else None
    if found is not None and not isinstance(found, Table):
        return found
    if len(argument.items) == 4:
        otherwise = argument.items[3]
        if not isinstance(otherwise, Table) or (value := otherwise.get("DefaultValue")) is None:
            raise TemplateError(place, "the fourth argument is a table with DefaultValue")
        return resolve(value, scope, place)
    for name in names:
        if name.unknown is not None:
            raise TemplateError(place, f"{name.unknown.words}: its value is not known here")
    path = ".".join("****" if name.secret else name.text for name in names)
    raise TemplateError(place, f"there is no {path} in Mappings")


def _at(place: Place, node: Node) -> Place:
    return Place(place.file, node.line, place.where)


_SPECIAL: Mapping[str, Callable[[Node, Scope, Place], Node | None]] = MappingProxyType(
    {
        "Ref": _ref,
        "Fn::GetAtt": _get_att,
        "Fn::Sub": _sub,
        "Fn::If": _if,
        "Fn::FindInMap": _find_in_map,
        "Fn::ImportValue": _import_value,
    }
)
"""Functions that look at their argument before it is resolved."""

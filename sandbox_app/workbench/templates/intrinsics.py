"""`Ref`, `Fn::GetAtt`, `Fn::Sub` and `Fn::Join`, resolved to plain nodes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.nodes import Entry, Items, Node, Scalar, Table

NO_VALUE = "AWS::NoValue"
_PLACEHOLDER = re.compile(r"\$\{(!?)([^}]*)\}")

Reference = Callable[[str, Place], str | None]
Attribute = Callable[[str, str, Place], str | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean in a template.

    Args:
        values: parameters and pseudo parameters by name.
        lists: the parameters that are lists, written with commas.
        reference: what `Ref` of a resource yields, `None` for an unknown one.
        attribute: what `Fn::GetAtt` of resource and attribute yields, `None` for an unknown one.
    """

    values: Mapping[str, str]
    lists: frozenset[str] = frozenset()
    reference: Reference = field(default=lambda _name, _place: None)
    attribute: Attribute = field(default=lambda _name, _attribute, _place: None)


def resolve(node: Node, scope: Scope, place: Place) -> Node | None:
    """The node with every intrinsic function replaced; `None` where it is `AWS::NoValue`.

    Raises:
        TemplateError: an unknown function or name, at its line.
    """
    if isinstance(node, Scalar):
        return node
    if isinstance(node, Items):
        items = (resolve(item, scope, _at(place, item)) for item in node.items)
        return Items(tuple(item for item in items if item is not None), node.line)
    if len(node.entries) == 1 and _is_function(node.entries[0].key):
        return _call(node.entries[0], scope, _at(place, node))
    resolved = (
        (entry, resolve(entry.value, scope, place.below(entry.key, entry.line))) for entry in node
    )
    return Table(
        tuple(
            Entry(entry.key, value, entry.line) for entry, value in resolved if value is not None
        ),
        node.line,
    )


def _is_function(key: str) -> bool:
    return key == "Ref" or key.startswith("Fn::")


def _call(entry: Entry, scope: Scope, place: Place) -> Node | None:
    if entry.key == "Ref":
        return _ref(entry.value, scope, place)
    if entry.key == "Fn::GetAtt":
        return _get_att(entry.value, scope, place)
    if entry.key == "Fn::Sub":
        return _sub(entry.value, scope, place)
    if entry.key == "Fn::Join":
        return _join(entry.value, scope, place)
    raise TemplateError(place, f"{entry.key} is not a function that is read here")


def _ref(argument: Node, scope: Scope, place: Place) -> Scalar | Items | None:
    name = _text(argument, place, "Ref takes a name")
    if name == NO_VALUE:
        return None
    found = _lookup(name, scope, place)
    if name not in scope.lists:
        return Scalar(found, argument.line)
    parts = found.split(",") if found else []
    return Items(tuple(Scalar(part.strip(), argument.line) for part in parts), argument.line)


def _get_att(argument: Node, scope: Scope, place: Place) -> Scalar:
    if isinstance(argument, Items) and len(argument.items) == 2:
        parts = [_text(item, place, "Fn::GetAtt takes two names") for item in argument.items]
    else:
        parts = _text(argument, place, "Fn::GetAtt takes Resource.Attribute").split(".", 1)
    if len(parts) != 2:
        raise TemplateError(place, "Fn::GetAtt takes Resource.Attribute")
    return Scalar(_attribute(parts[0], parts[1], scope, place), argument.line)


def _sub(argument: Node, scope: Scope, place: Place) -> Scalar:
    local: dict[str, str] = {}
    template = argument
    if isinstance(argument, Items):
        if len(argument.items) != 2 or not isinstance(argument.items[1], Table):
            raise TemplateError(place, "Fn::Sub takes a text, or a text and a table of names")
        template = argument.items[0]
        for entry in argument.items[1]:
            value = resolve(entry.value, scope, place)
            local[entry.key] = _text(value, place, f"{entry.key} is not a text")
    text = _text(template, place, "Fn::Sub takes a text")
    return Scalar(_PLACEHOLDER.sub(lambda m: _filled(m, local, scope, place), text), argument.line)


def _filled(match: re.Match[str], local: Mapping[str, str], scope: Scope, place: Place) -> str:
    literal, name = match[1], match[2].strip()
    if literal:
        return f"${{{match[2]}}}"
    if name in local:
        return local[name]
    resource, dot, attribute = name.partition(".")
    if dot:
        return _attribute(resource, attribute, scope, place)
    return _lookup(name, scope, place)


def _join(argument: Node, scope: Scope, place: Place) -> Scalar:
    if not isinstance(argument, Items) or len(argument.items) != 2:
        raise TemplateError(place, "Fn::Join takes a delimiter and a list")
    delimiter = _text(argument.items[0], place, "the delimiter is a text")
    parts = resolve(argument.items[1], scope, place)
    if not isinstance(parts, Items):
        raise TemplateError(place, "Fn::Join takes a delimiter and a list")
    texts = [_text(item, place, "Fn::Join joins texts") for item in parts.items]
    return Scalar(delimiter.join(texts), argument.line)


def _lookup(name: str, scope: Scope, place: Place) -> str:
    found = scope.values.get(name)
    if found is None:
        found = scope.reference(name, place)
    if found is None:
        raise TemplateError(place, f"{name} is neither a parameter nor a resource read here")
    return found


def _attribute(resource: str, attribute: str, scope: Scope, place: Place) -> str:
    found = scope.attribute(resource, attribute, place)
    if found is None:
        raise TemplateError(place, f"{resource}.{attribute} is not known here")
    return found


def _text(node: Node | None, place: Place, otherwise: str) -> str:
    if not isinstance(node, Scalar):
        raise TemplateError(place, otherwise)
    return node.text


def _at(place: Place, node: Node) -> Place:
    return Place(place.file, node.line, place.where)

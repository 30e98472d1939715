"""Raw nodes into values of the type that the API's own model gives the property."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sandbox_app.workbench.templates.errors import Place, TemplateError, guess
from sandbox_app.workbench.templates.nodes import Items, Node, Scalar, Table
from sandbox_app.workbench.templates.placeholders import cannot_stand_in, fitted

_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_TRUTH = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}


def typed(node: Node, shape: Any, place: Place) -> Any:
    """The node's value as the API takes it.

    Args:
        shape: a botocore shape; its names are the template's names below the top level.

    Raises:
        TemplateError: the value is of another kind, or a member is unknown, at its line.
    """
    kind = shape.type_name
    if kind == "structure":
        if shape.is_document_type:
            return free(node)
        return _structure(node, shape, place)
    if kind == "list":
        return _list(node, shape, place)
    if kind == "map":
        table = _table(node, place)
        return {
            entry.key: typed(entry.value, shape.value, place.below(entry.key, entry.line))
            for entry in table
        }
    return _plain(node, shape, place)


def free(node: Node) -> Any:
    """A value that no shape speaks of, as JSON would read it."""
    if isinstance(node, Table):
        return {entry.key: free(entry.value) for entry in node}
    if isinstance(node, Items):
        return [free(item) for item in node.items]
    return None if node.null else {"true": True, "false": False}.get(node.text, node.text)


def members(
    table: Table, shapes: Mapping[str, Any], place: Place, kept: Collection[str] = ()
) -> dict[str, Any]:
    """The members of a resource's properties, each typed by its own shape.

    Members in `kept` are known to CloudFormation but govern nothing here; they are passed over.
    """
    values: dict[str, Any] = {}
    for entry in table:
        below = place.below(entry.key, entry.line)
        if entry.key in kept:
            continue
        if entry.key not in shapes:
            raise TemplateError(below, f"no such property{guess(entry.key, (*shapes, *kept))}")
        values[entry.key] = typed(entry.value, shapes[entry.key], below)
    return values


def worded(node: Node, words: Sequence[str], place: Place) -> Any:
    """One of the words; any text where there are none to choose from.

    Raises:
        TemplateError: it is something else, at its line.
    """
    scalar = _scalar(node, place, "a text")
    if words and scalar.unknown is not None:
        raise cannot_stand_in(scalar.unknown, place)
    if words and scalar.text not in words:
        raise TemplateError(place, f"{_shown(scalar)} is none of {', '.join(words)}")
    return free(scalar)


def worded_list(node: Node, words: Sequence[str], place: Place) -> list[Any]:
    """Several of the words, or one where a list is meant.

    Raises:
        TemplateError: one of them is something else, at its line.
    """
    if not isinstance(node, Items):
        return [worded(node, words, place)]
    return [
        worded(item, words, Place(place.file, item.line, f"{place.where}[{index}]"))
        for index, item in enumerate(node.items)
    ]


def untyped(node: Node, place: Place) -> dict[str, str]:
    """A table of plain texts, as `Metadata: {Sandbox: …}` is."""
    return {
        entry.key: _scalar(entry.value, place.below(entry.key, entry.line), "a text").text
        for entry in _table(node, place)
    }


def _structure(node: Node, shape: Any, place: Place) -> dict[str, Any]:
    return members(_table(node, place), shape.members, place)


def _list(node: Node, shape: Any, place: Place) -> list[Any]:
    if isinstance(node, Scalar) and not node.null and shape.member.type_name == "string":
        # CloudFormation takes one text where a list of texts is meant.
        return [node.text]
    if not isinstance(node, Items):
        raise TemplateError(place, "a list is expected")
    return [
        typed(item, shape.member, Place(place.file, item.line, f"{place.where}[{index}]"))
        for index, item in enumerate(node.items)
    ]


def _plain(node: Node, shape: Any, place: Place) -> Any:
    kind = shape.type_name
    expected = {"boolean": "true or false", "integer": "a whole number", "long": "a whole number"}
    scalar = _scalar(node, place, expected.get(kind, "a text"))
    if scalar.unknown is not None:
        return fitted(scalar, shape, place)
    text = scalar.text
    shown = _shown(scalar)
    if kind == "boolean":
        if (truth := _TRUTH.get(text.lower())) is None:
            raise TemplateError(place, f"true or false is expected, not {shown}")
        return truth
    if kind in ("integer", "long"):
        if not _WHOLE.fullmatch(text):
            raise TemplateError(place, f"a whole number is expected, not {shown}")
        return int(text)
    return text


def _shown(scalar: Scalar) -> str:
    return "a secret" if scalar.secret else repr(scalar.text)


def _table(node: Node, place: Place) -> Table:
    if not isinstance(node, Table):
        raise TemplateError(place, "a table of names and values is expected")
    return node


def _scalar(node: Node, place: Place, expected: str) -> Scalar:
    if not isinstance(node, Scalar) or node.null:
        raise TemplateError(place, f"{expected} is expected")
    return node

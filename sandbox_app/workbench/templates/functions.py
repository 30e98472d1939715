"""The functions of a template that need nothing but their arguments, already resolved."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.nodes import Items, Node, Scalar, Table, Unknown

_MOST_PARTS = 10_000
_LONGEST_TEXT = 1_000_000
_MOST_BLOCKS = 256


def text_of(node: Node | None, place: Place, otherwise: str) -> Scalar:
    """The node, if it is a plain value.

    Raises:
        TemplateError: with the reason `otherwise`.
    """
    if not isinstance(node, Scalar) or node.null:
        raise TemplateError(place, otherwise)
    return node


def joined(parts: Iterable[Scalar], delimiter: str, line: int, place: Place) -> Scalar:
    """Texts put together; what marks one of them marks the whole."""
    found = list(parts)
    text = delimiter.join(part.text for part in found)
    if len(text) > _LONGEST_TEXT:
        raise TemplateError(place, "the text grows too long")
    unknown = marks(found)
    return Scalar(text, line, unknown=unknown, secret=any(part.secret for part in found))


def marks(parts: Iterable[Scalar]) -> Unknown | None:
    """What the placeholders among the parts stand for, taken together."""
    found = {part.unknown.words: part.unknown for part in parts if part.unknown is not None}
    if len(found) == 1:
        return replace(*found.values(), arn="")
    return Unknown("; ".join(found)) if found else None


def _join(argument: Node, place: Place) -> Node:
    if not isinstance(argument, Items) or len(argument.items) != 2:
        raise TemplateError(place, "Fn::Join takes a delimiter and a list")
    delimiter, parts = argument.items
    between = text_of(delimiter, place, "the delimiter is a text")
    if not isinstance(parts, Items):
        raise TemplateError(place, "Fn::Join takes a delimiter and a list")
    texts = [text_of(item, place, "Fn::Join joins texts") for item in parts.items]
    return joined(texts, between.text, argument.line, place)


def _select(argument: Node, place: Place) -> Node:
    if not isinstance(argument, Items) or len(argument.items) != 2:
        raise TemplateError(place, "Fn::Select takes a number and a list")
    index = text_of(argument.items[0], place, "Fn::Select takes a number and a list")
    parts = argument.items[1]
    if isinstance(parts, Scalar) and parts.unknown is not None:
        # Any part of something unknown is as unknown.
        return parts
    if not isinstance(parts, Items) or not index.text.isascii() or not index.text.isdigit():
        raise TemplateError(place, "Fn::Select takes a number and a list")
    number = int(index.text) if len(index.text) < 10 else _MOST_PARTS
    if number >= len(parts.items):
        raise TemplateError(place, f"there is no item {number} among {len(parts.items)}")
    return parts.items[number]


def _split(argument: Node, place: Place) -> Node:
    if not isinstance(argument, Items) or len(argument.items) != 2:
        raise TemplateError(place, "Fn::Split takes a delimiter and a text")
    delimiter = text_of(argument.items[0], place, "the delimiter is a text")
    whole = text_of(argument.items[1], place, "Fn::Split takes a delimiter and a text")
    if not delimiter.text:
        raise TemplateError(place, "the delimiter is empty")
    if whole.unknown is not None:
        return whole
    parts = whole.text.split(delimiter.text)
    if len(parts) > _MOST_PARTS:
        raise TemplateError(place, "the text falls into too many parts")
    items = (Scalar(part, argument.line, secret=whole.secret) for part in parts)
    return Items(tuple(items), argument.line)


def _base64(argument: Node, place: Place) -> Node:
    text = text_of(argument, place, "Fn::Base64 takes a text")
    encoded = base64.b64encode(text.text.encode()).decode()
    return Scalar(encoded, argument.line, unknown=text.unknown, secret=text.secret)


def _length(argument: Node, place: Place) -> Node:
    if isinstance(argument, Scalar) and argument.unknown is not None:
        return argument
    if not isinstance(argument, Items):
        raise TemplateError(place, "Fn::Length takes a list")
    return Scalar(str(len(argument.items)), argument.line)


def _to_json(argument: Node, place: Place) -> Node:
    if isinstance(argument, Scalar):
        raise TemplateError(place, "Fn::ToJsonString takes a table or a list")
    found = list(scalars(argument))
    text = json.dumps(plain(argument), separators=(",", ":"), ensure_ascii=False)
    if len(text) > _LONGEST_TEXT:
        raise TemplateError(place, "the text grows too long")
    secret = any(item.secret for item in found)
    return Scalar(text, argument.line, unknown=marks(found), secret=secret)


def _zones(argument: Node, place: Place) -> Node:
    region = text_of(argument, place, "Fn::GetAZs takes a region").text or "us-east-1"
    unknown = Unknown(f"the zones of {region}")
    zones = (Scalar(f"{region}{letter}", argument.line, unknown=unknown) for letter in "abc")
    return Items(tuple(zones), argument.line)


def _cidr(argument: Node, place: Place) -> Node:
    if not isinstance(argument, Items) or len(argument.items) not in (2, 3):
        raise TemplateError(place, "Fn::Cidr takes a block, a count and bits")
    count = text_of(argument.items[1], place, "Fn::Cidr takes a block, a count and bits").text
    number = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    if not 1 <= number <= _MOST_BLOCKS:
        raise TemplateError(place, f"Fn::Cidr takes a count from 1 to {_MOST_BLOCKS}")
    unknown = Unknown("a block of addresses")
    blocks = (
        Scalar(f"10.0.{block}.0/24", argument.line, unknown=unknown) for block in range(number)
    )
    return Items(tuple(blocks), argument.line)


def plain(node: Node) -> object:
    """The node as Python's own tables, lists and texts; truths and whole numbers are texts too."""
    if isinstance(node, Table):
        return {entry.key: plain(entry.value) for entry in node}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return None if node.null else node.text


def scalars(node: Node) -> Iterable[Scalar]:
    """Every plain value in the node."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Items):
        for item in node.items:
            yield from scalars(item)
    else:
        for entry in node:
            yield from scalars(entry.value)


FUNCTIONS: Mapping[str, Callable[[Node, Place], Node]] = MappingProxyType(
    {
        "Fn::Join": _join,
        "Fn::Select": _select,
        "Fn::Split": _split,
        "Fn::Base64": _base64,
        "Fn::Length": _length,
        "Fn::ToJsonString": _to_json,
        "Fn::GetAZs": _zones,
        "Fn::Cidr": _cidr,
    }
)
"""Each takes its resolved argument, and the place for a message."""

"""Where in a resource's properties a fault lies, as exactly as the API's words tell."""

import re

from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench.templates.errors import Place
from sandbox_app.workbench.templates.nodes import Entry, Items, Node, Scalar, Table

_NAMED_BY = ("Name", "ScopeName")


def spot(entry: Entry, place: Place, error: ApiError) -> Place:
    """The place inside a property; `place` is that of the property itself."""
    value, place = _followed(entry.value, place, error.path.split(".")[1:])
    return _mentioned(value, place, error.message) if isinstance(value, Items) else place


def _followed(value: Node, place: Place, path: list[str]) -> tuple[Node, Place]:
    """As far along a path such as `2.member.attributeDataType` as the template goes."""
    for part in path:
        if isinstance(value, Items) and part.isdigit() and 0 < int(part) <= len(value.items):
            place = _item(place, value, int(part) - 1)
            value = value.items[int(part) - 1]
        elif isinstance(value, Table) and (entry := _lowered(value, part)) is not None:
            value, place = entry.value, place.below(entry.key, entry.line)
        elif part != "member":
            break
    return value, place


def _lowered(table: Table, name: str) -> Entry | None:
    return next((entry for entry in table if entry.key[:1].lower() + entry.key[1:] == name), None)


def _mentioned(items: Items, place: Place, message: str) -> Place:
    """The one item that the message speaks of, or the list."""
    found = [(text, number) for number, item in enumerate(items.items) if (text := _name(item))]
    found = [each for each in found if re.search(rf"(?<!\w){re.escape(each[0])}(?!\w)", message)]
    # A URL may begin with another one.
    longest = max((len(text) for text, _ in found), default=0)
    numbers = [number for text, number in found if len(text) == longest]
    return _item(place, items, numbers[0]) if len(numbers) == 1 else place


def _name(item: Node) -> str:
    if isinstance(item, Table):
        found = (item.get(name) for name in _NAMED_BY)
        item = next((node for node in found if isinstance(node, Scalar)), item)
    return item.text if isinstance(item, Scalar) else ""


def _item(place: Place, items: Items, number: int) -> Place:
    return Place(place.file, items.items[number].line, f"{place.where}[{number}]")

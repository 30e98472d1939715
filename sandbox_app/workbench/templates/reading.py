"""YAML and JSON text as nodes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.nodes import Entry, Items, Node, Scalar, Table
from sandbox_app.workbench.templates.yaml_words import plainly

_MOST_NODES = 200_000
_DEEPEST = 60
_MOST_CHARACTERS = 20_000_000
_NULLS = ("", "~", "null", "Null", "NULL")
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast, where PyYAML came with it."""
_SHORT_FORMS = {"!Ref": "Ref", "!Condition": "Condition"}
Started = yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent
_NO_MERGE = "CloudFormation merges no tables (<<); write their members here"


def read_file(path: Path) -> Table:
    """The text of a template file as nodes; a megabyte takes a third of a second.

    Raises:
        TemplateError: as `read`, or the file is no text.
        OSError: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise TemplateError(Place(str(path), 1), "the file is not UTF-8 text") from None
    return read(text, str(path))


def read(text: str, file: str) -> Table:
    """The template as nodes; JSON is read as the YAML it also is.

    Raises:
        TemplateError: not YAML, duplicate keys, aliases that would grow without bound, or a
            document that is no table.
    """
    if len(text) > _MOST_CHARACTERS:
        raise TemplateError(Place(file, 1), "the template is too large")
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        # Between JSON's words a tab is a space; inside its texts there can be none.
        text = text.replace("\t", " ")
    try:
        node = _Reader(file, yaml.parse(text, Loader=_FAST)).document()
    except TemplateError:
        raise
    except (yaml.YAMLError, ValueError, OverflowError):
        # The slow reader takes what JSON alone can say, and knows best what is wrong.
        node = _read_slowly(text, file)
    if node is None:
        raise TemplateError(Place(file, 1), "the file is empty")
    if not isinstance(node, Table):
        raise TemplateError(Place(file, 1), "a template is a table with Resources in it")
    return node


def _read_slowly(text: str, file: str) -> Node | None:
    try:
        return _Reader(file, yaml.parse(text, Loader=yaml.SafeLoader)).document()
    except TemplateError:
        raise
    except yaml.MarkedYAMLError as error:
        line, sentence = plainly(error)
        raise TemplateError(Place(file, line), sentence) from None
    except yaml.YAMLError:
        raise TemplateError(Place(file, 1), "this is not text that YAML can hold") from None
    except (ValueError, OverflowError):
        raise TemplateError(Place(file, 1), "an escape names no character") from None


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an alias stands for; `size` and `height` in nodes."""

    node: Node
    size: int
    height: int


class _Reader:
    """Makes nodes of PyYAML's events; counts them, so that an alias bomb ends early."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self._file = file
        self._events = events
        self._count = 0
        self._highest = 0
        self._anchored: dict[str, _Anchored | None] = {}

    def document(self) -> Node | None:
        """The only document of the stream, if there is one."""
        next(self._events)
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        node = self._node(next(self._events), 0)
        next(self._events)
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            sentence = "a second document begins here, and a template is one"
            raise TemplateError(Place(self._file, _line(event)), sentence)
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._grow(event, 1, depth)
        if isinstance(event, yaml.AliasEvent):
            return self._meant(event, depth)
        assert isinstance(event, Started)
        before, above = self._count, self._highest
        self._highest = depth
        if event.anchor is not None:
            self._anchored[event.anchor] = None
        node = self._tagged(event, depth)
        if event.anchor is not None:
            size, height = self._count - before, self._highest - depth
            self._anchored[event.anchor] = _Anchored(node, size, height)
        self._highest = max(above, self._highest)
        return node

    def _grow(self, event: yaml.Event, nodes: int, deepest: int) -> None:
        self._count += nodes
        self._highest = max(self._highest, deepest)
        if self._count > _MOST_NODES or deepest > _DEEPEST:
            reason = f"the template is too large ({_MOST_NODES} values) or too deep ({_DEEPEST})"
            if isinstance(event, yaml.AliasEvent):
                reason = f"with what *{event.anchor} stands for, {reason}"
            raise TemplateError(Place(self._file, _line(event)), reason)

    def _meant(self, event: yaml.AliasEvent, depth: int) -> Node:
        name, place = event.anchor, Place(self._file, _line(event))
        if name not in self._anchored:
            raise TemplateError(place, f"*{name} stands for nothing: there is no &{name} above")
        found = self._anchored[name]
        if found is None:
            raise TemplateError(place, f"*{name} stands inside what it stands for")
        self._grow(event, found.size, depth + found.height)
        return found.node

    def _tagged(self, event: Started, depth: int) -> Node:
        line = _line(event)
        plain = self._plain(event, line, depth)
        name = _function_name(event.tag)
        return plain if name is None else Table((Entry(name, plain, line),), line)

    def _plain(self, event: Started, line: int, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(self._text(event.value, line), line, null=_is_null(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._items(depth + 1)), line)
        return Table(tuple(self._entries(depth + 1)), line)

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth)

    def _entries(self, depth: int) -> Iterator[Entry]:
        seen: set[str] = set()
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise TemplateError(Place(self._file, line), "a key must be plain text")
            if event.value == "<<" and event.implicit[0]:
                raise TemplateError(Place(self._file, line), _NO_MERGE)
            name = self._text(event.value, line)
            if name in seen:
                raise TemplateError(Place(self._file, line), f"{name} stands here twice")
            seen.add(name)
            yield Entry(name, self._node(next(self._events), depth), line)

    def _text(self, raw: str, line: int) -> str:
        """JSON writes a character beyond U+FFFF as two halves, which YAML leaves apart."""
        try:
            return raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise TemplateError(Place(self._file, line), "half a character stands here") from None


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return int(event.start_mark.line) + 1


def _is_null(event: yaml.ScalarEvent) -> bool:
    """Written without quotes, as YAML 1.1 has it."""
    return bool(event.implicit[0]) and event.value in _NULLS


def _function_name(tag: str | None) -> str | None:
    """`!Sub` is short for a table with the one key `Fn::Sub`."""
    if tag is None or not tag.startswith("!") or tag == "!":
        return None
    return _SHORT_FORMS.get(tag, f"Fn::{tag[1:]}")

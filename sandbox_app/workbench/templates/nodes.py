"""YAML and JSON text as nodes that keep their lines and their scalars as raw text.

Scalars stay text because resolving them loses facts: `+12065551212` would become a number and
`12:34` the number 754. The property decides the type, later.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from sandbox_app.workbench.templates.errors import Place, TemplateError

_MOST_NODES = 200_000
_DEEPEST = 60
_MOST_CHARACTERS = 20_000_000
_MERGE = "tag:yaml.org,2002:merge"
_SHORT_FORMS = {"!Ref": "Ref", "!Condition": "Condition"}


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a placeholder stands for: in words, and in the shape of an ARN where it may be one."""

    words: str
    arn: str = ""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One plain value; `null` tells an empty one from an empty text.

    `unknown` marks a placeholder, or a text with one in it; `secret` a text that holds the value
    of a `NoEcho` parameter.
    """

    text: str
    line: int
    null: bool = False
    unknown: Unknown | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One member of a table, with the line its key stands on."""

    key: str
    value: "Node"
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping, members in the order written."""

    entries: tuple[Entry, ...]
    line: int

    def get(self, key: str) -> "Node | None":
        """The member's value, if there is one."""
        return next((entry.value for entry in self.entries if entry.key == key), None)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


Node = Scalar | Items | Table
_NO_MERGE = "CloudFormation merges no tables (<<); write their members here"


def read(text: str, file: str) -> Table:
    """The template as nodes; JSON is read as the YAML it also is.

    Raises:
        TemplateError: not YAML, duplicate keys, aliases that would grow without bound, or a
            document that is no table.
    """
    if len(text) > _MOST_CHARACTERS:
        raise TemplateError(Place(file, 1), "the template is too large or too deep")
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        # Between JSON's words a tab is a space; inside its texts there can be none.
        text = text.replace("\t", " ")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise TemplateError(Place(file, line), error.problem or "this is not YAML") from None
    except yaml.YAMLError:
        raise TemplateError(Place(file, 1), "this is not text that YAML can hold") from None
    except (ValueError, OverflowError):
        raise TemplateError(Place(file, 1), "an escape names no character") from None
    except RecursionError:
        raise TemplateError(Place(file, 1), "the template is too deep") from None
    if root is None:
        raise TemplateError(Place(file, 1), "the file is empty")
    node = _Reader(file).node(root, 0)
    if not isinstance(node, Table):
        raise TemplateError(Place(file, 1), "a template is a table with Resources in it")
    return node


class _Reader:
    """Copies PyYAML's nodes; counts them, so that an alias bomb ends early."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._count = 0

    def node(self, raw: yaml.Node, depth: int) -> Node:
        line = raw.start_mark.line + 1
        self._count += 1
        if self._count > _MOST_NODES or depth > _DEEPEST:
            raise TemplateError(Place(self._file, line), "the template is too large or too deep")
        plain = self._plain(raw, line, depth)
        name = _function_name(raw.tag)
        if name is None:
            return plain
        return Table((Entry(name, plain, line),), line)

    def _plain(self, raw: yaml.Node, line: int, depth: int) -> Node:
        if isinstance(raw, yaml.ScalarNode):
            text = self._text(raw.value, line)
            return Scalar(text, line, null=raw.tag == "tag:yaml.org,2002:null")
        if isinstance(raw, yaml.SequenceNode):
            return Items(tuple(self.node(item, depth + 1) for item in raw.value), line)
        assert isinstance(raw, yaml.MappingNode)
        return self._table(raw, line, depth)

    def _table(self, raw: yaml.MappingNode, line: int, depth: int) -> Table:
        entries: list[Entry] = []
        seen: set[str] = set()
        for key, value in raw.value:
            key_line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise TemplateError(Place(self._file, key_line), "a key must be plain text")
            if key.tag == _MERGE and key.style is None:
                raise TemplateError(Place(self._file, key_line), _NO_MERGE)
            name = self._text(key.value, key_line)
            if name in seen:
                raise TemplateError(Place(self._file, key_line), f"{name} stands here twice")
            seen.add(name)
            entries.append(Entry(name, self.node(value, depth + 1), key_line))
        return Table(tuple(entries), line)

    def _text(self, raw: str, line: int) -> str:
        """JSON writes a character beyond U+FFFF as two halves, which YAML leaves apart."""
        try:
            return raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise TemplateError(Place(self._file, line), "half a character stands here") from None


def _function_name(tag: str) -> str | None:
    """`!Sub` is short for a table with the one key `Fn::Sub`."""
    if not tag.startswith("!") or tag == "!":
        return None
    return _SHORT_FORMS.get(tag, f"Fn::{tag[1:]}")

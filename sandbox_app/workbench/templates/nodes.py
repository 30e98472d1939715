"""What a template's text consists of: nodes that keep their lines and their scalars as raw text.

Scalars stay text because resolving them loses facts: `+12065551212` would become a number and
`12:34` the number 754. The property decides the type, later.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a placeholder stands for: in words, and in the shape of an ARN where it may be one.

    `cure` is what a person may do where no placeholder is allowed.
    """

    words: str
    arn: str = ""
    cure: str = "write the value out, or make it a parameter"


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

    def line_of(self, key: str) -> int:
        """The line of a member's name; the table's own if there is no such member."""
        return next((entry.line for entry in self.entries if entry.key == key), self.line)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


Node = Scalar | Items | Table

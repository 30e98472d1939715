"""What is wrong with a template, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a template: file as named by the caller, line from 1, and `resource.property`."""

    file: str
    line: int
    where: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" + (f": {self.where}" if self.where else "")

    def below(self, name: str, line: int | None = None) -> "Place":
        """The spot of a member of this one."""
        where = f"{self.where}.{name}" if self.where else name
        return Place(self.file, line or self.line, where)


@dataclass(frozen=True, slots=True)
class TemplateWarning:
    """Something in a template that is not as it will be deployed; the import goes on."""

    place: Place
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class TemplateError(ValueError):
    """A template that cannot be imported; reads `file:line: resource.property: reason`."""

    def __init__(self, place: Place, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


def guess(name: str, known: Iterable[str]) -> str:
    """The end of a sentence that asks for the name that was probably meant, if there is one."""
    close = get_close_matches(name, list(known), 1, 0.75)
    return f"; did you mean {close[0]}?" if close else ""

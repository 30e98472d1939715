"""What is wrong with a template, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a template: file as named by the caller, line from 1, and `resource.property`."""

    file: str
    line: int
    where: str = ""

    def below(self, name: str, line: int | None = None) -> "Place":
        """The spot of a member of this one."""
        where = f"{self.where}.{name}" if self.where else name
        return Place(self.file, line or self.line, where)


class TemplateError(ValueError):
    """A template that cannot be imported; reads `file:line: resource.property: reason`."""

    def __init__(self, place: Place, reason: str) -> None:
        where = f"{place.where}: " if place.where else ""
        super().__init__(f"{place.file}:{place.line}: {where}{reason}")
        self.place = place
        self.reason = reason

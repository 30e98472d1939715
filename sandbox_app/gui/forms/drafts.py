"""What an editor knows of a record: what is saved, what the person made of it, what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox_app.workbench.editing.requests import Request, member_at
from sandbox_app.workbench.editing.trying import Problem


@dataclass(frozen=True, slots=True)
class Subject:
    """What an editor shows: a record of a pool by its key, or with an empty key a new one."""

    pool_id: str
    key: str = ""

    @property
    def new(self) -> bool:
        """Whether it is still to be made."""
        return not self.key


@dataclass(frozen=True, slots=True)
class Setting:
    """A member that can be edited, by its path and its label."""

    member: str
    label: str


@dataclass(slots=True)
class DraftState:
    """A record's saved request shape, what the person made of it, and what is wrong with that.

    `touched` are the members of a new record that the person has been at: what is still missing
    is no fault before that.
    """

    saved: Request
    draft: Request
    problems: tuple[Problem, ...] = ()
    changed_outside: bool = False
    touched: set[str] = field(default_factory=set)

    @property
    def dirty(self) -> bool:
        """Whether there is anything to save."""
        return self.draft != self.saved

    def changes(self, members: Iterable[str]) -> int:
        """How many of the members differ from what is saved; at least one if anything does."""
        number: int = sum(
            member_at(self.draft, member) != member_at(self.saved, member) for member in members
        )
        return max(number, int(self.dirty))

    def shown_problems(self, *, new: bool) -> tuple[Problem, ...]:
        """The problems a person should see; of a new record only where they have been."""
        if not new:
            return self.problems
        return tuple(
            one
            for one in self.problems
            if one.member in self.touched or (self.touched and not one.member)
        )


def text_of(draft: Request, member: str) -> str:
    """A member's text, empty where it is not set."""
    value: Any = member_at(draft, member)
    return "" if value is None else str(value)

"""What a recipe says. A section that is `None` leaves that kind of condition as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox_app.domain.conditions.key_sets import KeySetAnswer
from sandbox_app.domain.conditions.leniency import Leniency
from sandbox_app.workbench.conditions.faults.sentences import Sentence
from sandbox_app.workbench.templates.errors import TemplateError


class RecipeError(TemplateError):
    """A recipe that cannot be read or used; reads `file:line: section.member: reason`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSetting:
    """The clock: shifted, or standing at a timezone-aware moment.

    Attributes:
        skews: by client id or name.
    """

    offset: timedelta = timedelta(0)
    stands_at: datetime | None = None
    skews: Mapping[str, timedelta] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultSetting:
    """One fault of the list, with its name and switch."""

    sentence: Sentence
    name: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A named set of conditions.

    Attributes:
        key_sets: how key sets are answered, by pool id or name; under `EVERY_POOL` for the rest.
        faults: in their order.
    """

    name: str
    description: str = ""
    clock: ClockSetting | None = None
    key_sets: Mapping[str, KeySetAnswer] | None = None
    leniency: Leniency | None = None
    faults: tuple[FaultSetting, ...] | None = None


EVERY_POOL = ""
"""Stands for every pool that is not named."""

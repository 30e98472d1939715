"""What names mean in a template, and what is noted on the way through it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sandbox_app.workbench.templates.errors import (
    Place,
    TemplateError,
    TemplateWarning,
    guess,
)
from sandbox_app.workbench.templates.nodes import Scalar, Table, Unknown

Reference = Callable[[str, Place], str | Scalar | None]
Attribute = Callable[[str, str, Place], str | Scalar | None]
Condition = Callable[[str, Place], bool]
Export = Callable[[str], str | None]


class Notes:
    """Collects warnings and the texts that no message may show."""

    def __init__(self) -> None:
        self.warnings: list[TemplateWarning] = []
        self.secrets: set[str] = set()
        self._hints: dict[Place, list[str]] = {}

    def warn(self, place: Place, sentence: str) -> None:
        """Add a warning, unless the very same one is there."""
        warning = TemplateWarning(place, sentence)
        if warning not in self.warnings:
            self.warnings.append(warning)

    def hint(self, place: Place, sentence: str) -> None:
        """Add a warning that may be the reason for an error at the same place."""
        self.warn(place, sentence)
        self._hints.setdefault(place, []).append(sentence)

    def reasons(self, place: Place) -> str:
        """The hints at a place, to end the sentence of an error with."""
        return "".join(f"; {sentence}" for sentence in self._hints.get(place, ()))


def _no_condition(name: str, place: Place) -> bool:
    raise TemplateError(place, f"there is no condition {name}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean in a template.

    Args:
        values: parameters and pseudo parameters by name.
        lists: the parameters that are lists, written with commas.
        unknown: parameters whose value only the real service has.
        secret: parameters whose value no message shows.
        mappings: the section of that name.
        reference: what `Ref` of a resource yields, `None` for an unknown one.
        attribute: what `Fn::GetAtt` of resource and attribute yields, `None` for an unknown one.
        condition: whether a condition holds.
        resources: the names of all resources, to guess what was meant.
        export: what another template exports under a name, `None` for nothing.
    """

    values: Mapping[str, str]
    lists: frozenset[str] = frozenset()
    unknown: Mapping[str, Unknown] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()
    mappings: Table = field(default_factory=lambda: Table((), 1))
    reference: Reference = field(default=lambda _name, _place: None)
    attribute: Attribute = field(default=lambda _name, _attribute, _place: None)
    condition: Condition = field(default=_no_condition)
    resources: tuple[str, ...] = ()
    export: Export = field(default=lambda _name: None)

    @property
    def region(self) -> str:
        """The region that the template is imported for."""
        return self.values.get("AWS::Region", "us-east-1")

    def lookup(self, name: str, place: Place, line: int) -> Scalar:
        """A parameter or what `Ref` of a resource yields.

        Raises:
            TemplateError: there is neither.
        """
        if name in self.values:
            return Scalar(
                self.values[name],
                line,
                unknown=self.unknown.get(name),
                secret=name in self.secret,
            )
        found = self.reference(name, place)
        if found is None:
            meant = guess(name, (*self.values, *self.resources))
            raise TemplateError(
                place, f"{name} is neither a parameter nor a resource read here{meant}"
            )
        return found if isinstance(found, Scalar) else Scalar(found, line)

    def lookup_attribute(self, resource: str, name: str, place: Place, line: int) -> Scalar:
        """What `Fn::GetAtt` yields.

        Raises:
            TemplateError: there is no such resource or attribute.
        """
        found = self.attribute(resource, name, place)
        if found is None:
            if resource not in self.resources:
                meant = guess(resource, self.resources)
                raise TemplateError(place, f"there is no resource {resource}{meant}")
            raise TemplateError(place, f"{resource}.{name} is not known here")
        return found if isinstance(found, Scalar) else Scalar(found, line)

"""The `Conditions` of a template, decided once each."""

from collections.abc import Iterator
from dataclasses import replace

from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.functions import plain, scalars, text_of
from sandbox_app.workbench.templates.intrinsics import refuse_loop, resolve
from sandbox_app.workbench.templates.nodes import Items, Node, Table
from sandbox_app.workbench.templates.scope import Notes, Scope

_WRONG = "a condition is Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition"


class Conditions:
    """Tells whether a condition holds.

    Raises:
        TemplateError: on the first look, for anything in the section that cannot be understood.
    """

    def __init__(self, section: Table, scope: Scope, file: str, notes: Notes) -> None:
        self._section = section
        self._scope = replace(scope, condition=self.holds)
        self._file = file
        self._notes = notes
        self._known: dict[str, bool] = {}
        self._open: list[str] = []
        for entry in section:
            place = Place(file, entry.line, f"Conditions.{entry.key}")
            refuse_loop(entry.key, place)
            self.holds(entry.key, place)

    def holds(self, name: str, place: Place) -> bool:
        """Whether the condition of that name holds.

        Raises:
            TemplateError: there is none, or it depends on itself.
        """
        if name in self._known:
            return self._known[name]
        if name in self._open:
            circle = " → ".join([*self._open[self._open.index(name) :], name])
            raise TemplateError(place, f"the conditions go in a circle: {circle}")
        entry = next((entry for entry in self._section if entry.key == name), None)
        if entry is None:
            raise TemplateError(place, f"there is no condition {name}")
        self._open.append(name)
        try:
            found = self._decided(entry.value, Place(self._file, entry.line, f"Conditions.{name}"))
        except RecursionError:
            raise TemplateError(place, "the conditions go too deep") from None
        self._open.pop()
        self._known[name] = found
        return found

    def _decided(self, node: Node, place: Place) -> bool:
        if not isinstance(node, Table) or len(node.entries) != 1:
            raise TemplateError(place, _WRONG)
        (entry,) = node.entries
        place = Place(place.file, entry.line, place.where)
        match entry.key:
            case "Condition":
                return self.holds(text_of(entry.value, place, "a name is expected").text, place)
            case "Fn::Equals":
                return self._equals(entry.value, place)
            case "Fn::Not":
                (only,) = self._several(entry.value, place, 1, 1)
                return not only
            case "Fn::And":
                return all(self._several(entry.value, place, 2, 10))
            case "Fn::Or":
                return any(self._several(entry.value, place, 2, 10))
        raise TemplateError(place, _WRONG)

    def _several(self, node: Node, place: Place, least: int, most: int) -> Iterator[bool]:
        if not isinstance(node, Items) or not least <= len(node.items) <= most:
            words = "one condition is" if most == 1 else f"{least} to {most} conditions are"
            raise TemplateError(place, f"{words} expected in a list")
        return iter([self._decided(item, place) for item in node.items])

    def _equals(self, node: Node, place: Place) -> bool:
        if not isinstance(node, Items) or len(node.items) != 2:
            raise TemplateError(place, "Fn::Equals compares two values")
        one, other = (resolve(item, self._scope, place) for item in node.items)
        if one is None or other is None:
            return one is other
        for scalar in (*scalars(one), *scalars(other)):
            if scalar.unknown is not None:
                self._notes.warn(
                    place, f"{scalar.unknown.words}: decided by a placeholder, perhaps otherwise"
                )
        return plain(one) == plain(other)

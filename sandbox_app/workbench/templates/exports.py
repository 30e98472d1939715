"""What templates hand each other: outputs with an `Export`, remembered in the workspace.

An app's stack often imports the id of a pool that another stack has made.
"""

import json
from collections.abc import Mapping

from sandbox_app.operations.core import Core
from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.functions import text_of
from sandbox_app.workbench.templates.intrinsics import resolve
from sandbox_app.workbench.templates.nodes import Scalar, Table
from sandbox_app.workbench.templates.scope import Notes, Scope

_SETTING = "template exports"
_NO_TEXT = "a text is expected"


class Exports:
    """Values by the names they are exported under; those of this import over earlier ones."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._before: Mapping[str, str] = json.loads(core.store.settings.get(_SETTING) or "{}")
        self._known = dict(self._before)

    def find(self, name: str) -> str | None:
        """The value, if a template that was imported here exports it."""
        return self._known.get(name)

    def take(self, outputs: Table, scope: Scope, file: str, notes: Notes) -> None:
        """Everything that a template exports; what has no value here is only told."""
        for entry in outputs:
            place = Place(file, entry.line, f"Outputs.{entry.key}")
            export = entry.value.get("Export") if isinstance(entry.value, Table) else None
            if not isinstance(entry.value, Table) or export is None:
                continue
            try:
                found = _exported(entry.value, export, scope, place)
            except TemplateError as error:
                notes.warn(error.place, f"it cannot be exported: {error.reason}")
                continue
            if found is not None:
                name, value = found
                self._known[name] = value

    def remember(self) -> None:
        """Keep them for imports to come; call it inside the import's change."""
        if self._known != self._before:
            self._core.store.settings.put(_SETTING, json.dumps(self._known))


def _exported(output: Table, export: object, scope: Scope, place: Place) -> tuple[str, str] | None:
    """Name and value; `None` where a condition, a placeholder or a secret keeps it back."""
    condition = output.get("Condition")
    if isinstance(condition, Scalar) and not scope.condition(condition.text, place):
        return None
    below = place.below("Export", output.line_of("Export"))
    if not isinstance(export, Table) or (named := export.get("Name")) is None:
        raise TemplateError(below, "a table with a Name is expected")
    name = text_of(resolve(named, scope, below), below, _NO_TEXT)
    given = output.get("Value")
    at = place.below("Value", output.line_of("Value"))
    value = text_of(resolve(given, scope, at) if given is not None else None, at, _NO_TEXT)
    hidden = value.secret or name.secret
    return None if hidden or value.unknown or name.unknown else (name.text, value.text)

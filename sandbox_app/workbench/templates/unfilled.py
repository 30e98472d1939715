"""Names in texts that look as if `Fn::Sub` was forgotten."""

import re

from sandbox_app.workbench.templates.errors import Place
from sandbox_app.workbench.templates.nodes import Items, Node, Scalar
from sandbox_app.workbench.templates.scope import Notes

_NAME = re.compile(r"\$\{[A-Za-z][^{}]*\}")
_FOREIGN = re.compile(r"(?<!:):(?!:)")


def note_unfilled(node: Node, place: Place, notes: Notes) -> None:
    """Warn of every `${Name}` in an unresolved node that nothing will fill in."""
    if isinstance(node, Scalar):
        for found in _NAME.finditer(node.text):
            # Other tools have variables of their own: ${self:custom.name}.
            own = "" if _FOREIGN.search(found[0]) else "; only Fn::Sub fills it in"
            notes.hint(place, f"{found[0]} stays as it is written{own}")
    elif isinstance(node, Items):
        for index, item in enumerate(node.items):
            note_unfilled(item, Place(place.file, item.line, f"{place.where}[{index}]"), notes)
    else:
        for entry in node:
            if entry.key == "Fn::Sub":
                continue
            where = place if entry.key.startswith("Fn::") else place.below(entry.key, entry.line)
            note_unfilled(entry.value, where, notes)

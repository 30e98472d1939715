"""The faults as a condition: told by their number, kept as sentences."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox_app.domain.conditions.faults import Fault
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.faults.parsing import parse
from sandbox_app.workbench.conditions.faults.sentences import sentence_of


class FaultsPart:
    """All faults of the sandbox; *normal* means that all of them are switched off."""

    name = "faults"

    def deviations(self, core: Core) -> tuple[str, ...]:
        """How many are switched on."""
        count = sum(fault.enabled for fault in core.conditions.faults.listed)
        return (f"{count} fault{'s' if count > 1 else ''}",) if count else ()

    def straighten(self, core: Core) -> None:
        """Switch all of them off; the list and its counters stay."""
        faults = core.conditions.faults
        faults.replace(tuple(replace(fault, enabled=False) for fault in faults.listed))

    def kept(self, core: Core) -> Mapping[str, Any]:
        """Each with id, sentence, name and switch; counters are not kept."""
        listed = core.conditions.faults.listed
        return {"listed": [_kept(fault) for fault in listed]} if listed else {}

    def recall(self, core: Core, kept: Mapping[str, Any]) -> None:
        """Make the list as it was; counters begin at zero."""
        faults = core.conditions.faults
        faults.tallies.clear()
        faults.replace(tuple(map(_recalled, kept.get("listed", ()))))


FAULTS = FaultsPart()


def _kept(fault: Fault) -> dict[str, Any]:
    return {
        "id": fault.id,
        "sentence": sentence_of(fault),
        "name": fault.name,
        "enabled": fault.enabled,
    }


def _recalled(kept: Mapping[str, Any]) -> Fault:
    said = parse(kept["sentence"])
    return Fault(
        id=str(kept["id"]),
        when=said.when,
        then=said.then,
        name=str(kept["name"]),
        enabled=bool(kept["enabled"]),
    )

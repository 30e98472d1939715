"""The list of faults as a person or a script changes it; every change is kept and told."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sandbox_app.domain.conditions.faults import Fault, Then, When
from sandbox_app.operations.core import Core
from sandbox_app.tokens.identifiers import new_uuid
from sandbox_app.workbench.conditions.faults.parsing import parse
from sandbox_app.workbench.conditions.faults.part import FAULTS
from sandbox_app.workbench.conditions.faults.sentences import sentence_of
from sandbox_app.workbench.conditions.keeping import changed

LONGEST_NAME = 80
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A fault as lists show it: with its sentence, and how often it was asked and committed."""

    fault: Fault
    sentence: str
    seen: int
    hits: int

    @property
    def title(self) -> str:
        """Its name, or its sentence where it has none; also what exchanges are marked with."""
        return self.fault.name or self.sentence


def listed(core: Core) -> tuple[Listed, ...]:
    """All faults in their order, those switched off too."""
    return tuple(_listed(core, fault) for fault in core.conditions.faults.listed)


def find(core: Core, fault_id: str) -> Listed:
    """One of them.

    Raises:
        KeyError: there is none with that id.
    """
    return _listed(core, _fault(core, fault_id))


def add(core: Core, sentence: str, *, name: str = "", enabled: bool = True) -> Listed:
    """Put a fault at the end of the list.

    Raises:
        SentenceError: the sentence is none.
        ValueError: the name is too long, or the list is full.
    """
    said = parse(sentence)
    return add_said(core, said.when, said.then, name=name, enabled=enabled)


def add_said(core: Core, when: When, then: Then, *, name: str = "", enabled: bool = True) -> Listed:
    """The same with records, as a form has them."""
    fault = Fault(id=new_uuid()[:8], when=when, then=then, name=checked_name(name), enabled=enabled)
    faults = core.conditions.faults
    if len(faults.listed) >= MOST_FAULTS:
        raise ValueError(f"there are {MOST_FAULTS} faults already")
    faults.replace((*faults.listed, fault))
    changed(core, FAULTS)
    return _listed(core, fault)


def change(
    core: Core,
    fault_id: str,
    *,
    sentence: str | None = None,
    name: str | None = None,
    enabled: bool | None = None,
) -> Listed:
    """Change what is given; a new sentence starts the fault's counters again.

    Raises:
        KeyError: there is no fault with that id.
        SentenceError: the sentence is none.
        ValueError: the name is too long.
    """
    fault = _fault(core, fault_id)
    if sentence is not None:
        said = parse(sentence)
        fault = replace(fault, when=said.when, then=said.then)
    if name is not None:
        fault = replace(fault, name=checked_name(name))
    if enabled is not None:
        fault = replace(fault, enabled=enabled)
    return _put(core, fault)


def change_said(core: Core, fault_id: str, when: When, then: Then) -> Listed:
    """Give it another meaning, as a form has it; raises as `change` does."""
    return _put(core, replace(_fault(core, fault_id), when=when, then=then))


def switch(core: Core, fault_id: str, enabled: bool) -> Listed:
    """Switch one on or off; its counters stay. Raises `KeyError` where there is none."""
    return change(core, fault_id, enabled=enabled)


def switch_all(core: Core, enabled: bool) -> None:
    """Switch all of them on or off; nothing is lost."""
    _edit(core, lambda faults: tuple(replace(fault, enabled=enabled) for fault in faults))


def remove(core: Core, fault_id: str) -> None:
    """Take one off the list. Raises `KeyError` where there is none."""
    gone = _fault(core, fault_id)
    _edit(core, lambda faults: tuple(fault for fault in faults if fault is not gone))


def clear(core: Core) -> None:
    """Take all of them off the list."""
    _edit(core, lambda _: ())


def move(core: Core, fault_id: str, place: int) -> None:
    """Put one at a place of the list, counted from 0; beyond the end means at the end.

    Raises:
        KeyError: there is none with that id.
    """
    moved = _fault(core, fault_id)
    rest = [fault for fault in core.conditions.faults.listed if fault is not moved]
    rest.insert(max(0, place), moved)
    _edit(core, lambda _: tuple(rest))


def reset_counters(core: Core, fault_id: str | None = None) -> None:
    """Start counting again, for one fault or for all; with it every sequence begins anew.

    Raises:
        KeyError: there is none with that id.
    """
    if fault_id is None:
        core.conditions.faults.tallies.clear()
    else:
        core.conditions.faults.tallies.pop(_fault(core, fault_id).id, None)
    changed(core, FAULTS)


def _put(core: Core, fault: Fault) -> Listed:
    before = _fault(core, fault.id)
    if (fault.when, fault.then) != (before.when, before.then):
        core.conditions.faults.tallies.pop(fault.id, None)
    _edit(core, lambda faults: tuple(fault if each.id == fault.id else each for each in faults))
    return _listed(core, fault)


def _edit(core: Core, edit: Callable[[tuple[Fault, ...]], tuple[Fault, ...]]) -> None:
    faults = core.conditions.faults
    faults.replace(edit(faults.listed))
    changed(core, FAULTS)


def _fault(core: Core, fault_id: str) -> Fault:
    for fault in core.conditions.faults.listed:
        if fault.id == fault_id:
            return fault
    raise KeyError(fault_id)


def _listed(core: Core, fault: Fault) -> Listed:
    tally = core.conditions.faults.tally(fault.id)
    return Listed(fault=fault, sentence=sentence_of(fault), seen=tally.seen, hits=tally.hits)


def checked_name(name: str) -> str:
    """The name without blanks around it.

    Raises:
        ValueError: it is too long, or not printable.
    """
    name = name.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise ValueError(f"a name has at most {LONGEST_NAME} characters, all printable")
    return name

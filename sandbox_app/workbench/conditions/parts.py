"""All kinds of conditions together: what is bent, back to normal, kept with the workspace."""

import json
import logging

from sandbox_app.domain.events import ConditionsChanged
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.clock import ClockPart
from sandbox_app.workbench.conditions.leniency import LeniencyPart
from sandbox_app.workbench.conditions.part import Part

log = logging.getLogger(__name__)

PARTS: tuple[Part, ...] = (ClockPart(), LeniencyPart())
"""Every kind, in the order they are told."""

_SETTING = "conditions"


def deviations(core: Core) -> tuple[tuple[str, str], ...]:
    """All that differs from the real service now: the part's name and a few words each."""
    return tuple((part.name, words) for part in PARTS for words in part.deviations(core))


def back_to_normal(core: Core) -> None:
    """Straighten everything, as if nobody had ever bent it."""
    for part in PARTS:
        part.straighten(core)
    keep(core)
    for part in PARTS:
        core.bus.publish(ConditionsChanged(part.name))


def changed(core: Core, part: str) -> None:
    """Keep what was just bent and tell everybody; `part` is the part's name."""
    keep(core)
    core.bus.publish(ConditionsChanged(part))


def keep(core: Core) -> None:
    """Write to the workspace how the world is bent, so that the next start finds it so."""
    kept = {part.name: shape for part in PARTS if (shape := part.kept(core))}
    core.store.settings.put(_SETTING, json.dumps(kept))


def recall(core: Core) -> None:
    """Bend the world as the workspace says; what cannot be read there is normal."""
    kept = json.loads(core.store.settings.get(_SETTING) or "{}")
    for part in PARTS:
        try:
            part.recall(core, kept.get(part.name, {}))
        except (ValueError, KeyError, TypeError):
            log.warning("the workspace's condition %r cannot be read and is normal", part.name)
            part.straighten(core)

"""What was bent is kept with the workspace at once, part by part, and told to everybody."""

import json
import logging

from sandbox_app.domain.events import ConditionsChanged
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.part import Part

log = logging.getLogger(__name__)


def changed(core: Core, part: Part) -> None:
    """Keep a part as it is bent now, so that the next start finds it so, and tell."""
    core.store.settings.put(_setting(part), json.dumps(part.kept(core)))
    core.bus.publish(ConditionsChanged(part.name))


def recall_part(core: Core, part: Part) -> None:
    """Bend a part as the workspace says; what cannot be read there is normal."""
    try:
        part.recall(core, json.loads(core.store.settings.get(_setting(part)) or "{}"))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError):
        log.warning("the workspace's condition %r cannot be read and is normal", part.name)
        part.straighten(core)


def _setting(part: Part) -> str:
    return f"condition.{part.name}"

"""What each arrow of a sequence means: a title, three sentences, and where it is written."""

from sandbox_app.workbench.live.sequence.telling.known import Known
from sandbox_app.workbench.live.sequence.telling.lost import tell_lost
from sandbox_app.workbench.live.sequence.telling.stories import (
    tell_answer,
    tell_delivery,
    tell_fragment,
    tell_request,
    tell_start,
)

__all__ = [
    "Known",
    "tell_answer",
    "tell_delivery",
    "tell_fragment",
    "tell_lost",
    "tell_request",
    "tell_start",
]

"""Pausing the record of traffic, which changes nothing on the wire."""

from sandbox_app.domain.events import RecordingChanged
from sandbox_app.operations.core import Core


def pause_recording(core: Core) -> None:
    """Only count requests from now on; an answer that waits now is recorded once it is let go."""
    if core.recording.paused:
        return
    core.recording.pause(held.exchange.id for held in core.holds.waiting)
    core.bus.publish(RecordingChanged(paused=True))


def record_again(core: Core) -> bool:
    """Record from now on; whether it was paused."""
    if not core.recording.paused:
        return False
    passed = core.recording.go_on()
    core.bus.publish(RecordingChanged(paused=False, passed=passed))
    return True

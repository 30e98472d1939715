"""The Live place: what happened in a login, request by request, and why."""

from sandbox_app.gui.live.bridge import TrafficBridge
from sandbox_app.gui.live.place import LivePlace
from sandbox_app.gui.live.powers import Powers

__all__ = ["LivePlace", "Powers", "TrafficBridge"]

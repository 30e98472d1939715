"""One login shown to a room, arrow by arrow, while the browser waits for the room to follow."""

from sandbox_app.workbench.live.presenting.beginning import (
    back_to_beginning,
    remember_beginning,
)
from sandbox_app.workbench.live.presenting.presentation import Can, Pace, Presentation

__all__ = ["Can", "Pace", "Presentation", "back_to_beginning", "remember_beginning"]

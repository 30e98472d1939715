"""A login as a sequence diagram, drawn while it happens."""

from sandbox_app.gui.live.diagram.canvas import DiagramCanvas
from sandbox_app.gui.live.diagram.style import FOR_A_ROOM, IN_A_PANE, DiagramStyle
from sandbox_app.gui.live.diagram.tab import DiagramTab

__all__ = ["FOR_A_ROOM", "IN_A_PANE", "DiagramCanvas", "DiagramStyle", "DiagramTab"]

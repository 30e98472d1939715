"""Templates in the window: what an import will change, and a pool written as one."""

from sandbox_app.gui.templates.export_panel import ExportPanel
from sandbox_app.gui.templates.import_panel import ImportPanel

__all__ = ["ExportPanel", "ImportPanel"]

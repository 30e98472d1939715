"""The main window: frame, menus, what it remembers, and the places inside it."""

from sandbox_app.gui.window.help_window import HelpPage
from sandbox_app.gui.window.main_window import MainWindow
from sandbox_app.gui.window.remembered import Remembered

__all__ = ["HelpPage", "MainWindow", "Remembered"]

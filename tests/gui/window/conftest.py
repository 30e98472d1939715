"""A main window over the demo workspace, with settings of its own."""

import pytest
from PySide6.QtWidgets import QApplication

from sandbox_app.gui.window import HelpPage, MainWindow, Remembered

PAGES = (
    HelpPage("differences", "How it differs", lambda: "# Differences\n\n| a | b |\n|--|--|\n"),
    HelpPage("trust", "Trusting HTTPS", lambda: "cp ca.pem /etc", plain=True),
)


@pytest.fixture
def remembered(tmp_path) -> Remembered:
    return Remembered(tmp_path / "window.ini")


@pytest.fixture
def make_window(qtbot, theme, spawn, remembered):
    """Windows as the program makes them."""

    def make() -> MainWindow:
        application = QApplication.instance()
        made = MainWindow(theme, application, spawn, remembered, help_pages=PAGES)
        qtbot.addWidget(made)
        return made

    return make


@pytest.fixture
def window(make_window, core, serving) -> MainWindow:
    made = make_window()
    made.show_workspace(core)
    made.show_server(serving)
    made.show()
    return made

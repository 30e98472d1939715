"""Choosing from the menus of a place, as a person does."""

from PySide6.QtWidgets import QMenu

from sandbox_app.gui.components import MenuButton


def pick(menu: QMenu, words: str) -> None:
    """Take the entry with these words."""
    (action,) = [it for it in menu.actions() if it.text() == words]
    assert action.isEnabled()
    action.trigger()


def choose(button: MenuButton, words: str) -> None:
    """Take an entry of the menu behind a word."""
    pick(button.menu_shown, words)

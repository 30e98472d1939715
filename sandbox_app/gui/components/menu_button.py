"""A word in a sentence that can be another: a small button with the choice on it and a menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from sandbox_app.gui.components.buttons import Button, Size
from sandbox_app.gui.components.plain_text import without_mnemonic
from sandbox_app.gui.theme import Theme


class MenuButton(Button):
    """Shows one choice and opens the others below; as wide as its own words.

    Args:
        name: what is chosen, told before the choice to those who cannot see the sentence.

    Signals:
        chosen: str, the key the person chose.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        text: str = "",
        choices: Sequence[tuple[str, str]] = (),
        *,
        size: Size = "small",
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._name = name
        super().__init__(theme, text, size=size, icon=icon, trailing="chevron-down", parent=parent)
        self.menu_shown = QMenu(self)
        self.set_choices(choices)
        self.clicked.connect(self._open)

    def setText(self, text: str) -> None:
        """Change the choice shown."""
        super().setText(text)
        self.setAccessibleName(f"{self._name}: {text}" if text != self._name else text)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Replace what can be chosen: (key, words); an empty key draws a line."""
        self.menu_shown.clear()
        for key, words in choices:
            if not key:
                self.menu_shown.addSeparator()
                continue
            action = self.menu_shown.addAction(without_mnemonic(words))
            action.triggered.connect(partial(self._choose, key))

    def _choose(self, key: str, _checked: bool = False) -> None:
        self.chosen.emit(key)

    def _open(self) -> None:
        self.menu_shown.popup(self.mapToGlobal(self.rect().bottomLeft()))

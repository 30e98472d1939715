"""A field for a whole number; whatever else is typed there is kept, and said to be wrong."""

import re
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sandbox_app.gui.components.fields import Field
from sandbox_app.gui.theme import Theme

_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,18}")


class NumberField(Field):
    """Nothing typed is ever changed or forbidden: a wrong text is marked and reported.

    Args:
        name: accessible name.
        minimum, maximum: None where there is no such bound.

    Signals:
        edited: the person changed the text.
    """

    edited = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        value: int | None = None,
        *,
        minimum: int | None = None,
        maximum: int | None = None,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._minimum, self._maximum = minimum, maximum
        self._refused = False
        super().__init__(theme, name, placeholder=placeholder, parent=parent)
        self.set_value(value)
        self.textEdited.connect(self._typed)

    @property
    def problem(self) -> str:
        """What is wrong with the text, in a sentence; empty when it is a number or blank."""
        text = self.text().strip()
        if not text:
            return ""
        if _NUMBER.fullmatch(text) is None:
            return "Only a whole number is possible here."
        low, high = self._minimum, self._maximum
        if (low is None or int(text) >= low) and (high is None or int(text) <= high):
            return ""
        if low is not None and high is not None:
            return f"Only {low} to {high} is possible."
        return f"At least {low}." if low is not None else f"At most {high}."

    def value(self) -> int | None:
        """The number; None when the field is blank or holds none, which `problem` tells apart."""
        text = self.text().strip()
        return int(text) if _NUMBER.fullmatch(text) else None

    def set_value(self, value: int | None) -> None:
        """Show another number, or nothing; telling nobody."""
        if value is None or value != self.value():
            self.setText("" if value is None else str(value))
        self._mark()

    def set_bounds(self, minimum: int | None, maximum: int | None) -> None:
        """Other bounds, for instance because the unit is another."""
        self._minimum, self._maximum = minimum, maximum
        self._mark()

    def set_wrong(self, wrong: bool) -> None:
        """Mark it; the mark stays as long as the text itself is wrong."""
        self._refused = wrong
        self._mark()

    def _typed(self) -> None:
        self._mark()
        self.edited.emit()

    def _mark(self) -> None:
        problem = self.problem
        super().set_wrong(self._refused or bool(problem))
        self.setAccessibleDescription(problem)

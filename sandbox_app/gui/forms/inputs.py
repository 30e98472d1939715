"""What stands in a form row: a control with a value, whatever it is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.gui.components import Combo, Field, Switch
from sandbox_app.gui.theme import Theme

_NUMBER_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Input:
    """A control and how its value is read and written.

    Args:
        widget: what the row shows.
        read: the value as the API takes it; `None` leaves the member out.
        write: shows a value, `None` included.
        edited: sent whenever the person changes the value.
        focus: what gets the keyboard; the widget itself if not given.
    """

    widget: QWidget
    read: Callable[[], Any]
    write: Callable[[Any], None]
    edited: SignalInstance
    focus: QWidget | None = None


def text_input(
    theme: Theme, name: str, *, mono: bool = False, placeholder: str = "", keep_empty: bool = False
) -> Input:
    """One line of text; empty counts as not set unless `keep_empty`."""
    field = Field(theme, name, mono=mono, placeholder=placeholder)

    def read() -> str | None:
        return field.text() if field.text() or keep_empty else None

    def write(value: Any) -> None:
        text = "" if value is None else str(value)
        if text != field.text():
            field.setText(text)

    return Input(field, read, write, field.textEdited)


def number_input(theme: Theme, name: str, *, placeholder: str = "") -> Input:
    """A whole number; a text that is none is kept as it is, for the rules to refuse."""
    field = _Short(theme, name, placeholder=placeholder)

    def read() -> Any:
        text = field.text().strip()
        if not text:
            return None
        digits = text[1:] if text.startswith("-") else text
        return int(text) if digits.isascii() and digits.isdigit() and len(text) < 19 else text

    def write(value: Any) -> None:
        text = "" if value is None else str(value)
        if text != field.text():
            field.setText(text)

    return Input(_left(field), read, write, field.textEdited, field)


class _Short(Field):
    """A field as wide as the numbers that go into it."""

    def _restyle(self) -> None:
        super()._restyle()
        self.setFixedWidth(self._theme.px(_NUMBER_WIDTH))


def choice_input(theme: Theme, name: str, choices: list[tuple[str, str]]) -> Input:
    """One of several values; a value that is not among them is shown as it is."""
    combo = Combo(theme, name, choices)
    known = [key for key, _ in choices]

    def write(value: Any) -> None:
        key = "" if value is None else str(value)
        more = [] if key in known else [(key, key or "Not set")]
        combo.set_choices([*choices, *more])
        combo.set_current(key)

    return Input(_left(combo), lambda: combo.current_key or None, write, combo.chosen, combo)


def switch_input(theme: Theme, name: str) -> Input:
    """On or off."""
    switch = Switch(theme, name)

    return Input(
        _left(switch),
        switch.isChecked,
        lambda value: switch.setChecked(bool(value)),
        switch.clicked,
        switch,
    )


def valued_input(widget: Any, *, absent: Any = None) -> Input:
    """A component with `values()`, `set_values()` and `edited`, for members that are lists.

    Args:
        absent: what is shown where the member is not set.
    """

    def write(value: Any) -> None:
        widget.set_values(absent or () if value is None else value)

    return Input(widget, lambda: list(widget.values()), write, widget.edited)


def _left(widget: QWidget) -> QWidget:
    """The widget as wide as it wants to be, at the left of its row."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    holder.setFocusProxy(widget)
    return holder

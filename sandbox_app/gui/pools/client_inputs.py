"""Controls of the client editor that are more than one widget, or whose value is no plain text."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import CheckList, Combo, DurationField, Field, Segments
from sandbox_app.gui.forms import Input, switch_input
from sandbox_app.gui.theme import Theme, metrics

Choice = tuple[str, str, str]


class HasValues(Protocol):
    """A list of texts that a person edits."""

    @property
    def edited(self) -> SignalInstance:
        """Sent when the person changed it."""

    def values(self) -> tuple[str, ...]:
        """The texts."""

    def set_values(self, values: Sequence[str]) -> None:
        """Show others."""


def ticked_input(widget: QWidget, ticks: HasValues) -> Input:
    """What is ticked, in the order it was saved in; what is ticked anew comes last.

    A list whose ticks all go is empty, or not set where it was not set before.
    """
    given: list[Any] = [None]

    def read() -> list[str] | None:
        ticked = ticks.values()
        before = given[0] or ()
        if not ticked:
            return [] if given[0] is not None else None
        kept = [name for name in before if name in ticked]
        return kept + [name for name in ticked if name not in before]

    def write(value: Any) -> None:
        given[0] = value
        ticks.set_values(value or ())

    return Input(widget, read, write, ticks.edited)


def offer(ticks: CheckList, choices: Sequence[Choice]) -> None:
    """Offer other choices; the keyboard stays at the one it is at."""
    focused = ticks.window().focusWidget()
    at = next((key for key, box in ticks.boxes.items() if box is focused), "")
    ticks.set_choices(choices)
    if at and at in ticks.boxes and focused is not ticks.boxes[at]:
        ticks.boxes[at].setFocus(Qt.FocusReason.OtherFocusReason)


def duration_input(theme: Theme, name: str, *, placeholder: str = "") -> Input:
    """`[number or None, unit]`; a text that is no number is kept, for the rules to refuse."""
    field = DurationField(theme, name, placeholder=placeholder)

    def read() -> list[Any]:
        number, unit = field.value()
        return [field.number.text().strip() if field.problem and number is None else number, unit]

    def write(value: Any) -> None:
        number, unit = value or (None, "hours")
        field.set_value(number if isinstance(number, int) else None, unit)
        if isinstance(number, str):
            field.number.setText(number)

    return Input(field, read, write, field.edited)


def enabled_input(theme: Theme, name: str, off: str) -> Input:
    """A switch for a member that says ENABLED, or something else for off."""
    what = switch_input(theme, name)
    return Input(
        what.widget,
        lambda: "ENABLED" if what.read() else off,
        lambda value: what.write(value == "ENABLED"),
        what.edited,
        what.focus,
    )


class OneOf(QWidget):
    """One of a list of texts that changes, or none of them; a text that has left it stays shown.

    Signals:
        edited: the person chose another one.
    """

    edited = Signal()

    def __init__(self, theme: Theme, name: str, none: str) -> None:
        super().__init__()
        self._none = none
        self._choices: tuple[str, ...] = ()
        self.combo = Combo(theme, name, [("", none)], mono=True)
        self.combo.setMinimumContentsLength(12)
        self.combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.chosen.connect(lambda _key: self.edited.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)
        self.setFocusProxy(self.combo)

    def value(self) -> str | None:
        """What is chosen."""
        return self.combo.current_key or None

    def set_value(self, value: str | None) -> None:
        """Choose by program."""
        self._show(value or "")

    def set_choices(self, choices: Sequence[str]) -> None:
        """Offer others."""
        if tuple(choices) != self._choices:
            self._choices = tuple(dict.fromkeys(choices))
            self._show(self.combo.current_key)

    def set_wrong(self, wrong: bool) -> None:
        """Mark it, or take the mark off."""
        self.combo.set_wrong(wrong)

    def _show(self, key: str) -> None:
        more = (key,) if key and key not in self._choices else ()
        self.combo.set_choices(
            [("", self._none), *((text, text) for text in (*self._choices, *more))]
        )
        self.combo.set_current(key)


class SecretChoice(QWidget):
    """Whether a new client gets a secret: none, one to be made up, or one that is typed here.

    Signals:
        edited: the person changed it.
    """

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.kind = Segments(
            theme,
            "Client secret",
            [("none", "None"), ("made up", "Generate"), ("chosen", "Choose")],
        )
        self.field = Field(theme, "Client secret of your own", mono=True)
        self.field.setPlaceholderText("24 to 64 letters, digits, _ or +")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(metrics.GRID))
        column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.field)
        self.setFocusProxy(self.kind)
        self.kind.chosen.connect(self._chosen)
        self.field.textEdited.connect(lambda _text: self.edited.emit())
        self.set_value(None)

    def value(self) -> str | Literal[True] | None:
        """The secret, true for one to be made up, `None` for none."""
        kind = self.kind.current_key
        return self.field.text() if kind == "chosen" else True if kind == "made up" else None

    def set_value(self, value: Any) -> None:
        """Show another choice."""
        kind = "made up" if value is True else "none" if value is None else "chosen"
        self.kind.set_current(kind)
        self.field.setVisible(kind == "chosen")
        if kind == "chosen" and value != self.field.text():
            self.field.setText(str(value))

    def set_wrong(self, wrong: bool) -> None:
        """Mark the secret, or take the mark off."""
        self.field.set_wrong(wrong)

    def _chosen(self, kind: str) -> None:
        self.field.setVisible(kind == "chosen")
        if kind == "chosen":
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()


def value_input(widget: Any, *, read: Callable[[], Any] | None = None) -> Input:
    """A component with `value()`, `set_value()` and `edited`."""
    return Input(widget, read or widget.value, widget.set_value, widget.edited)

"""A form for one word of a fault: what kind it is, and the values that kind takes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.domain.conditions.faults import METHODS
from sandbox_app.gui.components import Button, Combo, Field, Label, VerdictLine
from sandbox_app.gui.conditions.flow import Flow
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.conditions.durations import parse_duration
from sandbox_app.workbench.conditions.faults import vocabulary
from sandbox_app.workbench.conditions.faults.sentences import percent_text, span_text
from sandbox_app.workbench.conditions.faults.vocabulary import Choice, FieldKind

_WIDTHS = {FieldKind.TEXT: 168, FieldKind.COUNT: 84, FieldKind.PERCENT: 84, FieldKind.SPAN: 84}


class ChoiceForm(QWidget):
    """Signals:
    made: the record that was filled in.
    left: the person wants none.
    """

    made = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._choices: dict[str, Choice[Any]] = {}
        self._inputs: dict[str, tuple[vocabulary.Field, Field | Combo]] = {}
        self.kind = Combo(theme, "Kind")
        self.save = Button(theme, "Use it", variant="primary", size="small")
        self.cancel = Button(theme, "Cancel", size="small")
        self.wrong = VerdictLine(theme)
        self.kind.chosen.connect(self._choose)
        self.save.clicked.connect(self._make)
        self.cancel.clicked.connect(lambda: self.left.emit())
        self._fields = Flow(theme)
        line = QHBoxLayout()
        line.setSpacing(theme.px(metrics.GRID))
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(self.kind, 0, top)
        line.addWidget(self._fields, 1)
        line.addWidget(self.save, 0, top)
        line.addWidget(self.cancel, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(metrics.HALF))
        column.addLayout(line)
        column.addWidget(self.wrong)

    def show_choices(self, choices: Sequence[Choice[Any]], record: Any) -> None:
        """Offer these kinds, beginning with the record as it is where one of them makes it."""
        self._choices = {choice.key: choice for choice in choices}
        self.kind.set_choices([(choice.key, choice.label) for choice in choices])
        current, values = choices[0], choices[0].defaults()
        if record is not None:
            found, its_values = vocabulary.choice_of(record)
            if found.key in self._choices:
                current, values = found, dict(its_values)
        self.kind.set_current(current.key)
        self._fill(current, values)

    def input(self, name: str) -> Field | Combo:
        """What takes a value, by the record's attribute."""
        return self._inputs[name][1]

    def _choose(self, key: str) -> None:
        choice = self._choices[key]
        self._fill(choice, choice.defaults())

    def _fill(self, choice: Choice[Any], values: Mapping[str, Any]) -> None:
        self.wrong.say("")
        self._fields.clear()
        self._inputs = {}
        for field in choice.fields:
            widget = self._input(field, values[field.name])
            self._fields.add(Label(self._theme, field.label, Role.BODY, "text2"))
            self._fields.add(widget)
            self._inputs[field.name] = (field, widget)

    def _input(self, field: vocabulary.Field, value: Any) -> Field | Combo:
        if field.kind is FieldKind.METHOD:
            methods = [("", "any"), *((method, method) for method in METHODS)]
            combo = Combo(self._theme, field.label, methods)
            combo.set_current(value)
            combo.setToolTip(field.hint)
            return combo
        made = Field(self._theme, field.label, _text(field.kind, value), mono=True)
        made.setToolTip(field.hint)
        made.setFixedWidth(self._theme.px(_WIDTHS[field.kind]))
        made.returnPressed.connect(self._make)
        return made

    def _make(self) -> None:
        try:
            values = {name: _value(*pair) for name, pair in self._inputs.items()}
            record = self._choices[self.kind.current_key].make(**values)
        except ValueError as error:
            words = str(error)
            self.wrong.say(f"{words[:1].upper()}{words[1:]}.")
        else:
            self.made.emit(record)


def _text(kind: FieldKind, value: Any) -> str:
    if kind is FieldKind.SPAN:
        return span_text(value)
    return percent_text(value) if kind is FieldKind.PERCENT else str(value)


def _value(field: vocabulary.Field, widget: Field | Combo) -> Any:
    """What was filled in, as the record takes it.

    Raises:
        ValueError: it is nothing of that kind; in words.
    """
    if isinstance(widget, Combo):
        return widget.current_key
    return _READ[field.kind](field.label, widget.text().strip())


def _count(label: str, text: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"{label}: “{text[:40]}” is no whole number")
    return int(text)


def _percent(label: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise ValueError(f"{label}: “{text[:40]}” is no number") from error


def _span(label: str, text: str) -> timedelta:
    return timedelta(0) if text == "0" else parse_duration(text)


_READ: dict[FieldKind, Callable[[str, str], Any]] = {
    FieldKind.TEXT: lambda _, text: text,
    FieldKind.COUNT: _count,
    FieldKind.PERCENT: _percent,
    FieldKind.SPAN: _span,
}

"""The values that a template asks for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from sandbox_app.gui.components import Combo, Field, Label, WrapLabel
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.templates.parameters import Parameter


class ParametersForm(QScrollArea):
    """One row for each parameter; a row left alone stands for the default.

    Signals:
        edited: a value is another now.
    """

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._controls: dict[str, Field | Combo] = {}
        self._parameters: dict[str, Parameter] = {}
        self.setAccessibleName("Parameters")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_parameters(self, parameters: Sequence[Parameter]) -> None:
        """Ask for these; values that were given before under the same name stay."""
        kept = self.values()
        self._controls.clear()
        self._parameters = {item.name: item for item in parameters}
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, self._theme.px(metrics.GRID), 0)
        column.setSpacing(self._theme.px(metrics.FORM_ROW_GAP))
        column.addWidget(Label(self._theme, "Parameters", Role.SECTION))
        for item in parameters:
            column.addWidget(self._row(item, kept.get(item.name)))
        column.addStretch(1)
        self.setWidget(content)

    def values(self) -> dict[str, str]:
        """What was given; a parameter without a value of its own is left out."""
        found: dict[str, str] = {}
        for name, control in self._controls.items():
            text = control.current_key if isinstance(control, Combo) else control.text()
            default = self._parameters[name].default
            if text != (default or "") or (text and default is None):
                found[name] = text
        return found

    def control(self, name: str) -> Field | Combo:
        """The control of a parameter."""
        return self._controls[name]

    def _row(self, item: Parameter, kept: str | None) -> QWidget:
        value = kept if kept is not None else item.default or ""
        control: Field | Combo
        if item.allowed_values:
            choices = [(text, text) for text in item.allowed_values]
            control = Combo(self._theme, item.name, choices)
            control.set_current(value)
            control.chosen.connect(lambda *_: self.edited.emit())
        else:
            control = Field(self._theme, item.name, value, placeholder=_placeholder(item))
            if item.no_echo:
                control.setEchoMode(QLineEdit.EchoMode.Password)
            control.textEdited.connect(lambda *_: self.edited.emit())
        self._controls[item.name] = control
        return _Above(self._theme, item.name, control, item.description)


class _Above(QWidget):
    """A label above its control: names of parameters are longer than words."""

    def __init__(self, theme: Theme, name: str, control: QWidget, help_text: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(metrics.HELP_GAP))
        label = WrapLabel(theme, name, Role.LABEL, "text")
        label.setBuddy(control)
        column.addWidget(label)
        column.addWidget(control)
        if help_text:
            column.addWidget(WrapLabel(theme, help_text, Role.HELP, "text2"))
            control.setAccessibleDescription(help_text)


def _placeholder(item: Parameter) -> str:
    if item.stored:
        return "A placeholder stands in"
    return "Needed" if item.default is None else ""

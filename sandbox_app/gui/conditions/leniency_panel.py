"""The lenient switches, each with what it forgives and what the real service does instead."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import Field, Label, VerdictLine, WrapLabel
from sandbox_app.gui.components import Switch as SwitchControl
from sandbox_app.gui.conditions.heading import Heading
from sandbox_app.gui.conditions.rows import Rows
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.leniency import SWITCHES, Switch
from sandbox_app.workbench.conditions.switching import set_leniency

_DEFAULT_CODE = "123456"
_CODE_FIELD = 84
_SWITCH_COLUMN = 72


class LeniencyPanel(QWidget):
    """One row per switch; the fixed code is typed beside its own."""

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__()
        self._theme = theme
        self._core = core
        self.code = Field(theme, "Fixed confirmation code", _DEFAULT_CODE, mono=True)
        self.wrong = VerdictLine(theme)
        self.rows = {
            switch.name: _SwitchRow(
                theme, switch, self.code if switch.name == "fixed_code" else None
            )
            for switch in SWITCHES
        }
        for name, row in self.rows.items():
            row.control.clicked.connect(self._toggler(name))
        self.code.setMaxLength(6)
        self.code.editingFinished.connect(self._take_code)
        self.code.textEdited.connect(lambda: self._say(""))
        heading = Heading(theme, "Lenient switches", "what the sandbox may forgive")
        listed = Rows(theme, "Lenient switches")
        listed.set_rows(list(self.rows.values()))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(heading)
        self._column.addWidget(self.wrong)
        self._column.addWidget(listed)
        self._restyle()
        theme.changed.connect(self._restyle)
        self.refresh()

    def refresh(self) -> None:
        """Show the switches as they are."""
        leniency = self._core.conditions.leniency
        for name, row in self.rows.items():
            row.show_state(bool(getattr(leniency, name)))
        if leniency.fixed_code and not self.code.hasFocus():
            self.code.setText(leniency.fixed_code)

    def _toggler(self, name: str) -> Callable[[bool], None]:
        return lambda on: self._toggle(name, on)

    def _toggle(self, name: str, on: bool) -> None:
        if name != "fixed_code":
            set_leniency(self._core, **{name: on})
            return
        self._set_code(self.code.text() if on else "")
        self.refresh()

    def _take_code(self) -> None:
        if self._core.conditions.leniency.fixed_code:
            self._set_code(self.code.text())

    def _set_code(self, code: str) -> None:
        try:
            set_leniency(self._core, fixed_code=code)
        except ValueError as error:
            self._say(str(error).capitalize() + ".")
        else:
            self._say("")

    def _say(self, wrong: str) -> None:
        self.code.set_wrong(bool(wrong))
        self.wrong.say(wrong)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(metrics.HALF))
        self.code.setFixedWidth(self._theme.px(_CODE_FIELD))


class _SwitchRow(QWidget):
    """Switch, name and sentence; further controls at the right end."""

    def __init__(self, theme: Theme, switch: Switch, extra: QWidget | None) -> None:
        super().__init__()
        self._theme = theme
        self.control = SwitchControl(theme, switch.title)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(theme, switch.title, Role.LABEL))
        words.addWidget(WrapLabel(theme, switch.sentence, Role.HELP, "text2"))
        self._rule = Label(theme, switch.rule, Role.MONO, "text3")
        self._row = QHBoxLayout(self)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._row.addWidget(self.control, 0, middle)
        self._row.addLayout(words, 1)
        if extra is not None:
            self._row.addWidget(extra, 0, middle)
        self._row.addWidget(self._rule, 0, middle)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_state(self, on: bool) -> None:
        """Show whether it is on."""
        self.control.setChecked(on)

    def _restyle(self) -> None:
        px = self._theme.px
        self.control.setFixedWidth(px(_SWITCH_COLUMN))
        self._row.setContentsMargins(0, px(6), 0, px(6))
        self._row.setSpacing(px(12))

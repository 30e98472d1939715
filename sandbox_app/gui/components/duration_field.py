"""A length of time as a number and its unit, the way token validities are configured."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sandbox_app.gui.components.combo import Combo
from sandbox_app.gui.components.number_field import NumberField
from sandbox_app.gui.theme import Theme, metrics

UNITS: Final = ("seconds", "minutes", "hours", "days")
_NUMBER: Final = 88
_UNIT: Final = 112


class DurationField(QWidget):
    """A number and a unit beside it; changing the unit leaves the number as it is.

    Args:
        name: accessible name: "Access token validity".
        units: which units can be chosen.

    Signals:
        edited: the person changed the number or the unit.
    """

    edited = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        units: Sequence[str] = UNITS,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._units = tuple(units)
        self.number = NumberField(theme, name, minimum=0, placeholder=placeholder)
        self.unit = Combo(theme, f"{name}, unit", [(unit, unit) for unit in units])
        self.number.edited.connect(self.edited)
        self.unit.chosen.connect(self._unit_chosen)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.number)
        self._row.addWidget(self.unit)
        self._row.addStretch(1)
        self.setAccessibleName(name)
        self.setFocusProxy(self.number)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def problem(self) -> str:
        """What is wrong with the number as such; empty when nothing is."""
        return self.number.problem

    def value(self) -> tuple[int | None, str]:
        """Number and unit; no number when the field is blank or holds none."""
        return self.number.value(), self.unit.current_key

    def set_value(self, number: int | None, unit: str) -> None:
        """Show another length, telling nobody; a unit that is no choice becomes one."""
        self.number.set_value(number)
        if unit and unit not in self._units:
            self._units += (unit,)
            self.unit.set_choices([(one, one) for one in self._units])
        self.unit.set_current(unit)

    def set_wrong(self, wrong: bool) -> None:
        """Mark number and unit, or take the mark off."""
        self.number.set_wrong(wrong)
        self.unit.set_wrong(wrong)

    def _unit_chosen(self) -> None:
        self.edited.emit()

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setSpacing(px(metrics.GRID))
        self.number.setFixedWidth(px(_NUMBER))
        self.unit.setFixedWidth(px(_UNIT))

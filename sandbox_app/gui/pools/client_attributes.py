"""Which attributes a client may read and write: not set, or a list ticked in a table."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from sandbox_app.gui.components import (
    CheckBox,
    ElidedLabel,
    Hairline,
    Label,
    Segments,
    plain_tooltip,
)
from sandbox_app.gui.theme import Role, Theme, metrics

Side = Literal["read", "write"]

_SIDES: tuple[Side, Side] = ("read", "write")
_TITLES = {"read": "Read", "write": "Write"}
_COLUMN = 64
_ROW = 28


class AttributeTable(QWidget):
    """A row for each attribute of the schema and a box for each side.

    While a side is not set it shows what that means and cannot be ticked.

    Signals:
        read_edited, write_edited: the person ticked or unticked something on that side.
    """

    read_edited = Signal()
    write_edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._names: tuple[str, ...] = ()
        self._reasons: Mapping[str, str] = {}
        self._ticked: dict[Side, tuple[str, ...]] = {"read": (), "write": ()}
        self._open: dict[Side, bool] = {"read": True, "write": True}
        self._rows: list[QWidget] = []
        self.boxes: dict[tuple[Side, str], CheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(metrics.GRID))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        for column in (1, 2):
            self._grid.setColumnMinimumWidth(column, theme.px(_COLUMN))
        self.setAccessibleName("Attributes")

    def set_attributes(self, names: Sequence[str], reasons: Mapping[str, str]) -> None:
        """Offer these; `reasons` say of some why they cannot be written."""
        if tuple(names) != self._names or reasons != self._reasons:
            self._names, self._reasons = tuple(names), dict(reasons)
            self._rebuild()

    def values(self, side: Side) -> tuple[str, ...]:
        """What is ticked, in the order of the schema, then what the schema does not have."""
        strangers = [name for name in self._ticked[side] if name not in self._names]
        return (
            *(name for name in self._names if name in self._ticked[side]),
            *strangers,
        )

    def set_values(self, side: Side, names: Sequence[str], *, open_to_change: bool) -> None:
        """Tick these on one side."""
        strangers = self._strangers()
        self._ticked[side] = tuple(names)
        self._open[side] = open_to_change
        if strangers != self._strangers():
            self._rebuild()
        self._show(side)

    def _strangers(self) -> list[str]:
        ticked = dict.fromkeys((*self._ticked["read"], *self._ticked["write"]))
        return [name for name in ticked if name not in self._names]

    def _rebuild(self) -> None:
        for widget in self._rows:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows, self.boxes = [], {}
        heads = (("Attribute", 0), ("Read", 1), ("Write", 2))
        for title, column in heads:
            self._put(Label(self._theme, title, Role.HELP, "text3"), 0, column)
        known = set(self._names)
        for line, name in enumerate((*self._names, *self._strangers()), 1):
            self._put_row(2 * line, name, known)
        for side in _SIDES:
            self._show(side)

    def _put_row(self, line: int, name: str, known: set[str]) -> None:
        rule = Hairline(self._theme)
        self._grid.addWidget(rule, line - 1, 0, 1, 3)
        self._rows.append(rule)
        shown = name if name in known else f"{name} (not in the pool's schema)"
        token: Any = "text" if name in known else "warn"
        self._put(ElidedLabel(self._theme, shown, Role.MONO, token), line, 0)
        self._grid.setRowMinimumHeight(line, self._theme.px(_ROW))
        for column, side in enumerate(_SIDES, 1):
            box = CheckBox(self._theme, "")
            box.setAccessibleName(f"{_TITLES[side]} {name}")
            box.toggled.connect(lambda on, one=side, of=name: self._toggled(one, of, on))
            self.boxes[side, name] = box
            self._put(box, line, column)

    def _put(self, widget: QWidget, line: int, column: int) -> None:
        self._grid.addWidget(widget, line, column, Qt.AlignmentFlag.AlignVCenter)
        self._rows.append(widget)

    def _show(self, side: Side) -> None:
        for (of, name), box in self.boxes.items():
            if of != side:
                continue
            ticked = name in self._ticked[side]
            box.blockSignals(True)
            box.setChecked(ticked)
            box.blockSignals(False)
            why = self._reasons.get(name, "") if side == "write" else ""
            box.setEnabled(self._open[side] and (ticked or not why))
            box.setToolTip(plain_tooltip(why))
            box.setAccessibleDescription(why)

    def _toggled(self, side: Side, name: str, on: bool) -> None:
        others = tuple(one for one in self._ticked[side] if one != name)
        self._ticked[side] = (*others, name) if on else others
        (self.read_edited if side == "read" else self.write_edited).emit()


class AttributeList(QWidget):
    """Whether a side is set; what it is then stands in the table.

    The order of a saved list is kept, and what is ticked anew comes last.

    Signals:
        edited: the person set it, cleared it or ticked something.
    """

    edited = Signal()

    def __init__(self, theme: Theme, side: Side, table: AttributeTable) -> None:
        super().__init__()
        self._side: Side = side
        self._table = table
        self._default: tuple[str, ...] = ()
        self._value: tuple[str, ...] | None = None
        self.kind = Segments(
            theme,
            f"{_TITLES[side]} attributes",
            [("default", "Not set"), ("list", "As ticked")],
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.kind, 0, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.kind)
        self.kind.chosen.connect(self._chosen)
        signal = table.read_edited if side == "read" else table.write_edited
        signal.connect(self._ticked)

    def set_default(self, names: Sequence[str]) -> None:
        """What "not set" means in this pool."""
        if tuple(names) != self._default:
            self._default = tuple(names)
            self._show()

    def value(self) -> list[str] | None:
        """The list, or `None` where it is not set."""
        return None if self._value is None else list(self._value)

    def set_value(self, value: Sequence[str] | None) -> None:
        """Show another one."""
        self._value = None if value is None else tuple(value)
        self._show()

    def _chosen(self, kind: str) -> None:
        self._value = None if kind == "default" else self._default
        self._show()
        self.edited.emit()

    def _ticked(self) -> None:
        ticked = self._table.values(self._side)
        before = self._value or ()
        kept = tuple(name for name in before if name in ticked)
        self._value = (*kept, *(name for name in ticked if name not in before))
        self.edited.emit()

    def _show(self) -> None:
        self.kind.set_current("default" if self._value is None else "list")
        shown = self._default if self._value is None else self._value
        self._table.set_values(self._side, shown, open_to_change=self._value is not None)

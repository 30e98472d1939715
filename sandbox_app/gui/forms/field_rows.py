"""A list whose items have several fields each: scopes with descriptions, custom attributes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, CheckBox, Combo, Field, IconButton, Label
from sandbox_app.gui.theme import Role, Theme, metrics

_LEAST = 88
"""As narrow as a part without a width becomes, in unscaled px."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field of every item.

    Args:
        width: unscaled px; 0 takes the room that is left.
        choices: (key, text), where it is a choice.
        default: what a new item begins with.
    """

    key: str
    title: str
    width: int = 0
    kind: Literal["text", "choice", "check"] = "text"
    choices: tuple[tuple[str, str], ...] = ()
    mono: bool = False
    default: Any = None


class FieldRows(QWidget):
    """Items one below the other under the titles of their parts, and a link that adds one.

    Args:
        noun: what an item is: "scope".

    Signals:
        edited: the person changed, added or removed an item.
    """

    edited = Signal()

    def __init__(
        self, theme: Theme, noun: str, parts: Sequence[Part], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._noun = noun
        self._parts = tuple(parts)
        self._rows: list[_Row] = []
        self._heads = QWidget()
        self._head_row = QHBoxLayout(self._heads)
        for part in parts:
            title = Label(theme, part.title, Role.HELP, "text3")
            self._head_row.addWidget(title, 0 if part.width else 1)
            if part.width:
                title.setFixedWidth(theme.px(part.width))
        self._head_row.addSpacing(theme.px(metrics.BUTTON_SMALL))
        self.add = Button(theme, f"Add {noun}", variant="link", size="small", icon="plus")
        self.add.clicked.connect(lambda: self._append(self._new(), focus=True))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._heads)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._restyle()
        theme.changed.connect(self._restyle)
        self._show_heads()

    def values(self) -> list[dict[str, Any]]:
        """The items; one with nothing in it is none."""
        found = [row.value() for row in self._rows]
        return [value for value, row in zip(found, self._rows, strict=True) if row.filled]

    def set_values(self, values: Sequence[Mapping[str, Any]]) -> None:
        """Show these items."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows.clear()
        for value in values:
            self._append(value)
        self._show_heads()

    def fix(self, fixed: int) -> None:
        """Let the first `fixed` items be neither changed nor removed."""
        for position, row in enumerate(self._rows):
            row.set_fixed(position < fixed)

    def row_widgets(self) -> list[dict[str, QWidget]]:
        """The controls of each item, by part; for the keyboard and for tests."""
        return [row.controls for row in self._rows]

    def remove(self, position: int) -> None:
        """Take an item away, as its button does."""
        row = self._rows.pop(position)
        self._column.removeWidget(row)
        row.deleteLater()
        self._show_heads()
        self.edited.emit()

    def _append(self, value: Mapping[str, Any], *, focus: bool = False) -> None:
        row = _Row(self._theme, self._noun, self._parts, value)
        row.edited.connect(self.edited)
        row.remove.clicked.connect(lambda: self.remove(self._rows.index(row)))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows), row)
        self._show_heads()
        if focus:
            next(iter(row.controls.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _new(self) -> dict[str, Any]:
        return {part.key: part.default for part in self._parts if part.default is not None}

    def _show_heads(self) -> None:
        self._heads.setVisible(bool(self._rows))

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(6))
        self._head_row.setContentsMargins(px(2), 0, 0, 0)
        self._head_row.setSpacing(px(metrics.GRID))


class _Row(QWidget):
    edited = Signal()

    def __init__(
        self, theme: Theme, noun: str, parts: Sequence[Part], value: Mapping[str, Any]
    ) -> None:
        super().__init__()
        self._parts = parts
        self._given = dict(value)
        self.controls: dict[str, QWidget] = {}
        self.remove = IconButton(theme, "cross", f"Remove this {noun}")
        policy = self.remove.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(metrics.GRID))
        for part in parts:
            control = self._control(theme, noun, part, value.get(part.key))
            if part.width:
                control.setFixedWidth(theme.px(part.width))
            else:
                control.setMinimumWidth(theme.px(_LEAST))
            row.addWidget(control, 0 if part.width else 1)
            self.controls[part.key] = control
        row.addWidget(self.remove)

    @property
    def filled(self) -> bool:
        """Whether anything was typed."""
        return any(
            isinstance(control, Field) and control.text() for control in self.controls.values()
        )

    def set_fixed(self, fixed: bool) -> None:
        for control in self.controls.values():
            if isinstance(control, Field):
                # Its words stay as legible as ever.
                control.setReadOnly(fixed)
            else:
                control.setEnabled(not fixed)
        self.remove.setVisible(not fixed)

    def value(self) -> dict[str, Any]:
        found = dict(self._given)
        for part in self._parts:
            control = self.controls[part.key]
            value: Any = None
            if isinstance(control, Field):
                value = control.text() or None
            elif isinstance(control, Combo):
                value = control.current_key
            elif isinstance(control, CheckBox):
                value = control.isChecked()
            found.pop(part.key, None)
            if value is not None:
                found[part.key] = value
        return found

    def _control(self, theme: Theme, noun: str, part: Part, value: Any) -> QWidget:
        name = f"{part.title} of this {noun}"
        if part.kind == "check":
            box = CheckBox(theme, "", bool(value))
            box.setAccessibleName(name)
            box.clicked.connect(lambda *_: self.edited.emit())
            return box
        if part.kind == "choice":
            combo = Combo(theme, name, list(part.choices))
            combo.set_current(str(value))
            combo.chosen.connect(lambda *_: self.edited.emit())
            return combo
        field = Field(theme, name, "" if value is None else str(value), mono=part.mono)
        field.textEdited.connect(lambda *_: self.edited.emit())
        return field

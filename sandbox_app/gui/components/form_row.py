"""One row of a form: label, control, what is wrong with it, and help that always shows."""

from collections.abc import Iterator
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sandbox_app.gui.components.labels import WrapLabel
from sandbox_app.gui.components.verdict_line import VerdictLine
from sandbox_app.gui.theme import Role, Theme, metrics

_SIDEWAYS: Final = QBoxLayout.Direction.LeftToRight
_DOWNWARDS: Final = QBoxLayout.Direction.TopToBottom
_LEAST_CONTROL: Final = 200
_ANY_WIDTH: Final = 16_777_215


@runtime_checkable
class CanBeWrong(Protocol):
    """A control that can be marked as wrong: Field, Combo."""

    def set_wrong(self, wrong: bool) -> None:
        """Mark it or take the mark off."""


class FormRow(QWidget):
    """Label left or above, control right or below, the error between control and help.

    Args:
        label: names the control for screen readers too, unless the control has a name.
        control: any widget; marked wrong as well if it can be.
        help_text: one sentence, always shown.

    Signals:
        remedy_chosen: the one-click remedy offered with an error was taken.
    """

    remedy_chosen = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        control: QWidget,
        help_text: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stacked = False
        self._control = control
        self._label = WrapLabel(theme, label, Role.LABEL, "text")
        self._label.setBuddy(control)
        self._error: VerdictLine | None = None
        self._help = WrapLabel(theme, help_text, Role.HELP, "text2")
        if not help_text:
            self._help.hide()
        self._right = QVBoxLayout()
        self._right.addWidget(control)
        self._right.addWidget(self._help)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._right, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if not control.accessibleName():
            control.setAccessibleName(label)
        control.setAccessibleDescription(help_text)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def label(self) -> str:
        """The words at the left."""
        return self._label.text()

    @property
    def error(self) -> str:
        """What is wrong; empty when nothing is."""
        return "" if self._error is None else self._error.words.text()

    @property
    def width_beside(self) -> int:
        """The least width for the label beside the control."""
        px, control = self._theme.px, self._control
        needed = max(control.minimumSizeHint().width(), control.minimumWidth())
        beside = px(metrics.LABEL_COLUMN) + px(metrics.LABEL_GAP)
        return beside + max(needed, px(_LEAST_CONTROL))

    @property
    def is_stacked(self) -> bool:
        """Whether the label stands above the control."""
        return self._stacked

    def set_stacked(self, stacked: bool) -> None:
        """Put the label above the control, or beside it again."""
        if stacked != self._stacked:
            self._stacked = stacked
            self._restyle()

    def show_error(self, sentence: str, remedy: str = "") -> None:
        """Say what is wrong, and offer a remedy as a link when there is one."""
        if sentence or self._error is not None:
            self._error_line().say(sentence, remedy)
        self._control.setAccessibleDescription(
            " ".join(part for part in (sentence, self._help.text()) if part)
        )
        if isinstance(self._control, CanBeWrong):
            self._control.set_wrong(bool(sentence))

    def clear_error(self) -> None:
        """Nothing is wrong any more."""
        self.show_error("")

    def showEvent(self, event: QShowEvent) -> None:
        """Now it is known what of the control shows."""
        super().showEvent(event)
        self._align()

    def event(self, event: QEvent) -> bool:
        """A control that shows something else has another first line."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._align()
        return super().event(event)

    def _error_line(self) -> VerdictLine:
        """Made when something is wrong for the first time: of most rows nothing ever is."""
        if self._error is None:
            self._error = VerdictLine(self._theme)
            self._error.remedy.clicked.connect(self._remedy_clicked)
            self._right.insertWidget(1, self._error)
        return self._error

    def _remedy_clicked(self) -> None:
        self.remedy_chosen.emit()

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setDirection(_DOWNWARDS if self._stacked else _SIDEWAYS)
        self._row.setSpacing(px(metrics.HELP_GAP if self._stacked else metrics.LABEL_GAP))
        self._right.setSpacing(px(metrics.HELP_GAP))
        column = px(metrics.LABEL_COLUMN)
        self._label.setMinimumWidth(0 if self._stacked else column)
        self._label.setMaximumWidth(_ANY_WIDTH if self._stacked else column)
        # Nothing above the control is less than an empty line; beside it, it keeps the column.
        self._label.setHidden(self._stacked and not self.label)
        self._align()

    def _align(self) -> None:
        """A label at the side stands on the middle of the control's first line."""
        field = self._theme.px(metrics.FIELD)
        line = min(_first_line(self._control) or field, field)
        beside = max(0, (line - self._theme.metrics(Role.LABEL).height()) // 2)
        above = 0 if self._stacked else beside
        if self._label.contentsMargins().top() != above:
            self._label.setContentsMargins(0, above, 0, 0)


def _first_line(control: QWidget) -> int:
    """How high the topmost line of a control is; 0 where nothing of it shows."""
    layout = control.layout()
    if layout is None:
        return max(control.sizeHint().height(), control.minimumHeight())
    return _first_line_in(layout)


def _first_line_in(layout: QLayout) -> int:
    lines = (_line_of(item) for item in _items(layout))
    shown = (line for line in lines if line)
    flat = isinstance(layout, QBoxLayout) and layout.direction() is _SIDEWAYS
    line = max(shown, default=0) if flat else next(shown, 0)
    return line + layout.contentsMargins().top() if line else 0


def _line_of(item: QLayoutItem) -> int:
    widget, inside = item.widget(), item.layout()
    if widget is not None:
        return 0 if widget.isHidden() else _first_line(widget)
    return 0 if inside is None else _first_line_in(inside)


def _items(layout: QLayout) -> Iterator[QLayoutItem]:
    for position in range(layout.count()):
        item = layout.itemAt(position)
        if item is not None:
            yield item

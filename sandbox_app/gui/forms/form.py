"""A page of form rows, each bound to one member of a draft."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from sandbox_app.gui.components import FormArea, FormRow, Label, WrapLabel, plain_tooltip
from sandbox_app.gui.forms.inputs import Input
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.editing.requests import Request, member_at, with_member

Remedy = Callable[[Any, str], tuple[str, Any] | None]
"""From a wrong value and the sentence about it: the words of a link, and the value it sets."""

_TOP = 18
_HEAD_ABOVE = 8
_WIDEST = 960
"""Of the rows in pixels: a name or a URL in a field across a large screen is hard to read."""


@dataclass(slots=True)
class _Bound:
    row: FormRow
    input: Input
    remedy: Remedy | None
    speaks: Callable[[], bool] | None = None
    offered: Any = None
    locked: bool = False


class Form(FormArea):
    """Rows below one another; scrolls when there are many.

    Signals:
        edited: str, the path of the member the person changed.
    """

    edited = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bound: dict[str, _Bound] = {}
        self.setAccessibleName(name)
        self._content = content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.addStretch(1)
        self.setWidget(content)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def members(self) -> tuple[str, ...]:
        """The paths of the members that can be edited here, from top to bottom."""
        return tuple(self._bound)

    @property
    def first_editable(self) -> str:
        """The first member that may be changed now; empty where none may."""
        return next((name for name, bound in self._bound.items() if not bound.locked), "")

    def lock(self, member: str, locked: bool) -> None:
        """Show a member without letting it be changed; its words stay as legible as ever."""
        bound = self._bound[member]
        bound.locked = locked
        widget = bound.input.widget
        if isinstance(widget, QLineEdit):
            widget.setReadOnly(locked)
        else:
            widget.setEnabled(not locked)

    def add(
        self,
        member: str,
        label: str,
        what: Input,
        help_text: str = "",
        *,
        remedy: Remedy | None = None,
        speaks: Callable[[], bool] | None = None,
    ) -> FormRow:
        """A row for the member at that path of the draft; its tooltip is the member's own name.

        Args:
            speaks: whether the control itself says at this moment what is wrong with its value,
                so that the row need not.
        """
        row = FormRow(self._theme, label, what.widget, help_text)
        row.setToolTip(plain_tooltip(member))
        row.setAccessibleDescription(member)
        bound = _Bound(row, what, remedy, speaks)
        self._bound[member] = bound
        what.edited.connect(lambda *_: self.edited.emit(member))
        row.remedy_chosen.connect(lambda: self._apply_remedy(member))
        self.rows.append(row)
        self.add_widget(row)
        return row

    def add_row(self, label: str, widget: QWidget, help_text: str = "") -> FormRow:
        """A row that is bound to no member of its own."""
        row = FormRow(self._theme, label, widget, help_text)
        self.rows.append(row)
        self.add_widget(row)
        return row

    def add_heading(self, words: str, sentence: str = "") -> None:
        """A title above the rows that follow."""
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, self._theme.px(_HEAD_ABOVE), 0, 0)
        column.setSpacing(self._theme.px(metrics.HELP_GAP))
        column.addWidget(Label(self._theme, words, Role.SECTION))
        if sentence:
            column.addWidget(WrapLabel(self._theme, sentence, Role.HELP, "text2"))
        self.add_widget(head)

    def add_widget(self, widget: QWidget) -> None:
        """Anything else, in its turn among the rows."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def row(self, member: str) -> FormRow:
        """The row of a member."""
        return self._bound[member].row

    def input(self, member: str) -> Input:
        """The control of a member."""
        return self._bound[member].input

    def show_draft(self, draft: Mapping[str, Any]) -> None:
        """Show the draft's values; the keyboard stays where it is."""
        for member, bound in self._bound.items():
            value = member_at(draft, member)
            if bound.input.read() != value:
                bound.input.write(value)

    def written_into(self, draft: Request) -> Request:
        """The draft with what the rows say now."""
        for member, bound in self._bound.items():
            value = bound.input.read()
            if value != member_at(draft, member):
                draft = with_member(draft, member, value)
        return draft

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Mark the rows that are wrong, by member path, and no others."""
        for member, bound in self._bound.items():
            sentence = problems.get(member, "")
            if bound.speaks is not None and bound.speaks():
                sentence = ""
            found = None
            if sentence and bound.remedy is not None:
                found = bound.remedy(bound.input.read(), sentence)
            words, bound.offered = found or ("", None)
            if (sentence, words) != (bound.row.error, ""):
                bound.row.show_error(sentence, words)

    def reveal(self, member: str) -> None:
        """Bring a member's row to the eye and the keyboard."""
        bound = self._bound[member]
        self.ensureWidgetVisible(bound.row)
        (bound.input.focus or bound.input.widget).setFocus(Qt.FocusReason.OtherFocusReason)

    def _apply_remedy(self, member: str) -> None:
        bound = self._bound[member]
        bound.input.write(bound.offered)
        self.edited.emit(member)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(
            px(metrics.PANE_LEFT), px(_TOP), px(metrics.PANE_RIGHT), px(_TOP)
        )
        self._column.setSpacing(px(metrics.FORM_ROW_GAP))
        self._content.setMaximumWidth(px(_WIDEST))

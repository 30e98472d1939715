"""An editable list of addresses: a line each, with its own verdict and its own way out."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components.buttons import Button
from sandbox_app.gui.components.fields import Field
from sandbox_app.gui.components.labels import WrapLabel
from sandbox_app.gui.components.url_entry import UrlEntry, Verdict
from sandbox_app.gui.theme import Role, Theme, metrics

_GAP: Final = 5


Judge = Callable[[str], Verdict | tuple[str, ...] | None]


class UrlList(QWidget):
    """Addresses in an order, one field each.

    Enter goes to the next field and, in the last, makes a new one; Alt with Up or Down moves
    an entry; Backspace in an empty one removes it. Several lines pasted at once become several
    entries. Empty entries do not count.

    Args:
        name: accessible name: "Allowed callback URLs".
        verdict: says what is wrong with an entry, as `Verdict` or the same as a plain tuple of
            one or three texts; None when nothing is. Asked at every change.
        hint: a sentence beside the button that adds.

    Signals:
        edited: the person changed something.
    """

    edited = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        verdict: Judge,
        add_text: str = "Add URL",
        placeholder: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._verdict = verdict
        self._placeholder = placeholder
        self._all_wrong = False
        self._rows: list[UrlEntry] = []
        self.setAccessibleName(name)
        self.add_button = Button(theme, add_text, variant="link", size="small", icon="plus")
        self.add_button.clicked.connect(self._add_clicked)
        self._hint = WrapLabel(theme, hint, Role.HELP, "text2")
        if not hint:
            self._hint.hide()
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._below = QHBoxLayout()
        self._below.addWidget(self.add_button)
        self._below.addWidget(self._hint)
        self._below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._lines)
        column.addLayout(self._below)
        column.setSpacing(theme.px(_GAP))
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The field of each entry, empty ones too."""
        return tuple(row.field for row in self._rows)

    @property
    def verdicts(self) -> tuple[Verdict | None, ...]:
        """What is wrong with each entry, empty ones too."""
        return tuple(row.verdict for row in self._rows)

    @property
    def is_wrong(self) -> bool:
        """Whether anything is wrong with any entry or with the whole."""
        return self._all_wrong or any(self.verdicts)

    def values(self) -> tuple[str, ...]:
        """The entries in order, as typed, without those that are blank."""
        return tuple(row.field.text() for row in self._rows if row.field.text().strip())

    def set_values(self, values: Sequence[str]) -> None:
        """Show these, telling nobody; what is shown already stays untouched."""
        if tuple(values) == self.values():
            return
        while len(self._rows) > len(values):
            self._take_out(self._rows[-1])
        while len(self._rows) < len(values):
            self._put_in(len(self._rows))
        for row, value in zip(self._rows, values, strict=True):
            if row.field.text() != value:
                row.field.fill(value)
        self.recheck()

    def set_wrong(self, wrong: bool) -> None:
        """Mark every entry, because the list as a whole is refused, or take that off."""
        self._all_wrong = wrong
        self._show_verdicts()

    def recheck(self) -> None:
        """Ask for the verdicts again, because something they depend on has changed."""
        seen: set[str] = set()
        for row in self._rows:
            text = row.field.text()
            row.verdict = self._judge(text, text in seen)
            seen.add(text)
        self._show_verdicts()

    def add(self, text: str = "") -> Field:
        """Append an entry and put the cursor into it."""
        row = self._put_in(len(self._rows))
        row.field.fill(text)
        self.recheck()
        row.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return row.field

    def _judge(self, text: str, again: bool) -> Verdict | None:
        if not text.strip():
            return None
        if again:
            return Verdict("The same as one above.", "Remove it")
        found = self._verdict(text)
        return None if found is None else Verdict(*found)

    def _show_verdicts(self) -> None:
        for number, row in enumerate(self._rows, 1):
            row.show_verdict(f"{self._name} {number}", self._all_wrong)

    def _add_clicked(self) -> None:
        for row in self._rows:
            if not row.field.text():
                row.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.add()

    def _put_in(self, place: int) -> UrlEntry:
        row = UrlEntry(self._theme, self._placeholder)
        row.field.textEdited.connect(lambda: self._typed(row))
        row.field.stepped.connect(lambda steps: self._step(row, steps))
        row.field.moved.connect(lambda steps: self._move(row, steps))
        row.field.entered.connect(lambda: self._entered(row))
        row.field.emptied.connect(lambda: self._remove(row, back=True))
        row.remove.clicked.connect(lambda: self._remove(row))
        row.line.remedy.clicked.connect(lambda: self._remedy(row))
        self._rows.insert(place, row)
        self._lines.insertWidget(place, row)
        # The layout would show it later, and what does not show yet cannot be tabbed to.
        row.show()
        self._order_tabs()
        return row

    def _take_out(self, row: UrlEntry) -> None:
        self._rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _typed(self, row: UrlEntry) -> None:
        pieces = row.field.pasted()
        if pieces:
            self._split(row, pieces)
        self._changed()

    def _split(self, row: UrlEntry, pieces: list[str]) -> None:
        """Several lines came in at once."""
        row.field.fill(pieces[0])
        place = self._rows.index(row)
        last = row
        for number, piece in enumerate(pieces[1:], 1):
            last = self._put_in(place + number)
            last.field.fill(piece)
        last.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, row: UrlEntry, steps: int) -> None:
        place = self._rows.index(row) + steps
        if 0 <= place < len(self._rows):
            self._rows[place].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, row: UrlEntry, steps: int) -> None:
        place = self._rows.index(row)
        target = place + steps
        if not 0 <= target < len(self._rows):
            return
        self._rows.insert(target, self._rows.pop(place))
        self._lines.removeWidget(row)
        self._lines.insertWidget(target, row)
        self._order_tabs()
        self._changed()

    def _entered(self, row: UrlEntry) -> None:
        if row is not self._rows[-1]:
            self._step(row, 1)
        elif row.field.text().strip():
            self.add()

    def _remove(self, row: UrlEntry, *, back: bool = False) -> None:
        place = self._rows.index(row)
        before = self.values()
        self._take_out(row)
        if self._rows:
            near = self._rows[min(max(0, place - 1 if back else place), len(self._rows) - 1)]
            near.field.setFocus(Qt.FocusReason.OtherFocusReason)
            near.field.end(False)
        else:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.recheck()
        if self.values() != before:
            self.edited.emit()

    def _remedy(self, row: UrlEntry) -> None:
        if row.verdict is None:
            return
        if not row.verdict.replacement:
            self._remove(row)
            return
        row.field.fill(row.verdict.replacement)
        row.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    def _changed(self) -> None:
        self.recheck()
        self.edited.emit()

    def _order_tabs(self) -> None:
        chain: list[QWidget] = []
        for row in self._rows:
            chain.extend((row.field, row.remove, row.line.remedy))
        chain.append(self.add_button)
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def _restyle(self) -> None:
        px = self._theme.px
        self._lines.setSpacing(px(_GAP))
        self._below.setSpacing(px(metrics.HALF))

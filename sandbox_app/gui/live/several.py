"""What is done with several rows of the list at once: compared, exported, marked."""

from itertools import islice

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from sandbox_app.gui.live.list_view import TrafficList
from sandbox_app.gui.live.marking import NOTE, Marking
from sandbox_app.gui.live.reusing import Reusing
from sandbox_app.gui.live.traffic_model import Row
from sandbox_app.workbench.live.words import count_words

MOST_MARKED = 300
"""Rows that are marked at once: every mark is kept by itself."""


class Several(QObject):
    """Does it, and offers it in a menu; with one row selected, keys are about that one.

    Signals:
        told: str, what was not done, and why.
    """

    told = Signal(str)

    def __init__(
        self, rows: TrafficList, reusing: Reusing, marking: Marking, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._reusing = reusing
        self._marking = marking

    @property
    def are_selected(self) -> bool:
        """Whether more than one row is."""
        return self._rows.selected_count > 1

    def add_to(self, menu: QMenu) -> None:
        """Append what all selected rows can be used for; what needs a single one is left out."""
        menu.addAction(self._rows.selected_words).setEnabled(False)
        menu.addSeparator()
        rows = list(islice(self._rows.selected(), MOST_MARKED + 1))
        if len(rows) == 2:
            left, right = sorted(rows, key=_began)
            compare = menu.addAction("Compare these two")
            compare.setEnabled(not _are_one(left, right))
            compare.triggered.connect(
                lambda: self._reusing.comparing.compare("Compared", left, right)
            )
        export = menu.addAction("Export the selected as HAR…")
        export.triggered.connect(lambda: self._reusing.export_rows(self._rows.selected()))
        menu.addSeparator()
        if len(rows) <= MOST_MARKED:
            self._marking.add_colours(menu, rows)
        else:
            menu.addAction(f"Mark ({MOST_MARKED} rows at most)").setEnabled(False)

    def press(self, event: QKeyEvent) -> None:
        """A key that marks: all selected rows, while a note is written about the current one."""
        count = self._rows.selected_count
        alone = event.key() == NOTE or count < 2
        row = self._rows.current if event.key() == NOTE else self._rows.acting
        if count > MOST_MARKED and not alone:
            words = count_words(count, "row")
            self.told.emit(f"{words} are selected; at most {MOST_MARKED} are marked at once.")
        elif not alone:
            self._marking.press(event, list(self._rows.selected()))
        elif row is not None:
            self._marking.press(event, [row])


def _began(row: Row) -> float:
    login, exchange = row
    return (login if exchange is None else exchange).started_at


def _are_one(left: Row, right: Row) -> bool:
    """Whether a request would be compared with itself: it tells most about its login."""
    if left[1] is None and right[1] is None:
        return False
    return (left[1] or left[0].telling).id == (right[1] or right[0].telling).id

"""How rows of the list of traffic are selected: one, several, or all of 100,000."""

from collections.abc import Callable, Iterator
from itertools import islice

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRect
from PySide6.QtGui import QGuiApplication, QRegion
from PySide6.QtWidgets import QWidget

from sandbox_app.gui.live.picked_rows import picked_count, picked_rows, picked_words
from sandbox_app.gui.live.row_layout import Place
from sandbox_app.gui.live.rows_view import RowsView
from sandbox_app.gui.live.traffic_model import Index, Row
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.words import count_words

_Flag = QItemSelectionModel.SelectionFlag
_MOST_COPIED = 1_000
"""Lines on the clipboard; the last one says how many rows are not among them."""
_MOST_KEPT = 300
"""Selected rows that are looked for when all is taken anew."""


class SelectingRows(RowsView):
    """Selects runs of rows, never row by row; what is selected is all that a key is about.

    The cursor may be on a row that is not selected, as in any list.
    """

    def __init__(
        self,
        theme: Theme,
        now: Callable[[], float] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, now, parent)
        self._kept_selected: list[Row] = []
        self._going = False
        self._several = False
        """Whether something else is selected than the current row alone."""

    @property
    def current(self) -> Row | None:
        """The row the cursor is on."""
        return self._row_at(self.currentIndex())

    @property
    def acting(self) -> Row | None:
        """The row that a menu or key is about where not several are selected, or one of those."""
        return self._row_at(self._acting_index())

    @property
    def selected_count(self) -> int:
        """How many rows are selected."""
        return picked_count(self.selectionModel().selection())

    @property
    def selected_words(self) -> str:
        """ "2 logins and 1 request selected"."""
        return picked_words(self.selectionModel().selection(), foldable=self._folds)

    def selected(self) -> Iterator[Row]:
        """The selected rows in the order they are shown."""
        if self._traffic is None:
            return iter(())
        return picked_rows(self.selectionModel().selection(), self._traffic)

    def go_to(self, index: Index) -> None:
        """Put the cursor on a row and select it alone."""
        self._going = True
        self.setCurrentIndex(index)
        self._going = False

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """A row that is gone to is the only one, whatever keys are held down meanwhile."""
        if self._going:
            return _Flag.ClearAndSelect
        return super().selectionCommand(index, event)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """All rows from one end of the rectangle to the other, those below open rows too."""
        # Not normalized(), which moves an end where the rectangle is upside down.
        top, bottom = sorted((rect.top(), rect.bottom()))
        above = self.verticalOffset()
        self._select_within(top + above, bottom + above, command)

    def selectAll(self) -> None:
        """All that the list shows, in as many steps as logins are open."""
        self._select_within(0, self._layout.height, _Flag.ClearAndSelect)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where to repaint."""
        region = QRegion()
        for span in selection.toList():
            ends = self.visualRect(span.topLeft()), self.visualRect(span.bottomRight())
            region += QRegion(ends[0].united(ends[1]))
        return region

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Paint what is in sight anew; Qt would make an index for every row that is not."""
        self._weigh_selection()
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The cursor may leave the only selected row."""
        super().currentChanged(current, previous)
        self._weigh_selection()

    # Inside.

    def _select_within(self, top: int, bottom: int, command: _Flag) -> None:
        ends = self._layout.between(top, bottom)
        chosen = QItemSelection() if ends is None else self._from_to(*ends)
        self.selectionModel().select(chosen, command)

    def _from_to(self, first: Place, last: Place) -> QItemSelection:
        chosen = QItemSelection()
        top = first.row if first.child < 0 else first.row + 1
        if top <= last.row:
            chosen.select(self._index_of(Place(top)), self._index_of(Place(last.row)))
        for row, lowest, highest in self._layout.children_between(first, last):
            ends = Place(row, lowest), Place(row, highest)
            chosen.select(*(self._index_of(end) for end in ends))
        return chosen

    def _deselect_below(self, login: Login) -> None:
        """What is out of sight is not selected either."""
        if self._traffic is None:
            return
        parent = self._traffic.index_of(login)
        if not parent.isValid():
            return
        first = self._traffic.index(0, 0, parent)
        last = self._traffic.index(self._traffic.rowCount(parent) - 1, 0, parent)
        self.selectionModel().select(QItemSelection(first, last), _Flag.Deselect)

    def _row_at(self, index: Index) -> Row | None:
        model = self._traffic
        login = model.login_at(index) if model is not None else None
        return None if model is None or login is None else (login, model.exchange_at(index))

    def _acting_index(self) -> QModelIndex:
        """The only selected row, which the cursor may have left with Ctrl and an arrow.

        Of several, the one under the cursor; where that one is gone, any.
        """
        current, spans = self.currentIndex(), self.selectionModel().selection().toList()
        if self._traffic is None or not spans:
            return current
        if current.isValid() and self.selected_count > 1:
            return current
        return self._traffic.index(spans[0].top(), 0, spans[0].parent())

    def _weigh_selection(self) -> None:
        """Whether it is more than the current row: worked out once, not for each row, and told."""
        chosen = self.selectionModel()
        count = picked_count(chosen.selection())
        alone = count == 1 and chosen.isSelected(self.currentIndex())
        self._several = count > 0 and not alone
        self._say_selected()

    def _looks_selected(self, index: QModelIndex, *, current: bool) -> bool:
        return self.selectionModel().isSelected(index) if self._several else current

    def _say_selected(self) -> None:
        """To screen readers, for which such a view has no rows of its own."""
        words = self.currentIndex().data() or ""
        if words:
            looks = self._looks_selected(self.currentIndex(), current=True)
            words += ", selected" if looks else ", not selected"
        if self.selected_count > 1:
            words = f"{words}; {self.selected_words}"
        self.setAccessibleDescription(words)

    def _copy(self) -> None:
        model, row, count = self._traffic, self.acting, self.selected_count
        if model is None or row is None:
            return
        rows = islice(self.selected(), _MOST_COPIED) if count > 1 else [row]
        lines = [model.words_of(*one) for one in rows]
        if count > _MOST_COPIED:
            lines.append(f"and {count_words(count - _MOST_COPIED, 'more row')}")
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _keep_selected(self) -> None:
        several = 1 < self.selected_count <= _MOST_KEPT
        self._kept_selected = list(self.selected()) if several else []

    def _find_selected(self) -> None:
        """Select what was selected and is there still."""
        chosen = QItemSelection()
        if self._traffic is not None and self._kept_selected:
            for index in self._traffic.indexes_of(self._kept_selected):
                chosen.select(index, index)
        self._kept_selected = []
        if not chosen.isEmpty():
            self.selectionModel().select(chosen, _Flag.ClearAndSelect)
        self._weigh_selection()

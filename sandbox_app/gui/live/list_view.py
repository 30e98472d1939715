"""The list of traffic: what rows do when clicked, typed over, or pushed down by newer ones."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QWidget

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live.fading import MOST_FADING, Fading
from sandbox_app.gui.live.following import Following
from sandbox_app.gui.live.marking import is_marking_key
from sandbox_app.gui.live.row_layout import Place
from sandbox_app.gui.live.selecting_rows import SelectingRows
from sandbox_app.gui.live.traffic_model import Index, Row, TrafficModel
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.login import Login

_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class TrafficList(SelectingRows):
    """Logins that open to their requests, or requests flat; newest first.

    Signals:
        chosen: (Login, Exchange or None), the row the cursor went to.
        follow_changed: bool, whether it follows now.
        typed: str, letters typed over the list, meant for the filter.
        moved: other rows are in sight.
        menu_wanted: (Login, Exchange or None, QPoint on the screen).
    """

    chosen = Signal(object, object)
    follow_changed = Signal(bool)
    typed = Signal(str)
    moved = Signal()
    menu_wanted = Signal(object, object, object)

    def __init__(
        self,
        theme: Theme,
        now: Callable[[], float] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, now, parent)
        self._kept: Row | None = None
        self._quiet = False
        self._following = Following(theme, self)
        self._following.changed.connect(self.follow_changed)
        self._fading = Fading(self._repaint, self)
        self.setAccessibleName("Traffic, newest first")
        self.verticalScrollBar().valueChanged.connect(lambda: self.moved.emit())

    def show_model(self, model: TrafficModel[Any]) -> None:
        """Show another model; what the old one told of is forgotten."""
        old, self._traffic = self._traffic, model
        if old is not None:
            old.modelAboutToBeReset.disconnect(self._keep_current)
            old.modelReset.disconnect(self._restore_current)
            old.rowsRemoved.disconnect(self._relayout)
            old.found.disconnect(self._find_current)
        self.setModel(model)
        model.found.connect(self._find_current)
        model.modelAboutToBeReset.connect(self._keep_current)
        model.modelReset.connect(self._restore_current)
        model.rowsRemoved.connect(self._relayout)
        self._following.see_all()
        self._weigh_selection()
        self.doItemsLayout()

    def forget(self) -> None:
        """The book was emptied: no login of it is open, chosen or new any more."""
        self._opened.clear()
        self._fading.forget()
        self._kept = None
        self._relayout()
        self.set_follows(True)

    @property
    def follows(self) -> bool:
        """Whether the newest row stays in sight."""
        return self._following.on

    @property
    def unseen(self) -> int:
        """How many rows arrived while it did not follow."""
        return self._following.unseen

    @property
    def near_end(self) -> bool:
        """Whether less than a page is left below what is in sight."""
        bar = self.verticalScrollBar()
        return bar.maximum() - bar.value() <= self.viewport().height()

    def set_follows(self, follows: bool) -> None:
        """Go to the newest row and stay there, or stay here."""
        self._following.turn(follows)

    def set_open(self, login: Login, opened: bool) -> None:
        """Show or hide a login's requests; the row itself stays where it is on screen."""
        if opened == self.is_open(login) or not self._folds:
            return
        if not login.login_id:
            # A request that belongs to no login says all there is on its own row.
            return
        current = self._traffic.login_at(self.currentIndex()) if self._traffic else None
        if opened:
            self._opened[login.serial] = login
        else:
            self._deselect_below(login)
            del self._opened[login.serial]
            if current is login and self.currentIndex().parent().isValid():
                self.go_to(self.currentIndex().parent())
        self._relayout()

    def choose(self, login: Login, exchange: Exchange | None = None) -> bool:
        """Put the cursor on a row and show it; false where the filter hides it."""
        if self._traffic is None:
            return False
        if exchange is not None:
            self.set_open(login, True)
        self._traffic.look_for(login)
        has_rows = login.login_id or not self._folds
        index = self._traffic.index_of(login, exchange if has_rows else None)
        if not index.isValid():
            return False
        self.go_to(index)
        self.scrollTo(index)
        return True

    def choose_when_found(self, login: Login, exchange: Exchange | None) -> None:
        """Put the cursor on a row as soon as it is there."""
        if exchange is not None:
            self.set_open(login, True)
        self._kept = login, exchange
        self._find_current()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row; by key, of the selected one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self._acting_index() if by_key else self.indexAt(event.pos())
        login = self._traffic.login_at(index) if self._traffic is not None else None
        if login is None or self._traffic is None:
            return
        where = event.globalPos()
        if by_key:
            where = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        self.menu_wanted.emit(login, self._traffic.exchange_at(index), where)

    # Following the model.

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Newest rows push the others down unless what is on screen must stay."""
        if parent.isValid():
            self._unfold_more(parent, start, end - start + 1)
            return
        count = end - start + 1
        before = self.verticalOffset()
        self._relayout()
        adding_older = self._traffic is not None and self._traffic.adding_older
        if start == 0 and not adding_older:
            self._let_fade(count)
            self._following.came_above(count, before, count * self._row_height())
        super().rowsInserted(parent, start, end)

    def _unfold_more(self, parent: Index, start: int, count: int) -> None:
        """An open login got requests; above what is on screen they push nothing down."""
        login = self._traffic.login_at(parent) if self._traffic is not None else None
        if login is None or not self.is_open(login):
            return
        before = self.verticalOffset()
        self._relayout()
        top, height = self._layout.span(Place(parent.row(), start))
        if not self.follows and top < before:
            self._following.hold(before + count * height)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """A removed current row leaves no cursor behind, rather than one on a neighbour."""
        current = self.currentIndex()
        row = current if current.parent() == parent else current.parent()
        if row.isValid() and row.parent() == parent and start <= row.row() <= end:
            self.selectionModel().clearCurrentIndex()
        super().rowsAboutToBeRemoved(parent, start, end)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Report the row."""
        super().currentChanged(current, previous)
        if self._quiet or self._traffic is None:
            return
        login = self._traffic.login_at(current)
        if login is not None:
            self.chosen.emit(login, self._traffic.exchange_at(current))

    # Mouse, keys, painting.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right fold, letters go to the filter, Ctrl+C copies what is selected in words.

        Keys that mark are left to the place.
        """
        login = self._traffic.login_at(self.currentIndex()) if self._traffic else None
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif key == Qt.Key.Key_Right and login is not None:
            self._step_right(login)
        elif key == Qt.Key.Key_Left and login is not None:
            self._step_left(login)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and login is not None:
            if self._on_login():
                self.set_open(login, not self.is_open(login))
            self.activated.emit(self.currentIndex())
        elif is_marking_key(event):
            event.ignore()
        elif _is_letter(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the chevron folds; anywhere else it chooses."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        login = self._traffic.login_at(index) if self._traffic is not None else None
        if login is not None and not index.parent().isValid() and self._is_chevron(point):
            self.set_open(login, not self.is_open(login))
            return
        super().mousePressEvent(event)
        if self.selected_count == 1 and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # The other was taken away, and the one that is left is what is looked at.
            unchanged = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._acting_index(), unchanged)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging selects nothing: rows may move below a pointer that stands still."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            event.accept()
            return
        super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens or closes a login."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        login = self._traffic.login_at(index) if self._traffic is not None else None
        if login is not None and not index.parent().isValid():
            self.set_open(login, not self.is_open(login))

    def _on_login(self) -> bool:
        model = self._traffic
        return model is not None and model.exchange_at(self.currentIndex()) is None

    def _step_right(self, login: Login) -> None:
        if self._on_login() and self.is_open(login):
            self.go_to(self.model().index(0, 0, self.currentIndex()))
        elif self._on_login():
            self.set_open(login, True)

    def _step_left(self, login: Login) -> None:
        parent = self.currentIndex().parent()
        if parent.isValid():
            self.go_to(parent)
        else:
            self.set_open(login, False)

    # The cursor, when everything is taken anew.

    def _keep_current(self) -> None:
        model, current = self._traffic, self.currentIndex()
        login = model.login_at(current) if model is not None else None
        if login is not None and model is not None:
            self._kept = (login, model.exchange_at(current))
        self._keep_selected()

    def _restore_current(self) -> None:
        self._hovered = QPersistentModelIndex()
        self._relayout()
        self._find_current()
        self._find_selected()

    def _find_current(self) -> None:
        """Put the cursor where it was, once that row is there again."""
        if self._kept is None or self._traffic is None or self.currentIndex().isValid():
            return
        index = self._traffic.index_of(*self._kept)
        if index.isValid():
            self._quiet = True
            self.go_to(index)
            self._quiet = False

    # New rows.

    def freshness(self, login: Login) -> float:
        """Falls from 1.0 to 0.0 after a login came in, step by step."""
        return self._fading.of(login)

    def _let_fade(self, count: int) -> None:
        model = self._traffic
        if not self._theme.motion or not self.isVisible() or model is None or not model.foldable:
            return
        newest = (model.login_at(model.index(row, 0)) for row in range(min(count, MOST_FADING + 1)))
        self._fading.begin([login for login in newest if login is not None])

    def _repaint(self, login: Login) -> None:
        if self._traffic is not None:
            self.viewport().update(self.visualRect(self._traffic.index_of(login)))


def _is_letter(event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    plain = modifiers in (_NO_MODIFIER, Qt.KeyboardModifier.KeypadModifier)
    return plain and bool(event.text()) and event.text().isprintable() and event.text() != " "

"""The list of traffic: an item view with arithmetic layout, so that 100,000 rows stay fluid.

Qt's own tree and list views ask the model about every row whenever one is inserted; here nothing
but the rows on screen is ever looked at.
"""

from time import perf_counter

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import Pill, plain_tooltip
from sandbox_app.gui.live.model import RequestsModel, TrafficModel
from sandbox_app.gui.live.row_layout import Place, RowLayout
from sandbox_app.gui.live.row_painter import RowPainter, RowState
from sandbox_app.gui.theme import Theme, metrics
from sandbox_app.workbench.live.login import Login

Index = QModelIndex | QPersistentModelIndex

_MARGIN = 6
_MOST_FADING = 8
_FADE_STEP_MS = 40
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_Move = QAbstractItemView.CursorAction


class TrafficList(QAbstractItemView):
    """Logins that open to their requests, or requests flat; newest first.

    It follows the newest row while it stands at the top. Scrolled away, it keeps what is on
    screen where it is and counts what arrived on a pill.

    Signals:
        chosen: (Login, Exchange or None), the row the cursor went to.
        follow_changed: bool, whether it follows now.
        typed: str, letters typed over the list, meant for the filter.
    """

    chosen = Signal(object, object)
    follow_changed = Signal(bool)
    typed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painter = RowPainter(theme)
        self._traffic: TrafficModel | None = None
        self._layout = RowLayout(0, 1)
        self._opened: dict[int, Login] = {}
        self._hovered = QPersistentModelIndex()
        self._shown_id = ""
        self._kept: tuple[Login, Exchange | None] | None = None
        self._quiet = False
        self._follows = True
        self._unseen = 0
        self._fresh: dict[int, float] = {}
        self._fading = QTimer(self)
        self._fading.setInterval(_FADE_STEP_MS)
        self._fading.timeout.connect(self._fade)
        self._pill = Pill(theme, over=self)
        self._pill.clicked.connect(lambda: self.set_follows(True))
        self.setAccessibleName("Traffic, newest first")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        # Not doItemsLayout itself: a connection to an overridden slot outlives the view.
        theme.changed.connect(self._restyle)

    def show_model(self, model: TrafficModel) -> None:
        """Show another model; what the old one told of is forgotten."""
        old, self._traffic = self._traffic, model
        if old is not None:
            old.modelAboutToBeReset.disconnect(self._keep_current)
            old.modelReset.disconnect(self._restore_current)
            old.rowsRemoved.disconnect(self._relayout)
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._keep_current)
        model.modelReset.connect(self._restore_current)
        model.rowsRemoved.connect(self._relayout)
        self._set_unseen(0)
        self.doItemsLayout()

    @property
    def follows(self) -> bool:
        """Whether the newest row stays in sight."""
        return self._follows

    @property
    def unseen(self) -> int:
        """How many rows arrived while it did not follow."""
        return self._unseen

    def set_follows(self, follows: bool) -> None:
        """Go to the newest row and stay there, or stay here."""
        if follows:
            self._set_unseen(0)
            self.verticalScrollBar().setValue(0)
        if follows != self._follows:
            self._follows = follows
            self.follow_changed.emit(follows)

    def set_shown(self, exchange_id: str) -> None:
        """Mark the request whose details are open."""
        self._shown_id = exchange_id
        self.viewport().update()

    def is_open(self, login: Login) -> bool:
        """Whether its requests are shown below it."""
        return login.serial in self._opened

    def set_open(self, login: Login, opened: bool) -> None:
        """Show or hide a login's requests; the row itself stays where it is on screen."""
        if opened == self.is_open(login) or isinstance(self._traffic, RequestsModel):
            return
        if not login.login_id:
            # A request that belongs to no login says all there is on its own row.
            return
        current = self._traffic.login_at(self.currentIndex()) if self._traffic else None
        if opened:
            self._opened[login.serial] = login
        else:
            del self._opened[login.serial]
            if current is login and self.currentIndex().parent().isValid():
                self.setCurrentIndex(self.currentIndex().parent())
        self._relayout()

    def choose(self, login: Login, exchange: Exchange | None = None) -> bool:
        """Put the cursor on a row and show it; false where the filter hides it."""
        if self._traffic is None:
            return False
        if exchange is not None:
            self.set_open(login, True)
        foldable = login.login_id or isinstance(self._traffic, RequestsModel)
        index = self._traffic.index_of(login, exchange if foldable else None)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    # What an item view must know.

    def visualRect(self, index: Index) -> QRect:
        """The row in viewport coordinates; empty where it is folded away."""
        place = self._place_of(index)
        if place is None:
            return QRect()
        top, height = self._layout.span(place)
        return QRect(0, top - self.verticalOffset(), self.viewport().width(), height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row under a point of the viewport."""
        place = self._layout.at(point.y() + self.verticalOffset())
        return QModelIndex() if place is None else self._index_of(place)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Move as little as it takes."""
        place = self._place_of(index)
        if place is None:
            return
        top, height = self._layout.span(place)
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value():
            bar.setValue(top if place.row or place.child >= 0 else 0)
        elif top + height > bar.value() + room:
            bar.setValue(top + height - room)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads; Left and Right are dealt with by `keyPressEvent`."""
        place = self._place_of(self.currentIndex())
        if self._layout.rows == 0:
            return QModelIndex()
        if place is None or action is _Move.MoveHome:
            return self._index_of(Place(0))
        if action is _Move.MoveEnd:
            last = self._layout.at(self._layout.height - self._theme.px(_MARGIN) - 1)
            return self._index_of(last or place)
        if action in (_Move.MovePageUp, _Move.MovePageDown):
            return self._index_of(self._a_page_from(place, action is _Move.MovePageDown))
        forward = action in (_Move.MoveDown, _Move.MoveNext)
        step = self._layout.after if forward else self._layout.before
        return self._index_of(step(place) or place)

    def horizontalOffset(self) -> int:
        """Rows are as wide as the view."""
        return 0

    def verticalOffset(self) -> int:
        """Pixels scrolled away above."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Requests of a closed login are."""
        return self._place_of(index) is None

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """One row at a time: the one in the middle of the rectangle."""
        index = self.indexAt(rect.normalized().center())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where to repaint."""
        region = QRegion()
        for index in selection.indexes():
            region += QRegion(self.visualRect(index))
        return region

    # Following the model.

    def doItemsLayout(self) -> None:
        """Work the arithmetic out anew; it looks at no closed row."""
        self._relayout()
        super().doItemsLayout()

    def updateGeometries(self) -> None:
        """Give the scroll bar the whole height."""
        super().updateGeometries()
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(room)
        bar.setSingleStep(self._theme.px(metrics.REQUEST_ROW))
        bar.setRange(0, max(0, self._layout.height - room))

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Newest rows push the others down unless what is on screen must stay."""
        if parent.isValid():
            login = self._traffic.login_at(parent) if self._traffic is not None else None
            if login is not None and self.is_open(login):
                self._relayout()
            return
        count = end - start + 1
        before = self.verticalOffset()
        self._relayout()
        if start == 0:
            self._note_fresh(count)
            if not self._follows:
                pushed = count * self._row_height()
                self._quietly_scroll(before + pushed)
                if self.verticalOffset() > 0:
                    self._set_unseen(self._unseen + count)
        super().rowsInserted(parent, start, end)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """A removed current row leaves no cursor behind, rather than one on a neighbour."""
        current = self.currentIndex()
        row = current if current.parent() == parent else current.parent()
        if row.isValid() and row.parent() == parent and start <= row.row() <= end:
            self.selectionModel().clear()
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
        """Left and Right fold, letters go to the filter, Ctrl+C copies the row in words."""
        login = self._traffic.login_at(self.currentIndex()) if self._traffic else None
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            words = self.currentIndex().data()
            if isinstance(words, str):
                QGuiApplication.clipboard().setText(words)
        elif key == Qt.Key.Key_Right and login is not None:
            self._step_right(login)
        elif key == Qt.Key.Key_Left and login is not None:
            self._step_left(login)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and login is not None:
            if self._on_login():
                self.set_open(login, not self.is_open(login))
            self.activated.emit(self.currentIndex())
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

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens or closes a login."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        login = self._traffic.login_at(index) if self._traffic is not None else None
        if login is not None and not index.parent().isValid():
            self.set_open(login, not self.is_open(login))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover follows the pointer."""
        self._hover(self.indexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Hover ends outside; a cut row shows whole in a tooltip."""
        if event.type() == QEvent.Type.Leave:
            self._hover(QModelIndex())
        if isinstance(event, QHelpEvent):
            words = self.indexAt(event.pos()).data()
            QToolTip.showText(event.globalPos(), plain_tooltip(words or ""), self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The scroll range depends on the height."""
        super().resizeEvent(event)
        self.updateGeometries()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows on screen and no other."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("surface"))
        margin = self._theme.px(_MARGIN)
        offset = self.verticalOffset()
        place = self._layout.at(max(event.rect().top() + offset, margin))
        now = perf_counter()
        while place is not None:
            top, height = self._layout.span(place)
            rect = QRect(0, top - offset, self.viewport().width(), height)
            if rect.top() > event.rect().bottom():
                break
            self._paint_row(painter, rect, self._index_of(place), now)
            place = self._layout.after(place)
        painter.end()

    def _paint_row(self, painter: QPainter, rect: QRect, index: QModelIndex, now: float) -> None:
        if self._traffic is None:
            return
        login = self._traffic.login_at(index)
        exchange = self._traffic.exchange_at(index)
        if login is None:
            return
        current = index == self.currentIndex()
        state = RowState(
            selected=current,
            hovered=index == self._hovered,
            focused=current and self.hasFocus(),
            opened=self.is_open(login),
            shown=exchange is not None and exchange.id == self._shown_id,
            fresh=self._freshness(login, now) if exchange is None else 0.0,
        )
        if exchange is None:
            self._painter.login(painter, rect, login, state)
        elif index.internalId():
            self._painter.child(painter, rect, exchange, state)
        else:
            self._painter.request(painter, rect, exchange, state)

    # Arithmetic.

    def _row_height(self) -> int:
        flat = isinstance(self._traffic, RequestsModel)
        return self._theme.px(metrics.REQUEST_ROW if flat else metrics.LOGIN_ROW)

    def _relayout(self) -> None:
        model = self._traffic
        if model is None:
            return
        opened = []
        for login in list(self._opened.values()):
            index = model.index_of(login) if not isinstance(model, RequestsModel) else QModelIndex()
            if index.isValid():
                opened.append((index.row(), model.rowCount(index)))
            elif not login.exchanges:
                del self._opened[login.serial]
        self._layout = RowLayout(
            model.rowCount(),
            self._row_height(),
            self._theme.px(metrics.REQUEST_ROW),
            sorted(opened),
            self._theme.px(_MARGIN),
        )
        self.updateGeometries()
        self.viewport().update()

    def _restyle(self) -> None:
        self.doItemsLayout()

    def _index_of(self, place: Place) -> QModelIndex:
        if self._traffic is None:
            return QModelIndex()
        row = self._traffic.index(place.row, 0)
        return row if place.child < 0 else self._traffic.index(place.child, 0, row)

    def _place_of(self, index: Index) -> Place | None:
        if not index.isValid() or self._traffic is None:
            return None
        parent = index.parent()
        if not parent.isValid():
            return Place(index.row())
        login = self._traffic.login_at(parent)
        if login is None or not self.is_open(login):
            return None
        return Place(parent.row(), index.row())

    def _a_page_from(self, place: Place, down: bool) -> Place:
        top, _ = self._layout.span(place)
        room = max(self._row_height(), self.viewport().height() - self._row_height())
        margin = self._theme.px(_MARGIN)
        wanted = top + room if down else top - room
        y = min(max(wanted, margin), self._layout.height - margin - 1)
        return self._layout.at(y) or place

    def _is_chevron(self, point: QPoint) -> bool:
        flat = isinstance(self._traffic, RequestsModel)
        return not flat and point.x() < self._theme.px(RowPainter.CHEVRON_END)

    def _on_login(self) -> bool:
        model = self._traffic
        return model is not None and model.exchange_at(self.currentIndex()) is None

    def _step_right(self, login: Login) -> None:
        if self._on_login() and self.is_open(login):
            self.setCurrentIndex(self.model().index(0, 0, self.currentIndex()))
        elif self._on_login():
            self.set_open(login, True)

    def _step_left(self, login: Login) -> None:
        parent = self.currentIndex().parent()
        if parent.isValid():
            self.setCurrentIndex(parent)
        else:
            self.set_open(login, False)

    def _hover(self, index: QModelIndex) -> None:
        if index != self._hovered:
            self._hovered = QPersistentModelIndex(index)
            self.viewport().update()

    # Following the newest.

    def _scrolled(self, value: int) -> None:
        if self._quiet:
            return
        if value == 0:
            self.set_follows(True)
        elif self._follows:
            self.set_follows(False)

    def _quietly_scroll(self, value: int) -> None:
        self._quiet = True
        self.verticalScrollBar().setValue(value)
        self._quiet = False

    def _set_unseen(self, count: int) -> None:
        self._unseen = count
        self._pill.set_count(count)

    def _keep_current(self) -> None:
        model, current = self._traffic, self.currentIndex()
        login = model.login_at(current) if model is not None else None
        if login is not None and model is not None:
            self._kept = (login, model.exchange_at(current))

    def _restore_current(self) -> None:
        self._hovered = QPersistentModelIndex()
        self._relayout()
        if self._kept is None or self._traffic is None:
            return
        index = self._traffic.index_of(*self._kept)
        if index.isValid():
            self._quiet = True
            self.setCurrentIndex(index)
            self._quiet = False

    def _note_fresh(self, count: int) -> None:
        if not self._theme.motion or count > _MOST_FADING or not self.isVisible():
            return
        if self._traffic is None or isinstance(self._traffic, RequestsModel):
            return
        now = perf_counter()
        for row in range(count):
            login = self._traffic.login_at(self._traffic.index(row, 0))
            if login is not None:
                self._fresh[login.serial] = now
        self._fading.start()

    def _freshness(self, login: Login, now: float) -> float:
        born = self._fresh.get(login.serial)
        return 0.0 if born is None else max(0.0, 1 - (now - born) * 1000 / metrics.NEW_ROW_MS)

    def _fade(self) -> None:
        oldest = perf_counter() - metrics.NEW_ROW_MS / 1000
        self._fresh = {serial: born for serial, born in self._fresh.items() if born > oldest}
        if not self._fresh or len(self._fresh) > 4 * _MOST_FADING:
            self._fresh.clear()
            self._fading.stop()
        self.viewport().update()


def _is_letter(event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    plain = modifiers in (_NO_MODIFIER, Qt.KeyboardModifier.KeypadModifier)
    return plain and bool(event.text()) and event.text().isprintable() and event.text() != " "

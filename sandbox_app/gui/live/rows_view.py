"""The arithmetic half of the list of traffic: an item view in which 100,000 rows stay fluid.

Qt's own tree and list views ask the model about every row whenever one is inserted; here nothing
but the rows on screen is ever looked at.
"""

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import plain_tooltip
from sandbox_app.gui.live.mark_painter import paint_mark
from sandbox_app.gui.live.row_layout import Place, RowLayout
from sandbox_app.gui.live.row_painter import RowPainter, RowState
from sandbox_app.gui.live.row_pictures import Draw, RowPictures
from sandbox_app.gui.live.traffic_model import Index, TrafficModel
from sandbox_app.gui.theme import Theme, metrics
from sandbox_app.workbench.live.login import Login

_MARGIN = 6
_Move = QAbstractItemView.CursorAction


class RowsView(QAbstractItemView):
    """Shows the rows of a `TrafficModel`; logins that are open show their requests below them.

    Args:
        now: epoch seconds; rows of another day say which. Without it none does.
    """

    def __init__(
        self,
        theme: Theme,
        now: Callable[[], float] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painter = RowPainter(theme, now)
        self._pictures = RowPictures()
        self._traffic: TrafficModel[Any] | None = None
        self._layout = RowLayout(0, 1)
        self._opened: dict[int, Login] = {}
        self._hovered = QPersistentModelIndex()
        self._shown_id = ""
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        # Not doItemsLayout itself: a connection to an overridden slot outlives the view.
        theme.changed.connect(self._restyle)

    def set_shown(self, exchange_id: str) -> None:
        """Mark the request whose details are open."""
        self._shown_id = exchange_id
        self.viewport().update()

    def is_open(self, login: Login) -> bool:
        """Whether its requests are shown below it."""
        return login.serial in self._opened

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
        while place is not None:
            top, height = self._layout.span(place)
            rect = QRect(0, top - offset, self.viewport().width(), height)
            if rect.top() > event.rect().bottom():
                break
            self._paint_row(painter, rect, self._index_of(place))
            place = self._layout.after(place)
        painter.end()

    def _paint_row(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        if self._traffic is None:
            return
        login = self._traffic.login_at(index)
        exchange = self._traffic.exchange_at(index)
        if login is None:
            return
        current = index == self.currentIndex()
        state = RowState(
            selected=self._looks_selected(index, current=current),
            hovered=index == self._hovered,
            focused=current and self.hasFocus(),
            opened=self.is_open(login),
            shown=exchange is not None and exchange.id == self._shown_id,
            fresh=self.freshness(login) if exchange is None else 0.0,
        )
        ground = self._theme.color("surface")
        shown, draw = self._look_of(login, exchange, state, child=bool(index.internalId()))
        self._pictures.paint(painter, rect, ground, shown, draw)
        paint_mark(painter, self._theme, rect, self._traffic.marks.of(login, exchange))

    def _looks_selected(self, index: QModelIndex, *, current: bool) -> bool:
        """Whether it has the ground of a selected row."""
        return current

    def _look_of(
        self, login: Login, exchange: Exchange | None, state: RowState, *, child: bool
    ) -> tuple[Hashable, Draw]:
        """What tells the row's look from others, and how to draw it."""
        paint = self._painter
        if exchange is None:
            # Nothing but its requests changes a login.
            shown = (login.serial, login.requests, len(login.exchanges), state)
            return shown, lambda painter, rect: paint.login(painter, rect, login, state)
        if child:
            return (exchange.id, "child", state), lambda painter, rect: paint.child(
                painter, rect, exchange, state
            )
        return (exchange.id, state), lambda painter, rect: paint.request(
            painter, rect, exchange, state
        )

    def freshness(self, login: Login) -> float:
        """How new a login looks, 1.0 to 0.0."""
        return 0.0

    @property
    def _folds(self) -> bool:
        """Whether its rows are logins that open."""
        return self._traffic is None or self._traffic.foldable

    def _row_height(self) -> int:
        return self._theme.px(metrics.LOGIN_ROW if self._folds else metrics.REQUEST_ROW)

    def _relayout(self) -> None:
        model = self._traffic
        if model is None:
            return
        opened = []
        for login in list(self._opened.values()):
            index = model.index_of(login) if model.foldable else QModelIndex()
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
        self._pictures.forget()
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
        return self._folds and point.x() < self._theme.px(RowPainter.CHEVRON_END)

    def _hover(self, index: QModelIndex) -> None:
        if index != self._hovered:
            self._hovered = QPersistentModelIndex(index)
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Hover ends outside; a cut row shows whole in a tooltip."""
        if event.type() == QEvent.Type.Leave:
            self._hover(QModelIndex())
        if isinstance(event, QHelpEvent):
            words = self.indexAt(event.pos()).data()
            QToolTip.showText(event.globalPos(), plain_tooltip(words or ""), self)
            return True
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover follows the pointer."""
        self._hover(self.indexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

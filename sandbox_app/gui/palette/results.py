"""Shows the rows of the palette; the keyboard stays in the field above."""

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from sandbox_app.gui.components.painting import (
    RIGHT,
    paint_icon,
    paint_selection,
    paint_text_elided,
)
from sandbox_app.gui.palette.hits import Hit
from sandbox_app.gui.palette.model import HitModel, Index
from sandbox_app.gui.theme import Role, Theme, Token, metrics

ROW: Final = 36
WORD: Final = 28
_BESIDE: Final = 8
_TEXT: Final = 20
_GAP: Final = 16
_LEAST_DETAIL: Final = 96


class ResultsView(QListView):
    """A list without focus of its own.

    Signals:
        pressed_hit: Hit, the one that was clicked.
    """

    pressed_hit = Signal(object)

    def __init__(self, theme: Theme, model: HitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hits = model
        self._painter = _HitPainter(theme, model, self)
        self.setItemDelegate(self._painter)
        self.setModel(model)
        self.setAccessibleName("Results")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The panel it lies on has the ground.
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; }")
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current(self) -> Hit | None:
        """The hit Enter would take."""
        return self._hits.hit(self.currentIndex().row())

    def go_to(self, row: int) -> None:
        """Make a row the current one; -1 for none."""
        index = self._hits.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags)
        if row >= 0:
            # Up to the first hit, its word is to be seen again too.
            above = 0 if row == self._hits.beside(-1, 1) else row
            self.scrollTo(self._hits.index(above, 0))
            self.scrollTo(index)

    def step(self, steps: int) -> None:
        """Go so many hits down or up."""
        self.go_to(self._hits.beside(self.currentIndex().row(), steps))

    def content_height(self) -> int:
        """What all rows together need."""
        words = sum(isinstance(row, str) for row in self._hits.rows)
        hits = len(self._hits.rows) - words
        return words * self._theme.px(WORD) + hits * self._theme.px(ROW)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The hit under a moving pointer becomes the current one."""
        row = self.indexAt(event.position().toPoint()).row()
        if self._hits.hit(row) is not None and row != self.currentIndex().row():
            self.go_to(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing yet."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the hit."""
        hit = self._hits.hit(self.indexAt(event.position().toPoint()).row())
        if hit is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pressed_hit.emit(hit)


class _HitPainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, model: HitModel, view: ResultsView) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        word = self._model.hit(index.row()) is None
        return QSize(0, self._theme.px(WORD if word else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        rect = option.rect
        hit = self._model.hit(index.row())
        if hit is None:
            words = rect.adjusted(px(_TEXT), px(4), -px(_TEXT), 0)
            text = str(index.data() or "")
            paint_text_elided(painter, theme, words, text, Role.SMALL_STRONG, "text3")
            return
        current = index.row() == self._view.currentIndex().row()
        ground = rect.adjusted(px(_BESIDE), px(1), -px(_BESIDE), -px(1))
        paint_selection(painter, theme, ground, selected=current)
        self._paint_words(painter, rect.adjusted(px(_TEXT), 0, -px(_TEXT), 0), hit, current)

    def _paint_words(self, painter: QPainter, box: QRect, hit: Hit, current: bool) -> None:
        theme, px = self._theme, self._theme.px
        token: Token = "accent_text" if current else "text2"
        slot = QRect(box.left(), box.top(), px(metrics.ICON_ROW), box.height())
        paint_icon(painter, theme, slot, hit.icon, token, metrics.ICON_ROW)
        box.setLeft(slot.right() + 1 + px(10))
        detail = min(theme.text_width(Role.HELP, hit.detail[:200]) + 1, box.width())
        title = theme.text_width(Role.LABEL, hit.title[:200]) + 1
        # The title goes first; the detail takes what is left, but never vanishes for it.
        room = min(title, max(box.width() - min(detail, px(_LEAST_DETAIL)) - px(_GAP), 0))
        first = QRect(box.left(), box.top(), room if hit.detail else box.width(), box.height())
        paint_text_elided(painter, theme, first, hit.title, Role.LABEL, "text")
        if hit.detail:
            box.setLeft(first.right() + 1 + px(_GAP))
            paint_text_elided(painter, theme, box, hit.detail, Role.HELP, "text2", RIGHT)

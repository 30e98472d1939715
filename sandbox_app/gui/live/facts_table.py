"""A table of names and values, as high as its rows: headers, parameters, claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sandbox_app.gui.components.painting import (
    LEFT,
    paint_hairline,
    paint_icon,
    paint_selection,
    paint_text_elided,
)
from sandbox_app.gui.components.plain_text import plain_tooltip
from sandbox_app.gui.live.row_menu import ShownValue
from sandbox_app.gui.live.wrapping import lines_needed, paint_wrapped
from sandbox_app.gui.theme import Role, Theme, Token, metrics

Index = QModelIndex | QPersistentModelIndex

_PADDING = 8
_MEANING = 2
_MARKED = metrics.ICON_INLINE + 6
"""What the mark of a failing claim takes from the room for its meaning."""

_NARROWEST_NAME, _WIDEST_NAME = 96, 240
_VALUE_SHARE = 0.52


@dataclass(frozen=True, slots=True)
class Fact:
    """One row; `failing` marks it as the reason something does not work.

    `terms` may find other exchanges with the same value.
    """

    cells: tuple[str, ...]
    failing: bool = False
    terms: tuple[str, ...] = ()


class _FactsModel(QAbstractTableModel):
    def __init__(self, columns: tuple[str, ...]) -> None:
        super().__init__()
        self._columns = columns
        self.facts: tuple[Fact, ...] = ()

    def replace(self, facts: tuple[Fact, ...]) -> None:
        self.beginResetModel()
        self.facts = facts
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.facts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self.facts[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        return plain_tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._columns[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _FactDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, table: "FactsTable") -> None:
        super().__init__(table)
        self._theme = theme
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.px(metrics.CLAIM_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        fact = self._table.fact(index.row())
        rect = option.rect
        state = option.state
        if fact.failing:
            painter.fillRect(rect, theme.color("bad_soft"))
        selected = bool(state & QStyle.StateFlag.State_Selected)
        current = index.row() == self._table.currentIndex().row() and self._table.hasFocus()
        paint_selection(painter, theme, rect, selected=selected, full_width=True)
        paint_hairline(painter, theme, rect, "accent_text" if current else "line")
        box = rect.adjusted(px(_PADDING), 0, -px(_PADDING), 0)
        role, token = self._look(index.column(), fact)
        first_line = QRect(box.left(), box.top(), box.width(), px(metrics.CLAIM_ROW))
        if index.column() != _MEANING:
            elide = Qt.TextElideMode.ElideMiddle if index.column() else Qt.TextElideMode.ElideRight
            words = fact.cells[index.column()]
            paint_text_elided(painter, theme, first_line, words, role, token, LEFT, elide)
            return
        if fact.failing:
            slot = first_line.adjusted(0, 0, px(metrics.ICON_INLINE) - box.width(), 0)
            paint_icon(painter, theme, slot, "refused", "bad", metrics.ICON_INLINE)
            box.setLeft(box.left() + px(_MARKED))
        box.setTop(box.top() + (px(metrics.CLAIM_ROW) - theme.metrics(role).lineSpacing()) // 2)
        paint_wrapped(painter, theme, box, fact.cells[_MEANING], role, token)

    def _look(self, column: int, fact: Fact) -> tuple[Role, Token]:
        if column == _MEANING:
            return _meaning_role(fact), "bad" if fact.failing else "text2"
        return Role.MONO, "text"


class FactsTable(QTableView):
    """Rows to read and copy; it grows with them and never scrolls by itself.

    Ctrl+C copies the selected rows, cells separated by tabs.

    Args:
        name: accessible name.
        columns: titles; the first is a name, the second a value, a third explains.

    Signals:
        value_asked: (ShownValue, QMenu, QPoint), what can be done with the value of a row shall
            be appended to the menu, and that shown there on the screen.
    """

    value_asked = Signal(object, object, object)

    def __init__(
        self, theme: Theme, name: str, columns: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts = _FactsModel(columns)
        self._delegate = _FactDelegate(theme, self)
        self.setModel(self._facts)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(theme.px(48))
        head.setStretchLastSection(True)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show other rows."""
        self._facts.replace(tuple(facts))
        self._restyle()

    def fact(self, row: int) -> Fact:
        """One row."""
        return self._facts.facts[row]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All rows."""
        return self._facts.facts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies whole rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectedIndexes()})
            text = "\n".join("\t".join(self.fact(row).cells) for row in rows)
            if text:
                QGuiApplication.clipboard().setText(text)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row; by key, of the current one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        where = event.globalPos()
        if by_key:
            where = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        fact = self.fact(index.row())
        self.value_asked.emit(ShownValue(fact.cells[1], fact.terms), QMenu(self), where)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The pane around it scrolls."""
        event.ignore()

    def resizeEvent(self, event: Any) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        px, width = self._theme.px, self.viewport().width()
        name = max(
            (self._theme.text_width(Role.MONO, fact.cells[0]) for fact in self._facts.facts),
            default=0,
        )
        first = min(max(name + px(2 * _PADDING + 8), px(_NARROWEST_NAME)), px(_WIDEST_NAME))
        self.setColumnWidth(0, first)
        if self._facts.columnCount() > _MEANING:
            value = int((width - first) * _VALUE_SHARE)
            self.setColumnWidth(1, value)
            self._claim_heights(width - first - value)
        else:
            self._claim_height(len(self._facts.facts) * px(metrics.CLAIM_ROW))

    def _claim_heights(self, width: int) -> None:
        """Rows whose meaning takes several lines in `width` px get room for them."""
        px, head, whole = self._theme.px, self.verticalHeader(), 0
        for row, fact in enumerate(self._facts.facts):
            role = _meaning_role(fact)
            room = width - px(2 * _PADDING + (_MARKED if fact.failing else 0))
            more = lines_needed(self._theme, role, fact.cells[_MEANING], room) - 1
            height = px(metrics.CLAIM_ROW) + more * self._theme.metrics(role).lineSpacing()
            if head.sectionSize(row) != height:
                head.resizeSection(row, height)
            whole += height
        self._claim_height(whole)

    def _claim_height(self, rows: int) -> None:
        self.setFixedHeight(self._theme.px(metrics.TABLE_HEADER) + rows + 1)

    def _restyle(self) -> None:
        px = self._theme.px
        self.verticalHeader().setDefaultSectionSize(px(metrics.CLAIM_ROW))
        self.horizontalHeader().setFixedHeight(px(metrics.TABLE_HEADER))
        self._share_width()
        self.viewport().update()


def _meaning_role(fact: Fact) -> Role:
    return Role.STATUS if fact.failing else Role.HELP

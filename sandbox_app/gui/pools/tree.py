"""The tree at the left: which pool and which part of it is looked at."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from sandbox_app.gui.components.painting import (
    LEFT,
    RIGHT,
    paint_box,
    paint_focus_ring,
    paint_icon,
    paint_text_elided,
)
from sandbox_app.gui.pools.tree_model import NEW_POOL, Node, TreeModel
from sandbox_app.gui.records import USERS_MIME, keys_of_mime
from sandbox_app.gui.theme import Role, Theme, Token, metrics

Index = QModelIndex | QPersistentModelIndex

_ROW = 32
_INDENT = (8, 26, 48)
_CHEVRON = 14
_ICON_GAP = 10
_COUNT = 48


class PoolTree(QListView):
    """Pools and their sections; arrow keys move, Left and Right fold, Delete asks for deletion.

    Signals:
        place_chosen: (pool id, section key, group name); the last two may be empty.
        fold_wanted: (pool id, bool); a pool shall be opened or closed.
        delete_wanted: str, a pool id.
        menu_wanted: (Node, QPoint on the screen).
        users_dropped: (pool id, group name, list of subs).
    """

    place_chosen = Signal(str, str, str)
    fold_wanted = Signal(str, bool)
    delete_wanted = Signal(str)
    menu_wanted = Signal(object, QPoint)
    users_dropped = Signal(str, str, list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._nodes = TreeModel(self)
        self._delegate = _NodePainter(theme, self)
        self._place = ("", "", "")
        self._drop_row = -1
        self._showing = False
        self.setModel(self._nodes)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Pools")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(False)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def nodes(self) -> list[Node]:
        """The rows shown."""
        return self._nodes.nodes

    @property
    def drop_row(self) -> int:
        """The row that a drag is over and that would take it; -1 for none."""
        return self._drop_row

    def show_nodes(self, nodes: list[Node], place: tuple[str, str, str]) -> None:
        """Show these rows, and as the current one the row of `place`."""
        # Rows that go move the cursor; that is nobody's choice.
        self._showing = True
        self._place = place
        self._nodes.show(nodes)
        row = self._nodes.row_of(place)
        if row is not None and row != self.currentIndex().row():
            self.setCurrentIndex(self._nodes.index(row))
        self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right fold and unfold; Delete asks for deletion."""
        node = self._node(self.currentIndex())
        key = event.key()
        if node is not None and key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            opened = key == Qt.Key.Key_Right
            if node.open is not None and node.open is not opened:
                self.fold_wanted.emit(node.pool_id, opened)
            elif node.level and not opened:
                self._go_to((node.pool_id, "", ""))
            elif opened:
                super().keyPressEvent(QKeyEvent(event.type(), Qt.Key.Key_Down, event.modifiers()))
            return
        if node is not None and node.level == 0 and key == Qt.Key.Key_Delete:
            self.delete_wanted.emit(node.pool_id)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The chevron folds; the rest of the row is chosen."""
        index = self.indexAt(event.position().toPoint())
        node = self._node(index)
        if node is not None and node.open is not None and self._on_chevron(index, event):
            self.fold_wanted.emit(node.pool_id, not node.open)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a pool folds it."""
        node = self._node(self.indexAt(event.position().toPoint()))
        if node is not None and node.open is not None:
            self.fold_wanted.emit(node.pool_id, not node.open)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the row."""
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        node = self._node(index)
        if node is not None and node.place != NEW_POOL:
            below = self.visualRect(index).bottomLeft()
            keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
            spot = self.viewport().mapToGlobal(below) if keyboard else event.globalPos()
            self.menu_wanted.emit(node, spot)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Users only."""
        if event.mimeData().hasFormat(USERS_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Onto a group only."""
        index = self.indexAt(event.position().toPoint())
        node = self._node(index)
        self._show_drop(index.row() if node is not None and node.group else -1)
        if self._drop_row >= 0:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: object) -> None:
        """Nothing would be taken any more."""
        self._show_drop(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Users go into the group."""
        node = self._node(self.indexAt(event.position().toPoint()))
        self._show_drop(-1)
        if node is not None and node.group:
            event.acceptProposedAction()
            self.users_dropped.emit(
                node.pool_id, node.group, keys_of_mime(event.mimeData(), USERS_MIME)
            )

    def _show_drop(self, row: int) -> None:
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()

    def _go_to(self, place: tuple[str, str, str]) -> None:
        row = self._nodes.row_of(place)
        if row is not None:
            self.setCurrentIndex(self._nodes.index(row))

    def _node(self, index: Index) -> Node | None:
        return self._nodes.nodes[index.row()] if index.isValid() else None

    def _on_chevron(self, index: Index, event: QMouseEvent) -> bool:
        edge = self.visualRect(index).left() + self._theme.px(_INDENT[0] + _CHEVRON + 12)
        return event.position().x() < edge

    def _current_changed(self, current: Index, _previous: Index) -> None:
        node = self._node(current)
        if node is not None and node.place != self._place and not self._showing:
            self._place = node.place
            self.place_chosen.emit(*node.place)

    def _restyle(self) -> None:
        px = self._theme.px
        palette = QPalette()
        ground = QColor(self._theme.color("sunken"))
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, ground)
        self.setPalette(palette)
        self.setStyleSheet(f"QListView {{ background: {ground.name()}; padding: {px(8)}px 0px; }}")
        self.scheduleDelayedItemsLayout()


class _NodePainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, tree: PoolTree) -> None:
        super().__init__(tree)
        self._theme = theme
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        node = self._tree.nodes[index.row()]
        rect = option.rect.adjusted(px(metrics.LIST_OUTSIDE), 0, -px(metrics.LIST_OUTSIDE), 0)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or index.row() == self._tree.drop_row:
            paint_box(painter, rect, fill=theme.color("accent_soft"), radius=px(metrics.RADIUS))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint_box(painter, rect, fill=theme.color("hover"), radius=px(metrics.RADIUS))
        if option.state & QStyle.StateFlag.State_HasFocus and self._tree.hasFocus():
            paint_focus_ring(painter, theme, rect.adjusted(1, 1, -1, -1), px(metrics.RADIUS))
        self._paint_words(painter, rect, node, selected)

    def _paint_words(self, painter: QPainter, rect: QRect, node: Node, selected: bool) -> None:
        theme, px = self._theme, self._theme.px
        token: Token = "accent_text" if selected else "text"
        left = rect.left() + px(_INDENT[node.level])
        if node.level == 0:
            slot = QRect(rect.left() + px(4), rect.top(), px(_CHEVRON), rect.height())
            left = slot.right() + 1 + px(metrics.GRID)
            if node.open is not None:
                name = "chevron-down" if node.open else "chevron-right"
                paint_icon(painter, theme, slot, name, "text2", metrics.ICON_INLINE)
        slot = QRect(left, rect.top(), px(metrics.ICON_BUTTON), rect.height())
        tint: Token = "accent_text" if selected else "text2"
        paint_icon(painter, theme, slot, node.icon, tint, metrics.ICON_BUTTON)
        end = rect.right() - px(10)
        if node.count is not None:
            room = QRect(end - px(_COUNT), rect.top(), px(_COUNT), rect.height())
            paint_text_elided(painter, theme, room, f"{node.count:,}", Role.HELP, "text3", RIGHT)
            end -= theme.text_width(Role.HELP, f"{node.count:,}") + px(metrics.GRID)
        if node.unsaved:
            dot = QRect(end - px(6), rect.center().y() - px(3), px(6), px(6))
            paint_box(painter, dot, fill=theme.color("warn"), radius=px(3))
            end -= px(14)
        words = QRect(0, rect.top(), 0, rect.height())
        words.setLeft(slot.right() + 1 + px(_ICON_GAP))
        words.setRight(end)
        strong = node.level == 0 or selected
        role = Role.NAME if strong else Role.BODY
        paint_text_elided(painter, theme, words, node.title, role, token, LEFT)

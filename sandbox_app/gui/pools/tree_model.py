"""The rows of the tree: pools, below an open one its sections, and below Groups the groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Node:
    """One row. A pool has no section, a new one no id; a group has a name besides.

    `count` stands at the right, `None` for none; `open` is the chevron's state, `None` for a row
    without one.
    """

    pool_id: str
    title: str
    icon: str
    section: str = ""
    group: str = ""
    count: int | None = None
    open: bool | None = None
    unsaved: bool = False

    @property
    def level(self) -> int:
        """How deep it stands: 0 for a pool."""
        return 2 if self.group else 1 if self.section else 0

    @property
    def place(self) -> tuple[str, str, str]:
        """What the row is about; the same when its words are others."""
        return self.pool_id, self.section, self.group


NEW_POOL = ("", "", "")
"""The place of a pool that is still to be made."""


class TreeModel(QAbstractListModel):
    """The rows that are shown, in order; a change tells only of the rows it is about."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.nodes: list[Node] = []

    def show(self, nodes: Sequence[Node]) -> None:
        """Show these rows; a row about the same thing stays the same row."""
        wanted = list(nodes)
        if [node.place for node in wanted] == [node.place for node in self.nodes]:
            self._exchange(wanted)
            return
        keep = {node.place for node in wanted}
        for row in reversed(range(len(self.nodes))):
            if self.nodes[row].place not in keep:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self.nodes[row]
                self.endRemoveRows()
        for row, node in enumerate(wanted):
            if row < len(self.nodes) and self.nodes[row].place == node.place:
                continue
            if any(known.place == node.place for known in self.nodes):
                # The order is another: rare enough to begin anew.
                self.beginResetModel()
                self.nodes = wanted
                self.endResetModel()
                return
            self.beginInsertRows(QModelIndex(), row, row)
            self.nodes.insert(row, node)
            self.endInsertRows()
        self._exchange(wanted)

    def row_of(self, place: tuple[str, str, str]) -> int | None:
        """Where a place stands; `None` where it is not shown."""
        rows = (row for row, node in enumerate(self.nodes) if node.place == place)
        return next(rows, None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        return 0 if parent.isValid() else len(self.nodes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, and for screen readers what else the row shows."""
        if not index.isValid():
            return None
        node = self.nodes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return node.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = [node.title]
            if node.count is not None:
                words.append(str(node.count))
            if node.open is not None:
                words.append("open" if node.open else "closed")
            if node.unsaved:
                words.append("unsaved changes")
            return ", ".join(words)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Groups take users that are dragged onto them."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.nodes[index.row()].group:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def _exchange(self, wanted: list[Node]) -> None:
        changed = [row for row, node in enumerate(wanted) if node != self.nodes[row]]
        self.nodes = wanted
        for row in changed:
            self.dataChanged.emit(self.index(row), self.index(row))

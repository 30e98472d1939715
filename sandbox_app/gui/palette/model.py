"""The rows of the palette: hits under the words of their groups."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from sandbox_app.gui.palette.hits import Hit
from sandbox_app.gui.palette.matching import INSIDE, SCATTERED

Index = QModelIndex | QPersistentModelIndex
Row = Hit | str
"""A hit, or the word above those of a group."""


class HitModel(QAbstractListModel):
    """A few dozen rows, replaced as a whole at every letter."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return self._rows

    def replace(self, rows: Sequence[Row]) -> bool:
        """Show other rows; False when they are the same."""
        if tuple(rows) == self._rows:
            return False
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()
        return True

    def hit(self, row: int) -> Hit | None:
        """The hit in a row; None where there is a word, or nothing."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Hit) else None

    def beside(self, row: int, steps: int) -> int:
        """The row `steps` hits further down or up, as far as there are any; -1 without hits."""
        hits = [place for place in range(len(self._rows)) if self.hit(place) is not None]
        if not hits:
            return -1
        now = hits.index(row) if row in hits else (-1 if steps > 0 else len(hits))
        return hits[min(max(now + steps, 0), len(hits) - 1)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Plain words, also for screen readers."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row
        return f"{row.title}, {row.detail}" if row.detail else row.title

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only hits can be chosen."""
        if not index.isValid() or self.hit(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def arrange(hits: Iterable[Hit], per_group: int) -> list[Row]:
    """Best group first, best hit first in each; equal ones as they came, none twice.

    Names that only have the letters somewhere show where no name has the text itself.
    """
    found = list(hits)
    whole = any(hit.score >= INSIDE for hit in found)
    groups: dict[str, dict[str, Hit]] = {}
    for hit in found:
        if whole and SCATTERED <= hit.score < INSIDE:
            continue
        groups.setdefault(hit.group, {}).setdefault(hit.key, hit)
    ordered = [sorted(group.values(), key=lambda hit: -hit.score) for group in groups.values()]
    ordered.sort(key=lambda group: -group[0].score)
    rows: list[Row] = []
    for group in ordered:
        if group[0].group:
            rows.append(group[0].group)
        rows.extend(group[:per_group])
    return rows


def as_recent(hits: Iterable[Hit], word: str) -> list[Hit]:
    """The same under another word, above everything else."""
    return [replace(hit, group=word, score=float("inf")) for hit in hits]

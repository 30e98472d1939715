"""Where each row of the list lies: plain arithmetic, whatever the number of rows."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """A row, and below it one of its children; `child` is -1 for the row itself."""

    row: int
    child: int = -1


class RowLayout:
    """Rows of one height, a few of which are open and show children of another height.

    Args:
        rows: how many there are.
        row_height, child_height: in px.
        opened: (row, number of children) of every open row, by ascending row.
        margin: px above the first and below the last row.
    """

    __slots__ = ("_child_height", "_margin", "_opened", "_row_height", "rows")

    def __init__(
        self,
        rows: int,
        row_height: int,
        child_height: int = 0,
        opened: Sequence[tuple[int, int]] = (),
        margin: int = 0,
    ) -> None:
        self.rows = rows
        self._row_height = row_height
        self._child_height = child_height
        self._opened = tuple(opened)
        self._margin = margin

    @property
    def height(self) -> int:
        """Everything together."""
        children = sum(count for _, count in self._opened)
        return 2 * self._margin + self.rows * self._row_height + children * self._child_height

    def span(self, place: Place) -> tuple[int, int]:
        """Top and height of a row or child."""
        above = sum(count for row, count in self._opened if row < place.row)
        top = self._margin + place.row * self._row_height + above * self._child_height
        if place.child < 0:
            return top, self._row_height
        top += self._row_height + place.child * self._child_height
        return top, self._child_height

    def at(self, y: int) -> Place | None:
        """What lies at this height; `None` in the margins."""
        left = y - self._margin
        if left < 0 or y >= self.height - self._margin:
            return None
        done = 0
        for row, count in self._opened:
            rows_before = row + 1 - done
            if left < rows_before * self._row_height:
                break
            left -= rows_before * self._row_height
            if left < count * self._child_height:
                return Place(row, left // self._child_height)
            left -= count * self._child_height
            done = row + 1
        row = done + left // self._row_height
        return Place(row) if row < self.rows else None

    def after(self, place: Place) -> Place | None:
        """The next one down."""
        children = next((count for row, count in self._opened if row == place.row), 0)
        if place.child + 1 < children:
            return Place(place.row, place.child + 1)
        return Place(place.row + 1) if place.row + 1 < self.rows else None

    def between(self, top: int, bottom: int) -> tuple[Place, Place] | None:
        """The first and last of what lies within these heights, if anything does."""
        highest, lowest = self._margin, self.height - self._margin - 1
        first, last = self.at(max(top, highest)), self.at(min(bottom, lowest))
        return (first, last) if first is not None and last is not None else None

    def children_between(self, first: Place, last: Place) -> Iterator[tuple[int, int, int]]:
        """(row, first child, last child) of every open row from one place down to another."""
        for row, count in self._opened:
            if first.row <= row <= last.row:
                lowest = max(first.child, 0) if row == first.row else 0
                highest = last.child if row == last.row else count - 1
                if lowest <= highest:
                    yield row, lowest, highest

    def before(self, place: Place) -> Place | None:
        """The next one up."""
        if place.child >= 0:
            return Place(place.row, place.child - 1)
        if place.row == 0:
            return None
        children = next((count for row, count in self._opened if row == place.row - 1), 0)
        return Place(place.row - 1, children - 1)

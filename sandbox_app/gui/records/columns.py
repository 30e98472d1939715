"""Which columns show, how wide they are, and the same as plain values that can be remembered."""

from collections.abc import Mapping, Sequence
from typing import Final

from sandbox_app.gui.records.record import Column

NARROWEST: Final = 48
WIDEST: Final = 2_000
_SQUEEZED: Final = 64
"""As narrow as a column becomes by itself, in unscaled px."""


class ColumnLayout:
    """What the person made of the columns; all lengths in unscaled px."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self.widths: dict[str, int] = {}
        self.hidden: set[str] = {column.key for column in columns if not column.shown}

    @property
    def shown(self) -> list[Column]:
        """The visible ones in order."""
        return [column for column in self.columns if column.key not in self.hidden]

    def set_shown(self, key: str, shown: bool) -> bool:
        """Show or hide one; False where that cannot be, because it is the last."""
        if shown:
            self.hidden.discard(key)
            return True
        if [column.key for column in self.shown] == [key]:
            return False
        self.hidden.add(key)
        return True

    def set_width(self, key: str, width: int) -> None:
        """The person drew a column to a width."""
        self.widths[key] = min(max(width, NARROWEST), WIDEST)

    def reset(self) -> None:
        """As designed."""
        self.widths.clear()
        self.hidden = {column.key for column in self.columns if not column.shown}

    def share(self, room: int) -> dict[str, int]:
        """The width of each visible column; those that grow share what is left of `room`.

        Where a little is missing the last ones give way, for what is cut can be read in a
        tooltip and what is scrolled out of sight is not looked for. Together they may still be
        wider or narrower than `room`.
        """
        given = {column.key: self.widths.get(column.key, column.width) for column in self.shown}
        growing = [
            column.key for column in self.shown if column.grows and column.key not in self.widths
        ]
        left = room - sum(given.values())
        for position, key in enumerate(growing):
            if left > 0:
                part = left // (len(growing) - position)
                given[key] += part
                left -= part
        return given if left >= 0 else self._squeezed(given, -left)

    def _squeezed(self, given: dict[str, int], missing: int) -> dict[str, int]:
        """Narrower by what is missing; as they are where that is too much to ask."""
        squeezed = dict(given)
        for column in reversed(self.shown):
            if not column.strong and column.key not in self.widths:
                part = min(missing, max(0, given[column.key] - _SQUEEZED))
                squeezed[column.key] -= part
                missing -= part
        return given if missing else squeezed

    def state(self) -> dict[str, object]:
        """What `restore` takes."""
        return {"widths": dict(self.widths), "hidden": sorted(self.hidden)}

    def restore(self, state: object) -> None:
        """Take over what was remembered; whatever makes no sense there is as if it were not."""
        self.reset()
        if not isinstance(state, Mapping):
            return
        known = {column.key for column in self.columns}
        widths = state.get("widths")
        for key, width in widths.items() if isinstance(widths, Mapping) else ():
            if key in known and isinstance(width, int) and not isinstance(width, bool):
                self.set_width(key, width)
        hidden = state.get("hidden")
        if isinstance(hidden, (list, tuple)):
            named = {key for key in hidden if isinstance(key, str) and key in known}
            if named != known:
                self.hidden = named

"""Places tokens and parameters: as many chips, and as much of each, as there is room for."""

from collections.abc import Sequence
from math import floor
from typing import NamedTuple

from PySide6.QtCore import QRectF

from sandbox_app.gui.components import one_line
from sandbox_app.gui.live.diagram.lettering import Lettering
from sandbox_app.gui.live.diagram.placed import PlacedChip
from sandbox_app.gui.live.diagram.style import DiagramStyle
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.sequence import Chip
from sandbox_app.workbench.live.sequence.parts import SHOWN

_AFTER_ICON = 4
_FEW_LETTERS = 6


class SizedChip(NamedTuple):
    """A chip as it shall look, before it has a place; see `PlacedChip`."""

    chip: Chip | None
    words: str
    icon: str
    width: float


class ChipPlacer:
    """Chooses how chips look in the room there is, and where each lies.

    Args:
        masked: whether chips show names alone.
    """

    def __init__(
        self, theme: Theme, style: DiagramStyle, lettering: Lettering, *, masked: bool
    ) -> None:
        px = theme.px
        self._letters = 0 if masked else SHOWN
        self._face = style.chip_face
        self._lettering = lettering
        self._height = px(style.chip)
        self._top = floor(px(style.words) - self._height / 2)
        self._gap = px(style.chip_gap)
        self._padding = 2 * px(style.chip_padding)
        self._lead = px(style.icon) + px(_AFTER_ICON)

    def fitting(self, chips: Sequence[Chip], most: float, wanted: float) -> list[SizedChip]:
        """Those that fit into `wanted`, or else into `most`: first icons go, then letters of the
        values, then the values, then whole chips, which one in their place counts."""
        few = min(self._letters, _FEW_LETTERS)
        for with_icons, letters, room in (
            (True, self._letters, wanted),
            (False, self._letters, wanted),
            (False, few, wanted),
            (False, few, most),
            (True, 0, most),
            (False, 0, most),
        ):
            sized = [self._sized(chip, with_icons, letters) for chip in chips]
            if self.width(sized) <= room:
                return sized
        for kept in range(len(chips) - 1, -1, -1):
            sized = [self._sized(chip, False, 0) for chip in chips[:kept]]
            rest = f"+{len(chips) - kept}"
            sized.append(SizedChip(None, rest, "", self._width(rest, icon=False)))
            if self.width(sized) <= most:
                return sized
        return []

    def width(self, chips: Sequence[SizedChip]) -> float:
        """Of all of them beside each other, in px."""
        return sum(chip.width for chip in chips) + max(0, len(chips) - 1) * self._gap

    def place(self, chips: Sequence[SizedChip], left: float) -> tuple[PlacedChip, ...]:
        """Beside each other from `left` on."""
        placed = []
        for chip in chips:
            box = QRectF(floor(left), self._top, chip.width, self._height)
            placed.append(PlacedChip(box, chip.words, chip.icon, chip.chip))
            left += chip.width + self._gap
        return tuple(placed)

    def _sized(self, chip: Chip, with_icon: bool, letters: int) -> SizedChip:
        words = one_line(chip.text(masked=not letters, letters=letters))
        # What is refused keeps its sign: colour alone says nothing.
        icon = chip.icon if with_icon or chip.kind == "bad" else ""
        return SizedChip(chip, words, icon, self._width(words, icon=bool(icon)))

    def _width(self, words: str, *, icon: bool) -> float:
        lead = self._lead if icon else 0
        return self._padding + lead + self._lettering.width(self._face, words)

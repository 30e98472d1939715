"""The sizes a diagram is drawn in: in its pane, and for a room."""

from dataclasses import dataclass
from typing import Final

from sandbox_app.gui.theme import Typeface


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramStyle:
    """Distances in unscaled px and the faces of each kind of writing.

    Args:
        left, right: from the edge to the first and from the last lifeline.
        least_gap: between two lifelines; narrower, and the diagram scrolls sideways.
        arrow: from a row's top to its arrow; `words` to the middle of what is written above it.
        after: from a step's time to the right edge, beyond which the scroll bar lies.
        reach: from a lifeline to an arrow's end.
        margin: from a lifeline to what is written beside it.
        number: from the left edge to the step's number.
        band_inset, band_end: from the edges to the selected row's ground; less than nothing where
            it shall surround the time.
        times: whether a step's time stands at the right.
    """

    head: int
    row: int
    arrow: int
    words: int
    left: int
    right: int
    after: int
    least_gap: int
    reach: int
    margin: int
    number: int
    tip: int
    chip: int
    chip_padding: int
    chip_gap: int
    icon: int
    head_icon: int
    request_width: float
    answer_width: float
    band_inset: int
    band_end: int
    times: bool
    mono: Typeface
    verb: Typeface
    chip_face: Typeface
    note: Typeface
    pause: Typeface
    number_face: Typeface
    lane: Typeface
    lane_more: Typeface


IN_A_PANE: Final = DiagramStyle(
    head=44,
    row=32,
    arrow=24,
    words=12,
    left=80,
    right=86,
    after=2,
    least_gap=136,
    reach=5,
    margin=8,
    number=24,
    tip=8,
    chip=18,
    chip_padding=6,
    chip_gap=4,
    icon=14,
    head_icon=18,
    request_width=1.5,
    answer_width=1.2,
    band_inset=8,
    band_end=-4,
    times=True,
    mono=Typeface(12, mono=True),
    verb=Typeface(12, 600, mono=True),
    chip_face=Typeface(11, 500),
    note=Typeface(12),
    pause=Typeface(12, 500),
    number_face=Typeface(12, 500),
    lane=Typeface(13, 600),
    lane_more=Typeface(12),
)

FOR_A_ROOM: Final = DiagramStyle(
    head=60,
    row=57,
    arrow=44,
    words=26,
    left=156,
    right=148,
    after=16,
    least_gap=220,
    reach=6,
    margin=10,
    number=32,
    tip=11,
    chip=26,
    chip_padding=8,
    chip_gap=6,
    icon=16,
    head_icon=22,
    request_width=2.0,
    answer_width=1.6,
    band_inset=8,
    band_end=8,
    times=False,
    mono=Typeface(16, mono=True),
    verb=Typeface(16, 600, mono=True),
    chip_face=Typeface(15, 500),
    note=Typeface(16),
    pause=Typeface(16, 500),
    number_face=Typeface(16, 600),
    lane=Typeface(18, 600),
    lane_more=Typeface(15),
)

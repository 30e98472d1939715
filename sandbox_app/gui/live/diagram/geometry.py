"""Where everything of one row lies: words beside the arrow's origin, chips in the next gap.

Nothing that is written ever crosses a lifeline: it lies in the gaps between them, and what is too
long for its gap first loses the chips' icons, then the middle of its path, then whole chips.
"""

from dataclasses import dataclass
from math import ceil, floor

from sandbox_app.gui.components import one_line
from sandbox_app.gui.live.diagram.chips import ChipPlacer
from sandbox_app.gui.live.diagram.labels import LabelPlacer
from sandbox_app.gui.live.diagram.lettering import Lettering
from sandbox_app.gui.live.diagram.notes import NotePlacer
from sandbox_app.gui.live.diagram.placed import PlacedChip, PlacedLabel, PlacedNote, PlacedRow
from sandbox_app.gui.live.diagram.style import DiagramStyle
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.sequence import Lane, Pause, Row, State, Step
from sandbox_app.workbench.live.words import duration_words

Gap = tuple[float, float]
"""From one lifeline to the next, without the margins: x of its left and its right end."""

_BETWEEN = 8
_RAISED = 2
_LOST_AT = 0.75
"""How far an arrow comes that nobody waited for."""


@dataclass(frozen=True, slots=True)
class Course:
    """An arrow's way through the lanes.

    Args:
        start, end: x of its ends.
        words: the gap its label is for; `chips` the one its chips are for, which may be the same.
        beside: a gap that it leaves free, for its caption.
    """

    start: float
    end: float
    words: Gap
    chips: Gap
    beside: Gap | None


class Geometry:
    """Places rows for one width and one set of lanes.

    Args:
        width: of the whole diagram in px.
        masked: whether chips show names alone.
    """

    def __init__(
        self,
        theme: Theme,
        style: DiagramStyle,
        lanes: tuple[Lane, ...],
        width: float,
        *,
        masked: bool = True,
    ) -> None:
        px = theme.px
        self.theme = theme
        self.style = style
        self.lanes = lanes
        self.width = max(width, least_width(theme, style, lanes))
        self.row_height = px(style.row)
        left, right = px(style.left), px(style.right)
        gaps = max(1, len(lanes) - 1)
        room = self.width - left - right
        self.lines = tuple(floor(left + room * at / gaps) + 0.5 for at in range(len(lanes)))
        self._reach, self._margin = px(style.reach), px(style.margin)
        self._arrow, self._middle = float(px(style.arrow)), float(px(style.words))
        # A little higher, or letters would hang below the row.
        self._beside_arrow = self._arrow - px(_RAISED)
        self._between = px(_BETWEEN)
        lettering = Lettering(theme)
        self._labels = LabelPlacer(theme, style, lettering)
        self._chips = ChipPlacer(theme, style, lettering, masked=masked)
        self._notes = NotePlacer(theme, style, lettering)

    def place(self, row: Row) -> PlacedRow:
        """Work a row out."""
        if isinstance(row, Pause):
            return self._pause(row)
        course = self._course(row)
        if course.words == course.chips:
            return self._placed(row, course, *self._in_one_gap(row, course))
        return self._placed(row, course, *self._in_two_gaps(row, course))

    # An arrow's way.

    def _course(self, step: Step) -> Course:
        source, target = self.lanes.index(step.source), self.lanes.index(step.target)
        right = target > source
        gaps = range(source, target) if right else range(source - 1, target - 1, -1)
        return Course(
            self.lines[source] + (self._reach if right else -self._reach),
            self.lines[target] + (-self._reach if right else self._reach),
            self._gap(gaps[0]),
            self._gap(gaps[min(1, len(gaps) - 1)]),
            self._beside(source, target),
        )

    def _gap(self, left: int) -> Gap:
        return self.lines[left] + self._margin, self.lines[left + 1] - self._margin

    def _beside(self, source: int, target: int) -> Gap | None:
        if max(source, target) + 1 < len(self.lanes):
            return self._gap(max(source, target))
        if min(source, target) > 0:
            return self._gap(min(source, target) - 1)
        return None

    # What is written.

    def _in_one_gap(
        self, step: Step, course: Course
    ) -> tuple[PlacedLabel, tuple[PlacedChip, ...], PlacedNote]:
        left, right = course.words
        room = right - left
        reserved = self._reserved(step, course, room)
        between = self._between if step.label and step.chips else 0
        wanted, least = self._labels.width(step), self._labels.least_width(step)
        rest = room - between - reserved
        chips = self._chips.fitting(step.chips, rest - min(wanted, least), rest - wanted)
        between = between if chips else 0
        taken = self._chips.width(chips)
        label = self._width_cut_to(step, min(wanted, room - taken - between - reserved))
        whole = label + between + taken + reserved
        at = left + (room - whole) / 2
        words = self._labels.place(step, at, label)
        after = at + label + between + taken
        return (
            words,
            self._chips.place(chips, at + label + between),
            self._caption(step, course, (after, at + whole)),
        )

    def _in_two_gaps(
        self, step: Step, course: Course
    ) -> tuple[PlacedLabel, tuple[PlacedChip, ...], PlacedNote]:
        left, right = course.words
        label = self._width_cut_to(step, min(self._labels.width(step), right - left))
        words = self._labels.place(step, left + (right - left - label) / 2, label)
        left, right = course.chips
        reserved = self._reserved(step, course, right - left)
        room = right - left - reserved
        chips = self._chips.fitting(step.chips, room, room)
        taken = self._chips.width(chips)
        at = left + (room - taken) / 2
        caption = self._caption(step, course, (at + taken, at + taken + reserved))
        return words, self._chips.place(chips, at), caption

    def _width_cut_to(self, step: Step, room: float) -> float:
        """Of a label in that room; cut words are narrower than what they were cut to."""
        return float(ceil(self._labels.place(step, 0, room).right))

    def _reserved(self, step: Step, course: Course, room: float) -> float:
        return self._notes.reserved(step.caption, room) if course.beside is None else 0.0

    def _caption(self, step: Step, course: Course, rest: Gap) -> PlacedNote:
        """In the gap that the arrow leaves free, or else in the rest of its own."""
        if course.beside is not None:
            return self._notes.caption(step.caption, course.beside, self._beside_arrow)
        return self._notes.caption(step.caption, rest, self._middle)

    # The row as a whole.

    def _placed(
        self,
        step: Step,
        course: Course,
        label: PlacedLabel,
        chips: tuple[PlacedChip, ...],
        caption: PlacedNote,
    ) -> PlacedRow:
        way = course.end - course.start
        lost = step.state in (State.GONE, State.DROPPED)
        return PlacedRow(
            step,
            course.start,
            course.start + way * (_LOST_AT if lost else 1.0),
            self._arrow,
            label,
            "refused" if step.refused else "",
            chips,
            caption,
            step.label if label.shown != one_line(step.label) else "",
        )

    def _pause(self, pause: Pause) -> PlacedRow:
        middle = self.row_height / 2
        words = f"{pause.words} · {duration_words(pause.seconds * 1000)}"
        note = self._notes.pause(words, self._gap((len(self.lanes) - 1) // 2), middle)
        cut = note.text is not None and note.text.words != words
        at = self.lines[0]
        return PlacedRow(
            pause, at, at, middle, icon_name="clock", note=note, full=words if cut else ""
        )


def least_width(theme: Theme, style: DiagramStyle, lanes: tuple[Lane, ...]) -> float:
    """Below this the diagram scrolls sideways."""
    gaps = max(1, len(lanes) - 1)
    return float(theme.px(style.left) + theme.px(style.right) + gaps * theme.px(style.least_gap))

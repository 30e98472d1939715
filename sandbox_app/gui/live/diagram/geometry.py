"""Where everything of one row lies: words beside the arrow's origin, chips in the next gap.

Nothing that is written ever crosses a lifeline: it lies in the gaps between them, and what is too
long for its gap first loses the chips' icons, then the middle of its path, then whole chips.
"""

from dataclasses import dataclass, field
from math import ceil, floor

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from sandbox_app.gui.components import one_line
from sandbox_app.gui.live.diagram.style import DiagramStyle
from sandbox_app.gui.theme import Theme, Typeface
from sandbox_app.workbench.live.sequence import Chip, Kind, Lane, Pause, Row, State, Step
from sandbox_app.workbench.live.words import duration_words

_LEAST_WORDS = 40
_CAPTION_SHARE = 0.4
_LONGEST = 300
"""Characters that are measured; more of them fit in no gap."""


@dataclass(frozen=True, slots=True)
class Text:
    """One piece of writing, already cut to its box."""

    box: QRectF
    words: str
    face: Typeface


@dataclass(frozen=True, slots=True)
class PlacedChip:
    """A chip in its box; `icon` is empty where there was no room for it."""

    box: QRectF
    words: str
    icon: str
    chip: Chip | None
    """`None` for the one that counts the chips there was no room for."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """One row, relative to its own top left corner.

    Args:
        start, end: x of the arrow's ends; equal for a pause.
        icon: the box of the sign beside the words; empty without one.
    """

    row: Row
    start: float
    end: float
    arrow: float
    verb: Text | None = None
    words: Text | None = None
    icon: QRectF = field(default_factory=QRectF)
    icon_name: str = ""
    chips: tuple[PlacedChip, ...] = ()
    caption: Text | None = None
    caption_icon: QRectF = field(default_factory=QRectF)
    full: str = ""
    """The words in full, where they were cut."""

    @property
    def boxes(self) -> tuple[QRectF, ...]:
        """Everything that is written or drawn between the lifelines, except the arrow."""
        texts = (self.verb, self.words, self.caption)
        return (
            *(text.box for text in texts if text is not None),
            *(chip.box for chip in self.chips),
            *(box for box in (self.icon, self.caption_icon) if not box.isEmpty()),
        )


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
        self.theme = theme
        self.style = style
        self.lanes = lanes
        self.width = max(width, least_width(theme, style, lanes))
        self.masked = masked
        self._widths: dict[tuple[Typeface, str], float] = {}
        self._measures: dict[Typeface, QFontMetricsF] = {}
        px = theme.px
        left, right = px(style.left), px(style.right)
        gaps = max(1, len(lanes) - 1)
        room = self.width - left - right
        self.lines = tuple(floor(left + room * at / gaps) + 0.5 for at in range(len(lanes)))

    @property
    def row_height(self) -> int:
        """Of every row."""
        return self.theme.px(self.style.row)

    def place(self, row: Row) -> PlacedRow:
        """Work a row out."""
        return self._pause(row) if isinstance(row, Pause) else self._step(row)

    # Arrows.

    def _step(self, step: Step) -> PlacedRow:
        source, target = self.lanes.index(step.source), self.lanes.index(step.target)
        reach = self.theme.px(self.style.reach)
        right = target > source
        start = self.lines[source] + (reach if right else -reach)
        end = self.lines[target] + (-reach if right else reach)
        gaps = range(source, target) if right else range(source - 1, target - 1, -1)
        words, chips = self._gap(gaps[0]), self._gap(gaps[min(1, len(gaps) - 1)])
        if len(gaps) == 1:
            return self._in_one_gap(step, words, start, end, self._beside(source, target))
        return self._in_two_gaps(step, words, chips, start, end, self._beside(source, target))

    def _gap(self, left: int) -> tuple[float, float]:
        margin = self.theme.px(self.style.margin)
        return self.lines[left] + margin, self.lines[left + 1] - margin

    def _beside(self, source: int, target: int) -> tuple[float, float] | None:
        """A gap that the arrow leaves free, for the caption."""
        if max(source, target) + 1 < len(self.lanes):
            return self._gap(max(source, target))
        if min(source, target) > 0:
            return self._gap(min(source, target) - 1)
        return None

    def _in_one_gap(
        self,
        step: Step,
        gap: tuple[float, float],
        start: float,
        end: float,
        beside: tuple[float, float] | None,
    ) -> PlacedRow:
        room = gap[1] - gap[0]
        caption_here = bool(step.caption) and beside is None
        reserved = self._reserved(step, room) if caption_here else 0.0
        sign = self._sign_width(step)
        wanted = sign + self._label_width(step)
        between = self.theme.px(8) if step.label and step.chips else 0
        chips = self._fitting(
            step,
            room - min(wanted, sign + self._least_label(step)) - between - reserved,
            room - wanted - between - reserved,
        )
        taken = sum(width for _, _, _, width in chips) + self._chip_gaps(len(chips))
        between = between if chips else 0
        label = min(wanted, room - taken - between - reserved)
        # Cut words are narrower than the room they were cut to.
        label = _end_of(self._label(step, 0, label))
        whole = label + between + taken + reserved
        at = gap[0] + (room - whole) / 2
        placed = self._label(step, at, label)
        at += label + between
        boxes, at = self._chips(chips, at)
        caption = (
            self._caption(step, (at, gap[0] + (room + whole) / 2), self._middle)
            if caption_here
            else self._caption(step, beside, self.theme.px(self.style.arrow))
        )
        return self._placed(step, start, end, placed, boxes, caption)

    def _in_two_gaps(
        self,
        step: Step,
        words: tuple[float, float],
        chips: tuple[float, float],
        start: float,
        end: float,
        beside: tuple[float, float] | None,
    ) -> PlacedRow:
        room = words[1] - words[0]
        label = min(self._sign_width(step) + self._label_width(step), room)
        label = _end_of(self._label(step, 0, label))
        placed = self._label(step, words[0] + (room - label) / 2, label)
        caption_here = bool(step.caption) and beside is None
        room = chips[1] - chips[0]
        reserved = self._reserved(step, room) if caption_here else 0.0
        fitting = self._fitting(step, room - reserved, room - reserved)
        taken = sum(width for _, _, _, width in fitting) + self._chip_gaps(len(fitting))
        at = chips[0] + (room - taken - reserved) / 2
        boxes, at = self._chips(fitting, at)
        caption = (
            self._caption(step, (at, at + reserved), self._middle)
            if caption_here
            else self._caption(step, beside, self.theme.px(self.style.arrow))
        )
        return self._placed(step, start, end, placed, boxes, caption)

    def _placed(
        self,
        step: Step,
        start: float,
        end: float,
        label: tuple[QRectF, Text | None, Text | None],
        chips: tuple[PlacedChip, ...],
        caption: tuple[QRectF, Text | None],
    ) -> PlacedRow:
        icon, verb, words = label
        shown = " ".join(text.words for text in (verb, words) if text is not None)
        cut = shown != one_line(step.label)
        if step.state in (State.GONE, State.DROPPED):
            end = start + (end - start) * 0.75
        return PlacedRow(
            step,
            start,
            end,
            float(self.theme.px(self.style.arrow)),
            verb,
            words,
            icon,
            "refused" if step.refused else "",
            chips,
            caption[1],
            caption[0],
            step.label if cut else "",
        )

    # Words.

    @property
    def _middle(self) -> float:
        return float(self.theme.px(self.style.words))

    def _sign_width(self, step: Step) -> float:
        return self.theme.px(self.style.icon) + self.theme.px(5) if step.refused else 0.0

    def _label_width(self, step: Step) -> float:
        style = self.style
        verb = self._width(style.verb, step.verb)
        words = self._width(style.mono, step.words)
        return verb + words + (self._space if step.verb and step.words else 0)

    def _least_label(self, step: Step) -> float:
        verb = self._width(self.style.verb, step.verb)
        least = min(self._width(self.style.mono, step.words), self.theme.px(_LEAST_WORDS))
        return verb + least + (self._space if step.verb and step.words else 0)

    @property
    def _space(self) -> float:
        return self._width(self.style.mono, " ")

    def _label(self, step: Step, at: float, room: float) -> tuple[QRectF, Text | None, Text | None]:
        style, icon = self.style, QRectF()
        end = at + room
        if step.refused:
            side = self.theme.px(style.icon)
            icon = QRectF(round(at), self._middle - side / 2, side, side)
            at += self._sign_width(step)
        verb = self._text(step.verb, style.verb, at, end)
        if verb is not None:
            at = verb.box.right() + self._space
        words = self._text(step.words, style.mono, at, end, Qt.TextElideMode.ElideMiddle)
        return icon, verb, words

    def _text(
        self,
        words: str,
        face: Typeface,
        left: float,
        right: float,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        middle: float | None = None,
    ) -> Text | None:
        if not words or right - left < 1:
            return None
        measure = self._measure(face)
        fitted, width = one_line(words[:_LONGEST]), self._width(face, words)
        if width > right - left:
            fitted = measure.elidedText(fitted, elide, right - left + 0.5)
            width = min(measure.horizontalAdvance(fitted), right - left)
        if not fitted or not width:
            return None
        height = measure.height()
        top = (self._middle if middle is None else middle) - height / 2
        return Text(QRectF(left, top, width, height), fitted, face)

    def _width(self, face: Typeface, words: str) -> float:
        if not words:
            return 0.0
        # The same few words come again and again in a long login.
        width = self._widths.get((face, words))
        if width is None:
            line = one_line(words[:_LONGEST])
            width = float(ceil(self._measure(face).horizontalAdvance(line)))
            self._widths[face, words] = width
        return width

    def _measure(self, face: Typeface) -> QFontMetricsF:
        measure = self._measures.get(face)
        if measure is None:
            measure = self._measures[face] = QFontMetricsF(self.theme.font(face))
        return measure

    # Chips.

    def _fitting(
        self, step: Step, most: float, wanted: float
    ) -> list[tuple[Chip | None, str, str, float]]:
        """The chips that fit into `wanted`, or else into `most`: first icons go, then values, then
        whole chips."""
        for with_icons, masked, room in (
            (True, self.masked, wanted),
            (False, self.masked, wanted),
            (False, self.masked, most),
            (True, True, most),
            (False, True, most),
        ):
            chips = [self._sized(chip, with_icons, masked) for chip in step.chips]
            if sum(chip[3] for chip in chips) + self._chip_gaps(len(chips)) <= room:
                return chips
        for kept in range(len(step.chips) - 1, -1, -1):
            chips = [self._sized(chip, False, True) for chip in step.chips[:kept]]
            rest = f"+{len(step.chips) - kept}"
            chips.append((None, rest, "", self._chip_width(rest, icon=False)))
            if sum(chip[3] for chip in chips) + self._chip_gaps(len(chips)) <= most:
                return chips
        return []

    def _sized(
        self, chip: Chip, with_icon: bool, masked: bool
    ) -> tuple[Chip | None, str, str, float]:
        words = one_line(chip.text(masked=masked))
        # What is refused keeps its sign: colour alone says nothing.
        icon = chip.icon if with_icon or chip.kind == "bad" else ""
        return chip, words, icon, self._chip_width(words, icon=bool(icon))

    def _chip_width(self, words: str, *, icon: bool) -> float:
        px, style = self.theme.px, self.style
        lead = px(style.icon) + px(4) if icon else 0
        return 2 * px(style.chip_padding) + lead + self._width(style.chip_face, words)

    def _chip_gaps(self, count: int) -> float:
        return max(0, count - 1) * self.theme.px(self.style.chip_gap)

    def _chips(
        self, chips: list[tuple[Chip | None, str, str, float]], at: float
    ) -> tuple[tuple[PlacedChip, ...], float]:
        height = self.theme.px(self.style.chip)
        top = floor(self._middle - height / 2)
        placed = []
        for chip, words, icon, width in chips:
            placed.append(PlacedChip(QRectF(floor(at), top, width, height), words, icon, chip))
            at += width + self.theme.px(self.style.chip_gap)
        return tuple(placed), at

    # Captions and pauses.

    def _reserved(self, step: Step, room: float) -> float:
        """For a caption in the same gap as the rest: what it needs, but not much of it all."""
        lead = self.theme.px(self.style.icon) + self.theme.px(10)
        return min(lead + self._width(self.style.note, step.caption), room * _CAPTION_SHARE)

    def _caption(
        self, step: Step, gap: tuple[float, float] | None, middle: float
    ) -> tuple[QRectF, Text | None]:
        if not step.caption or gap is None:
            return QRectF(), None
        side = self.theme.px(self.style.icon)
        left = gap[0] + self.theme.px(4)
        if left + side > gap[1]:
            return QRectF(), None
        icon = QRectF(round(left), middle - side / 2, side, side)
        text = self._text(
            step.caption,
            self.style.note,
            icon.right() + self.theme.px(5),
            gap[1],
            middle=middle,
        )
        return icon, text

    def _pause(self, pause: Pause) -> PlacedRow:
        """In the middle gap, with a clock before it."""
        px, style = self.theme.px, self.style
        left, right = self._gap((len(self.lanes) - 1) // 2)
        words = f"{pause.words} · {duration_words(pause.seconds * 1000)}"
        side, middle = px(style.icon), self.row_height / 2
        lead = side + px(6)
        room = min(lead + self._width(style.pause, words), right - left)
        at = left + (right - left - room) / 2
        icon = QRectF(round(at), middle - side / 2, side, side)
        text = self._text(
            words, style.pause, at + lead, right, Qt.TextElideMode.ElideMiddle, middle
        )
        cut = words if text is not None and text.words != words else ""
        x = self.lines[0]
        return PlacedRow(pause, x, x, middle, None, text, icon, "clock", full=cut)


def _end_of(label: tuple[QRectF, Text | None, Text | None]) -> float:
    """How wide a label is that was placed at 0."""
    icon, verb, words = label
    last = words or verb
    return ceil(last.box.right()) if last is not None else icon.right()


def least_width(theme: Theme, style: DiagramStyle, lanes: tuple[Lane, ...]) -> float:
    """Below this the diagram scrolls sideways."""
    gaps = max(1, len(lanes) - 1)
    return float(theme.px(style.left) + theme.px(style.right) + gaps * theme.px(style.least_gap))


def is_solid(step: Step) -> bool:
    """Whether the arrow has a filled head, as requests have."""
    return step.kind is Kind.REQUEST

"""The parts of one row where they were placed, ready to be painted."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from sandbox_app.gui.theme import Typeface
from sandbox_app.workbench.live.sequence import Chip, Row


@dataclass(frozen=True, slots=True)
class Text:
    """One piece of writing, already cut to its box."""

    box: QRectF
    words: str
    face: Typeface


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """What is written on an arrow; `icon` is the box of the sign before it, empty without one."""

    icon: QRectF = field(default_factory=QRectF)
    verb: Text | None = None
    words: Text | None = None

    @property
    def shown(self) -> str:
        """As it can be read now that it is cut."""
        return " ".join(text.words for text in (self.verb, self.words) if text is not None)

    @property
    def right(self) -> float:
        """Where it ends."""
        last = self.words or self.verb
        return last.box.right() if last is not None else self.icon.right()


@dataclass(frozen=True, slots=True)
class PlacedChip:
    """A chip in its box; `icon` is empty where there was no room for it."""

    box: QRectF
    words: str
    icon: str
    chip: Chip | None
    """`None` for the one that counts the chips there was no room for."""


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A sign and a few words after it; without words where there was room for the sign alone."""

    icon: QRectF = field(default_factory=QRectF)
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """One row, relative to its own top left corner.

    Args:
        start, end: x of the arrow's ends; equal for a pause.
        arrow: y of the arrow.
        icon_name: the sign before the words; empty without one.
        note: what a pause says, or what is said of an arrow besides its label.
        full: the words in full, where they were cut.
    """

    row: Row
    start: float
    end: float
    arrow: float
    label: PlacedLabel = field(default_factory=PlacedLabel)
    icon_name: str = ""
    chips: tuple[PlacedChip, ...] = ()
    note: PlacedNote = field(default_factory=PlacedNote)
    full: str = ""

    @property
    def boxes(self) -> tuple[QRectF, ...]:
        """Everything that is written or drawn between the lifelines, except the arrow."""
        texts = (self.label.verb, self.label.words, self.note.text)
        return (
            *(text.box for text in texts if text is not None),
            *(chip.box for chip in self.chips),
            *(box for box in (self.label.icon, self.note.icon) if not box.isEmpty()),
        )

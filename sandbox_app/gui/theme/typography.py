"""The type scale: which face, size and weight each kind of text gets, times the user's scale."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from sandbox_app.domain.resources import resource_path

SANS: Final = "Inter"
MONO: Final = "JetBrains Mono"
MONO_FALLBACK: Final = "DejaVu Sans Mono"

_FILES: Final = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "JetBrainsMono-Regular.ttf",
    "JetBrainsMono-Medium.ttf",
    "JetBrainsMono-SemiBold.ttf",
)
# Above this size hinting bends the letter shapes more than it sharpens them.
_LARGEST_HINTED_PX: Final = 16


@dataclass(frozen=True, slots=True)
class Typeface:
    """A size in unscaled px, a weight of 400, 500 or 600, and whether it is monospaced."""

    size: int
    weight: int = 400
    mono: bool = False


class Role(Enum):
    """What a text is for; the value says how it is set."""

    # Roles are looked up for each line that is painted, and Python's own hash of them is slow.
    __hash__ = object.__hash__

    CLOCK = Typeface(34, 600)
    HEADLINE = Typeface(26, 600)
    TITLE = Typeface(16, 600)
    SECTION = Typeface(15, 600)
    LEAD = Typeface(14, 400)
    VERDICT = Typeface(14, 600)
    BODY = Typeface(13, 400)
    LABEL = Typeface(13, 500)
    NAME = Typeface(13, 600)
    HELP = Typeface(12, 400)
    STATUS = Typeface(12, 500)
    STATUS_STRONG = Typeface(12, 600)
    SMALL = Typeface(11, 500)
    SMALL_STRONG = Typeface(11, 600)
    MONO = Typeface(12, 400, mono=True)
    MONO_STRONG = Typeface(12, 600, mono=True)
    MONO_COMPARED = Typeface(13, 500, mono=True)
    PRESENTER_TITLE = Typeface(20, 600)
    PRESENTER_LANE = Typeface(18, 600)
    PRESENTER_BODY = Typeface(17, 400)
    PRESENTER_MONO = Typeface(16, 400, mono=True)


def load_fonts() -> tuple[str, str]:
    """Register the shipped fonts and name the (proportional, monospaced) families to use.

    Without them the system's own face and DejaVu Sans Mono stand in.
    """
    found: set[str] = set()
    for name in _FILES:
        try:
            path = resource_path(f"fonts/{name}")
        except FileNotFoundError:
            continue
        identity = QFontDatabase.addApplicationFont(str(path))
        if identity >= 0:
            found.update(QFontDatabase.applicationFontFamilies(identity))
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return (SANS if SANS in found else system, MONO if MONO in found else MONO_FALLBACK)


def build_font(face: Typeface, families: tuple[str, str], scale: float) -> QFont:
    """The font for `face`; digits tabular when proportional, ligatures off when monospaced."""
    font = QFont(families[1] if face.mono else families[0])
    pixels = max(1, round(face.size * scale))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(face.weight))
    if face.mono:
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setFeature(QFont.Tag("calt"), 0)
        font.setFeature(QFont.Tag("liga"), 0)
    else:
        font.setStyleHint(QFont.StyleHint.SansSerif)
        font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(
        QFont.HintingPreference.PreferVerticalHinting
        if pixels <= _LARGEST_HINTED_PX
        else QFont.HintingPreference.PreferNoHinting
    )
    return font

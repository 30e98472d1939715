"""Words in painted rows take the lines they need, and no more of a stranger's text than fits."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from sandbox_app.gui.live.wrapping import cut, lines_needed, paint_wrapped
from sandbox_app.gui.theme import Role

SENTENCE = "The code is known, at most five minutes old and not used before"


def painted_rows(theme, text: str, width: int) -> tuple[int, int]:
    """First and last row of pixels that are not white."""
    image = QImage(width, 400, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint_wrapped(painter, theme, QRect(0, 0, width, 400), text, Role.BODY, "text")
    painter.end()
    inked = [
        y for y in range(400) if any(image.pixel(x, y) != 0xFFFFFFFF for x in range(0, width, 2))
    ]
    return inked[0], inked[-1]


def test_what_fits_takes_one_line(theme) -> None:
    width = theme.text_width(Role.BODY, SENTENCE)

    assert lines_needed(theme, Role.BODY, SENTENCE, width) == 1
    assert lines_needed(theme, Role.BODY, SENTENCE, width - 8) == 2
    assert lines_needed(theme, Role.BODY, "", width) == 1


@pytest.mark.parametrize("width", [60, 150, 301])
@pytest.mark.parametrize("text", [SENTENCE, "x" * 90, f"because {'y' * 90} differs"])
def test_as_many_lines_are_painted_as_were_asked_for(theme, text, width) -> None:
    spacing = theme.metrics(Role.BODY).lineSpacing()
    lines = lines_needed(theme, Role.BODY, text, width)

    _, last = painted_rows(theme, text, width)

    assert (lines - 1) * spacing < last < lines * spacing


def test_line_breaks_in_a_value_break_no_line(theme) -> None:
    assert lines_needed(theme, Role.BODY, "a\r\nb\u2028c", 200) == 1


def test_a_cut_text_says_how_much_is_missing() -> None:
    assert cut("abc", 3) == "abc"
    assert cut("a" * 20_000, 1_200) == f"{'a' * 1200}… (18,800 more characters)"


def test_a_strangers_length_makes_no_endless_row(theme) -> None:
    assert lines_needed(theme, Role.BODY, "word " * 20_000, 400) < 20

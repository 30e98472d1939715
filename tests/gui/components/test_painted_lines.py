"""A line that was laid out before is painted just as Qt would paint it for the first time."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from sandbox_app.gui.components.painting import LEFT, RIGHT, paint_text_elided
from sandbox_app.gui.theme import Role, Theme, Token

SINGLE = int(Qt.TextFlag.TextSingleLine)


def painted(draw) -> QImage:
    image = QImage(240, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


def by_qt(theme: Theme, rect: QRect, words: str, role: Role, token: Token, align) -> QImage:
    def draw(painter: QPainter) -> None:
        painter.setFont(theme.font(role))
        painter.setPen(theme.color(token))
        painter.drawText(rect, int(align) | SINGLE, words)

    return painted(draw)


def by_us(theme: Theme, rect: QRect, words: str, role: Role, token: Token, align) -> QImage:
    return painted(
        lambda painter: paint_text_elided(painter, theme, rect, words, role, token, align)
    )


@pytest.mark.parametrize("align", [LEFT, RIGHT])
@pytest.mark.parametrize("height", [14, 19, 20, 31])
@pytest.mark.parametrize("role", [Role.NAME, Role.HELP, Role.MONO])
def test_it_lies_where_qt_puts_it(theme, role, height, align) -> None:
    rect = QRect(7, 4, 200, height)

    for token in ("text", "bad", "text"):
        known = theme, rect, "10:45:07 alice & bob", role, token, align
        assert by_us(*known) == by_qt(*known)


def test_it_follows_the_size_of_letters(theme) -> None:
    known = theme, QRect(0, 0, 230, 30), "alice signed in", Role.NAME, "text", LEFT
    small = by_us(*known)
    theme.set_scale(1.5)
    try:
        assert by_us(*known) == by_qt(*known) != small
    finally:
        theme.set_scale(1.0)

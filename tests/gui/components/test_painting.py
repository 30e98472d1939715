"""What delegates draw with."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from sandbox_app.gui.components.painting import (
    chip_width,
    mix,
    paint_box,
    paint_chip,
    paint_selection,
    paint_text_elided,
)
from sandbox_app.gui.theme import Role


def a_canvas(theme, width=200, height=40):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(theme.color("surface"))
    return image


def test_a_text_takes_no_more_than_its_room(theme):
    image = a_canvas(theme)
    painter = QPainter(image)

    taken = paint_text_elided(
        painter, theme, QRect(0, 0, 60, 40), "redirect_uri is registered", Role.BODY, "text"
    )

    painter.end()
    assert taken <= 60
    assert all(
        image.pixelColor(x, y) == theme.color("surface") for x in range(62, 200) for y in range(40)
    )


def test_a_text_with_just_enough_room_is_not_cut(theme):
    image = a_canvas(theme)
    painter = QPainter(image)
    room = theme.text_width(Role.LABEL, "Disabled")

    taken = paint_text_elided(painter, theme, QRect(0, 0, room, 40), "Disabled", Role.LABEL, "text")

    painter.end()
    assert taken == room


def test_a_hairline_border_is_one_crisp_pixel(theme):
    image = a_canvas(theme)
    painter = QPainter(image)
    paint_box(painter, QRect(10, 10, 100, 20), border=theme.color("line2"), radius=6)
    painter.end()

    column = [image.pixelColor(60, y) for y in range(40)]
    assert [y for y, colour in enumerate(column) if colour != theme.color("surface")] == [10, 29]
    assert column[10] == theme.color("line2")


def test_selection_wins_over_hover_and_focus_adds_a_ring(theme):
    image = a_canvas(theme)
    painter = QPainter(image)
    paint_selection(painter, theme, QRect(0, 0, 200, 40), selected=True, hovered=True, focused=True)
    painter.end()

    assert image.pixelColor(100, 20) == theme.color("accent_soft")
    assert image.pixelColor(100, 1) == theme.color("accent_text")


def test_a_chip_on_a_selection_has_a_plain_ground(theme):
    image = a_canvas(theme)
    painter = QPainter(image)
    rect = QRect(0, 0, chip_width(theme, "ID", icon=True), 22)
    paint_chip(painter, theme, rect, "ID", icon="tokens", on_selection=True)
    painter.end()

    assert image.pixelColor(rect.right() - 3, 11) == theme.color("surface")
    assert image.pixelColor(10, 0) == theme.color("accent_line")


def test_colours_mix_by_share(theme):
    black, white = theme.color("shadow"), theme.color("surface")

    assert mix(black, white, 0.0) is black
    assert mix(black, white, 1.0) is white
    assert black.lightness() < mix(black, white, 0.5).lightness() < white.lightness()


def test_middle_elision_keeps_both_ends(theme):
    drawn = []
    for text in ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"):
        image = a_canvas(theme)
        painter = QPainter(image)
        middle = Qt.TextElideMode.ElideMiddle
        paint_text_elided(
            painter, theme, QRect(0, 0, 80, 40), text, Role.MONO, "text", elide=middle
        )
        painter.end()
        drawn.append(image)

    assert drawn[0] != drawn[1]

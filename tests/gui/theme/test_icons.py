"""Every icon the design asks for is there, and takes the colour it is given."""

import pytest
from PySide6.QtGui import QColor

from sandbox_app.domain.resources import resource_path

NEEDED = (
    *("home", "live", "pools", "tokens", "federation", "mail", "conditions"),
    *("search", "filter", "check", "cross", "passed", "refused", "not-reached"),
    *("warning", "info", "clock", "copy", "open-outside", "play", "pause", "bin"),
    *("plus", "minus", "chevron-down", "chevron-right", "export", "undo", "refresh"),
    *("wand", "code", "send", "paste", "lock", "eye", "eye-off", "user", "group"),
    *("server", "shield", "brush", "bolt", "key", "link", "browser", "app"),
    *("provider", "phone", "present", "fit", "step", "hand", "book", "compare"),
    *("tree", "sun", "moon", "more", "note", "mark"),
    *("mark-blue", "mark-teal", "mark-purple", "mark-pink"),
)


def colours_in(pixmap):
    image = pixmap.toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", NEEDED)
def test_an_icon_is_drawn_in_the_colour_asked_for(theme, name):
    # Large enough for every line to have a pixel that is covered wholly.
    pixmap = theme.icons.pixmap(name, QColor("red"), 96)

    assert colours_in(pixmap) == {"#ff0000"}


@pytest.mark.parametrize("path", sorted(resource_path("icons").glob("*.svg")), ids=lambda p: p.stem)
def test_an_icon_brings_no_colour_of_its_own(path):
    drawing = path.read_text(encoding="utf-8")

    assert "currentColor" in drawing
    assert "#" not in drawing
    assert 'viewBox="0 0 24 24"' in drawing


def test_an_icon_is_drawn_once_per_colour_and_size(theme):
    first = theme.pixmap("copy", "text2", 16)

    assert theme.pixmap("copy", "text2", 16) is first
    assert theme.pixmap("copy", "text2", 18) is not first
    assert theme.pixmap("copy", "bad", 16) is not first


def test_an_icon_is_sharp_on_a_dense_screen(theme):
    pixmap = theme.pixmap("copy", "text2", 16, 2.0)

    assert pixmap.width() == 32
    assert pixmap.deviceIndependentSize().width() == 16


def test_a_small_icon_has_a_thicker_line(theme):
    assert 'stroke-width="2"' in theme.icons.svg("lock", QColor("red"), 14)
    assert 'stroke-width="1.75"' in theme.icons.svg("lock", QColor("red"), 16)


def test_an_unknown_icon_is_an_error(theme):
    with pytest.raises(FileNotFoundError):
        theme.pixmap("nonesuch", "text", 16)

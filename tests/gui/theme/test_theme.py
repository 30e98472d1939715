"""Light, dark and the system's choice; what is applied and when it is told."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette

from sandbox_app.gui.theme import DARK, LIGHT, Theme


def test_a_change_of_mode_reaches_palette_and_style_sheet(qtbot, theme, qapp):
    with qtbot.waitSignal(theme.changed, timeout=1000):
        theme.set_mode("dark")

    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.surface
    assert DARK.surface in qapp.styleSheet()
    assert LIGHT.accent_text not in qapp.styleSheet()


def test_the_same_mode_again_changes_nothing(qtbot, theme):
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode("light")


def test_the_style_sheet_leaves_no_placeholder(theme):
    sheet = theme.style_sheet()

    assert "@" not in sheet
    assert "image(" not in sheet


def test_every_picture_of_the_style_sheet_exists(theme):
    pictures = [part.split(")")[0] for part in theme.style_sheet().split("url(")[1:]]

    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


def test_the_style_sheet_follows_the_scale_but_hairlines_do_not(theme):
    theme.set_scale(2.0)

    assert "border-radius: 12px" in theme.style_sheet()
    assert "border: 1px solid" in theme.style_sheet()


def test_system_mode_follows_the_desktop_where_it_tells(qtbot, qapp):
    theme = Theme(qapp, mode="system")
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark

    assert theme.is_dark == dark
    with qtbot.waitSignal(theme.changed, timeout=1000):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    theme.deleteLater()


def test_an_explicit_mode_ignores_the_desktop(qtbot, theme, qapp):
    with qtbot.assertNotEmitted(theme.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    assert not theme.is_dark


def test_nothing_is_applied_before_it_is_asked_for(qapp):
    qapp.setStyleSheet("")

    theme = Theme(qapp, mode="dark")

    assert qapp.styleSheet() == ""
    theme.deleteLater()


@pytest.mark.parametrize("scale", [0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0])
def test_radio_buttons_are_round_at_every_size(theme, scale):
    theme.set_scale(scale)
    sheet = theme.style_sheet()
    box = int(re.search(r"::indicator \{\s*width: (\d+)px", sheet)[1]) + 2
    radius = int(re.search(r"QRadioButton::indicator \{ border-radius: (\d+)px", sheet)[1])

    assert radius == box // 2

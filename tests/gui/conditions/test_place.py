"""The Conditions place as a whole: what is bent, and back to normal."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from sandbox_app.workbench.conditions import clock as verbs
from sandbox_app.workbench.conditions.parts import deviations
from sandbox_app.workbench.conditions.switching import set_leniency


def banner(place) -> str:
    return place.banner.accessibleName()


def test_a_straight_world_is_said_to_be_like_the_real_service(place) -> None:
    assert banner(place) == "Like the real service:. nothing is bent."
    assert not place.normal.isEnabled()


def test_what_is_bent_is_told_and_made_normal_with_one_press(qtbot, place, core) -> None:
    verbs.advance(core, timedelta(hours=2))
    set_leniency(core, no_lockout=True)
    qtbot.waitUntil(lambda: banner(place).endswith("clock +2 h and no lockout."))

    qtbot.mouseClick(place.normal, Qt.MouseButton.LeftButton)

    assert deviations(core) == ()
    qtbot.waitUntil(lambda: not place.normal.isEnabled())


def test_a_narrow_place_scrolls_down_only(qtbot, place) -> None:
    place.resize(800, 500)

    qtbot.waitUntil(lambda: place.sheet.horizontalScrollBar().maximum() == 0)
    assert place.sheet.verticalScrollBar().maximum() > 0


def test_every_control_has_a_name(place) -> None:
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        for control in place.findChildren(kind):
            assert control.accessibleName() or not control.isVisibleTo(place), control

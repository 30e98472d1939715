"""The clock in the window: what it tells, and how a person bends it."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from sandbox_app.domain.clock import ManualClock
from sandbox_app.workbench.conditions import clock as verbs
from sandbox_app.workbench.conditions.parts import deviations
from tests.conftest import NOON


def local(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"


def choose(panel, mode: str) -> None:
    panel.mode.set_current(mode)
    panel.mode.chosen.emit(mode)


def typed(qtbot, panel, text: str) -> None:
    panel.offset.selectAll()
    qtbot.keyClicks(panel.offset, text)
    qtbot.keyClick(panel.offset, Qt.Key.Key_Return)


def test_a_straight_clock_says_so(place) -> None:
    assert place.clock.face.text() == local(NOON)
    assert place.clock.relation.text() == "As this computer"
    assert place.clock.mode.current_key == "straight"


def test_a_step_moves_the_sandbox_and_the_face(qtbot, place, core) -> None:
    qtbot.mouseClick(place.clock.steps[2], Qt.MouseButton.LeftButton)

    assert core.now() == NOON + timedelta(hours=1)
    qtbot.waitUntil(lambda: place.clock.relation.text() == "1 h ahead of this computer")
    assert place.clock.face.text() == local(NOON + timedelta(hours=1))
    assert place.clock.mode.current_key == "shifted"


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("+2h", timedelta(hours=2)),
        ("-90s", -timedelta(seconds=90)),
        ("2026-11-03T12:00:00+00:00", timedelta(days=1)),
    ],
)
def test_a_distance_or_a_moment_is_typed(qtbot, place, core, text: str, ahead: timedelta) -> None:
    typed(qtbot, place.clock, text)

    assert core.now() == NOON + ahead
    assert not place.clock.wrong.isVisible()


@pytest.mark.parametrize("text", ["tomorrow", "+5", "-90000d"])
def test_what_is_neither_is_refused_beside_the_field(qtbot, place, core, text: str) -> None:
    typed(qtbot, place.clock, text)

    assert core.now() == NOON
    assert place.clock.offset.is_wrong
    assert place.clock.wrong.isVisible()
    assert place.clock.wrong.words.text()


def test_a_frozen_clock_stands_until_it_may_run(qtbot, place, core, clock: ManualClock) -> None:
    choose(place.clock, "frozen")
    clock.advance(timedelta(minutes=3))
    assert core.now() == NOON
    place.refresh()
    assert place.clock.relation.text() == "Stands still, 3 min behind this computer"

    choose(place.clock, "shifted")
    clock.advance(timedelta(seconds=1))
    assert core.now() == NOON + timedelta(seconds=1)

    choose(place.clock, "straight")
    assert core.now() == NOON + timedelta(minutes=3, seconds=1)
    assert deviations(core) == ()


def test_the_face_follows_while_it_is_looked_at(qtbot, place, clock: ManualClock) -> None:
    clock.advance(timedelta(seconds=7))

    qtbot.waitUntil(lambda: place.clock.face.text() == local(NOON + timedelta(seconds=7)))


def test_a_clock_bent_by_a_script_is_shown(qtbot, place, core) -> None:
    verbs.advance(core, timedelta(days=2))

    qtbot.waitUntil(lambda: place.clock.relation.text() == "2 d ahead of this computer")
    assert place.clock.offset.text() == "+2d"

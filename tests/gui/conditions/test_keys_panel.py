"""Keys in the window: rotated, retired, hidden, and who noticed."""

import asyncio
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from sandbox_app.domain.conditions.key_sets import USUAL
from sandbox_app.domain.events import KeysFetched
from sandbox_app.domain.records.keys import KeyState
from sandbox_app.domain.records.tokens import Caller
from sandbox_app.gui.conditions.lanes import AxisLane
from sandbox_app.gui.conditions.time_axis import TimeAxis
from sandbox_app.gui.theme import Role
from sandbox_app.workbench.conditions import keys as verbs
from tests.conftest import DEMO_POOL
from tests.gui.conditions.menus import choose, pick

SIGNING, PREVIOUS, RETIRED, NEXT = (
    KeyState.SIGNING,
    KeyState.PREVIOUS,
    KeyState.RETIRED,
    KeyState.NEXT,
)


@pytest.fixture
def panel(place, core):
    asyncio.run(core.keys.of(DEMO_POOL))
    place.refresh()
    return place.keys


def press(qtbot, widget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def states(core) -> list[KeyState]:
    return [key.state for key in verbs.keys_of(core, DEMO_POOL)]


def answer(core):
    return verbs.key_set_answer(core, DEMO_POOL)


def fetched(core, agent: str, kids: list[str]) -> None:
    caller = Caller("127.0.0.1", agent)
    core.bus.publish(KeysFetched(DEMO_POOL, caller, tuple(kids), core.timestamp()))


def test_a_pool_without_keys_says_when_they_are_made(place) -> None:
    assert place.keys.none.isVisibleTo(place)
    assert not place.keys.timeline.isVisibleTo(place)


@pytest.mark.parametrize(
    ("button", "after"),
    [
        ("rotate", [PREVIOUS, PREVIOUS, SIGNING, SIGNING]),
        ("abruptly", [RETIRED, RETIRED, SIGNING, SIGNING]),
        ("next", [SIGNING, SIGNING, NEXT, NEXT]),
    ],
)
def test_each_button_does_what_it_says(qtbot, panel, core, button: str, after: list) -> None:
    press(qtbot, getattr(panel, button))

    assert states(core) == after
    assert len(panel.timeline.keys) == 4


def test_a_former_key_is_retired_and_published_again(qtbot, panel, core) -> None:
    press(qtbot, panel.rotate)
    kid = verbs.keys_of(core, DEMO_POOL)[0].kid

    pick(panel.timeline.keys[kid].menu, "Retire this key")
    assert states(core)[0] is RETIRED
    assert panel.timeline.keys[kid].state.text() == "id · retired"

    pick(panel.timeline.keys[kid].menu, "Publish it again")
    assert states(core)[0] is PREVIOUS


def test_the_key_that_signs_can_only_be_rotated(panel) -> None:
    for row in panel.timeline.keys.values():
        assert not row.retire.isEnabled()


def test_the_answer_is_bent_word_by_word_and_made_usual_again(qtbot, place, panel, core) -> None:
    choose(panel.answer.keys, "no keys")
    choose(panel.answer.delay, "after 3 s")
    choose(panel.answer.status, "with 503")
    choose(panel.answer.content_type, "as text/html")
    choose(panel.answer.cache_headers, "Cache-Control: no-store")

    bent = answer(core)
    assert bent.only == ()
    assert bent.delay == timedelta(seconds=3)
    assert (bent.status, bent.content_type) == (503, "text/html")
    assert bent.cache_headers == (("Cache-Control", "no-store"),)
    assert panel.answer.status.label == "with 503"

    qtbot.waitUntil(place.normal.isEnabled)
    press(qtbot, place.normal)
    assert answer(core) == USUAL
    qtbot.waitUntil(lambda: panel.answer.status.label == "with 200")


def test_only_the_next_keys_are_shown_while_the_others_sign(panel, core) -> None:
    choose(panel.answer.keys, "only the next keys")

    assert states(core) == [SIGNING, SIGNING, NEXT, NEXT]
    assert [key.published for key in verbs.keys_of(core, DEMO_POOL)] == [False, False, True, True]
    assert panel.answer.keys.label == "only the next keys"


@pytest.mark.parametrize(
    ("word", "text", "member", "value"),
    [
        ("delay", "90s", "delay", timedelta(seconds=90)),
        ("status", "404", "status", 404),
        ("content_type", "image/png", "content_type", "image/png"),
        (
            "cache_headers",
            "Cache-Control: max-age=5; Age: 3",
            "cache_headers",
            (("Cache-Control", "max-age=5"), ("Age", "3")),
        ),
    ],
)
def test_another_value_is_typed(
    qtbot, panel, core, word: str, text: str, member: str, value: object
) -> None:
    choose(getattr(panel.answer, word), "Something else…")
    qtbot.keyClicks(panel.answer.field, text)
    qtbot.keyClick(panel.answer.field, Qt.Key.Key_Return)

    assert getattr(answer(core), member) == value
    assert not panel.answer.field.isVisibleTo(panel)


@pytest.mark.parametrize(
    ("word", "text"),
    [("delay", "soon"), ("status", "fine"), ("cache_headers", "max-age=5")],
)
def test_a_value_that_is_none_is_refused_below_its_field(
    qtbot, panel, core, word: str, text: str
) -> None:
    choose(getattr(panel.answer, word), "Something else…")
    qtbot.keyClicks(panel.answer.field, text)
    qtbot.keyClick(panel.answer.field, Qt.Key.Key_Return)

    assert answer(core) == USUAL
    assert panel.answer.wrong.isVisibleTo(panel)
    qtbot.keyClick(panel.answer.field, Qt.Key.Key_Escape)
    assert not panel.answer.wrong.isVisibleTo(panel)


@pytest.mark.parametrize(
    ("word", "text"), [("delay", "2h"), ("status", "302"), ("cache_headers", "Set-Cookie: a=b")]
)
def test_a_value_that_cannot_be_answered_is_refused_in_words(
    qtbot, panel, core, word: str, text: str
) -> None:
    choose(getattr(panel.answer, word), "Something else…")
    qtbot.keyClicks(panel.answer.field, text)
    qtbot.keyClick(panel.answer.field, Qt.Key.Key_Return)

    assert answer(core) == USUAL
    assert panel.message.isVisibleTo(panel)


def test_who_fetched_which_keys_is_drawn_and_what_is_wrong_said(qtbot, panel, core) -> None:
    old = [key.kid for key in verbs.keys_of(core, DEMO_POOL)]
    fetched(core, "node", old)
    press(qtbot, panel.rotate)
    fetched(core, "python-requests/2.32", [key.kid for key in verbs.keys_of(core, DEMO_POOL)])
    panel.refresh()

    rows = {row.accessibleName().partition(",")[0]: row for row in panel.timeline.readers}
    assert [dot.filled for dot in rows["node"].lane.dots] == [False]
    assert [dot.filled for dot in rows["python-requests/2.32"].lane.dots] == [True]


def test_no_name_on_the_time_axis_is_cut_at_its_edge(qtbot, theme) -> None:
    lane = AxisLane(theme)
    qtbot.addWidget(lane)
    lane.resize(800, 20)
    begin = 1_700_000_400.0
    for minutes in range(60):
        lane.show_axis(TimeAxis.over([begin + 60 * minutes], begin + 60 * minutes + 3_600))

        assert len(lane.names) >= 3
        for words, box in lane.names:
            assert box.center().x() - theme.text_width(Role.SMALL, words) // 2 >= 0

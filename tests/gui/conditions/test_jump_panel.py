"""What ends next, and the jump to the second before or after."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import TokensMinted
from sandbox_app.domain.records.tokens import MintedToken
from tests.conftest import DEMO_POOL, NOON
from tests.gui.conditions.menus import choose

SPA = "7spa4k1m8v0c3n5b9x6zq2kdpa"


def moment(epoch: float) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)


@pytest.fixture
def signed_in(place, core):
    """alice has an access token for an hour and an ID token for half of one."""
    keys = core.keys
    import asyncio

    made = asyncio.run(keys.of(DEMO_POOL)).published
    kid = made[0].kid
    now = core.epoch()
    tokens = (
        MintedToken("id", kid, "j-id", now, now + 1800),
        MintedToken("access", kid, "j-access", now, now + 3600),
    )
    minted = TokensMinted(
        "l1", DEMO_POOL, SPA, "alice", "authorization_code", "", ("id", "access"), tokens
    )
    core.bus.publish(minted)
    place.refresh()
    return place.jump


def row(panel, words: str):
    return next(it for it in panel.rows if it.words.text() == words)


def press(qtbot, widget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_soonest_end_stands_first_with_the_time_that_is_left(signed_in) -> None:
    told = [(it.words.text(), it.when.text()) for it in signed_in.rows[:2]]

    assert told == [
        ("alice’s ID token for spa expires", "in 30 min 0 s"),
        ("alice’s access token for spa expires", "in 1 h 0 min"),
    ]


@pytest.mark.parametrize(("button", "by"), [("before", -1), ("after", 1)])
def test_a_press_sets_the_clock_a_second_beside_the_end(
    qtbot, signed_in, core, button: str, by: int
) -> None:
    press(qtbot, getattr(row(signed_in, "alice’s access token for spa expires"), button))

    assert core.now() == NOON + timedelta(seconds=3600 + by)


def test_after_a_jump_its_end_stays_in_sight_and_the_way_back_is_open(
    qtbot, signed_in, core
) -> None:
    words = "alice’s ID token for spa expires"
    press(qtbot, row(signed_in, words).after)
    assert signed_in.rows[0].words.text() == words
    assert signed_in.rows[0].when.text() == "1 s ago"

    press(qtbot, row(signed_in, words).before)
    assert core.now() == NOON + timedelta(seconds=1799)


def test_it_counts_down_while_it_is_looked_at(qtbot, place, signed_in, clock: ManualClock) -> None:
    clock.advance(timedelta(seconds=5))

    qtbot.waitUntil(lambda: signed_in.rows[0].when.text() == "in 29 min 55 s")


def test_an_empty_list_says_what_will_stand_there(place, core) -> None:
    core.store.pools.remove(DEMO_POOL)
    place.refresh()

    assert place.jump.none.isVisibleTo(place)


def test_a_skew_is_chosen_or_typed_per_client(qtbot, place, core) -> None:
    line = place.clock.skew
    choose(line.client, "web")
    choose(line.skew, "5 min ahead")
    web = next(
        it for it in core.store.clients.of_pool(DEMO_POOL) if it.client_name == "web"
    ).client_id
    assert core.conditions.skews == {web: timedelta(minutes=5)}

    choose(line.skew, "Something else…")
    qtbot.keyClicks(line.field, "-90s")
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert core.conditions.skews == {web: -timedelta(seconds=90)}
    assert line.skew.label == "1 min 30 s behind"

    choose(line.skew, "Something else…")
    qtbot.keyClicks(line.field, "a while")
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert line.wrong.isVisibleTo(place)
    assert core.conditions.skews == {web: -timedelta(seconds=90)}

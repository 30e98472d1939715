"""The list follows the newest, steals nothing, and is walked with keys alone."""

from dataclasses import replace
from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from sandbox_app.gui.live.logins_model import LoginsModel
from sandbox_app.gui.live.requests_model import RequestsModel
from sandbox_app.gui.live.rows_view import RowsView
from tests.gui.live.samples import NOW, Log, a_sign_in, an_exchange

KEY = Qt.Key


def press(qtbot, place, *keys: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    place.list.setFocus()
    for key in keys:
        qtbot.keyClick(place.list, key, modifier)


def chosen(place):
    """Login id and path of the row under the cursor."""
    index = place.list.currentIndex()
    login, exchange = place.listing.model.login_at(index), place.listing.model.exchange_at(index)
    return (login.login_id if login else None, exchange.path if exchange else None)


def many(log: Log, first: int, logins: int) -> list:
    return [
        exchange
        for number in range(first, first + logins)
        for exchange in a_sign_in(log, f"m{number}", NOW + number)
    ]


def row_at_top(place):
    return place.listing.model.login_at(place.list.indexAt(QPoint(40, 12))).login_id


def test_the_newest_login_stays_in_sight_while_following(place, log) -> None:
    place.absorb(many(log, 0, 60))

    place.absorb(many(log, 60, 1))

    assert place.list.follows
    assert row_at_top(place) == "m60"


def test_scrolling_away_stops_following_and_counts_what_is_new(place, log) -> None:
    place.absorb(many(log, 0, 60))
    place.list.verticalScrollBar().setValue(800)
    before = row_at_top(place)

    place.absorb(many(log, 60, 3))

    assert not place.list.follows
    assert place.list._following.pill.text() == "3 new"
    assert row_at_top(place) == before


def test_the_pill_leads_back_to_the_newest(qtbot, place, log) -> None:
    place.absorb(many(log, 0, 60))
    place.list.verticalScrollBar().setValue(800)
    place.absorb(many(log, 60, 3))

    qtbot.mouseClick(place.list._following.pill, Qt.MouseButton.LeftButton)

    assert place.list.follows
    assert row_at_top(place) == "m62"
    assert place.list._following.pill.isHidden()


def test_the_button_follows_and_lets_go(qtbot, place, log) -> None:
    place.absorb(many(log, 0, 60))
    follow = place.toolbar.follow

    qtbot.mouseClick(follow, Qt.MouseButton.LeftButton)
    assert (place.list.follows, follow.label) == (False, "Follow")

    qtbot.mouseClick(follow, Qt.MouseButton.LeftButton)
    assert (place.list.follows, follow.label) == (True, "Following")


@pytest.mark.parametrize("mode", ["logins", "requests"])
def test_new_rows_never_steal_the_selection(place, log, mode) -> None:
    place.absorb(many(log, 0, 5))
    place.toolbar.mode.set_current(mode)
    place.toolbar.mode.chosen.emit(mode)
    place.show_login("m2")
    before = chosen(place)

    place.absorb(many(log, 5, 40))

    assert chosen(place) == before
    assert chosen(place)[0] == "m2"


def test_a_login_that_goes_on_keeps_its_place_and_updates_its_details(place, log) -> None:
    exchanges = a_sign_in(log, "l1", NOW)
    place.absorb(exchanges[:2])
    assert place.detail.headline == "Waiting for the sign-in"

    place.absorb(exchanges[2:])

    assert place.detail.headline == "alice signed in to web"
    assert chosen(place)[0] == "l1"


def test_up_and_down_walk_through_open_and_closed_logins(qtbot, morning) -> None:
    morning.show_login("l7")
    press(qtbot, morning, KEY.Key_Down)
    assert chosen(morning) == ("l7", "/oauth2/authorize")

    press(qtbot, morning, KEY.Key_Down, KEY.Key_Down)
    assert chosen(morning) == ("l6", None)

    press(qtbot, morning, KEY.Key_Home)
    assert chosen(morning) == ("l8", None)


def test_right_opens_and_left_closes(qtbot, morning) -> None:
    morning.show_login("l6")
    login = morning._book.find("l6")
    morning.list.set_open(login, False)

    press(qtbot, morning, KEY.Key_Right)
    assert morning.list.is_open(login)
    press(qtbot, morning, KEY.Key_Right)
    assert chosen(morning) == ("l6", "/oauth2/authorize")
    press(qtbot, morning, KEY.Key_Left)
    assert chosen(morning) == ("l6", None)
    press(qtbot, morning, KEY.Key_Left)
    assert not morning.list.is_open(login)


def test_enter_leads_to_the_details(qtbot, morning) -> None:
    morning.show_login("l6")

    press(qtbot, morning, KEY.Key_Return)

    assert morning.detail.tabs.isAncestorOf(morning.focusWidget())


def test_control_c_copies_the_row_in_words(qtbot, morning) -> None:
    morning.show_login("l7")

    press(qtbot, morning, KEY.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)

    copied = QApplication.clipboard().text()
    assert "spa" in copied
    assert "AZ-4" in copied


def test_letters_typed_over_the_list_become_the_filter(qtbot, morning) -> None:
    press(qtbot, morning, KEY.Key_B)

    assert morning.toolbar.filter.text() == "b"


def test_a_request_without_a_login_has_nothing_to_unfold(place, log) -> None:
    lonely = log.add(an_exchange(path="/nowhere", step="unknown path", status=404, rule="US-W3"))
    place.absorb([lonely])
    login = place._book.logins[0]

    place.list.set_open(login, True)

    assert not place.list.is_open(login)
    assert place.detail.isVisible()


def test_a_click_on_the_chevron_folds_without_choosing(qtbot, morning) -> None:
    morning.show_login("l8")
    index = morning.listing.model.index_of(morning._book.find("l5"))
    rect = morning.list.visualRect(index)

    qtbot.mouseClick(
        morning.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(rect.left() + 18, rect.top() + 16),
    )

    assert morning.list.is_open(morning._book.find("l5"))
    assert chosen(morning)[0] == "l8"


def test_requests_of_an_open_login_push_nothing_down_that_is_being_read(place, log) -> None:
    place.absorb(many(log, 0, 60))
    running = a_sign_in(log, "running", NOW + 100)
    place.absorb(running[:2])
    place.list.set_open(place._book.find("running"), True)
    place.list.verticalScrollBar().setValue(800)
    index = place.listing.model.index_of(place._book.find("m40"))
    before = place.list.visualRect(index)

    place.absorb(running[2:])

    assert place.list.visualRect(place.listing.model.index_of(place._book.find("m40"))) == before
    assert place.list.unseen == 0


def test_requests_below_what_is_being_read_move_nothing(place, log) -> None:
    running = a_sign_in(log, "running", NOW - 100)
    place.absorb([*running[:2], *many(log, 0, 60)])
    place.list.set_open(place._book.find("running"), True)
    place.list.verticalScrollBar().setValue(300)

    place.absorb(running[2:])

    assert place.list.verticalScrollBar().value() == 300


def test_an_emptied_list_forgets_what_was_open(qtbot, morning, log) -> None:
    morning.show_login("l6")
    qtbot.mouseClick(morning.toolbar.clear, Qt.MouseButton.LeftButton)

    assert morning.list._opened == {}
    morning.absorb(a_sign_in(log, "new", NOW + 20))
    assert row_at_top(morning) == "new"
    assert morning.list.verticalScrollBar().maximum() == 0


def test_page_down_and_end_reach_the_oldest(qtbot, place, log) -> None:
    place.absorb(many(log, 0, 60))
    place.show_login("m59")
    place.list.set_open(place._book.find("m59"), False)

    press(qtbot, place, KEY.Key_PageDown)
    login, _ = chosen(place)
    assert 40 < int(login[1:]) < 55
    press(qtbot, place, KEY.Key_End)
    assert chosen(place) == ("m0", None)
    assert place.list.visualRect(place.list.currentIndex()).bottom() < place.list.height()
    press(qtbot, place, KEY.Key_PageUp, KEY.Key_Home)
    assert chosen(place) == ("m59", None)


def test_a_row_hidden_by_the_filter_is_chosen_again_when_it_returns(morning) -> None:
    morning.show_login("l7")

    morning.toolbar.filter.setText("bob")
    assert chosen(morning) == (None, None)
    morning.toolbar.filter.setText("")

    assert chosen(morning) == ("l7", None)


@pytest.mark.parametrize("seed", range(4))
def test_every_row_stays_where_it_is_clicked_whatever_happens(place, log, seed) -> None:
    luck = Random(seed)
    waiting = many(log, 0, 40)
    while waiting:
        size = luck.randrange(1, 12)
        batch, waiting = waiting[:size], waiting[size:]
        luck.shuffle(batch)
        place.absorb(batch)
        for login in luck.sample(place._book.logins, min(3, len(place._book.logins))):
            place.list.set_open(login, luck.random() < 0.6)
        if luck.random() < 0.2:
            place.toolbar.filter.setText(luck.choice(["", "alice", "token"]))
        place.list.verticalScrollBar().setValue(luck.randrange(0, 2_000))
        for y in range(10, place.list.viewport().height(), 40):
            index = place.list.indexAt(QPoint(40, y))
            if index.isValid():
                rect = place.list.visualRect(index)
                assert rect.top() <= y <= rect.bottom()


class Counted:
    """How often a method is called, while it still does its work."""

    def __init__(self, monkeypatch, owner: type, name: str) -> None:
        self.calls, original = 0, getattr(owner, name)

        def counted(*given):
            self.calls += 1
            return original(*given)

        monkeypatch.setattr(owner, name, counted)


def test_a_hundred_thousand_rows_cost_no_more_than_those_in_sight(make_place, monkeypatch) -> None:
    exchange = an_exchange()
    rows = [
        replace(exchange, id=str(number), login_id=f"h{number // 5}") for number in range(100_000)
    ]
    place = make_place(capacity=99_900)
    place.absorb(rows[:99_800])
    painted = Counted(monkeypatch, RowsView, "_paint_row")
    asked = [
        Counted(monkeypatch, model, name)
        for model in (LoginsModel, RequestsModel)
        for name in ("login_at", "exchange_at", "rowCount", "index")
    ]
    for mode, batch in (("logins", rows[99_800:99_900]), ("requests", rows[99_900:])):
        place.toolbar.mode.chosen.emit(mode)
        QApplication.processEvents()
        painted.calls, before = 0, sum(counter.calls for counter in asked)

        place.absorb(batch)
        place.list.viewport().repaint()
        place.list.verticalScrollBar().setValue(50_000)
        place.list.viewport().repaint()

        assert 10 < painted.calls < 120
        assert sum(counter.calls for counter in asked) - before < 600
    assert len(place._book) == 99_900

"""Older requests come out of the workspace at the end of the list, whole and by the filter."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.ports import at_once
from sandbox_app.gui.live import LivePlace, Powers, paging
from sandbox_app.store import Store
from sandbox_app.workbench.live import older
from sandbox_app.workbench.live.older import OlderTraffic
from tests.gui.live.conftest import VALID
from tests.gui.live.samples import NOW, Log, a_sign_in, an_exchange

LOGINS = 440
"""Of five requests each: 400 are loaded at the start, 40 are older."""

Make = Callable[..., LivePlace]


class Recorded(Log):
    """Takes what samples make, and writes it into a workspace."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    def write(self) -> None:
        for row in self.rows:
            self._store.traffic.append(row.exchange, self.details[row.exchange.id])
        self.rows.clear()
        assert self._store.traffic.flush()


@pytest.fixture(scope="module")
def much(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with more than is loaded at the start; zoe signed in first of all."""
    path = tmp_path_factory.mktemp("much") / "workspace.sandbox"
    opened = Store.open(path)
    log = Recorded(opened)
    a_sign_in(log, "first", NOW - 5000, user="zoe", client="forgotten")
    for number in range(1, LOGINS):
        a_sign_in(log, f"l{number}", NOW - 5000 + number)
    log.write()
    opened.close()
    return path


@pytest.fixture
def store(request, tmp_path: Path) -> Iterator[Store]:
    """An empty workspace, or the one with much in it."""
    path = tmp_path / "workspace.sandbox"
    if "recorded" in request.fixturenames:
        shutil.copy(request.getfixturevalue("much"), path)
    opened = Store.open(path)
    yield opened
    opened.close()


@pytest.fixture
def recorded(store: Store) -> Recorded:
    """What goes on in the workspace with much in it."""
    return Recorded(store)


@pytest.fixture
def make_stored_place(qtbot, theme, store) -> Iterator[Make]:
    """Places over the workspace, as the window makes them."""
    opened = []

    def make(capacity: int = 100_000, most: int = 50_000, *, load: bool = True) -> LivePlace:
        made = LivePlace(
            theme,
            store.traffic,
            lambda token: VALID,
            ManualClock(datetime.fromtimestamp(NOW, UTC)),
            Powers(
                older=lambda book: OlderTraffic(store, at_once, book, most=most),
                spawn=asyncio.run,
            ),
            capacity=capacity,
        )
        qtbot.addWidget(made)
        made.resize(1200, 724)
        made.show()
        if load:
            made.load()
        opened.append(made)
        return made

    yield make
    for made in opened:
        made.leave()


@pytest.fixture
def place(recorded, make_stored_place, qtbot) -> LivePlace:
    made = make_stored_place()
    settle(qtbot, made)
    return made


def settle(qtbot, place: LivePlace) -> None:
    paging = place.listing.paging
    qtbot.waitUntil(
        lambda: not (paging.searching or paging._soon.isActive() or place.listing.search.running)
    )


def shown(place: LivePlace) -> list[str]:
    model = place.listing.model
    return [model.login_at(model.index(row, 0)).login_id for row in range(model.rowCount())]


def scroll_to_end(qtbot, place: LivePlace) -> None:
    """As far as it goes, also where more appears meanwhile."""
    bar = place.list.verticalScrollBar()
    last = -1
    while bar.maximum() > last:
        last = bar.maximum()
        bar.setValue(last)
        settle(qtbot, place)


def type_filter(qtbot, place: LivePlace, words: str) -> None:
    place.toolbar.filter.setText(words)
    settle(qtbot, place)


def test_the_footer_tells_what_the_workspace_holds_beyond_the_list(qtbot, place) -> None:
    assert len(shown(place)) == 400
    assert place.footer.isVisible()
    assert place.footer.words == "200 older requests in the workspace"


def test_scrolling_to_the_end_brings_older_logins_in_their_order(qtbot, place) -> None:
    newest = shown(place)

    scroll_to_end(qtbot, place)

    assert shown(place) == [*newest, *(f"l{number}" for number in range(39, 0, -1)), "first"]
    assert place.footer.words == "All 200 older requests in the workspace are shown"
    assert not place.footer.more.isVisible()


@pytest.mark.parametrize("mode", ["logins", "requests"])
def test_what_is_older_is_found_by_its_id_and_compared_with(qtbot, place, mode) -> None:
    place.toolbar.mode.set_current(mode)
    place.toolbar.mode.chosen.emit(mode)
    settle(qtbot, place)
    scroll_to_end(qtbot, place)
    model = place.listing.model
    oldest = model.login_at(model.index(model.rowCount() - 1, 0))
    exchange = oldest.exchanges[-1]

    assert place.find_exchange(exchange.id) == (oldest, exchange)
    failed = an_exchange(
        client_id=oldest.client_id, login_id="new", rule="AZ-4", error="redirect_mismatch"
    )
    place.absorb([failed])
    menu = place.menus.of_row(place._book.find("new"), None)
    assert menu.defaultAction().text() == "Compare with this client's last success"


def test_scrolling_on_moves_nothing_that_is_in_sight_and_steals_no_selection(
    qtbot, place, monkeypatch
) -> None:
    monkeypatch.setattr(older, "PAGE_LOGINS", 10)
    place.list.choose(place._book.logins[-3])
    before = place.list.current
    bar = place.list.verticalScrollBar()
    bar.setValue(bar.maximum() - 100)
    QApplication.processEvents()
    top, value = place.list.indexAt(QPoint(40, 12)).data(), bar.value()
    rows = len(shown(place))

    place.footer.more.click()

    assert len(shown(place)) > rows
    assert bar.value() == value
    assert place.list.indexAt(QPoint(40, 12)).data() == top
    assert place.list.current == before


def test_keys_lead_on_through_older_logins(qtbot, place) -> None:
    place.list.setFocus()
    for _ in range(3):
        qtbot.keyClick(place.list, Qt.Key.Key_End)
        settle(qtbot, place)

    assert place.list.current[0].login_id == "first"
    assert place.detail.headline == "zoe signed in to forgotten"
    qtbot.keyClick(place.list, Qt.Key.Key_Right)
    qtbot.keyClick(place.list, Qt.Key.Key_Right)
    assert place.list.current[1].path == "/oauth2/authorize"


def test_a_filter_finds_older_logins_without_scrolling(qtbot, place) -> None:
    type_filter(qtbot, place, "~user zoe")

    assert shown(place) == ["first"]
    assert len(place.listing.model.login_at(place.listing.model.index(0, 0)).exchanges) == 5
    assert place.footer.words == "200 older requests in the workspace · 1 login passes the filter"
    assert place.list.isVisible()


def test_a_filter_of_the_last_time_waits_for_what_the_list_begins_with(
    qtbot, recorded, make_stored_place
) -> None:
    place = make_stored_place(load=False)
    place.restore_state({"filter": "~user alice", "mode": "requests"})
    qtbot.wait(100)
    assert shown(place) == []

    place.load()
    settle(qtbot, place)

    assert place.listing.model.rowCount() > 400
    ids = [exchange.id for exchange in place.listing.model.exchanges()]
    assert len(ids) == len(set(ids))


def test_contents_of_older_requests_are_read_and_can_be_stopped(
    qtbot, place, recorded, monkeypatch
) -> None:
    type_filter(qtbot, place, "~claim cognito:username=zoe")

    assert shown(place) == ["first"]
    assert place.listing.model.login_at(place.listing.model.index(0, 0)) is not None

    place.toolbar.filter.setText("~b nothing-holds-this")
    place.footer.stop.click()
    assert not place.listing.paging.searching
    assert "1 login" not in place.footer.words


def test_an_empty_list_is_explained_with_the_older_requests(qtbot, place) -> None:
    type_filter(qtbot, place, "~user nobody")

    sentence = place.panes.filtered_out._sentence.text()
    assert sentence == (
        "“~user nobody” hides everything newer, and none of 200 older requests passes the filter."
    )


def test_requests_are_listed_one_by_one_with_their_whole_login(qtbot, place) -> None:
    place.listing.show_mode("requests")
    settle(qtbot, place)
    scroll_to_end(qtbot, place)
    settle(qtbot, place)
    model = place.listing.model

    assert model.rowCount() == LOGINS * 5
    last = model.index(model.rowCount() - 1, 0)
    assert model.exchange_at(last).path == "/oauth2/authorize"
    assert model.login_at(last).username == "zoe"
    assert len(model.login_at(last).exchanges) == 5

    type_filter(qtbot, place, "~m POST ~client forgotten")
    assert model.rowCount() == 2


def test_how_many_pass_is_counted_where_more_than_a_page_does(qtbot, place, monkeypatch) -> None:
    monkeypatch.setattr(older, "PAGE_REQUESTS", 10)
    place.listing.show_mode("requests")
    type_filter(qtbot, place, "~m POST")
    place.footer.more.click()

    assert place.footer.words.endswith("· 80 requests pass the filter")


def test_a_login_cut_where_loading_began_is_completed(qtbot, store, make_stored_place) -> None:
    log = Recorded(store)
    a_sign_in(log, "cut", NOW - 9000, user="zoe")
    last = log.rows.pop()
    for number in range(420):
        a_sign_in(log, f"l{number}", NOW - 5000 + number)
    log.rows.insert(len(log.rows) - 10, last)
    log.write()

    place = make_stored_place()
    QAbstractItemModelTester(place.listing.model)
    settle(qtbot, place)

    login = place._book.find("cut")
    assert login.exchanges[0].path == "/oauth2/authorize"
    assert len(login.exchanges) == 5
    scroll_to_end(qtbot, place)
    assert shown(place).count("cut") == 1


def test_an_older_login_that_goes_on_stays_one(qtbot, place, recorded) -> None:
    scroll_to_end(qtbot, place)
    QAbstractItemModelTester(place.listing.model)

    again = an_exchange(login_id="first", path="/oauth2/token", step="token", username="zoe")
    place.absorb([recorded.add(again)])

    assert shown(place).count("first") == 1
    assert len(place._book.find("first").exchanges) == 6

    place.toolbar.filter.setText("zoe")
    assert shown(place) == ["first"], "it stays when older rows are let go of"


def test_a_login_that_begins_long_before_the_list_is_completed_when_it_goes_on(
    qtbot, place, recorded
) -> None:
    again = an_exchange(login_id="l1", path="/oauth2/token", step="token", username="alice")
    place.absorb([recorded.add(again)])

    assert shown(place)[0] == "l1"
    assert len(place._book.find("l1").exchanges) == 6
    scroll_to_end(qtbot, place)
    assert shown(place).count("l1") == 1


def test_the_list_says_when_it_holds_as_much_as_it_may(
    recorded, make_stored_place, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(older, "PAGE_LOGINS", 10)
    place = make_stored_place(most=50)
    settle(qtbot, place)
    scroll_to_end(qtbot, place)

    assert place.footer.words == (
        "200 older requests in the workspace · 10 logins of them shown; "
        "the list is full, use a filter"
    )


def test_older_rows_are_let_go_of_before_newer_ones_are_missing(
    recorded, make_stored_place, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(paging, "SPARE", 10)
    place = make_stored_place(capacity=2_000)
    settle(qtbot, place)
    scroll_to_end(qtbot, place)
    QAbstractItemModelTester(place.listing.model)
    assert shown(place)[-1] == "first"

    place.list.set_follows(True)
    for number in range(6):
        place.absorb(a_sign_in(recorded, f"new{number}", NOW + number))
        recorded.write()
    settle(qtbot, place)

    logins = shown(place)
    assert len(place._book) <= 2_010
    assert "first" not in logins
    scroll_to_end(qtbot, place)
    everything = shown(place)
    assert everything[-1] == "first"
    assert len(everything) == len(set(everything)) == LOGINS + 6


def test_what_falls_out_of_a_full_list_is_found_below_it(
    store, make_stored_place, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(paging, "_MEASURED_EVERY_MS", 0)
    log = Recorded(store)
    place = make_stored_place(capacity=100)
    settle(qtbot, place)
    assert not place.footer.isVisible()

    for number in range(60):
        place.absorb(a_sign_in(log, f"l{number}", NOW + number))
        log.write()
    everything = [f"l{number}" for number in range(59, -1, -1)]
    qtbot.waitUntil(lambda: shown(place) == everything)
    assert place.footer.words.startswith("All ")
    type_filter(qtbot, place, "~user nobody")
    assert place.footer.words.endswith("none passes the filter")
    a_sign_in(log, "late", NOW + 99, user="nobody")
    place.absorb([row.exchange for row in log.rows])
    log.write()
    for number in range(30):
        place.absorb(a_sign_in(log, f"m{number}", NOW + 100 + number))
        log.write()
    qtbot.waitUntil(lambda: shown(place) == ["late"])


def test_clearing_leaves_nothing_older(qtbot, place) -> None:
    scroll_to_end(qtbot, place)

    place.clear()
    settle(qtbot, place)

    assert shown(place) == []
    assert not place.footer.isVisible()


def test_a_changed_filter_lets_go_of_what_the_last_one_found(qtbot, place) -> None:
    scroll_to_end(qtbot, place)
    QAbstractItemModelTester(place.listing.model)

    type_filter(qtbot, place, "~user zoe")
    type_filter(qtbot, place, "~user nobody")
    assert shown(place) == []
    place.toolbar.filter.clear()
    settle(qtbot, place)

    assert len(shown(place)) == 400
    assert place.footer.words == "200 older requests in the workspace"


def test_what_was_noted_about_older_requests_is_found(qtbot, place) -> None:
    scroll_to_end(qtbot, place)
    login = place._book.find("first")
    place.marks.put(replace(place.marks.of(login), marked=True), login)

    place.toolbar.filter.setText("~mark")
    settle(qtbot, place)

    assert shown(place) == ["first"]

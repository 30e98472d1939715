"""A filter over many rows shows the newest at once and finds the others without a pause."""

from random import Random

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from sandbox_app.gui.live import filling
from sandbox_app.gui.live.logins_model import LoginsModel
from sandbox_app.gui.live.requests_model import RequestsModel
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.filters import Filter
from tests.gui.live.samples import NOW, Log, a_sign_in, an_exchange


@pytest.fixture(autouse=True)
def slow(monkeypatch) -> None:
    """Five rows are all that a turn has time for; found ones are told every other turn."""
    seconds = iter(range(10**9))
    monkeypatch.setattr(filling, "perf_counter", lambda: next(seconds))
    monkeypatch.setattr(filling, "_BUDGET", 1.5)
    monkeypatch.setattr(filling, "_AT_ONCE", 5)
    monkeypatch.setattr(filling, "_TELL_EVERY", 5)


def shown(model) -> list[str]:
    """Ids, newest first, requests behind their logins."""
    ids = []
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        exchange = model.exchange_at(index)
        ids.append(exchange.id if exchange is not None else model.login_at(index).login_id)
        below = range(model.rowCount(index))
        ids += [model.exchange_at(model.index(child, 0, index)).id for child in below]
    return ids


def expected(model, book: TrafficBook, wanted: Filter) -> list[str]:
    if isinstance(model, RequestsModel):
        return [entry.exchange.id for entry in reversed(wanted.select(book.entries))]
    return [
        name
        for login in reversed(wanted.select(book.logins))
        for name in (login.login_id, *(one.id for one in login.exchanges))
    ]


@pytest.mark.parametrize("kind", [LoginsModel, RequestsModel])
@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_meanwhile_all_is_found_once(qapp, kind, seed) -> None:
    luck, book = Random(seed), TrafficBook(60)
    model = kind(book)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def some() -> list:
        return [
            an_exchange(
                login_id=f"l{luck.randrange(40)}", status=luck.choice([200, 200, 400]), step="token"
            )
            for _ in range(luck.randrange(9))
        ]

    model.apply(book.absorb([one for _ in range(20) for one in some()]))
    for typed in ("~c 400", "!~c 400", "400 | ~c 200"):
        wanted = Filter(typed)
        model.set_filter(wanted)
        assert model.filling
        for _ in range(luck.randrange(12)):
            if luck.random() < 0.6:
                model.apply(book.absorb(some()))
            elif model.filling:
                model._filling._go_on()
        model.find_all()
        assert shown(model) == expected(model, book, wanted)
    del tester


@pytest.fixture
def place(make_place, log: Log):
    made = make_place()
    made.absorb([one for number in range(40) for one in a_sign_in(log, f"l{number}", NOW + number)])
    return made


def test_the_newest_show_at_once_and_the_count_grows(qtbot, place) -> None:
    place.toolbar.filter.setText("~c 200")

    assert place.listing.model.rowCount() == 5
    assert place.toolbar._count.text() == "5 logins"

    qtbot.waitUntil(lambda: place.toolbar._count.text() == "40 logins")


def test_an_empty_beginning_is_not_called_empty(qtbot, place, log) -> None:
    place.absorb([an_exchange(login_id=f"n{number}", status=302) for number in range(20)])

    place.toolbar.filter.setText("~c 200")
    assert place.listing.model.rowCount() == 0
    assert place.panes.left.currentWidget() is place.list

    qtbot.waitUntil(lambda: place.listing.model.rowCount() == 40)

    place.toolbar.filter.setText("~c 599")
    qtbot.waitUntil(lambda: place.panes.left.currentWidget() is place.panes.filtered_out)


def test_the_cursor_is_back_on_its_row_once_it_is_found(qtbot, place) -> None:
    place.list.choose(place._book.find("l3"))

    place.toolbar.filter.setText("~c 200")
    assert not place.list.currentIndex().isValid()

    qtbot.waitUntil(lambda: place.list.current is not None)
    assert place.list.current[0].login_id == "l3"


def test_a_row_that_is_asked_for_is_there_at_once(place) -> None:
    place.toolbar.filter.setText("~c 200")

    assert place.show_login("l3")

    assert place.toolbar.filter.text() == "~c 200"
    assert place.list.current[0].login_id == "l3"


def test_all_that_pass_are_exported_also_those_not_shown_yet(place) -> None:
    place.toolbar.filter.setText("~c 200")

    assert len(place.listing.exchanges()) == 200

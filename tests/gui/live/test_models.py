"""Both models of the list keep Qt's rules whatever happens to the book behind them."""

from collections.abc import Callable
from itertools import count
from random import Random

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from sandbox_app.gui.live.logins_model import LoginsModel
from sandbox_app.gui.live.requests_model import RequestsModel
from sandbox_app.gui.live.traffic_model import TrafficModel
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.filters import Filter
from tests.gui.live.samples import Log, a_morning, a_sign_in, an_exchange

KINDS = [LoginsModel, RequestsModel]


@pytest.fixture(params=KINDS, ids=["logins", "requests"])
def watched(request, qapp) -> Callable[..., tuple[TrafficBook, TrafficModel]]:
    """Makes a model that Qt's own tester watches."""
    kept = []

    def make(capacity: int = 1_000) -> tuple[TrafficBook, TrafficModel]:
        book = TrafficBook(capacity)
        model = request.param(book)
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        kept.append(QAbstractItemModelTester(model, mode))
        return book, model

    return make


def rows(model: TrafficModel) -> list[str]:
    """Every row in words, requests below their logins."""
    found = []
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        found.append(str(index.data()))
        found += [
            str(model.index(below, 0, index).data()) for below in range(model.rowCount(index))
        ]
    return found


def test_a_morning_comes_in_batch_by_batch(watched) -> None:
    book, model = watched()
    exchanges = a_morning(Log())

    for start in range(0, len(exchanges), 3):
        model.apply(book.absorb(exchanges[start : start + 3]))

    told = rows(model)
    model.refill()
    assert told == rows(model)
    assert any("/oauth2/token" in row for row in told)


def test_the_oldest_fall_out_while_new_ones_come(watched) -> None:
    book, model = watched(capacity=12)

    for number in range(40):
        model.apply(book.absorb(a_sign_in(Log(), f"l{number}", 1000.0 + number)))

    told = rows(model)
    model.refill()
    assert told == rows(model)
    assert len(book) == 12


def test_one_batch_larger_than_the_book(watched) -> None:
    book, model = watched(capacity=10)
    model.apply(book.absorb(a_sign_in(Log(), "before", 900.0)))
    exchanges = [
        exchange
        for number in range(10)
        for exchange in a_sign_in(Log(), f"l{number}", 1000.0 + number)
    ]

    model.apply(book.absorb(exchanges))

    told = rows(model)
    model.refill()
    assert told == rows(model)


def test_a_filter_that_rows_pass_and_leave(watched) -> None:
    book, model = watched()
    model.set_filter(Filter("refused"))
    numbers = count()

    def a_request(**changes):
        return an_exchange(login_id="l1", started_at=float(next(numbers)), **changes)

    model.apply(book.absorb([a_request()]))
    assert rows(model) == []
    model.apply(book.absorb([a_request(rule="AZ-4", error="redirect_mismatch")]))
    model.apply(book.absorb([a_request(step="token", path="/oauth2/token", status=200)]))

    told = rows(model)
    model.refill()
    assert told == rows(model)


@pytest.mark.parametrize("seed", range(6))
def test_any_mixture_of_batches_filters_and_clearing(watched, seed) -> None:
    luck = Random(seed)
    book, model = watched(capacity=luck.choice([5, 30, 200]))
    waiting = [
        exchange
        for number in range(30)
        for exchange in a_sign_in(Log(), f"l{number}", 1000.0 + number, user=f"u{number % 3}")
    ]
    luck.shuffle(waiting)
    while waiting:
        size = luck.randrange(1, 25)
        batch, waiting = waiting[:size], waiting[size:]
        model.apply(book.absorb(batch))
        told = rows(model)
        if luck.random() < 0.3:
            model.set_filter(Filter(luck.choice(["", "u1", "token u2", "signed", "302"])))
        elif luck.random() < 0.1:
            book.clear()
            model.refill()
        else:
            model.refill()
            assert told == rows(model)


def test_clearing_leaves_nothing(watched) -> None:
    book, model = watched()
    model.apply(book.absorb(a_morning(Log())))

    book.clear()
    model.refill()

    assert rows(model) == []


def test_logins_stand_newest_first_with_their_requests_in_order(qapp) -> None:
    book = TrafficBook()
    model = LoginsModel(book)
    model.apply(book.absorb(a_morning(Log())))

    newest = model.index(0, 0)
    below = [str(model.index(row, 0, newest).data()) for row in range(model.rowCount(newest))]

    assert model.login_at(newest).login_id == "l8"
    assert "/oauth2/authorize" in below[0]
    assert "/login" in below[1]


def test_every_row_finds_its_way_back(qapp) -> None:
    book = TrafficBook()
    for kind in KINDS:
        model = kind(book)
        model.apply(book.absorb(a_morning(Log())))
        for login in book.logins:
            for exchange in login.exchanges:
                index = model.index_of(login, exchange)
                assert model.exchange_at(index) is exchange
                assert model.login_at(index) is login
        book.clear()


def test_a_login_far_down_that_goes_on_concerns_no_row_above_it(qapp) -> None:
    book, log = TrafficBook(1_000), Log()
    model = LoginsModel(book)
    model.apply(book.absorb([one for it in range(50) for one in a_sign_in(log, f"l{it}", it)]))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, _: told.append((first.row(), last.row())))

    model.apply(book.absorb([an_exchange(login_id=name) for name in ("l49", "l3", "l2")]))

    assert sorted(told) == [(0, 0), (46, 47)]

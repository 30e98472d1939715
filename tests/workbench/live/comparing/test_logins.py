"""Which logins and steps are put beside each other."""

from datetime import timedelta

import pytest

from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.comparing.exchanges import compare_exchanges
from sandbox_app.workbench.live.comparing.logins import align, counterpart, last_success
from sandbox_app.workbench.live.comparing.rows import differences
from sandbox_app.workbench.live.login import Login
from tests.gui.live.samples import (
    NOW,
    Log,
    a_machine_token,
    a_morning,
    a_redirect_mismatch,
    a_sign_in,
    an_exchange,
)


@pytest.fixture
def book() -> TrafficBook:
    made = TrafficBook()
    made.absorb(a_morning(Log()))
    return made


def find(book: TrafficBook, login_id: str) -> Login:
    login = book.find(login_id)
    assert login is not None
    return login


def test_a_failed_login_is_compared_with_its_clients_last_success(book) -> None:
    assert last_success(book.logins, find(book, "l7")) is find(book, "l3")


def test_what_worked_before_goes_before_what_worked_after(book) -> None:
    assert last_success(book.logins, find(book, "l4")) is find(book, "l2")
    assert last_success(book.logins, find(book, "l6")) is find(book, "l2")


def test_the_first_success_of_all_is_compared_with_a_later_one(book) -> None:
    assert last_success(book.logins, find(book, "l1")) is find(book, "l3")


def test_a_client_that_never_succeeded_has_none() -> None:
    book = TrafficBook()
    book.absorb(a_redirect_mismatch(Log(), "l1", NOW))
    book.absorb([an_exchange(client_id="", client_name="", rule="AZ-1", login_id="l2")])

    assert [last_success(book.logins, login) for login in book.logins] == [None, None]


def test_another_grant_is_second_choice() -> None:
    book, log = TrafficBook(), Log()
    book.absorb(a_sign_in(log, "l1", NOW - 30))
    machine = a_machine_token(log, "l2", NOW - 20)[0]
    book.absorb([machine])
    book.absorb(a_sign_in(log, "l3", NOW))

    assert last_success(book.logins, find(book, "l3")) is find(book, "l1")
    assert last_success(book.logins, find(book, "l2")) is None


def test_steps_of_one_kind_stand_beside_each_other(book) -> None:
    left, right = find(book, "l7"), find(book, "l3")

    pairs = [
        (one.path if one else None, other.path if other else None)
        for one, other in align(left.exchanges, right.exchanges)
    ]

    assert pairs == [
        ("/oauth2/authorize", "/oauth2/authorize"),
        ("/error", None),
        (None, "/login"),
        (None, "/login"),
        (None, "/oauth2/token"),
        (None, "/oauth2/userInfo"),
    ]


def test_a_step_too_many_does_not_shift_the_others(book) -> None:
    left = find(book, "l6").exchanges
    again = [left[0], left[1], left[2], left[1], left[2], *left[3:]]

    pairs = align(again, left)

    assert [pair for pair in pairs if pair[0] is not None and pair[1] is not None] == [
        (one, one) for one in left
    ]


def test_a_request_is_compared_with_the_same_one_of_another_login(book) -> None:
    other = counterpart(find(book, "l7").exchanges[0], find(book, "l3"))

    assert other is not None
    assert (other.method, other.path) == ("GET", "/oauth2/authorize")
    assert counterpart(find(book, "l7").exchanges[1], find(book, "l3")) is None


async def test_two_good_logins_of_one_app_differ_in_nothing_that_matters(
    visitors, read, clock
) -> None:
    first, second = visitors(), visitors()
    await first.userinfo((await first.tokens(state="one", nonce="n-1"))["access_token"])
    clock.advance(timedelta(seconds=90))
    await second.userinfo((await second.tokens(state="two", nonce="n-2"))["access_token"])
    logins, details = read(first)
    pairs = align(logins[0].exchanges, logins[1].exchanges)

    assert len(logins) == 2
    assert len(pairs) >= 3
    for one, other in pairs:
        assert one is not None
        assert other is not None
        sections = compare_exchanges((one, details[one.id]), (other, details[other.id]))
        found = [row for section in sections for row in section.rows if row.matters]
        assert (one.path, found) == (one.path, [])
        assert differences(sections) == 0

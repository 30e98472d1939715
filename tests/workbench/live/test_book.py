"""The book groups exchanges into logins, and lets the oldest go without losing count."""

import pytest

from sandbox_app.workbench.live.book import Changes, TrafficBook
from sandbox_app.workbench.live.login import Login, Outcome
from tests.gui.live.samples import (
    NOW,
    Log,
    a_machine_token,
    a_morning,
    a_redirect_mismatch,
    a_sign_in,
    a_waiting_one,
    a_wrong_password,
    an_exchange,
)


def only(book: TrafficBook) -> Login:
    (login,) = book.logins
    return login


def test_exchanges_of_one_login_come_together() -> None:
    book = TrafficBook()

    changes = book.absorb(a_sign_in(Log(), "l1", NOW))

    assert only(book).requests == 5
    assert changes.inserted == (only(book),)
    assert changes.updated == ()
    assert len(changes.entries) == 5


def test_a_login_that_goes_on_is_told_as_updated() -> None:
    book = TrafficBook()
    exchanges = a_sign_in(Log(), "l1", NOW)
    book.absorb(exchanges[:2])

    changes = book.absorb(exchanges[2:])

    (updated,) = changes.updated
    assert (updated.login, updated.added, updated.dropped) == (only(book), 3, 0)
    assert changes.inserted == ()


def test_two_logins_in_turn_stay_apart() -> None:
    book = TrafficBook()
    first, second = a_sign_in(Log(), "l1", NOW), a_sign_in(Log(), "l2", NOW, user="bob")

    book.absorb([exchange for pair in zip(first, second, strict=True) for exchange in pair])

    assert [(login.login_id, login.username) for login in book.logins] == [
        ("l1", "alice"),
        ("l2", "bob"),
    ]


def test_what_belongs_to_no_login_stands_alone() -> None:
    book = TrafficBook()

    book.absorb([an_exchange(path="/a"), an_exchange(path="/b")])

    assert [login.requests for login in book.logins] == [1, 1]
    assert book.find("") is None


def test_the_oldest_fall_out_and_their_login_stays_while_one_is_left() -> None:
    book = TrafficBook(capacity=6)
    book.absorb(a_sign_in(Log(), "l1", NOW))

    changes = book.absorb(a_sign_in(Log(), "l2", NOW + 9)[:3])

    (updated,) = changes.updated
    assert (updated.login.login_id, updated.dropped) == ("l1", 2)
    assert [len(login.exchanges) for login in book.logins] == [3, 3]
    assert book.find("l1").requests == 5


def test_a_login_goes_with_its_last_exchange() -> None:
    book = TrafficBook(capacity=5)
    book.absorb(a_sign_in(Log(), "l1", NOW))

    changes = book.absorb(a_sign_in(Log(), "l2", NOW + 9))

    assert [login.login_id for login in changes.removed] == ["l1"]
    assert book.find("l1") is None
    assert [login.login_id for login in book.logins] == ["l2"]


def test_a_batch_larger_than_the_book_leaves_its_end() -> None:
    book = TrafficBook(capacity=4)
    exchanges = a_sign_in(Log(), "l1", NOW) + a_sign_in(Log(), "l2", NOW + 9)

    changes = book.absorb(exchanges)

    assert [entry.exchange for entry in changes.entries] == exchanges[-4:]
    assert [login.login_id for login in changes.inserted] == ["l2"]
    assert changes.dropped == ()


def test_earlier_runs_are_read_page_by_page_in_their_order() -> None:
    log = Log()
    for number in range(1_500):
        log.add(an_exchange(login_id=f"l{number}", started_at=NOW + number))
    book = TrafficBook()

    changes = book.load(log, newest=1_200)

    assert [login.login_id for login in book.logins][:1] == ["l300"]
    assert [login.login_id for login in book.logins][-1:] == ["l1499"]
    assert len(changes.entries) == 1_200


def test_a_cleared_book_knows_nothing() -> None:
    book = TrafficBook()
    book.absorb(a_morning(Log()))

    book.clear()

    assert (len(book), book.logins, book.find("l1")) == (0, [], None)
    assert book.absorb([]) == Changes()


@pytest.mark.parametrize(
    ("story", "outcome"),
    [
        (a_sign_in, Outcome.SIGNED_IN),
        (a_machine_token, Outcome.SIGNED_IN),
        (a_redirect_mismatch, Outcome.REFUSED),
        (a_wrong_password, Outcome.REFUSED),
        (a_waiting_one, Outcome.RUNNING),
    ],
)
def test_a_login_says_what_came_of_it(story, outcome) -> None:
    book = TrafficBook()

    book.absorb(story(Log(), "l1", NOW))

    assert only(book).outcome is outcome


def test_a_right_password_after_a_wrong_one_signs_in() -> None:
    book, log = TrafficBook(), Log()
    book.absorb(a_wrong_password(log, "l1", NOW))
    known = {"login_id": "l1", "username": "carol", "path": "/login", "step": "login"}

    book.absorb([an_exchange(method="POST", status=302, **known)])

    assert only(book).outcome is Outcome.SIGNED_IN
    assert only(book).refusal is None


def test_the_error_page_is_no_second_refusal() -> None:
    book = TrafficBook()

    book.absorb(a_redirect_mismatch(Log(), "l1", NOW))

    assert [refusal.rule for refusal in only(book).refusals] == ["AZ-4"]
    assert only(book).telling.rule == "AZ-4"
    assert only(book).refusal_words == "AZ-4 redirect mismatch"


def test_the_most_telling_request_of_a_sign_in_is_the_one_for_tokens() -> None:
    book = TrafficBook()

    book.absorb(a_sign_in(Log(), "l1", NOW))

    assert only(book).telling.step == "token"


def test_a_login_lasts_from_its_first_request_to_its_last_answer() -> None:
    book = TrafficBook()

    book.absorb(a_sign_in(Log(), "l1", NOW))

    assert only(book).duration == pytest.approx(6302, abs=1)

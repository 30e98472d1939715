"""The book groups exchanges into logins, and lets the oldest go without losing count."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.workbench.live.book import Changes, Entry, TrafficBook
from sandbox_app.workbench.live.login import Login, Outcome
from tests.gui.live.samples import (
    NOW,
    Log,
    Row,
    a_machine_token,
    a_morning,
    a_redirect_mismatch,
    a_sign_in,
    a_waiting_one,
    a_wrong_password,
    an_exchange,
)
from tests.visitor import Visitor


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


def test_a_login_that_comes_and_goes_within_one_batch_is_never_told() -> None:
    book = TrafficBook(capacity=3)

    changes = book.absorb(a_redirect_mismatch(Log(), "l1", NOW) + a_sign_in(Log(), "l2", NOW + 9))

    assert [login.login_id for login in (*changes.inserted, *changes.removed)] == ["l2"]
    assert changes.updated == ()
    assert book.find("l1") is None


def test_a_login_that_fell_out_begins_anew_when_it_goes_on() -> None:
    book = TrafficBook(capacity=2)
    first, *later = a_sign_in(Log(), "l1", NOW)
    book.absorb([first])
    before = only(book)
    book.absorb([an_exchange(), an_exchange()])

    changes = book.absorb(later[:1])

    assert changes.inserted == (book.find("l1"),)
    assert book.find("l1") is not before
    assert book.find("l1").requests == 1


class Follower:
    """Knows the book by what it says of itself alone, as a list in the window does."""

    def __init__(self) -> None:
        self.children: dict[int, int] = {}
        self.entries: list[Entry] = []

    def follow(self, changes: Changes) -> None:
        for login in changes.removed:
            del self.children[login.serial]
        for updated in changes.updated:
            self.children[updated.login.serial] += updated.added - updated.dropped
        for login in changes.inserted:
            assert login.serial not in self.children
            self.children[login.serial] = len(login.exchanges)
        assert list(changes.dropped) == self.entries[: len(changes.dropped)]
        self.entries = [*self.entries[len(changes.dropped) :], *changes.entries]


@settings(deadline=None)
@given(
    st.integers(1, 6),
    st.lists(st.lists(st.sampled_from(["", "l1", "l2", "l3"]), max_size=12), max_size=6),
)
def test_who_follows_the_changes_knows_the_book(capacity, batches) -> None:
    book, follower = TrafficBook(capacity), Follower()

    for batch in batches:
        follower.follow(book.absorb([an_exchange(login_id=login_id) for login_id in batch]))

        assert len(book) <= capacity
        assert follower.entries == list(book.entries)
        assert follower.children == {login.serial: len(login.exchanges) for login in book.logins}
        assert list(follower.children) == [login.serial for login in book.logins]
        assert sum(follower.children.values()) == len(book)
        for login in book.logins:
            assert not login.login_id or book.find(login.login_id) is login


class CountingLog(Log):
    """Remembers which pages were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int | None, int]] = []

    def page(self, before: int | None, limit: int) -> tuple[Row, ...]:
        self.asked.append((before, limit))
        return super().page(before, limit)


def test_no_more_is_read_than_wanted() -> None:
    log = CountingLog()
    for _ in range(2_500):
        log.add(an_exchange())

    TrafficBook().load(log, newest=1_200)
    TrafficBook(capacity=10).load(log)

    assert log.asked == [(None, 1_000), (1_501, 200), (None, 10)]


def test_a_log_without_rows_changes_nothing() -> None:
    book, log = TrafficBook(), CountingLog()

    assert book.load(log) == Changes()
    assert log.asked == [(None, 1_000)]


def test_a_short_log_is_read_to_its_beginning() -> None:
    book, log = TrafficBook(), Log()
    exchanges = a_sign_in(log, "l1", NOW)

    changes = book.load(log)

    assert only(book).requests == len(exchanges)
    assert [entry.exchange for entry in changes.entries] == [row.exchange for row in log.rows]


async def test_what_a_sandbox_recorded_is_read_back_as_it_was_seen(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    await visitor.tokens()
    seen, read = TrafficBook(), TrafficBook()
    seen.absorb(exchange for exchange, _ in visitor.seen)
    sandbox.core.store.traffic.flush()

    read.load(sandbox.core.store.traffic)

    assert [entry.exchange for entry in read.entries] == [entry.exchange for entry in seen.entries]
    (login,) = (login for login in read.logins if login.login_id)
    assert (login.outcome, login.username, login.client_name) == (
        Outcome.SIGNED_IN,
        "alice",
        "spa",
    )


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


def test_a_login_that_goes_on_after_clearing_is_a_new_one_with_a_new_number() -> None:
    book = TrafficBook()
    exchanges = a_sign_in(Log(), "l1", NOW)
    book.absorb(exchanges[:2])
    before = only(book).serial
    book.clear()

    changes = book.absorb(exchanges[2:])

    assert changes.inserted == (only(book),)
    assert (only(book).requests, only(book).serial > before) == (3, True)


def test_an_older_login_let_go_of_after_clearing_leaves_the_new_one_of_its_name_alone() -> None:
    book, log = TrafficBook(), Log()
    exchanges = a_sign_in(log, "l1", NOW)
    older = Login(7, exchanges[0], "")
    book.adopt(older)
    book.clear()
    book.absorb(exchanges[:2])

    book.release([older])

    book.absorb(exchanges[2:])
    assert only(book).requests == 5


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

"""A plain word is looked for everywhere, and the guilty one is named."""

import pytest

from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.filters.searched import searched_text
from tests.gui.live.samples import Log, a_morning, an_exchange


@pytest.fixture(scope="module")
def logins():
    book = TrafficBook()
    book.absorb(a_morning(Log()))
    return book.logins


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", 9),
        ("alice", 3),
        ("ALICE", 3),
        ("/oauth2/userinfo", 4),
        ("302", 7),
        ("az-4", 1),
        ("redirect mismatch", 1),
        ("client credentials", 1),
        ("refused", 2),
        ("signed", 5),
        ("alice spa", 1),
        ("nowhere", 0),
    ],
)
def test_every_word_must_occur_somewhere(logins, typed, found) -> None:
    assert len(Filter(typed).select(logins)) == found
    assert sum(Filter(typed).passes(login) for login in logins) == found


@pytest.mark.parametrize(
    ("typed", "guilty"),
    [
        ("alice nowhere", "nowhere"),
        ("nowhere alice", "nowhere"),
        ("m2m alice", "alice"),
        ("m2m alice nowhere", "nowhere"),
        ("alice", ""),
        ("", ""),
    ],
)
def test_the_word_that_hides_everything_is_named(logins, typed, guilty) -> None:
    assert Filter(typed).guilty(logins) == guilty


def test_a_filter_without_words_is_none() -> None:
    assert not Filter("  \t ")
    assert str(Filter(" Alice\tSPA ").node) == "alice spa"


def test_signs_that_mean_something_elsewhere_are_plain_characters_here(logins) -> None:
    for typed in (".*", '"~client"', '"a|b"', "[", "\\", "%"):
        assert Filter(typed).select(logins) == []


def test_what_is_left_keeps_its_order_and_the_rows_stay_as_they_were(logins) -> None:
    before = list(logins)

    found = Filter("alice").select(logins)

    assert [login.login_id for login in found] == ["l2", "l3", "l6"]
    assert logins == before


@pytest.mark.parametrize(
    ("member", "value", "typed"),
    [
        ("method", "DELETE", "delete"),
        ("path", "/oauth2/Revoke", "/oauth2/revoke"),
        ("status", 418, "418"),
        ("client_name", "Kiosk", "kiosk"),
        ("client_id", "9z8y7x", "9z8y"),
        ("username", "Zoë", "zoë"),
        ("step", "userInfo", "userinfo"),
        ("grant", "client_credentials", "client_credentials"),
        ("grant", "client_credentials", "client credentials"),
        ("rule", "TC-4", "tc-4"),
        ("rule", "TC-4", "wrong verifier"),
        ("error", "invalid_grant", "invalid_grant"),
        ("error", "invalid_grant", "invalid grant"),
    ],
)
def test_every_word_a_row_can_show_is_searched(member, value, typed) -> None:
    book = TrafficBook()

    changes = book.absorb([an_exchange(), an_exchange(**{member: value})])

    assert Filter(typed).select(changes.entries) == [changes.entries[1]]
    assert Filter(typed).select(book.logins) == [book.logins[1]]


def test_a_request_that_was_not_refused_has_no_words_of_a_refusal() -> None:
    assert "status" not in searched_text(an_exchange(status=200))


def test_words_of_one_login_may_stand_in_different_requests_but_not_so_in_a_request() -> None:
    book = TrafficBook()
    known = {"login_id": "l1"}

    changes = book.absorb(
        [an_exchange(username="alice", **known), an_exchange(method="POST", **known)]
    )

    assert Filter("alice post").select(book.logins) == book.logins
    assert Filter("alice post").select(changes.entries) == []
    assert Filter("alice post").guilty(changes.entries) == "post"


def test_no_word_is_guilty_of_an_empty_book() -> None:
    assert Filter("").guilty([]) == ""
    assert Filter("alice").guilty([]) == "alice"

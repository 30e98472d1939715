"""A plain word is looked for everywhere, and the guilty one is named."""

import pytest

from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.filtering import TextFilter
from tests.gui.live.samples import Log, a_morning


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
    assert len(TextFilter(typed).select(logins)) == found
    assert sum(TextFilter(typed).passes(login) for login in logins) == found


@pytest.mark.parametrize(
    ("typed", "guilty"),
    [
        ("alice nowhere", "nowhere"),
        ("nowhere alice", "nowhere"),
        ("m2m alice", "alice"),
        ("alice", ""),
        ("", ""),
    ],
)
def test_the_word_that_hides_everything_is_named(logins, typed, guilty) -> None:
    assert TextFilter(typed).guilty_word(logins) == guilty

"""What is typed finds what is meant: starts before word starts before middles before letters."""

from time import thread_time

import pytest

from sandbox_app.gui.palette import Candidates, Hit, score


def hits(*titles: str) -> list[Hit]:
    return [Hit(f"k{place}", title) for place, title in enumerate(titles)]


def titles(found) -> list[str]:
    return [hit.title for hit in found]


def test_the_closer_a_name_fits_the_more_it_counts() -> None:
    names = ["web", "web client", "my web client", "cobweb", "wide ebb", "spa"]
    scores = [score("web", name) for name in names]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert scores[-1] == 0


def test_case_does_not_matter() -> None:
    assert score("WEB", "web") == score("web", "Web") > 0
    assert score("STRASSE", "straße") > 0


@pytest.mark.parametrize("text", ["sign demo", "demo in", "  demo  ", "rds"])
def test_words_fit_in_any_order_and_letters_in_theirs(text) -> None:
    assert score(text, "Run a demo sign-in") > 0


@pytest.mark.parametrize("text", ["demo xyz", "nur", "a.c", "(", "[", "\\", "*"])
def test_a_word_that_is_nowhere_does_not_fit(text) -> None:
    assert score(text, "Run a demo sign-in") == 0


def test_signs_are_letters_like_others() -> None:
    assert score("a.c*", "x a.c*") > 0
    assert score("^]", "a^b]") > 0


def test_the_worst_word_decides() -> None:
    name = "Run example app"

    assert score("run xa", name) == score("xa run", name) < score("run ex", name)


def test_no_text_fits_anything_and_nothing_fits_no_name() -> None:
    assert score("", "web") > 0
    assert score("web", "") == 0


def test_the_best_come_first_with_their_scores() -> None:
    found = Candidates(hits("cobweb", "web", "spa", "my web"))("web")

    assert titles(found) == ["web", "my web", "cobweb"]
    assert found[0].score == score("web", "web")


def test_equal_ones_keep_their_order() -> None:
    assert titles(Candidates(hits("b1", "b2", "b3"))("b")) == ["b1", "b2", "b3"]


def test_no_more_than_asked_for() -> None:
    assert titles(Candidates(hits("b1", "b2", "b3"), most=2)("b")) == ["b1", "b2"]


def test_the_empty_text_gives_the_first_few() -> None:
    assert titles(Candidates(hits("b", "a", "c"), first=2)(" ")) == ["b", "a"]
    assert Candidates(hits("b"))("") == []


def test_the_detail_counts_less_than_any_title() -> None:
    stock = [Hit("1", "web", "client of demo"), Hit("2", "x d e m o y"), Hit("3", "spa", "other")]

    assert [hit.key for hit in Candidates(stock)("demo")] == ["2", "1"]
    assert [hit.key for hit in Candidates(stock)("web demo")] == ["1"]


def test_ten_thousand_are_searched_in_no_time() -> None:
    stock = [Hit(str(n), f"user{n:05}@example.com", f"user {n} of the pool") for n in range(10_000)]
    source = Candidates(stock)
    source("user")

    slowest = 0.0
    for text in ("u", "9999", "zzzz", "uexam", "user example com"):
        started = thread_time()
        source(text)
        slowest = max(slowest, thread_time() - started)

    # A few times what it takes, for machines that do something else besides.
    assert slowest < 0.15


def test_a_hostile_text_costs_no_more() -> None:
    source = Candidates(hits(*(["a" * 2_000] * 200)))

    started = thread_time()
    source("a" * 5_000 + "b")
    source("ab" * 50)

    assert thread_time() - started < 0.5

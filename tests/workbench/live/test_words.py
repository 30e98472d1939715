"""Short words for times, counts and refusals."""

from datetime import timedelta

import pytest

from sandbox_app.domain.rules import CATALOGUE
from sandbox_app.workbench.live import words


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0.4, "under 1 ms"),
        (0, "under 1 ms"),
        (1, "1 ms"),
        (4, "4 ms"),
        (999.4, "999 ms"),
        (999.6, "1.0 s"),
        (6_400, "6.4 s"),
        (9_949, "9.9 s"),
        (9_960, "10 s"),
        (341_000, "341 s"),
        (599_400, "599 s"),
        (599_600, "10 min 0 s"),
        (720_000, "12 min 0 s"),
    ],
)
def test_durations(milliseconds, text) -> None:
    assert words.duration_words(milliseconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59.9, "59 s"),
        (60, "1 min 0 s"),
        (192, "3 min 12 s"),
        (-192, "3 min 12 s"),
        (3_599, "59 min 59 s"),
        (3_700, "1 h 1 min"),
        (86_399, "23 h 59 min"),
        (86_400, "1 d 0 h"),
        (2_588_400, "29 d 23 h"),
    ],
)
def test_spans(seconds, text) -> None:
    assert words.span_words(seconds) == text


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (100, "now"),
        (100.9, "now"),
        (99.9, "now"),
        (99, "1 s ago"),
        (101, "in 1 s"),
        (40, "1 min 0 s ago"),
        (170, "in 1 min 10 s"),
    ],
)
def test_moments_seen_from_now(moment, text) -> None:
    assert words.relative_words(moment, 100) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 requests"), (1, "1 request"), (1_234_567, "1 234 567 requests")]
)
def test_counts(count, text) -> None:
    assert words.count_words(count, "request") == text


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("moment", "date", "clock"),
    [
        (1_795_430_527.9, "2026-11-23", "11:42:07"),
        (1_783_000_000, "2026-07-02", "15:46:40"),
        (0, "1970-01-01", "01:00:00"),
    ],
)
def test_a_moment_is_told_in_the_time_of_this_machine(moment, date, clock) -> None:
    assert words.local_date(moment) == f"{date} {clock}"
    assert words.local_clock(moment) == clock


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("later", "text"),
    [
        (timedelta(hours=12), "11:42:07"),
        (timedelta(hours=13), "23 Nov 11:42"),
        (timedelta(days=100), "23 Nov 2026"),
    ],
)
def test_a_row_of_another_day_says_which(later, text) -> None:
    moment = 1_795_430_527.9
    assert words.listed_clock(moment, moment + later.total_seconds()) == text


@pytest.mark.parametrize("moment", [1e15, float("inf"), -1e15, float("nan")])
def test_a_moment_outside_the_calendar_is_a_number(moment) -> None:
    assert words.local_clock(moment) == f"{moment:.0f}"
    assert words.local_date(moment) == f"{moment:.0f}"


@pytest.mark.parametrize(
    ("grant", "text"),
    [
        ("authorization_code", "code"),
        ("refresh_token", "refresh"),
        ("client_credentials", "client credentials"),
        ("made_up_grant", "made up grant"),
        ("", ""),
    ],
)
def test_grants_are_named_as_people_say_them(grant, text) -> None:
    assert words.grant_words(grant) == text


def test_half_a_surrogate_pair_becomes_something_to_see() -> None:
    assert words.showable("a\ud800ä😀") == r"a\ud800ä😀"


@pytest.mark.parametrize("rule", sorted(words.REFUSAL_WORDS))
def test_a_refusal_that_has_words_is_a_rule_of_the_catalogue(rule) -> None:
    short, long = words.REFUSAL_WORDS[rule]

    assert rule in CATALOGUE
    assert words.short_refusal(rule, "", 400) == f"{rule} {short}".strip()
    assert words.long_refusal(rule, "", 400) == long


def test_a_refusal_without_words_of_its_own_tells_the_error_or_the_status() -> None:
    assert words.short_refusal("XX-1", "invalid_grant", 400) == "XX-1 invalid grant"
    assert words.short_refusal("", "", 503) == "status 503"
    assert words.long_refusal("", "", 503) == "answered with status 503"


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [
        ("the code was spent", "The code was spent."),
        ("code_verifier does not answer", "code_verifier does not answer."),
        ("It is told already.", "It is told already."),
        ("", ""),
    ],
)
def test_a_clause_becomes_a_sentence(clause: str, sentence: str) -> None:
    assert words.as_sentence(clause) == sentence

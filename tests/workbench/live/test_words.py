"""Short words for times, counts and refusals."""

import pytest

from sandbox_app.domain.rules import CATALOGUE
from sandbox_app.workbench.live import words


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0.4, "under 1 ms"),
        (4, "4 ms"),
        (999.4, "999 ms"),
        (6_400, "6.4 s"),
        (341_000, "341 s"),
        (720_000, "12 min 0 s"),
    ],
)
def test_durations(milliseconds, text) -> None:
    assert words.duration_words(milliseconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59, "59 s"), (192, "3 min 12 s"), (3_700, "1 h 1 min"), (2_588_400, "29 d 23 h")],
)
def test_spans(seconds, text) -> None:
    assert words.span_words(seconds) == text


@pytest.mark.parametrize(
    ("moment", "text"), [(100.9, "now"), (40, "1 min 0 s ago"), (170, "in 1 min 10 s")]
)
def test_moments_seen_from_now(moment, text) -> None:
    assert words.relative_words(moment, 100) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 requests"), (1, "1 request"), (1_234_567, "1 234 567 requests")]
)
def test_counts(count, text) -> None:
    assert words.count_words(count, "request") == text


@pytest.mark.parametrize("moment", [1e15, float("inf"), -1e15])
def test_a_moment_outside_the_calendar_is_a_number(moment) -> None:
    assert words.local_clock(moment) == f"{moment:.0f}"
    assert words.local_date(moment) == f"{moment:.0f}"


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

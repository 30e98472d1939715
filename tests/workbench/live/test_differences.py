"""What was sent beside what was expected, to the character and in words."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox_app.workbench.live.differences import Mark, compare, describe, mark_words

BACK = "http://localhost:5173/callback"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (f"{BACK}/", "One trailing slash too many."),
        (BACK.upper(), "Only upper and lower case differ."),
        (f" {BACK}", "Blanks around the value."),
        ("https://localhost:5173/callback", "The scheme differs: https instead of http."),
        ("http://localhost:3000/callback", "The port differs: 3000 instead of 5173."),
        ("http://localhost/callback", "The port differs: none instead of 5173."),
        ("http://127.0.0.1:5173/callback", "The host differs: 127.0.0.1 instead of localhost."),
        ("http://localhost:5173/back", "The path differs: /back instead of /callback."),
        (f"{BACK}?x=1", "The query differs: x=1 instead of none."),
        (f"{BACK}#x", "The fragment differs: x instead of none."),
        ("https://localhost:3000/callback", "The scheme and port differ."),
        ("https://x:3000/callback", "The scheme, host and port differ."),
        ("http://localhost:5173/Callback", "Only upper and lower case differ."),
        ("http://user@localhost:5173/callback", "5 characters differ."),
        (f"{BACK}?", "One character differs."),
        ("http://localhost:99999/callback", "5 characters differ."),
        ("http://[::1/callback", "12 characters differ."),
        (f"http://localhost:5173/{'back' * 50}", "The path differs."),
    ],
)
def test_the_difference_between_two_urls_is_named(sent, words) -> None:
    assert describe(sent, BACK) == words


def test_a_missing_slash_is_named() -> None:
    assert describe("http://x/a", "http://x/a/") == "A trailing slash is missing."


@pytest.mark.parametrize(
    ("sent", "words"), [("verifiex", "One character differs."), ("abc", "8 characters differ.")]
)
def test_the_difference_between_other_values_is_counted(sent, words) -> None:
    assert describe(sent, "verifier") == words


def test_the_characters_that_differ_are_marked_on_both_sides() -> None:
    found = compare(f"{BACK}/", BACK)

    assert (found.sent_marks, found.expected_marks) == (((30, 1),), ((30, 0),))
    assert found.words == "One trailing slash too many. Values are compared character by character."


def test_marks_lie_on_the_characters_that_differ_and_on_no_others() -> None:
    sent, expected = "http://localhost:3000/kallback", "https://localhost:5173/callback"

    found = compare(sent, expected)

    assert rest_of(sent, found.sent_marks) == rest_of(expected, found.expected_marks)
    assert (4, 0) in found.sent_marks
    assert (4, 1) in found.expected_marks


@settings(deadline=None)
@given(st.text("abc/", max_size=30), st.text("abc/", max_size=30))
def test_what_is_not_marked_is_the_same_on_both_sides(sent, expected) -> None:
    found = compare(sent, expected)

    if found.words:
        assert rest_of(sent, found.sent_marks) == rest_of(expected, found.expected_marks)
    else:
        assert (found.sent_marks, found.expected_marks) == ((), ())


def rest_of(text: str, marks: tuple[Mark, ...]) -> str:
    for start, length in reversed(marks):
        text = text[:start] + text[start + length :]
    return text


def test_the_right_one_of_a_hundred_callbacks_is_compared() -> None:
    registered = ", ".join(f"http://localhost:{port}/callback" for port in range(5000, 5100))

    found = compare("http://localhost:5042/callback/", registered, several=", ")

    assert (found.expected, found.others) == ("http://localhost:5042/callback", 99)
    assert found.words.startswith("One trailing slash too many.")


def test_values_made_to_be_hard_to_compare_do_not_stop_the_window() -> None:
    hard = ", ".join(f"https://x.example/{'a' * 900}{number}" for number in range(100))
    begun = time.perf_counter()

    compare(f"https://x.example/{'ab' * 450}", hard, several=", ")

    assert time.perf_counter() - begun < 1


def test_a_long_stretch_that_differs_is_marked_as_one() -> None:
    sent, expected = (f"{BACK}/{part * 100}/{'z' * 400}" for part in ("ab", "cb"))

    found = compare(sent, expected)

    assert found.sent_marks == found.expected_marks == ((31, 199),)


@pytest.mark.parametrize("several", ["", ", "])
def test_what_is_the_same_differs_nowhere(several) -> None:
    assert compare(BACK, BACK, several=several).words == ""


@pytest.mark.parametrize("expected", ["", ", , "])
def test_nothing_to_compare_with_is_no_difference(expected) -> None:
    assert compare(BACK, expected, several=", ").words == ""


def test_the_most_similar_of_several_is_compared() -> None:
    found = compare(f"{BACK}/", f"https://elsewhere.example, {BACK}, http://x", several=", ")

    assert (found.expected, found.others) == (BACK, 2)


@pytest.mark.parametrize("sent", ["ftp://q", "", "x" * 2_000])
def test_values_that_have_nothing_to_do_with_each_other_are_not_marked(sent) -> None:
    found = compare(sent, BACK)

    assert (found.sent_marks, found.words) == ((), "")


def test_strange_words_of_a_list_are_marked() -> None:
    assert mark_words("openid emial profile emial", ["emial"]) == ((7, 5), (21, 5))
    assert mark_words("emial  openid", ["openid"]) == ((7, 6),)
    assert mark_words("", ["openid"]) == ()

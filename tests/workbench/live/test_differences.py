"""What was sent beside what was expected, to the character and in words."""

import pytest

from sandbox_app.workbench.live.differences import compare, describe, mark_words

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
        ("https://localhost:3000/callback", "The scheme and port differ."),
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


def test_the_most_similar_of_several_is_compared() -> None:
    found = compare(f"{BACK}/", f"https://elsewhere.example, {BACK}, http://x", several=", ")

    assert (found.expected, found.others) == (BACK, 2)


@pytest.mark.parametrize("sent", ["ftp://q", "", "x" * 2_000])
def test_values_that_have_nothing_to_do_with_each_other_are_not_marked(sent) -> None:
    found = compare(sent, BACK)

    assert (found.sent_marks, found.words) == ((), "")


def test_strange_words_of_a_list_are_marked() -> None:
    assert mark_words("openid emial profile emial", ["emial"]) == ((7, 5), (21, 5))

"""What is noted about a row is asked for by its login or request, and kept tidy."""

import pytest

from sandbox_app.domain.records.marks import COLOURS, RowMark
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.marks import (
    LONGEST_NOTE,
    MOST_LINES,
    Marks,
    recoloured,
    spoken_mark,
    tidied,
    toggled,
)
from tests.gui.live.samples import an_exchange


def a_login(login_id: str = "l1"):
    (login,) = TrafficBook().absorb([an_exchange(login_id=login_id)]).inserted
    return login


def test_a_login_and_the_request_that_gave_it_its_id_are_marked_apart() -> None:
    (login,) = TrafficBook().absorb([an_exchange(id="same", login_id="same")]).inserted
    marks = Marks()

    marks.put(RowMark("", marked=True), login)

    assert marks.of(login).marked
    assert not marks.of(login, login.last)
    assert marks.about(login.last) == (marks.of(login),)
    assert marks.ids(lambda mark: mark.marked, of_logins=True) == ("same",)
    assert marks.ids(lambda mark: mark.marked, of_logins=False) == ()
    assert marks.words_about("same", True) == "Marked"
    assert marks.words_about("same", False) == ""


def test_a_request_without_a_login_is_the_same_row_in_both_lists() -> None:
    marks, login = Marks(), a_login("")

    marks.put(RowMark("", note="odd"), login)

    assert marks.of(login, login.last).note == "odd"


def test_the_colours_go_round_and_end_with_a_plain_mark() -> None:
    mark, seen = RowMark("x"), []
    for _ in range(len(COLOURS) + 2):
        mark = recoloured(mark)
        seen.append(mark.colour)

    assert seen == [*COLOURS, "", COLOURS[0]]


def test_without_a_mark_there_is_no_colour_but_the_note_stays() -> None:
    marks, login = Marks(), a_login()
    marks.put(RowMark("", marked=True, colour="pink", note="n"), login)

    kept = marks.put(toggled(marks.of(login)), login)

    assert (kept.marked, kept.colour, kept.note) == (False, "", "n")
    assert marks.notes == 1


def test_a_note_is_kept_short_and_visible() -> None:
    assert tidied("  a\x1b[31m\u202eb\tc \r\n\n d \n\n") == "a [31m b c\n\nd"
    assert len(tidied("x" * 9_999)) == LONGEST_NOTE
    assert tidied("x\n" * 99).count("\n") == MOST_LINES - 1
    assert tidied(" \n\t\n") == ""
    assert tidied("\ud800") == ""


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (RowMark("x"), ""),
        (RowMark("x", marked=True), "marked"),
        (RowMark("x", marked=True, colour="blue", note="hm"), "marked blue, note: hm"),
        (RowMark("x", note="hm"), "note: hm"),
    ],
)
def test_a_mark_is_said_in_words(mark, said) -> None:
    assert spoken_mark(mark) == said

"""Painted checks are walked, spoken and wrapped like text."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.gui.live.check_rows import CheckRows, sentence_column
from sandbox_app.gui.theme import metrics

SHORT = Check("AZ-1", Verdict.PASSED, "abc")
LONG = Check("TC-3", Verdict.PASSED, "http://localhost:5173/callback/after/sign/in")
NOTED = Check("TK-8", Verdict.NOTED, because="the client proved itself before anything else did")


@pytest.fixture
def make_rows(qtbot, theme):
    def make(*checks: Check, width: int = 800) -> CheckRows:
        rows = CheckRows(theme, "Checks")
        qtbot.addWidget(rows)
        rows.resize(width, 100)
        rows.set_checks(checks, sentence_column(theme, checks))
        rows.show()
        rows.resize(width, rows.height())
        return rows

    return make


def test_a_check_that_fits_takes_one_line(make_rows, theme) -> None:
    assert make_rows(SHORT).height() == theme.px(metrics.CHECK_ROW)


def test_what_came_in_goes_below_a_sentence_that_leaves_no_room(make_rows, theme) -> None:
    wide, narrow = make_rows(LONG, width=800), make_rows(LONG, width=400)

    assert wide.height() == theme.px(metrics.CHECK_ROW)
    assert narrow.height() > theme.px(metrics.CHECK_ROW)


def test_rows_grow_when_they_get_narrower_and_shrink_back(make_rows) -> None:
    rows = make_rows(SHORT, LONG, NOTED)
    before = rows.height()

    rows.resize(300, before)
    narrow = rows.height()
    rows.resize(800, narrow)

    assert narrow > before
    assert rows.height() == before


def test_a_click_finds_its_row_whatever_their_heights(qtbot, make_rows) -> None:
    rows = make_rows(LONG, NOTED, SHORT, width=300)

    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(60, rows.height() - 4))
    qtbot.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text().startswith("AZ-1 passed:")


def test_home_end_up_and_down_stay_within_the_rows(qtbot, make_rows) -> None:
    rows = make_rows(SHORT, LONG, NOTED)
    walked = []
    for key in ("Up", "Down", "Down", "Down", "Home", "End"):
        qtbot.keyClick(rows, getattr(Qt.Key, f"Key_{key}"))
        walked.append(rows._current)

    assert walked == [0, 1, 2, 2, 0, 2]


def test_what_is_copied_is_whole_and_what_is_spoken_is_short(qtbot, make_rows) -> None:
    rows = make_rows(Check("AZ-4", Verdict.PASSED, "x" * 5_000))
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    qtbot.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert "x" * 5_000 in QApplication.clipboard().text()
    assert len(rows.accessibleName()) < 400


def test_without_checks_there_is_nothing_to_see(make_rows) -> None:
    rows = make_rows(SHORT)

    rows.set_checks((), 99)

    assert not rows.isVisible()


def test_a_click_opens_a_check_and_another_closes_it(qtbot, make_rows, theme) -> None:
    rows = make_rows(SHORT, LONG)
    closed = rows.height()

    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(60, 4))
    opened = rows.height()
    assert rows.is_open(0)
    assert not rows.is_open(1)

    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(60, 4))
    assert opened > closed == rows.height()


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        (Qt.Key.Key_Space, Qt.Key.Key_Space),
        (Qt.Key.Key_Return, Qt.Key.Key_Return),
        (Qt.Key.Key_Right, Qt.Key.Key_Left),
    ],
)
def test_the_keyboard_opens_and_closes_it_too(qtbot, make_rows, opens, closes) -> None:
    rows = make_rows(SHORT, LONG)
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_End)

    qtbot.keyClick(rows, opens)
    assert rows.is_open(1)

    qtbot.keyClick(rows, closes)
    assert not rows.is_open(1)


def test_an_open_check_is_copied_with_all_that_is_known_of_it(qtbot, make_rows) -> None:
    check = Check("AZ-4", Verdict.PASSED, "http://a/cb", "http://a/cb http://b/cb")
    rows = make_rows(check)
    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(60, 4))

    qtbot.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text().splitlines() == [
        "AZ-4 passed: redirect_uri must be one of the client's callback URLs, http://a/cb",
        "Expected: http://a/cb http://b/cb",
        "Setting: CallbackURLs",
        "Real service: “An error was encountered with the requested page.” The app is never told.",
        "Known from: observed on a live pool",
    ]


def test_other_checks_start_closed(qtbot, make_rows, theme) -> None:
    rows = make_rows(SHORT)
    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(60, 4))

    rows.set_checks((LONG,), sentence_column(theme, (LONG,)))

    assert not rows.is_open(0)

"""A list of addresses is typed, pasted, moved and mended without leaving the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sandbox_app.gui.components import FormRow, UrlList, Verdict

A, B, C = "https://a.example/", "https://b.example/", "http://localhost:3000/"
HTTP = "http://c.example/"
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def judge(text: str) -> Verdict | tuple[str, ...] | None:
    if text == HTTP:
        return "http is allowed for localhost only.", "Change to https", "https" + text[4:]
    return Verdict("A URL holds no blank.") if " " in text else None


@pytest.fixture
def urls(qtbot, theme) -> UrlList:
    made = UrlList(theme, "Callback URLs", verdict=judge, hint="Compared letter by letter.")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.set_values([A, B])
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def edits(urls) -> list[tuple[str, ...]]:
    told: list[tuple[str, ...]] = []
    urls.edited.connect(lambda: told.append(urls.values()))
    return told


def texts(urls: UrlList) -> list[str]:
    return [field.text() for field in urls.fields]


def focused(urls: UrlList) -> int:
    return [field.hasFocus() for field in urls.fields].index(True)


def remove_button(urls, number):
    return urls.fields[number].parentWidget().remove


def remedy(urls, number):
    return urls.fields[number].parentWidget().line.remedy


def test_values_come_back_as_given_and_nobody_is_told(urls, edits) -> None:
    urls.set_values([C, A])

    assert urls.values() == (C, A)
    assert edits == []


def test_typing_is_told_at_every_letter(urls, edits) -> None:
    urls.fields[1].end(False)
    QTest.keyClicks(urls.fields[1], "xy")

    assert edits == [(A, B + "x"), (A, B + "xy")]


def test_blank_entries_do_not_count(urls) -> None:
    urls.add("  ")
    urls.add()

    assert urls.values() == (A, B)
    assert not urls.is_wrong


def test_what_is_shown_already_stays_with_its_empty_entries(urls) -> None:
    urls.add()
    field = urls.fields[0]

    urls.set_values([A, B])

    assert texts(urls) == [A, B, ""]
    assert urls.fields[0] is field


def test_a_wrong_entry_says_why_below_itself_and_to_screen_readers(urls) -> None:
    urls.set_values([A, HTTP])

    line = urls.fields[1].parentWidget().line
    assert (urls.is_wrong, urls.fields[0].is_wrong, urls.fields[1].is_wrong) == (True, False, True)
    assert line.isVisible()
    assert line.words.text() == "http is allowed for localhost only."
    assert urls.fields[1].accessibleDescription() == line.words.text()
    assert not urls.fields[0].parentWidget().line.isVisible()


def test_the_remedy_mends_the_entry(urls, edits) -> None:
    urls.set_values([A, HTTP])

    QTest.mouseClick(remedy(urls, 1), Qt.MouseButton.LeftButton)

    assert edits == [(A, "https://c.example/")]
    assert not urls.is_wrong


def test_without_a_remedy_there_is_no_link(urls) -> None:
    urls.set_values(["a b"])

    assert urls.verdicts == (Verdict("A URL holds no blank."),)
    assert not remedy(urls, 0).isVisible()


def test_the_second_of_two_equal_entries_is_marked_and_can_go(urls, edits) -> None:
    urls.set_values([A, B, A])

    wrong = [field.is_wrong for field in urls.fields]
    remedy(urls, 2).click()

    assert wrong == [False, False, True]
    assert edits == [(A, B)]


def test_several_pasted_lines_become_several_entries(urls, edits) -> None:
    field = urls.add()
    QApplication.clipboard().setText(f" {C}\n{HTTP}\r\n\n")

    field.paste()

    assert texts(urls) == [A, B, C, HTTP]
    assert edits == [(A, B, C, HTTP)]
    assert focused(urls) == 3


def test_lines_pasted_over_an_entry_replace_it(urls) -> None:
    QApplication.clipboard().setText("https://x.example\nhttps://y.example")
    urls.fields[0].selectAll()

    urls.fields[0].paste()

    assert texts(urls) == ["https://x.example", "https://y.example", B]


def test_a_blank_typed_by_hand_stays_and_is_spoken_of(urls) -> None:
    urls.set_values(["ab"])
    field = urls.fields[0]
    field.setCursorPosition(1)

    QTest.keyClicks(field, " ")
    QTest.keyClick(field, Key.Key_End)
    QTest.keyClick(field, Key.Key_Backspace)
    QTest.keyClicks(field, "c")

    assert texts(urls) == ["a c"]
    assert urls.is_wrong


def test_deleting_a_letter_tears_no_entry_apart(urls) -> None:
    urls.set_values(["ab cd"])
    field = urls.fields[0]
    field.setCursorPosition(2)

    QTest.keyClick(field, Key.Key_Backspace)

    assert texts(urls) == ["a cd"]


def test_enter_goes_on_and_in_the_last_makes_another(urls) -> None:
    urls.fields[0].setFocus()

    QTest.keyClick(urls.fields[0], Key.Key_Return)
    second = focused(urls)
    QTest.keyClick(urls.fields[1], Key.Key_Enter)
    third = focused(urls)
    QTest.keyClick(urls.fields[2], Key.Key_Return)

    assert (second, third) == (1, 2)
    assert texts(urls) == [A, B, ""]


def test_arrows_go_up_and_down_and_stop_at_the_ends(urls) -> None:
    urls.fields[0].setFocus()
    QTest.keyClick(urls.fields[0], Key.Key_Up)
    at_top = focused(urls)
    QTest.keyClick(urls.fields[0], Key.Key_Down)
    QTest.keyClick(urls.fields[1], Key.Key_Down)

    assert (at_top, focused(urls)) == (0, 1)


def test_alt_and_an_arrow_move_the_entry_with_its_cursor(urls, edits) -> None:
    urls.set_values([A, B, C])
    urls.fields[2].setFocus()

    QTest.keyClick(urls.fields[2], Key.Key_Up, ALT)
    QTest.keyClick(urls.fields[1], Key.Key_Up, ALT)
    QTest.keyClick(urls.fields[0], Key.Key_Up, ALT)

    assert edits == [(A, C, B), (C, A, B)]
    assert focused(urls) == 0
    urls.layout().activate()
    tops = [field.parentWidget().y() for field in urls.fields]
    assert tops[0] < tops[1] < tops[2]


def test_backspace_in_an_empty_entry_removes_it_and_goes_back(urls, edits) -> None:
    urls.add()

    QTest.keyClick(urls.fields[2], Key.Key_Backspace)

    assert texts(urls) == [A, B]
    assert focused(urls) == 1
    assert edits == []


def test_backspace_in_an_empty_entry_between_goes_to_the_one_before(urls) -> None:
    urls.set_values([A, B, C])
    urls.fields[1].clear()

    QTest.keyClick(urls.fields[1], Key.Key_Backspace)

    assert texts(urls) == [A, C]
    assert focused(urls) == 0


def test_backspace_in_a_full_entry_deletes_a_letter(urls) -> None:
    urls.fields[1].end(False)
    QTest.keyClick(urls.fields[1], Key.Key_Backspace)

    assert texts(urls) == [A, B[:-1]]


def test_each_entry_has_its_own_way_out_and_the_last_leaves_the_button(urls, edits) -> None:
    QTest.mouseClick(remove_button(urls, 0), Qt.MouseButton.LeftButton)
    after_one = focused(urls)
    QTest.mouseClick(remove_button(urls, 0), Qt.MouseButton.LeftButton)

    assert edits == [(B,), ()]
    assert after_one == 0
    assert urls.add_button.hasFocus()


def test_the_button_adds_one_empty_entry_at_a_time(urls) -> None:
    urls.add_button.click()
    urls.fields[0].setFocus()
    urls.add_button.click()

    assert texts(urls) == [A, B, ""]
    assert focused(urls) == 2


def test_tab_walks_through_the_entries_as_they_stand(urls) -> None:
    urls.set_values([A, B, C])
    urls.fields[2].setFocus()
    QTest.keyClick(urls.fields[2], Key.Key_Up, ALT)
    urls.fields[0].setFocus()
    reached = []
    for _ in range(6):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        reached.append(QApplication.focusWidget())

    fields = urls.fields
    assert [reached[1], reached[3]] == [fields[1], fields[2]]
    assert reached[5] is urls.add_button


def test_every_control_of_it_has_a_name(urls) -> None:
    urls.add()

    assert [field.accessibleName() for field in urls.fields] == [
        "Callback URLs 1",
        "Callback URLs 2",
        "Callback URLs 3",
    ]
    assert remove_button(urls, 0).accessibleName() == f"Remove {A}"
    assert remove_button(urls, 2).accessibleName() == "Remove Callback URLs 3"


def test_a_form_row_marks_the_whole_list(qtbot, theme) -> None:
    urls = UrlList(theme, "Callback URLs", verdict=judge)
    urls.set_values([A, B])
    row = FormRow(theme, "Callback URLs", urls)
    qtbot.addWidget(row)

    row.show_error("At most 100 are possible.")
    marked = [field.is_wrong for field in urls.fields]
    row.clear_error()

    assert marked == [True, True]
    assert not urls.is_wrong


def test_a_verdict_is_asked_for_again_when_told(qtbot, theme) -> None:
    refused: set[str] = set()
    urls = UrlList(theme, "URLs", verdict=lambda text: ("No.",) if text in refused else None)
    qtbot.addWidget(urls)
    urls.set_values([A])
    refused.add(A)

    before = urls.is_wrong
    urls.recheck()

    assert (before, urls.is_wrong) == (False, True)

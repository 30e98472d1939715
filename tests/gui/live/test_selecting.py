"""Several rows are selected as in any list, and compared, exported, marked and copied together."""

import json

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from sandbox_app.gui.live.compare_panel import ComparePanel
from sandbox_app.gui.live.har_panel import HarPanel
from sandbox_app.gui.live.row_layout import Place, RowLayout
from sandbox_app.gui.live.several import MOST_MARKED
from tests.gui.live.samples import NOW, a_sign_in, an_exchange
from tests.gui.live.test_filter import pick

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def five(qtbot, place, log):
    """The place with five logins of five requests, all closed; m4 is at the top and current."""
    for number in range(5):
        place.absorb(a_sign_in(log, f"m{number}", NOW + 60 * number))
    place.activateWindow()
    qtbot.waitUntil(place.isActiveWindow)
    for login in place._book.logins:
        place.list.set_open(login, False)
    place.show_login("m4")
    place.list.set_open(place._book.find("m4"), False)
    place.list.setFocus()
    return place


def index_of(place, login_id: str, at: int | None = None):
    login = place._book.find(login_id)
    return place.listing.model.index_of(login, None if at is None else login.exchanges[at])


def click(qtbot, place, login_id: str, modifier=PLAIN, at: int | None = None) -> None:
    rect = place.list.visualRect(index_of(place, login_id, at))
    where = QPoint(rect.center().x(), rect.center().y())
    qtbot.mouseClick(place.list.viewport(), Qt.MouseButton.LeftButton, modifier, where)


def click_chevron(qtbot, place, login_id: str) -> None:
    rect = place.list.visualRect(index_of(place, login_id))
    where = QPoint(place._theme.px(15), rect.center().y())
    qtbot.mouseClick(place.list.viewport(), Qt.MouseButton.LeftButton, pos=where)


def selected(place) -> list[str]:
    """From the top down: the login, with the path of a request."""
    return [
        login.login_id + (one.path if one is not None else "")
        for login, one in place.list.selected()
    ]


def current(place) -> str:
    return place.list.current[0].login_id


def menu_by_key(place):
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(place.list, event)
    place.menus.opened.close()
    return place.menus.opened


def words_of(menu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def ground(place, login_id: str) -> str:
    """The colour of a row where nothing is written."""
    rect = place.list.visualRect(index_of(place, login_id))
    px = place._theme.px
    edge = QRect(rect.left() + px(14), rect.bottom() - px(6), 1, 1)
    return place.list.viewport().grab(edge).toImage().pixelColor(0, 0).name()


def test_ctrl_click_adds_a_row_and_takes_it_away_again(qtbot, five) -> None:
    click(qtbot, five, "m1", CTRL)
    click(qtbot, five, "m3", CTRL)
    assert selected(five) == ["m4", "m3", "m1"]

    click(qtbot, five, "m3", CTRL)
    assert selected(five) == ["m4", "m1"]


def test_the_details_are_those_of_the_row_that_was_clicked_last(qtbot, five) -> None:
    click(qtbot, five, "m1", CTRL)

    assert five.detail.row[0].login_id == "m1"


def test_the_row_that_is_left_is_looked_at_again(qtbot, five) -> None:
    click(qtbot, five, "m1", CTRL)
    click(qtbot, five, "m1", CTRL)

    assert (selected(five), current(five)) == (["m4"], "m4")
    assert five.detail.row[0].login_id == "m4"


def test_shift_click_selects_all_between_whichever_way(qtbot, five) -> None:
    click(qtbot, five, "m2")
    click(qtbot, five, "m0", SHIFT)
    assert selected(five) == ["m2", "m1", "m0"]

    click(qtbot, five, "m4", SHIFT)
    assert selected(five) == ["m4", "m3", "m2"]


def test_shift_and_arrows_extend_and_take_back(qtbot, five) -> None:
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        qtbot.keyClick(five.list, key, SHIFT)
    assert (selected(five), current(five)) == (["m4", "m3"], "m3")

    qtbot.keyClick(five.list, KEY.Key_End, SHIFT)
    assert selected(five) == ["m4", "m3", "m2", "m1", "m0"]


def test_rows_apart_are_selected_by_keys_alone(qtbot, five) -> None:
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Space):
        qtbot.keyClick(five.list, key, CTRL)

    assert selected(five) == ["m4", "m2"]


def test_a_plain_click_or_arrow_leaves_one_row(qtbot, five) -> None:
    click(qtbot, five, "m1", SHIFT)
    click(qtbot, five, "m2")
    assert selected(five) == ["m2"]

    click(qtbot, five, "m0", SHIFT)
    qtbot.keyClick(five.list, KEY.Key_Up)
    assert selected(five) == [current(five)] == ["m1"]


def test_requests_of_an_open_login_are_selected_with_what_is_around_them(qtbot, five) -> None:
    five.list.set_open(five._book.find("m3"), True)
    click(qtbot, five, "m3", at=3)

    click(qtbot, five, "m2", SHIFT)

    assert selected(five) == ["m3/oauth2/token", "m3/oauth2/userInfo", "m2"]


def test_what_a_closed_login_hides_is_not_selected(qtbot, five) -> None:
    five.list.set_open(five._book.find("m3"), True)
    click(qtbot, five, "m3", CTRL, at=0)
    click(qtbot, five, "m2", CTRL)

    click_chevron(qtbot, five, "m3")

    assert selected(five) == ["m4", "m2"]


def test_a_click_on_a_chevron_leaves_the_selection_as_it_is(qtbot, five) -> None:
    click(qtbot, five, "m3")
    click(qtbot, five, "m0", SHIFT)
    click(qtbot, five, "m1", SHIFT)

    click_chevron(qtbot, five, "m1")

    assert selected(five) == ["m3", "m2", "m1"]


@pytest.mark.parametrize("mode", ["logins", "requests"])
def test_new_rows_keep_the_selection_where_it_is(qtbot, five, log, mode) -> None:
    five.toolbar.mode.chosen.emit(mode)
    qtbot.keyClick(five.list, KEY.Key_Home)
    qtbot.keyClick(five.list, KEY.Key_Down, SHIFT)
    before = selected(five)
    assert len(before) == 2

    five.absorb(a_sign_in(log, "new", NOW + 600))

    assert selected(five) == before


def test_a_row_that_leaves_is_deselected_and_the_others_stay(qtbot, make_place, log) -> None:
    place = make_place(capacity=15)
    for number in range(3):
        place.absorb(a_sign_in(log, f"m{number}", NOW + 60 * number))
    click(qtbot, place, "m0")
    click(qtbot, place, "m2", SHIFT)
    click(qtbot, place, "m0", CTRL)
    click(qtbot, place, "m0", CTRL)
    assert selected(place)[-1] == "m0"

    place.absorb(a_sign_in(log, "m3", NOW + 600))

    assert place._book.find("m0") is None
    assert selected(place) == ["m2", "m1"]


def test_keys_are_about_the_others_when_the_row_under_the_cursor_is_gone(
    qtbot, make_place, log
) -> None:
    place = make_place(capacity=15)
    for number in range(3):
        place.absorb(a_sign_in(log, f"m{number}", NOW + 60 * number))
    click(qtbot, place, "m2")
    click(qtbot, place, "m0", SHIFT)
    place.absorb(a_sign_in(log, "m3", NOW + 600))
    place.list.setFocus()

    qtbot.keyClick(place.list, KEY.Key_M)

    assert place.list.current is None
    assert _colours(place) == {"m2": "", "m1": ""}
    assert "2 logins selected" in words_of(menu_by_key(place))


def test_all_that_is_shown_is_selected_at_once(qtbot, five) -> None:
    five.list.set_open(five._book.find("m1"), True)

    qtbot.keyClick(five.list, KEY.Key_A, CTRL)

    assert five.list.selected_words == "5 logins and 5 requests selected"


def test_selecting_makes_no_index_for_rows_that_are_out_of_sight(qtbot, place, log) -> None:
    place.absorb(
        an_exchange(login_id=f"x{number}", started_at=NOW + number) for number in range(900)
    )
    place.list.setFocus()
    asked = []
    model = place.listing.model
    index = type(model).index
    type(model).index = lambda self, *given: asked.append(1) or index(self, *given)
    try:
        qtbot.keyClick(place.list, KEY.Key_A, CTRL)
    finally:
        type(model).index = index

    assert place.list.selected_count == 901
    assert len(asked) < 200


def test_two_logins_are_compared_the_earlier_one_at_the_left(qtbot, five) -> None:
    click(qtbot, five, "m2", CTRL)

    pick(menu_by_key(five), "Compare these two")

    panel = five.panels.panel
    assert isinstance(panel, ComparePanel)
    qtbot.waitUntil(lambda: len(panel.steps) == len(five._book.find("m2").exchanges))
    assert five.reusing.comparing._compared == (five._book.find("m2"), five._book.find("m4"))


def test_a_login_and_a_request_compare_what_tells_most(qtbot, five) -> None:
    five.list.set_open(five._book.find("m3"), True)
    click(qtbot, five, "m3", CTRL, at=0)

    pick(menu_by_key(five), "Compare these two")

    qtbot.waitUntil(lambda: len(five.panels.panel.steps) == 1)


def test_a_login_is_not_compared_with_its_own_most_telling_request(qtbot, five) -> None:
    login = five._book.find("m4")
    five.list.set_open(login, True)
    click(qtbot, five, "m4", CTRL, at=login.exchanges.index(login.telling))

    compare = next(it for it in menu_by_key(five).actions() if it.text() == "Compare these two")

    assert not compare.isEnabled()


def test_the_menu_of_several_offers_what_makes_sense_for_several(qtbot, five) -> None:
    click(qtbot, five, "m2", SHIFT)

    assert words_of(menu_by_key(five)) == [
        "3 logins selected",
        "Export the selected as HAR…",
        "Mark",
    ]


def test_a_right_click_on_a_selected_row_is_about_all_and_elsewhere_about_one(qtbot, five) -> None:
    click(qtbot, five, "m3", CTRL)
    for login_id, expected in (("m4", True), ("m0", False)):
        point = five.list.visualRect(index_of(five, login_id)).center()
        viewport = five.list.viewport()
        qtbot.mouseClick(viewport, Qt.MouseButton.RightButton, pos=point)
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, point, viewport.mapToGlobal(point)
        )
        QApplication.sendEvent(viewport, event)
        five.menus.opened.close()

        assert ("2 logins selected" in words_of(five.menus.opened)) is expected


def test_the_selected_are_exported_each_request_once_and_masked(qtbot, five) -> None:
    five.list.set_open(five._book.find("m4"), True)
    click(qtbot, five, "m4", CTRL, at=0)
    click(qtbot, five, "m1", CTRL)

    pick(menu_by_key(five), "Export the selected as HAR…")

    panel = five.panels.panel
    assert isinstance(panel, HarPanel)
    qtbot.waitUntil(lambda: panel.is_ready)
    entries = json.loads(panel.text)["log"]["entries"]
    wanted = [*five._book.find("m1").exchanges, *five._book.find("m4").exchanges]
    assert [it["startedDateTime"] for it in entries] == sorted(
        it["startedDateTime"] for it in entries
    )
    assert len(entries) == len(wanted)
    assert panel.note.text().startswith("Masked")


def test_the_keys_mark_all_selected_rows(qtbot, five) -> None:
    click(qtbot, five, "m3", SHIFT)
    marks = [five.marks.of(five._book.find(f"m{number}")) for number in (4, 3, 2)]
    assert not any(marks)

    qtbot.keyClick(five.list, KEY.Key_M)
    assert _colours(five) == {"m4": "", "m3": ""}

    qtbot.keyClick(five.list, KEY.Key_M, SHIFT)
    assert _colours(five) == {"m4": "blue", "m3": "blue"}

    qtbot.keyClick(five.list, KEY.Key_M)
    assert _colours(five) == {}


def test_keys_are_about_what_is_selected_while_the_cursor_walks_on(qtbot, five) -> None:
    qtbot.keyClick(five.list, KEY.Key_Down, CTRL)

    qtbot.keyClick(five.list, KEY.Key_M)
    with qtbot.waitSignal(five.list.menu_wanted) as wanted:
        menu_by_key(five)

    assert (selected(five), current(five)) == (["m4"], "m3")
    assert _colours(five) == {"m4": ""}
    assert wanted.args[0].login_id == "m4"


def test_m_marks_those_that_are_not_before_it_unmarks_any(qtbot, five) -> None:
    qtbot.keyClick(five.list, KEY.Key_M, SHIFT)
    click(qtbot, five, "m3", SHIFT)

    qtbot.keyClick(five.list, KEY.Key_M)

    assert _colours(five) == {"m4": "blue", "m3": ""}


def test_the_menu_marks_all_selected_rows(qtbot, five) -> None:
    click(qtbot, five, "m3", SHIFT)

    pick(menu_by_key(five), "Mark", "Teal")

    assert _colours(five) == {"m4": "teal", "m3": "teal"}


def test_marking_under_a_filter_for_marks_keeps_the_selection(qtbot, five) -> None:
    qtbot.keyClick(five.list, KEY.Key_A, CTRL)
    qtbot.keyClick(five.list, KEY.Key_M)
    five.toolbar.filter.setText("~mark")
    five.list.setFocus()
    qtbot.keyClick(five.list, KEY.Key_Home)
    qtbot.keyClick(five.list, KEY.Key_Down, SHIFT)

    qtbot.keyClick(five.list, KEY.Key_M, SHIFT)

    assert selected(five) == ["m4", "m3"]
    assert _colours(five)["m3"] == "blue"


def test_too_many_are_not_marked_and_it_is_told(qtbot, place) -> None:
    many = range(MOST_MARKED + 1)
    place.absorb(an_exchange(login_id=f"x{number}", started_at=NOW + number) for number in many)
    place.list.setFocus()
    qtbot.keyClick(place.list, KEY.Key_A, CTRL)

    with qtbot.waitSignal(place.told) as told:
        qtbot.keyClick(place.list, KEY.Key_M)

    assert told.args == ["302 rows are selected; at most 300 are marked at once."]
    assert not any(place.marks.of(login) for login in place._book.logins)
    assert "Mark (300 rows at most)" in words_of(menu_by_key(place))


def test_a_note_is_about_the_current_row_alone(qtbot, five) -> None:
    click(qtbot, five, "m3", SHIFT)
    qtbot.keyClick(five.list, KEY.Key_F2)
    field = five.detail.notes.field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "look")
    qtbot.keyClick(field, KEY.Key_Return, CTRL)

    noted = [login.login_id for login in five._book.logins if five.marks.of(login).note]
    assert noted == ["m3"]


def test_the_selected_are_copied_in_words_one_per_line(qtbot, five) -> None:
    click(qtbot, five, "m1", CTRL)

    qtbot.keyClick(five.list, KEY.Key_C, CTRL)

    lines = QApplication.clipboard().text().split("\n")
    assert lines == [index_of(five, "m4").data(), index_of(five, "m1").data()]


def test_more_than_a_thousand_lines_are_not_copied_and_the_last_one_says_so(
    qtbot, make_place
) -> None:
    place = make_place(capacity=2_000)
    many = range(1_200)
    place.absorb(an_exchange(login_id=f"x{number}", started_at=NOW + number) for number in many)
    place.list.set_open(place._book.find("x1199"), False)
    place.list.setFocus()
    qtbot.keyClick(place.list, KEY.Key_A, CTRL)

    qtbot.keyClick(place.list, KEY.Key_C, CTRL)

    lines = QApplication.clipboard().text().split("\n")
    assert (len(lines), lines[-1]) == (1_001, "and 200 more rows")


@pytest.mark.parametrize("held", [KEY.Key_Control, KEY.Key_Shift])
def test_a_row_that_is_gone_to_is_selected_alone_whatever_key_is_held(qtbot, five, held) -> None:
    modifier = CTRL if held == KEY.Key_Control else SHIFT
    qtbot.keyPress(five.windowHandle(), held, modifier)
    assert QApplication.keyboardModifiers() == modifier

    five.show_login("m1")

    qtbot.keyRelease(five.windowHandle(), held, PLAIN)
    assert selected(five) == ["m1"]


def test_a_filter_that_hides_one_leaves_the_others_selected(qtbot, five) -> None:
    qtbot.keyClick(five.list, KEY.Key_M)
    click(qtbot, five, "m2", SHIFT)

    five.toolbar.filter.setText("!~mark")

    assert selected(five) == ["m3", "m2"]
    assert ground(five, "m3") == five._theme.color("accent_soft").name()


def test_what_is_selected_is_told_to_readers(qtbot, five) -> None:
    click(qtbot, five, "m3", SHIFT)

    words = index_of(five, "m3").data()
    assert five.list.accessibleDescription() == f"{words}, selected; 2 logins selected"


def test_selected_rows_share_a_ground_and_the_others_do_not(qtbot, five) -> None:
    click(qtbot, five, "m3")
    click(qtbot, five, "m1", CTRL)
    five.list.viewport().repaint()

    soft = five._theme.color("accent_soft").name()
    assert [ground(five, f"m{number}") == soft for number in (4, 3, 2, 1)] == [
        False,
        True,
        False,
        True,
    ]


def test_a_drag_selects_nothing(qtbot, five) -> None:
    viewport = five.list.viewport()
    ends = [five.list.visualRect(index_of(five, login_id)).center() for login_id in ("m3", "m0")]
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=ends[0])
    qtbot.mouseMove(viewport, ends[1])
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=ends[1])

    assert selected(five) == ["m3"]


def test_children_between_two_places_are_told_by_open_row() -> None:
    layout = RowLayout(6, 10, 5, [(1, 3), (3, 2)])

    assert list(layout.children_between(Place(1, 1), Place(3, 0))) == [(1, 1, 2), (3, 0, 0)]
    assert list(layout.children_between(Place(1), Place(3))) == [(1, 0, 2)]
    assert list(layout.children_between(Place(2), Place(5))) == [(3, 0, 1)]
    assert list(layout.children_between(Place(1, 2), Place(1, 2))) == [(1, 2, 2)]


def _colours(place) -> dict[str, str]:
    """Of the logins that are marked, newest first."""
    noted = ((login.login_id, place.marks.of(login)) for login in reversed(place._book.logins))
    return {login_id: mark.colour for login_id, mark in noted if mark.marked}

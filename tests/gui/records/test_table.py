"""A table of records is chosen from, opened, copied and sorted by mouse and keyboard alike."""

import json

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sandbox_app.gui.components import Button, EmptyState
from sandbox_app.gui.records import USERS_MIME, ListRecordModel, keys_of_mime
from sandbox_app.gui.theme import metrics

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def heard(signal) -> list:
    told: list = []
    signal.connect(lambda *args: told.append(args[0] if len(args) == 1 else args))
    return told


def middle(table, row, column=0) -> QPoint:
    return table.visualRect(table.model().index(row, column)).center()


def click(table, row, modifiers=NONE) -> None:
    QTest.mouseClick(table.viewport(), LEFT, modifiers, middle(table, row))


def names(table) -> list[str]:
    return [table.model().index(row, 0).data() for row in range(table.model().rowCount())]


def header_point(table, column) -> QPoint:
    head = table.horizontalHeader()
    left = head.sectionViewportPosition(column)
    return QPoint(left + head.sectionSize(column) // 2, head.height() // 2)


def many(record, count=50) -> ListRecordModel:
    return ListRecordModel((), [record(f"client{row:02}") for row in range(count)])


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_rows_are_36_px_and_the_header_32(make_table, theme, scale) -> None:
    table = make_table()
    theme.set_scale(scale)

    assert table.rowHeight(0) == theme.px(metrics.RECORD_ROW) == round(36 * scale)
    assert table.horizontalHeader().height() == theme.px(metrics.TABLE_HEADER)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_columns_fill_the_width(make_table, theme, scale) -> None:
    table = make_table()
    theme.set_scale(scale)
    for width in (520, 700, 1100):
        table.resize(round(width * scale), 300)

        assert table.horizontalHeader().length() == table.viewport().width()


def test_a_click_chooses_and_tells_once(make_table) -> None:
    table = make_table()
    chosen, changed = heard(table.chosen), heard(table.selection_changed)

    click(table, 1)
    click(table, 1)

    assert chosen == ["key-web"]
    assert changed == [["key-web"]]
    assert (table.current_key, table.selected_keys()) == ("key-web", ["key-web"])


def test_choosing_by_key_tells_as_well_and_shows_the_row(make_table, record) -> None:
    table = make_table(many(record))
    chosen = heard(table.chosen)

    assert table.select("key-client40")

    assert chosen == ["key-client40"]
    assert table.viewport().rect().contains(middle(table, 40))


def test_a_key_that_is_not_there_changes_nothing(make_table) -> None:
    table = make_table()
    table.select("key-web")

    assert not table.select("key-x")
    assert table.current_key == "key-web"


def test_the_empty_key_selects_nothing(make_table) -> None:
    table = make_table()
    table.select("key-web")
    table.select("")

    assert (table.current_key, table.selected_keys()) == ("", [])


def test_tabbing_into_the_table_chooses_nothing(make_table) -> None:
    table = make_table()
    chosen = heard(table.chosen)

    table.setFocus(Qt.FocusReason.TabFocusReason)

    assert (chosen, table.current_key) == ([], "")


def test_arrow_keys_walk_and_choose(make_table) -> None:
    table = make_table()
    table.select("key-spa")
    chosen = heard(table.chosen)

    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_Right):
        QTest.keyClick(table, key)

    assert chosen == ["key-web", "key-m2m", "key-spa"]


def test_one_row_at_a_time_unless_told_otherwise(make_table) -> None:
    table = make_table()
    click(table, 0)
    click(table, 2, CTRL)

    assert table.selected_keys() == ["key-m2m"]


def test_several_rows_are_told_in_the_order_of_the_table(make_table) -> None:
    table = make_table(multi=True)
    changed = heard(table.selection_changed)
    click(table, 2)
    click(table, 0, CTRL)

    assert changed[-1] == table.selected_keys() == ["key-spa", "key-m2m"]
    assert table.selected_count == 2


def test_a_row_that_is_current_but_not_selected_is_not_the_chosen_one(make_table) -> None:
    table = make_table(multi=True)
    click(table, 0)
    click(table, 2, CTRL)
    click(table, 2, CTRL)

    assert table.currentIndex().row() == 2
    assert table.current_key == ""
    assert table.selected_keys() == ["key-spa"]


def test_arrows_to_the_side_go_nowhere(make_table) -> None:
    table = make_table()
    table.select("key-web")
    before = table.currentIndex()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(table, key)

        assert table.currentIndex() == before


def test_ctrl_a_selects_every_row(make_table) -> None:
    table = make_table(multi=True)
    QTest.keyClick(table, Qt.Key.Key_A, CTRL)

    assert table.selected_keys() == ["key-spa", "key-web", "key-m2m"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens(make_table, key) -> None:
    table = make_table()
    table.select("key-web")
    opened = heard(table.opened)

    QTest.keyClick(table, key)

    assert opened == ["key-web"]


def test_a_double_click_opens(make_table) -> None:
    table = make_table()
    opened = heard(table.opened)

    QTest.mouseDClick(table.viewport(), LEFT, NONE, middle(table, 2))

    assert opened == ["key-m2m"]


def test_delete_asks_and_takes_nothing_away(make_table) -> None:
    table = make_table(multi=True)
    wanted = heard(table.delete_wanted)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    table.select_all()
    QTest.keyClick(table, Qt.Key.Key_D, CTRL)
    QTest.keyClick(table, Qt.Key.Key_Delete, SHIFT)

    QTest.keyClick(table, Qt.Key.Key_Delete)

    assert wanted == [["key-spa", "key-web", "key-m2m"]]
    assert len(names(table)) == 3


def test_letters_are_for_the_search_field(make_table) -> None:
    table = make_table()
    typed = heard(table.search_typed)

    QTest.keyClicks(table, "wE@ ")
    QTest.keyClick(table, Qt.Key.Key_D, CTRL)

    assert typed == ["w", "E", "@"]


def test_ctrl_c_copies_the_rows_as_shown(make_table) -> None:
    table = make_table(multi=True)
    table.set_column_shown("kind", False)
    table.sort_by("name")
    click(table, 0)
    click(table, 2, CTRL)

    QTest.keyClick(table, Qt.Key.Key_C, CTRL)

    assert QApplication.clipboard().text() == "m2m\tid-of-m2m\nweb\tid-of-web"


def test_a_copied_cell_stays_in_its_cell(make_table, record) -> None:
    table = make_table(ListRecordModel((), [record("a\tb\nc", "=1")]))
    table.select("key-a\tb\nc")

    assert table.copy_text() == "a b c\t=1\tid-of-a b c"


def test_a_click_on_a_title_sorts_and_a_second_reverses(make_table) -> None:
    table = make_table()
    told = heard(table.state_changed)
    head = table.horizontalHeader().viewport()

    QTest.mouseClick(head, LEFT, NONE, header_point(table, 0))
    once = names(table)
    QTest.mouseClick(head, LEFT, NONE, header_point(table, 0))

    assert once == ["m2m", "spa", "web"]
    assert names(table) == ["web", "spa", "m2m"]
    assert (table.sorted_by, len(told)) == (("name", True), 2)


def test_sorting_keeps_the_choice_without_telling_again(make_table) -> None:
    table = make_table()
    table.select("key-web")
    chosen = heard(table.chosen)

    table.sort_by("name", True)

    assert (table.current_key, table.currentIndex().row(), chosen) == ("key-web", 0, [])


def menu_action(menu, words):
    return next(action for action in menu.actions() if action.text() == words)


def test_the_menu_hides_and_shows_columns_but_leaves_one(make_table) -> None:
    table = make_table()

    menu_action(table.columns_menu(), "Created").trigger()
    shown = [not table.isColumnHidden(place) for place in range(4)]
    for words in ("Created", "Client ID", "Kind"):
        menu_action(table.columns_menu(), words).trigger()

    assert shown == [True] * 4
    assert [not table.isColumnHidden(place) for place in range(4)] == [True, False, False, False]
    assert not menu_action(table.columns_menu(), "Client name").isEnabled()
    menu_action(table.columns_menu(), "Columns as they were").trigger()
    assert [not table.isColumnHidden(place) for place in range(4)] == [True, True, True, False]


def test_the_menu_sorts_for_those_without_a_mouse(make_table) -> None:
    table = make_table()
    order = menu_action(table.columns_menu(), "Sort by").menu()

    menu_action(order, "Client name").trigger()
    menu_action(menu_action(table.columns_menu(), "Sort by").menu(), "Reversed").trigger()

    assert table.sorted_by == ("name", True)


def test_the_menu_button_has_a_name_and_takes_focus(make_table) -> None:
    button = make_table().columns_button

    assert button.accessibleName() == "Columns of App clients"
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert button.isVisible()


def test_a_drawn_column_keeps_its_width(make_table, theme) -> None:
    table = make_table()
    told = heard(table.state_changed)
    head = table.horizontalHeader()
    edge = QPoint(head.sectionViewportPosition(0) + head.sectionSize(0) - 1, 10)

    QTest.mousePress(head.viewport(), LEFT, NONE, edge)
    QTest.mouseMove(head.viewport(), edge + QPoint(20, 0))
    QTest.mouseMove(head.viewport(), edge + QPoint(40, 0))
    QTest.mouseRelease(head.viewport(), LEFT, NONE, edge + QPoint(40, 0))
    table.resize(800, 300)

    assert head.sectionSize(0) == 160
    assert head.length() == table.viewport().width()
    assert table.save_state()["widths"] == {"name": 160}
    assert len(told) == 1


def test_what_was_saved_comes_back_as_it_was(make_table) -> None:
    table = make_table()
    table.sort_by("kind", True)
    table.set_column_shown("made", True)
    state = json.loads(json.dumps(table.save_state()))

    other = make_table()
    other.restore_state(state)

    assert other.save_state() == state
    assert names(other) == names(table)
    assert not other.isColumnHidden(3)


@pytest.mark.parametrize(
    "state", [None, 3, {"sort": "name"}, {"sort": ["x", True]}, {"sort": [1, 2]}, {"sort": []}]
)
def test_nonsense_remembered_is_passed_over(make_table, state) -> None:
    table = make_table()

    table.restore_state(state)

    assert names(table) == ["spa", "web", "m2m"]
    assert table.sorted_by[0] == ""


def test_a_refresh_keeps_choice_and_place_on_screen(make_table, record) -> None:
    model = many(record)
    table = make_table(model, multi=True)
    table.select("key-client30")
    table.verticalScrollBar().setValue(table.verticalScrollBar().value() + 11)
    before = middle(table, 30)
    chosen, changed = heard(table.chosen), heard(table.selection_changed)

    model.set_records([record("a"), record("b"), *(record(f"client{row:02}") for row in range(50))])

    assert table.current_key == "key-client30"
    assert middle(table, 32) == before
    assert (chosen, changed) == ([], [])


def test_at_the_top_new_rows_are_seen(make_table, record) -> None:
    model = many(record)
    table = make_table(model)

    model.set_records([record("a"), *(record(f"client{row:02}") for row in range(50))])

    assert table.verticalScrollBar().value() == 0


def test_a_new_row_never_becomes_the_chosen_one(make_table, clients, record) -> None:
    model = ListRecordModel()
    table = make_table(model)
    chosen = heard(table.chosen)

    model.set_records(clients)
    table.select("key-web")
    model.set_records([clients[0], clients[2], record("nova")])

    assert chosen == ["key-web"]
    assert (table.current_key, table.selected_keys()) == ("", [])


def test_the_row_to_go_to_after_a_deletion_is_the_next_one(make_table) -> None:
    table = make_table()

    assert table.key_beside(["key-spa"]) == "key-web"
    assert table.key_beside(["key-m2m"]) == "key-web"
    assert table.key_beside(["key-spa", "key-web", "key-m2m"]) == ""
    assert table.key_beside(["key-x"]) == ""


def test_no_rows_show_the_empty_state_alone(make_table, theme, clients) -> None:
    empty = EmptyState(theme, "code", "No clients yet", "An app signs users in through a client.")
    empty.add_button(Button(theme, "New client", variant="primary"))
    model = ListRecordModel()
    table = make_table(model, empty=empty)

    shown = empty.isVisible()
    model.set_records(clients)

    assert shown
    assert not empty.isVisible()
    model.set_records([])
    assert empty.isVisible()
    assert empty.geometry() == table.viewport().geometry()


def test_only_a_cut_text_has_a_tooltip(make_table, record) -> None:
    name = "<b>a name that is much too long for its column</b>"
    table = make_table(ListRecordModel((), [record(name), record("spa")]))

    assert table.cut_text(middle(table, 0)) == name
    assert table.cut_text(middle(table, 1)) == ""


def test_a_mark_takes_room_from_the_first_column_and_is_spoken(make_table, record) -> None:
    table = make_table(ListRecordModel((), [record("fourteen chars", mark="refused")]))

    assert table.cut_text(middle(table, 0)) == "fourteen chars"
    spoken = table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert spoken == "Refused"


def test_a_drag_carries_the_selected_keys(make_table) -> None:
    table = make_table(multi=True, drag_mime=USERS_MIME)
    click(table, 0)
    click(table, 2, CTRL)

    carried = table.drag_data()

    assert table.dragEnabled()
    assert carried.formats() == [USERS_MIME]
    assert keys_of_mime(carried, USERS_MIME) == ["key-spa", "key-m2m"]


def test_one_dragged_row_is_named_and_several_are_counted(make_table, theme) -> None:
    table = make_table(multi=True, drag_mime=USERS_MIME)
    click(table, 0)
    one = table.drag_picture()
    table.select_all()
    several = table.drag_picture()

    assert one.height() == several.height() == theme.px(metrics.CHIP)
    assert one.width() < several.width()


def test_what_others_drag_holds_no_keys(make_table) -> None:
    table = make_table(drag_mime=USERS_MIME)
    data = table.drag_data()
    for nonsense in (b"{", b"7", b'{"a": 1}', b"\xff", b'[1, {"a": 2}]'):
        data.setData(USERS_MIME, nonsense)

        assert keys_of_mime(data, USERS_MIME) == []
    assert keys_of_mime(data, "text/plain") == []


def test_without_a_type_nothing_can_be_dragged(make_table) -> None:
    assert not make_table().dragEnabled()


def context(table, point, reason) -> None:
    event = QContextMenuEvent(reason, point, table.viewport().mapToGlobal(point))
    QApplication.sendEvent(table.viewport(), event)


def test_a_menu_is_wanted_for_the_row_under_the_pointer_or_the_current_one(make_table) -> None:
    table = make_table()
    table.select("key-m2m")
    wanted = heard(table.menu_wanted)

    context(table, middle(table, 1), QContextMenuEvent.Reason.Mouse)
    context(table, QPoint(10, 290), QContextMenuEvent.Reason.Mouse)
    context(table, QPoint(0, 0), QContextMenuEvent.Reason.Keyboard)

    assert [key for key, _ in wanted] == ["key-web", "", "key-m2m"]
    below = table.viewport().mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft())
    assert wanted[2][1].y() == below.y()


def test_the_row_under_the_pointer_is_lit_and_only_that(make_table, theme) -> None:
    table = make_table()
    table.clearFocus()
    QTest.mouseMove(table.viewport(), middle(table, 1))
    picture = table.viewport().grab().toImage()
    lit = [picture.pixelColor(2, middle(table, row).y()) for row in range(3)]

    assert lit == [theme.color("surface"), theme.color("hover"), theme.color("surface")]
    QApplication.sendEvent(table.viewport(), QEvent(QEvent.Type.Leave))
    dark = table.viewport().grab().toImage().pixelColor(2, middle(table, 1).y())
    assert dark == theme.color("surface")


def test_the_selection_spans_the_whole_width(make_table, theme) -> None:
    table = make_table()
    table.select("key-web")
    table.clearFocus()
    picture = table.viewport().grab().toImage()
    row = table.visualRect(table.currentIndex())

    for x in (1, picture.width() - 2):
        assert picture.pixelColor(x, row.top() + 3) == theme.color("accent_soft")

"""The filter in the window: completed, explained, saved, suspended, and read for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from sandbox_app.gui.live.filter_field import FilterField


@pytest.fixture
def field(qtbot, morning) -> FilterField:
    morning.show()
    morning.activateWindow()
    qtbot.waitUntil(morning.isActiveWindow)
    found = morning.toolbar.filter
    found.setFocus()
    qtbot.waitUntil(found.hasFocus)
    return found


def shown(morning) -> int:
    return morning.listing.model.rowCount()


def type_in(qtbot, field: FilterField, text: str) -> None:
    qtbot.keyClicks(field, text)


def offered(field: FilterField) -> list[str]:
    card = field.card
    return [it.shown for it in card.completions] if card is not None and card.isVisible() else []


def pick(menu: QMenu, *path: str) -> None:
    for words in path:
        (action,) = [it for it in menu.actions() if it.text().split("\t")[0] == words]
        inner = action.menu()
        if inner is None:
            action.trigger()
        else:
            menu = inner


def test_operators_filter_the_list(qtbot, morning, field) -> None:
    type_in(qtbot, field, "~user alice")

    assert shown(morning) == 3
    assert "the user is “alice”" in field.toolTip()


def test_a_tilde_offers_every_operator_with_its_meaning(qtbot, field) -> None:
    type_in(qtbot, field, "~")

    assert not field.is_wrong
    assert "~client client" in offered(field)
    assert "~claim name=value" in offered(field)


def test_what_is_offered_is_taken_by_tab_arrow_and_press(qtbot, morning, field) -> None:
    type_in(qtbot, field, "~us")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "~user "

    assert "alice" in offered(field)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    first = field.card.current
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == first.text
    assert shown(morning) > 0

    type_in(qtbot, field, "~er")
    card = field.card
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=card._row_box(0).center())
    assert field.text().endswith("~err ")


def test_escape_closes_the_card_first_and_empties_the_field_then(qtbot, field) -> None:
    type_in(qtbot, field, "~us")

    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (offered(field), field.text()) == ([], "~us")

    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_what_is_emptied_by_escape_is_told_of_no_more(qtbot, field) -> None:
    type_in(qtbot, field, "~client web")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.card.isHidden()

    type_in(qtbot, field, "x ~client spa")
    field.card.show_below(field, (), "Shows where the app client is “spa”.")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert field.card.isHidden()


def test_where_nothing_is_filtered_nothing_is_suspended(qtbot, field) -> None:
    qtbot.keyClick(field, Qt.Key.Key_F8)

    assert field.resume.isHidden()


def test_what_means_nothing_is_marked_explained_and_hides_nothing(qtbot, morning, field) -> None:
    everything = shown(morning)

    type_in(qtbot, field, "~clinet web")

    assert field.is_wrong
    assert field.card.note == "There is no operator ~clinet; ~client is one."
    assert shown(morning) == everything


def test_one_key_suspends_and_resumes_the_filter(qtbot, morning, field) -> None:
    everything = shown(morning)
    type_in(qtbot, field, "~user alice")

    qtbot.keyClick(field, Qt.Key.Key_F8)
    assert shown(morning) == everything
    assert field.text() == "~user alice"

    qtbot.keyClick(field, Qt.Key.Key_F8)
    assert shown(morning) == 3


def test_a_suspended_filter_is_seen_to_be_and_resumed_by_a_press(qtbot, morning, field) -> None:
    type_in(qtbot, field, "~user alice")
    assert field.resume.isHidden()

    qtbot.keyClick(field, Qt.Key.Key_F8)
    assert field.resume.isVisible()
    assert field.font().strikeOut()
    assert "The filter is suspended: everything shows." in field.toolTip()

    field._theme.set_scale(1.25)
    assert field.font().strikeOut()

    qtbot.mouseClick(field.resume, Qt.MouseButton.LeftButton)
    assert shown(morning) == 3
    assert field.resume.isHidden()
    assert not field.font().strikeOut()


def test_who_types_on_has_resumed_the_filter(qtbot, morning, field) -> None:
    type_in(qtbot, field, "~user alic")
    qtbot.keyClick(field, Qt.Key.Key_F8)

    type_in(qtbot, field, "e")

    assert shown(morning) == 3
    assert field.resume.isHidden()


def test_the_card_tells_of_what_is_typed_and_not_of_what_was(qtbot, field) -> None:
    type_in(qtbot, field, "~client web !~er")
    assert field.card.note == "There is no operator ~er; ~err is one."

    type_in(qtbot, field, "r")
    assert field.card.note == "Shows where the app client is “web” and it was not refused."


def test_the_key_that_suspends_works_from_the_list_and_the_details_too(
    qtbot, morning, field
) -> None:
    everything = shown(morning)
    type_in(qtbot, field, "~user alice")

    for widget in (morning.list, morning.detail.tabs):
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_F8)
        assert shown(morning) == everything
        qtbot.keyClick(widget, Qt.Key.Key_F8)
        assert shown(morning) == 3


def test_filters_are_saved_and_survive(qtbot, morning, field) -> None:
    type_in(qtbot, field, "~user alice")
    field.fill_menu()
    pick(field.menu, "Save this filter")
    field.clear()

    field.fill_menu()
    pick(field.menu, "~user alice")
    assert field.text() == "~user alice"
    state = morning.save_state()
    assert state["filters"] == ["~user alice"]

    field.fill_menu()
    pick(field.menu, "Forget this filter")
    assert field.saved == []
    morning.restore_state(state)
    assert field.saved == ["~user alice"]


def test_the_part_that_hides_everything_is_named(qtbot, morning, field) -> None:
    type_in(qtbot, field, "~user alice ~m DELETE")

    title, sentence = (
        morning.panes.filtered_out._title.text(),
        morning.panes.filtered_out._sentence.text(),
    )
    assert title == "Nothing passes the filter"
    assert sentence == "“~m DELETE” hides everything there is."


def test_a_rows_value_is_filtered_for_or_hidden_from_its_menu(qtbot, morning) -> None:
    everything = shown(morning)
    login = next(it for it in morning._book.logins if it.username == "alice")
    exchange = next(it for it in login.exchanges if it.username == "alice")

    pick(morning.menus.of_row(login, exchange), "Show only", "~user alice")
    assert shown(morning) == 3

    morning.toolbar.filter.clear()
    pick(morning.menus.of_row(login, exchange), "Hide", "~user alice")
    assert shown(morning) == everything - 3


def test_contents_are_read_bit_by_bit_and_told(qtbot, morning, field) -> None:
    type_in(qtbot, field, "~h user-agent")

    qtbot.waitUntil(lambda: not morning.listing.search.running)
    assert not morning.toolbar._stop.isVisible()
    read = morning.listing.filter.reads[0].read
    assert len(read) == len(morning._book)


def test_a_search_that_is_given_up_leaves_nothing_to_stop(qtbot, morning, field) -> None:
    field.setText("~b nowhere")
    assert morning.toolbar._stop.isVisible()

    field.setText("")

    assert not morning.toolbar._stop.isVisible()


def test_reading_can_be_stopped(qtbot, morning, field) -> None:
    morning.toolbar.filter.setText("~b nothing-holds-this")
    assert morning.listing.search.running

    morning.toolbar.stop_wanted.emit()

    assert not morning.listing.search.running
    assert not morning.toolbar._stop.isVisible()

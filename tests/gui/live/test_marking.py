"""Rows are marked, coloured and noted about, by menu and by key, and found again by it."""

import json

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from sandbox_app.domain.records.marks import COLOURS, RowMark
from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.gui.live.mark_painter import mark_look
from tests.gui.live.test_filter import pick


@pytest.fixture
def chosen(qtbot, morning):
    """The place with the refused login chosen and keys going to the list."""
    morning.activateWindow()
    qtbot.waitUntil(morning.isActiveWindow)
    morning.show_login("l7")
    morning.list.setFocus()
    return morning


def mark_of(place, login_id: str = "l7", at: int | None = None) -> RowMark:
    login = place._book.find(login_id)
    return place.marks.of(login, login.exchanges[at] if at is not None else None)


def put(place, login_id: str, at: int | None = None, **noted) -> None:
    login = place._book.find(login_id)
    exchange = login.exchanges[at] if at is not None else None
    place.marks.put(RowMark("", **noted), login, exchange)
    place.marking.changed.emit([(login, exchange)])


def menu_of(place, login_id: str = "l7"):
    return place.menus.of_row(place._book.find(login_id), None)


def write(qtbot, place, text: str) -> None:
    """A note by key alone: F2, the words, Ctrl+Enter."""
    qtbot.keyClick(place.list, Qt.Key.Key_F2)
    field = place.detail.notes.field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def sign_of(place, login_id: str) -> set[str]:
    """The colours of the strip at the right edge of a row, which belongs to marks."""
    rect = place.list.visualRect(place.listing.model.index_of(place._book.find(login_id)))
    px = place._theme.px
    edge = QRect(rect.right() - px(20), rect.top() + px(4), px(10), rect.height() - px(8))
    image = place.list.viewport().grab(edge).toImage()
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_m_marks_and_unmarks_the_row_and_types_nothing(qtbot, chosen) -> None:
    qtbot.keyClick(chosen.list, Qt.Key.Key_M)
    assert mark_of(chosen).marked
    assert not mark_of(chosen).colour

    qtbot.keyClick(chosen.list, Qt.Key.Key_M)
    assert not mark_of(chosen)
    assert chosen.toolbar.filter.text() == ""
    assert chosen.list.hasFocus()


def test_shift_m_goes_from_colour_to_colour(qtbot, chosen) -> None:
    seen = []
    for _ in range(len(COLOURS) + 1):
        qtbot.keyClick(chosen.list, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
        seen.append(mark_of(chosen).colour)

    assert seen == [*COLOURS, ""]


def test_the_keys_work_beside_the_list_too(qtbot, chosen) -> None:
    chosen.detail.tabs.setFocus()

    qtbot.keyClick(chosen.detail.tabs, Qt.Key.Key_M)

    assert mark_of(chosen).marked


def test_a_note_is_written_by_key_and_read_above_the_tabs(qtbot, chosen) -> None:
    strip = chosen.detail.notes
    assert strip.isHidden()

    write(qtbot, chosen, "ask <b>Bob</b>")

    assert mark_of(chosen).note == "ask <b>Bob</b>"
    assert strip.isVisible()
    assert strip.note.toPlainText() == "ask <b>Bob</b>"
    assert chosen.list.hasFocus()


def test_escape_leaves_the_note_as_it_was(qtbot, chosen) -> None:
    write(qtbot, chosen, "first")
    qtbot.keyClick(chosen.list, Qt.Key.Key_F2)
    qtbot.keyClicks(chosen.detail.notes.field, "second")
    qtbot.keyClick(chosen.detail.notes.field, Qt.Key.Key_Escape)

    assert mark_of(chosen).note == "first"
    assert not chosen.detail.notes.is_writing
    assert chosen.list.hasFocus()


def test_a_note_that_is_too_long_says_so_and_is_not_saved(qtbot, chosen) -> None:
    strip = chosen.detail.notes
    qtbot.keyClick(chosen.list, Qt.Key.Key_F2)
    strip.field.setPlainText("x" * 501)
    assert strip.problem.isVisible()
    assert not strip.save.isEnabled()

    qtbot.keyClick(strip.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert strip.is_writing
    assert mark_of(chosen).note == ""


def test_a_note_being_written_is_not_lost_when_another_row_is_looked_at(qtbot, chosen) -> None:
    strip, here = chosen.detail.notes, chosen.list.current[0]
    qtbot.keyClick(chosen.list, Qt.Key.Key_F2)
    qtbot.keyClicks(strip.field, "half a thou")

    other = next(login for login in chosen._book.logins if login is not here)
    chosen.list.choose(other)
    assert not strip.is_writing
    assert mark_of(chosen).note == ""

    chosen.list.choose(here)
    assert strip.is_writing
    assert strip.field.toPlainText() == "half a thou"
    qtbot.keyClick(strip.field, Qt.Key.Key_Escape)
    chosen.list.choose(other)
    chosen.list.choose(here)
    assert not strip.is_writing


def test_cleared_traffic_takes_what_was_being_written_with_it(qtbot, chosen) -> None:
    qtbot.keyClick(chosen.list, Qt.Key.Key_F2)
    qtbot.keyClicks(chosen.detail.notes.field, "half a thou")

    chosen.clear()

    assert not chosen.detail.notes.is_writing


def test_a_removed_note_can_be_put_back_until_another_row_is_chosen(qtbot, chosen) -> None:
    strip = chosen.detail.notes
    write(qtbot, chosen, "precious")

    strip.remove.click()
    assert mark_of(chosen).note == ""
    assert strip.title.text() == "Note removed"
    strip.put_back.click()
    assert mark_of(chosen).note == "precious"

    strip.remove.click()
    chosen.show_login("l6")
    chosen.show_login("l7")
    assert strip.isHidden()


def test_the_note_of_another_row_is_never_shown(qtbot, chosen) -> None:
    write(qtbot, chosen, "of the login")
    login = chosen._book.find("l7")

    chosen.list.choose(login, login.exchanges[0])

    assert chosen.detail.notes.isHidden()
    write(qtbot, chosen, "of the request")
    chosen.list.choose(login)
    assert chosen.detail.notes.note.toPlainText() == "of the login"


def test_the_menu_marks_in_every_colour_with_its_word_and_shape(chosen) -> None:
    for colour in COLOURS:
        pick(menu_of(chosen), "Mark", colour.capitalize())
        assert mark_of(chosen).colour == colour
        assert chosen.detail.notes.title.text() == f"Marked {colour}"
    assert len({mark_look(colour)[0] for colour in ("", *COLOURS)}) == len(COLOURS) + 1

    pick(menu_of(chosen), "Mark", "No mark")
    assert not mark_of(chosen)
    assert chosen.detail.notes.isHidden()


def test_a_row_shows_its_mark_where_no_words_are(chosen) -> None:
    chosen.show_login("l6")
    before = sign_of(chosen, "l7")
    assert len(before) == 1

    put(chosen, "l7", marked=True, colour="purple")

    assert chosen._theme.color("mark_purple").name() in sign_of(chosen, "l7")


def test_mark_and_note_are_in_the_rows_words_for_readers_and_clipboard(qtbot, chosen) -> None:
    put(chosen, "l7", marked=True, colour="teal", note="ask <i>Bob</i>")

    qtbot.keyClick(chosen.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text().endswith(", marked teal, note: ask <i>Bob</i>")


def test_the_tooltip_of_a_row_holds_the_note_letter_by_letter(chosen) -> None:
    put(chosen, "l7", note="ask <i>Bob</i>")
    rect = chosen.list.visualRect(chosen.listing.model.index_of(chosen._book.find("l7")))
    point = rect.center()

    chosen.list.viewportEvent(
        QHelpEvent(QHelpEvent.Type.ToolTip, point, chosen.list.mapToGlobal(point))
    )

    assert "note: ask &lt;i&gt;Bob&lt;/i&gt;" in QToolTip.text()
    QToolTip.showText(QPoint(), "")


def test_a_request_is_marked_in_either_list(qtbot, chosen) -> None:
    put(chosen, "l7", 0, marked=True, colour="pink")
    chosen.listing.show_mode("requests")

    index = chosen.listing.model.index_of(
        chosen._book.find("l7"), chosen._book.find("l7").exchanges[0]
    )

    assert "marked pink" in index.data()


def test_the_filter_follows_what_is_marked_at_once(qtbot, chosen) -> None:
    chosen.toolbar.filter.setText("~mark")
    assert chosen.listing.model.rowCount() == 0

    put(chosen, "l7", marked=True)
    assert chosen.listing.model.rowCount() == 1

    chosen.list.choose(chosen._book.find("l7"))
    qtbot.keyClick(chosen.list, Qt.Key.Key_M)
    assert chosen.listing.model.rowCount() == 0


def test_a_filter_for_marks_holds_no_answer(chosen) -> None:
    field = chosen.toolbar.filter
    field.setText("~note bob")
    field.fill_menu()
    (hold,) = [it for it in field.menu.actions() if it.text().startswith("Hold")]

    assert not hold.isEnabled()


def test_clearing_says_first_that_notes_would_be_lost(qtbot, chosen) -> None:
    put(chosen, "l7", note="precious")
    put(chosen, "l6", note="too")

    chosen.toolbar.clear.click()
    (question,) = chosen.findChildren(Confirmation)
    assert "2 notes in this workspace would be lost" in question.accessibleDescription()
    question.refuse.click()
    assert mark_of(chosen).note == "precious"

    chosen.toolbar.clear.click()
    chosen.findChildren(Confirmation)[-1].confirm.click()
    assert not chosen._book.logins
    assert chosen.marks.notes == 0


def test_without_notes_clearing_asks_nothing(chosen) -> None:
    put(chosen, "l7", marked=True)

    chosen.toolbar.clear.click()

    assert not chosen._book.logins


def test_an_exported_archive_has_the_notes(qtbot, chosen) -> None:
    put(chosen, "l7", marked=True, note="slash")
    put(chosen, "l7", 0, note="here")

    pick(menu_of(chosen), "Export as HAR", "This login…")

    qtbot.waitUntil(lambda: chosen.panels.panel.is_ready)
    log = json.loads(chosen.panels.panel.text)["log"]
    assert log["pages"][0]["comment"] == "Marked, note: slash"
    assert log["entries"][0]["comment"].endswith("\nNote: here")


def test_notes_whose_traffic_was_erased_meanwhile_are_not_asked_about(chosen) -> None:
    put(chosen, "l7", note="gone by now")
    chosen.marks._kept.clear()

    chosen.toolbar.clear.click()

    assert not chosen._book.logins


def test_a_long_address_in_a_note_is_broken_and_not_cut(qtbot, chosen) -> None:
    chosen.resize(944, 604)
    chosen.show_login("l6")
    put(chosen, "l7", note="http://localhost/" + "long" * 100)
    chosen.show_login("l7")
    note = chosen.detail.notes.note
    qtbot.waitUntil(note.isVisible)

    lines = int(note.document().size().height())

    assert lines > 3
    assert note.height() >= lines * note.fontMetrics().lineSpacing()
    assert note.document().idealWidth() <= note.width()

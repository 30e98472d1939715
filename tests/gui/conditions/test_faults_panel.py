"""Faults in the window: sentences whose words are chosen or typed, with switches and counters."""

import pytest
from PySide6.QtCore import Qt

from sandbox_app.domain.conditions.faults import AtHandshake, BadCertificate
from sandbox_app.gui.conditions import fault_words as words
from sandbox_app.gui.conditions.fault_row import FaultRow
from sandbox_app.workbench.conditions.faults import editing
from sandbox_app.workbench.conditions.faults.parsing import parse
from tests.gui.conditions.menus import choose, pick


def sentences(core) -> list[str]:
    return [one.sentence for one in editing.listed(core)]


def press(qtbot, widget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def row(qtbot, place, core) -> FaultRow:
    editing.add(core, "POST /oauth2/token → 503 every 3rd", enabled=False)
    qtbot.waitUntil(lambda: bool(place.faults.rows))
    return place.faults.rows[0]


def shown(row: FaultRow) -> str:
    parts = (row.place, row.client, row.cadence, row.effect, row.delay)
    return " | ".join(part.label for part in parts if part.isVisibleTo(row))


def test_an_empty_list_says_what_faults_are_for(place) -> None:
    assert place.faults.none.isVisibleTo(place)
    assert place.faults.rows == []


def test_a_new_fault_waits_switched_off(qtbot, place, core) -> None:
    press(qtbot, place.faults.add)

    (made,) = editing.listed(core)
    assert not made.fault.enabled
    assert shown(place.faults.rows[0]) == (
        "POST /oauth2/token | any client | every 3rd time | answer 503 | at once"
    )
    assert not place.faults.none.isVisibleTo(place)


def test_every_word_can_be_another(row: FaultRow, core) -> None:
    choose(row.place, "GET jwks.json")
    choose(row.client, "web")
    choose(row.cadence, "the first 2 times")
    choose(row.effect, "send malformed JSON")
    choose(row.delay, "after 2 s")

    assert sentences(core) == ["jwks for client web → delay 2s, malformed JSON first 2"]
    assert shown(row) == (
        "GET jwks.json | web | the first 2 times | send malformed JSON | after 2 s"
    )


def test_a_handshake_has_neither_client_nor_delay_and_comes_back_as_a_request(
    row: FaultRow, core
) -> None:
    choose(row.place, "a TLS handshake")
    assert shown(row) == "a TLS handshake | every 3rd time | show an expired certificate"
    choose(row.effect, "show an untrusted certificate")
    assert sentences(core) == ["TLS → untrusted certificate every 3rd"]

    choose(row.place, "any request")
    assert sentences(core) == ["any → 503 every 3rd"]


def test_a_fault_is_typed_as_a_sentence(qtbot, row: FaultRow, core) -> None:
    pick(row.menu, "Write as text")
    row.field.selectAll()
    qtbot.keyClicks(row.field, "POST /login for user alice -> 418 teapot, first 4")
    qtbot.keyClick(row.field, Qt.Key.Key_Return)

    assert sentences(core) == ["POST /login for user alice → 418 teapot first 4"]
    assert not row.is_written
    assert (
        shown(row) == "POST /login | any client | the first 4 times | answer 418 teapot | at once"
    )


def test_a_sentence_that_is_none_is_refused_below_it_and_can_be_left(
    qtbot, row: FaultRow, core
) -> None:
    row.write_sentence()
    row.field.selectAll()
    qtbot.keyClicks(row.field, "POST /oauth2/token explodes")
    press(qtbot, row.save)

    assert row.is_written
    assert row.wrong.words.text().startswith("At character 20: expected")
    assert sentences(core) == ["POST /oauth2/token → 503 every 3rd"]

    qtbot.keyClick(row.field, Qt.Key.Key_Escape)
    assert not row.is_written
    assert not row.wrong.isVisibleTo(row)


def test_switch_counter_and_menu(qtbot, place, row: FaultRow, core) -> None:
    press(qtbot, row.switch)
    assert editing.listed(core)[0].fault.enabled

    tally = core.conditions.faults.tally(row.listed.fault.id)
    tally.seen, tally.hits = 13, 4
    place.faults.refresh()
    assert row.hits.text() == "hit 4 of 13"

    pick(row.menu, "Count from zero again")
    place.faults.refresh()
    assert row.hits.text() == "not asked yet"

    pick(row.menu, "Remove fault")
    place.faults.refresh()
    assert place.faults.rows == []


def test_faults_change_their_order(qtbot, place, row: FaultRow, core) -> None:
    editing.add(core, "jwks → 500")
    place.faults.refresh()

    pick(place.faults.rows[1].menu, "Move up")

    assert sentences(core) == ["jwks → 500", "POST /oauth2/token → 503 every 3rd"]
    assert [one.listed.sentence for one in place.faults.rows] == sentences(core)


def test_what_is_typed_survives_a_change_from_elsewhere(qtbot, place, row: FaultRow, core) -> None:
    row.write_sentence()
    row.field.setText("POST /oauth2/to")

    editing.add(core, "jwks → 500")
    place.refresh()

    assert place.faults.rows[0] is row
    assert row.is_written
    assert row.field.text() == "POST /oauth2/to"


@pytest.mark.parametrize("place_", words.PLACES, ids=words.place_words)
def test_every_choice_of_words_is_a_fault_of_its_own(core, place_) -> None:
    said = parse("POST /oauth2/token → delay 1s, 503")
    when, then = words.moved(said.when, said.then, place_)

    made = editing.add_said(core, when, then)

    again = parse(made.sentence)
    assert (again.when, again.then) == (when, then)
    assert isinstance(then.effect, BadCertificate) == isinstance(place_, AtHandshake)


def test_no_two_choices_read_alike() -> None:
    for told in (
        [words.place_words(it) for it in words.PLACES],
        [words.cadence_words(it) for it in words.CADENCES],
        [words.effect_words(it) for it in (*words.EFFECTS, *words.CERTIFICATES, None)],
        [words.delay_words(it) for it in words.DELAYS],
    ):
        assert len(told) == len(set(told))


def fill(qtbot, row: FaultRow, name: str, text: str) -> None:
    field = row.form.input(name)
    field.selectAll()
    qtbot.keyClicks(field, text)


def kind(row: FaultRow, key: str) -> None:
    row.form.kind.set_current(key)
    row.form.kind.chosen.emit(key)


def test_any_word_takes_values_of_ones_own(qtbot, row: FaultRow, core) -> None:
    choose(row.place, "Something else…")
    kind(row, "path")
    fill(qtbot, row, "path", "/oauth2/*")
    press(qtbot, row.form.save)
    choose(row.cadence, "Something else…")
    kind(row, "probability")
    fill(qtbot, row, "percent", "12.5")
    fill(qtbot, row, "seed", "7")
    press(qtbot, row.form.save)
    choose(row.effect, "Something else…")
    kind(row, "cut")
    fill(qtbot, row, "size", "99")
    press(qtbot, row.form.save)
    choose(row.delay, "Something else…")
    fill(qtbot, row, "wait", "1m30s")
    press(qtbot, row.form.save)

    assert sentences(core) == [
        "/oauth2/* → delay 1m30s, cut after 99 bytes with probability 12.5% seed 7"
    ]
    assert not row.is_written


@pytest.mark.parametrize(
    ("word", "kind_", "name", "text"),
    [
        ("place", "path", "path", "oauth2"),
        ("cadence", "every", "nth", "1"),
        ("cadence", "every", "nth", "often"),
        ("effect", "answer", "status", "200"),
        ("delay", "delay", "wait", "2 days"),
    ],
)
def test_a_value_that_cannot_be_is_refused_below_the_form(
    qtbot, row: FaultRow, core, word: str, kind_: str, name: str, text: str
) -> None:
    choose(getattr(row, word), "Something else…")
    kind(row, kind_)
    fill(qtbot, row, name, text)
    press(qtbot, row.form.save)

    assert row.form.wrong.isVisibleTo(row)
    assert row.is_written
    assert sentences(core) == ["POST /oauth2/token → 503 every 3rd"]
    press(qtbot, row.form.cancel)
    assert not row.is_written

"""A confirmation code that was sent can be read in the user's editor, while it is good."""

import asyncio
from datetime import timedelta

import pytest

from sandbox_app.operations.forgotten_passwords import confirm_forgot_password, forgot_password
from sandbox_app.workbench import edits
from sandbox_app.workbench.people.codes import codes_of
from tests.conftest import DEMO_POOL

SPA = "7spa4k1m8v0c3n5b9x6zq2kdpa"
ASKED = {"ClientId": SPA, "Username": "alice"}


@pytest.fixture
def remembered() -> dict[str, object]:
    return {"section": "users"}


@pytest.fixture
def section(place, core):
    place.open(DEMO_POOL, "users")
    found = place.sections["users"]
    found.open(core.store.users.find(DEMO_POOL, "alice").sub)
    return found


@pytest.fixture
def editor(section):
    return section.editor


def told(place):
    """As if the place had waited for changes to settle."""
    place._settle.stop()
    place._take_in()


def shown(editor):
    """Each code shown and what is said of it."""
    if editor.standing.codes_row.isHidden():
        return []
    return [
        (value.words, words.text())
        for value, words in editor.standing.codes.shown
        if not value.isHidden()
    ]


def code_of(core):
    return codes_of(core, DEMO_POOL, core.store.users.find(DEMO_POOL, "alice").sub)[0].code


def click(editor, name):
    next(button for move, button in editor.standing.moves.items() if move.name == name).click()


def test_without_a_code_there_is_no_row_for_one(editor):
    assert shown(editor) == []


def test_a_reset_shows_its_code_at_once(core, editor):
    click(editor, "RESET")

    ((code, words),) = shown(editor)
    assert code == code_of(core)
    assert words == (
        "Password reset, sent by e-mail to alice@example.com; good for 1 h. "
        "ConfirmForgotPassword takes it."
    )


def test_another_code_can_be_sent_and_takes_its_place(core, editor):
    click(editor, "RESET")
    first = code_of(core)
    assert editor.standing.moves[
        next(m for m in editor.standing.moves if m.name == "RESET")
    ].text() == ("Send another code")
    while code_of(core) == first:
        click(editor, "RESET")

    ((code, _),) = shown(editor)
    assert code == code_of(core) != first


def test_a_code_that_an_app_asked_for_shows_by_itself_and_goes_when_it_is_used(core, place, editor):
    forgot_password(core, ASKED)
    assert place._settle.waiting
    told(place)
    ((code, _),) = shown(editor)

    entered = {**ASKED, "ConfirmationCode": code, "Password": "Another-Horse-2"}
    asyncio.run(confirm_forgot_password(core, entered))
    told(place)

    assert shown(editor) == []


def test_it_counts_down_and_says_when_it_is_over(core, editor, clock):
    click(editor, "RESET")
    clock.advance(timedelta(minutes=59, seconds=30))
    editor.standing.codes.refresh()
    assert "good for 30 s" in shown(editor)[0][1]

    clock.advance(timedelta(seconds=30))
    editor.standing.codes.refresh()
    assert "; expired." in shown(editor)[0][1]


def test_it_says_when_no_try_is_left(core, editor):
    click(editor, "RESET")
    wrong = {**ASKED, "ConfirmationCode": "wrong", "Password": "Another-Horse-2"}
    for _ in range(5):
        with pytest.raises(Exception, match="Invalid verification code"):
            asyncio.run(confirm_forgot_password(core, wrong))

    editor.standing.codes.refresh()
    assert "but no try is left within the hour" in shown(editor)[0][1]


def test_a_code_of_an_earlier_start_cannot_be_read_any_more(core, editor):
    click(editor, "RESET")
    core.outbox._sent.clear()
    editor.standing.codes.refresh()

    assert shown(editor)[0][0] == "Sent before this start; send another to read it"


def test_a_reset_that_is_taken_back_takes_the_code_away(core, place, editor):
    click(editor, "RESET")
    edits.undo(core)
    told(place)

    assert shown(editor) == []


def test_the_code_is_copied_with_one_click(core, editor, qapp):
    click(editor, "RESET")
    value, _ = editor.standing.codes.shown[0]
    value._button.click()

    assert qapp.clipboard().text() == code_of(core)

"""The secrets of a client: shown, added, made anew, deleted, each at once and each undone."""

import pytest
from PySide6.QtGui import QGuiApplication

from sandbox_app.workbench import edits
from tests.conftest import DEMO_POOL

WEB = "4web7n2p9c6d1h8j3k5m0rtvxz"
SPA = "7spa4k1m8v0c3n5b9x6zq2kdpa"
CHOSEN = "a_secret_of_my_own_choosing+1"


@pytest.fixture
def section(place):
    place.open(DEMO_POOL, "clients", WEB)
    return place.sections["clients"]


@pytest.fixture
def editor(section):
    return section.editor


@pytest.fixture
def row(editor):
    return editor.sign_in.secrets


def values(core) -> list[str]:
    return [one.client_secret_value for one in core.store.clients.get(WEB).client_secrets]


def test_a_secret_is_masked_until_asked_for_and_copied_whole(core, row) -> None:
    (field,) = row.fields
    (secret,) = values(core)
    assert secret not in field.field.text()

    field.copy.click()
    assert QGuiApplication.clipboard().text() == secret

    field.eye.click()
    assert field.field.text() == secret


def test_rotating_adds_a_new_secret_and_keeps_the_old_one(core, editor, row) -> None:
    before = values(core)

    row.rotate.click()

    assert values(core)[:1] == before
    assert len(set(values(core))) == 2
    assert len(row.fields) == 2
    assert edits.undo(core) == "Add a secret to client web"
    assert values(core) == before
    editor.refresh()
    assert len(row.fields) == 1
    edits.redo(core)
    assert len(values(core)) == 2


def test_a_second_secret_can_be_chosen(qtbot, core, row) -> None:
    row.add.click()
    qtbot.keyClicks(row.field, CHOSEN)
    row.confirm.click()

    assert values(core)[1] == CHOSEN
    assert row._asking.isHidden()
    assert row.field.text() == ""


def test_a_secret_that_is_too_short_is_refused_where_it_was_typed(qtbot, core, row) -> None:
    row.add.click()
    qtbot.keyClicks(row.field, "short")
    row.confirm.click()

    assert "clientSecret" in row.error.words.text()
    assert row.field.is_wrong
    assert row.field.text() == "short"
    assert len(values(core)) == 1
    assert edits.undoable(core) == ""


def test_a_third_secret_is_not_offered_and_is_refused(core, editor, row) -> None:
    assert not row.rotate.isHidden()
    row.rotate.click()

    assert row.rotate.isHidden()
    assert row.add.isHidden()

    row.add_wanted.emit("")

    assert row.error.words.text() == "A client can have at most 2 secrets."
    assert len(values(core)) == 2


def test_one_of_two_is_deleted_and_the_last_one_has_no_such_button(core, editor, row) -> None:
    first = values(core)
    assert row.fields[0].remove.isHidden()
    row.rotate.click()

    row.fields[0].remove.click()

    assert len(values(core)) == 1
    assert values(core) != first
    assert row.fields[0].remove.isHidden()
    assert edits.undo(core) == "Delete a secret of client web"
    assert values(core)[:1] == first


def test_the_last_secret_cannot_be_deleted(core, row) -> None:
    secret = core.store.clients.get(WEB).client_secrets[0]

    row.delete_wanted.emit(secret.client_secret_id)

    assert row.error.words.text() == "The last client secret cannot be deleted."


@pytest.mark.parametrize("number", [1, 2])
def test_regenerating_replaces_one_secret_in_a_single_step(core, row, number) -> None:
    if number == 2:
        row.rotate.click()
    before = values(core)

    row.fields[0].regenerate.click()

    assert len(values(core)) == number
    assert before[0] not in values(core)
    assert set(before[1:]) <= set(values(core))
    assert edits.undo(core) == "Regenerate a secret of client web"
    assert values(core) == before


def test_secrets_leave_a_draft_alone(core, editor, row) -> None:
    editor.sign_in.scopes.boxes["phone"].click()

    row.rotate.click()

    assert "phone" not in editor.draft["AllowedOAuthScopes"]
    assert editor.message.isHidden()
    editor.check()
    editor.bar.save.click()
    assert len(values(core)) == 2


def test_a_public_client_is_said_to_have_none(section, row) -> None:
    section.open(SPA)

    assert row.fields == ()
    assert not row.none.isHidden()
    assert row.rotate.isHidden()

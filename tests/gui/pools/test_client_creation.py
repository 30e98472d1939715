"""A new app client: from a preset or from nothing, with an id and a secret of one's own."""

import pytest

from sandbox_app.workbench import edits
from tests.conftest import DEMO_POOL

WEB = "4web7n2p9c6d1h8j3k5m0rtvxz"
SECRET = "a_secret_of_my_own_choosing+1"


@pytest.fixture
def section(place):
    place.open(DEMO_POOL, "clients", WEB)
    shown = place.sections["clients"]
    shown.create()
    return shown


@pytest.fixture
def editor(section):
    return section.editor


def choose_secret(editor, kind: str) -> None:
    choice = editor.form_of("ClientSecret").input("ClientSecret").widget
    choice.kind.set_current(kind)
    choice.kind.chosen.emit(kind)


def made(core, editor):
    editor.check()
    editor.bar.save.click()
    return core.store.clients.get(editor.subject.key)


PRESETS = {
    "spa": (False, ("code",), ("openid", "email", "profile"), 1),
    "web": (True, ("code",), ("openid", "email", "profile"), 1),
    "machine": (True, ("client_credentials",), ("orders/read", "orders/write"), 0),
}


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_needs_nothing_but_a_name(core, section, editor, write, preset) -> None:
    confidential, flows, scopes, callbacks = PRESETS[preset]
    editor.sign_in.presets.buttons[preset].click()
    write(editor, "ClientName", "shop")

    client = made(core, editor)

    assert client.client_name == "shop"
    assert client.confidential is confidential
    assert client.allowed_oauth_flows == flows
    assert client.allowed_oauth_scopes == scopes
    assert len(client.callback_urls) == callbacks
    assert section.table.current_key == client.client_id
    assert edits.undo(core) == "Create client shop"
    assert core.store.clients.get(client.client_id) is None


def test_one_preset_after_another_leaves_nothing_of_the_first(core, editor, write) -> None:
    editor.sign_in.presets.buttons["machine"].click()
    editor.sign_in.presets.buttons["spa"].click()
    write(editor, "ClientName", "shop")

    client = made(core, editor)

    assert not client.confidential
    assert client.allowed_oauth_flows == ("code",)


def test_id_and_secret_can_be_chosen(qtbot, core, editor, write) -> None:
    editor.sign_in.presets.buttons["spa"].click()
    write(editor, "ClientName", "shop")
    write(editor, "ClientId", "my_client")
    choose_secret(editor, "chosen")
    qtbot.keyClicks(editor.form_of("ClientSecret").input("ClientSecret").widget.field, SECRET)

    client = made(core, editor)

    assert client.client_id == "my_client"
    assert [one.client_secret_value for one in client.client_secrets] == [SECRET]
    assert editor.sign_in.secrets.fields


def test_an_id_that_is_taken_is_said_at_the_id(core, editor, write, error_at) -> None:
    editor.sign_in.presets.buttons["spa"].click()
    write(editor, "ClientName", "shop")
    write(editor, "ClientId", WEB)

    assert error_at(editor, "ClientId") == f"Client {WEB} already exists."

    editor.bar.save.click()

    assert editor.subject.new
    assert core.store.clients.get(WEB).client_name == "web"


@pytest.mark.parametrize("secret", ["", "short", "with blanks in the middle of it all"])
def test_a_secret_the_api_would_refuse_is_said_at_the_secret(
    qtbot, editor, write, error_at, secret
) -> None:
    editor.sign_in.presets.buttons["spa"].click()
    write(editor, "ClientName", "shop")
    choose_secret(editor, "chosen")
    qtbot.keyClicks(editor.form_of("ClientSecret").input("ClientSecret").widget.field, secret)

    assert "clientSecret" in error_at(editor, "ClientSecret")


def test_a_new_client_says_nothing_is_wrong_before_anybody_typed(editor) -> None:
    editor.check()

    assert editor.bar.words == "Not made yet"
    assert editor.bar.save.label == "Create app client"
    assert not any(editor.form_of(one).row(one).error for one in editor.members)


def test_what_is_missing_is_said_when_it_is_to_be_made(core, editor) -> None:
    editor.sign_in.presets.buttons["spa"].click()
    editor.bar.save.click()

    assert "clientName" in editor.form_of("ClientName").row("ClientName").error


def test_rows_that_belong_to_a_new_client_go_once_it_is_made(core, editor, write) -> None:
    form = editor.form_of("ClientId")
    assert not form.row("ClientId").isHidden()
    editor.sign_in.presets.buttons["web"].click()
    write(editor, "ClientName", "shop")

    made(core, editor)

    assert form.row("ClientId").isHidden()
    assert form.row("ClientSecret").isHidden()
    assert not editor.sign_in.presets.isVisible()


def test_a_begun_client_waits_while_another_is_looked_at(section, editor, write) -> None:
    write(editor, "ClientName", "shop")
    section.open(WEB)

    section.create()

    assert editor.draft["ClientName"] == "shop"

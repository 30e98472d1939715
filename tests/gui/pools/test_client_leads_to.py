"""What a client's settings lead to, shown before they are saved: authorize URL and tokens."""

import json
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from sandbox_app.gui.forms import Subject
from sandbox_app.gui.pools.client_editor import ClientEditor
from sandbox_app.gui.serving import Phase
from sandbox_app.operations import domains
from sandbox_app.workbench.editing.client_drafts import client_of
from sandbox_app.workbench.token_preview import preview_tokens
from tests.conftest import DEMO_POOL

WEB = "4web7n2p9c6d1h8j3k5m0rtvxz"
MACHINE = "2m2m5t8r1q4w7e0y3u6i9opasd"
ORIGIN = "http://localhost:9400"
ANEW = {"jti", "origin_jti", "event_id", "at_hash"}


@pytest.fixture
def section(place):
    place.open(DEMO_POOL, "clients", WEB)
    return place.sections["clients"]


@pytest.fixture
def editor(section):
    return section.editor


def shown(editor) -> dict:
    claims = json.loads(editor.preview.claims.text)
    return {name: value for name, value in claims.items() if name not in ANEW}


def expected(core, editor, username: str, which: str) -> dict:
    pool = core.store.pools.get(DEMO_POOL)
    user = core.store.users.find(DEMO_POOL, username)
    client = client_of(editor.draft, editor.subject.key)
    claims = getattr(preview_tokens(core, pool, client, user, origin=ORIGIN), which)
    return {name: value for name, value in claims.items() if name not in ANEW}


def choose_user(editor, username: str) -> None:
    editor.preview.search.setText(username)
    editor.preview.find_users()


def test_the_url_has_a_line_per_step_and_says_the_same_as_the_copy(editor) -> None:
    lines = editor.authorize.lines.texts

    assert lines == [
        "http://demo.auth.localhost:9400/oauth2/authorize",
        f"?client_id={WEB}&response_type=code",
        "&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback",
        "&scope=openid+email+profile+phone+aws.cognito.signin.user.admin+orders%2Fread",
    ]
    assert "".join(lines) == editor.authorize.url


def test_the_url_follows_the_draft_at_once(editor) -> None:
    editor.sign_in.flows.boxes["code"].click()
    editor.sign_in.scopes.boxes["phone"].click()

    assert "response_type=token" in editor.authorize.url
    assert "phone" not in editor.authorize.url
    assert not editor.authorize.open.isEnabled()
    assert "Save first" in editor.authorize.reason.text()


async def test_the_server_accepts_the_url_as_it_is_shown(qtbot, theme, sandbox, visitor) -> None:
    editor = ClientEditor(theme, sandbox.core)
    qtbot.addWidget(editor)
    editor.set_origin(visitor.base)
    for client in sandbox.core.store.clients.of_pool(DEMO_POOL):
        editor.show_subject(Subject(DEMO_POOL, client.client_id))
        if not editor.authorize.url:
            assert client.client_id == MACHINE
            continue
        parts = urlsplit(editor.authorize.url)
        answer = await visitor.get(f"{parts.path}?{parts.query}", headers={"Host": parts.netloc})
        assert answer.status == 302
        assert urlsplit(answer.location).path == "/login"


async def test_what_is_saved_is_what_the_server_then_accepts(
    qtbot, theme, sandbox, visitor
) -> None:
    editor = ClientEditor(theme, sandbox.core)
    qtbot.addWidget(editor)
    editor.set_origin(visitor.base)
    editor.show_subject(Subject(DEMO_POOL, WEB))
    editor.set_draft(editor.draft | {"CallbackURLs": ["https://shop.example.com/cb"]})
    parts = urlsplit(editor.authorize.url)
    asked = f"{parts.path}?{parts.query}"

    before = await visitor.get(asked)
    editor.check()
    editor.bar.save.click()
    after = await visitor.get(asked)

    assert "redirect_mismatch" in before.location
    assert urlsplit(after.location).path == "/login"
    assert editor.authorize.open.isEnabled()


def test_the_page_is_opened_through_the_place(qtbot, place, editor) -> None:
    with qtbot.waitSignal(place.url_wanted) as wanted:
        editor.authorize.open.click()

    assert wanted.args == [editor.authorize.url]


def test_it_cannot_be_opened_while_the_sandbox_is_stopped(place, serving, editor) -> None:
    place.show_server(replace(serving, phase=Phase.STOPPED))

    assert not editor.authorize.open.isEnabled()
    assert editor.authorize.reason.text() == "The sandbox is stopped."
    assert editor.authorize.copy.isEnabled()


def test_a_machine_has_no_page_to_open(section, editor) -> None:
    section.open(MACHINE)

    assert editor.authorize.url == ""
    assert not editor.authorize.open.isEnabled()
    assert "signs nobody in" in editor.authorize.reason.text()


def test_a_client_that_is_not_made_has_no_page_either(section, editor) -> None:
    section.create()
    editor.sign_in.presets.buttons["spa"].click()

    assert "?client_id=…&response_type=code" in editor.authorize.lines.texts
    assert not editor.authorize.copy.isEnabled()
    assert not editor.authorize.open.isEnabled()
    assert editor.authorize.reason.text() == "The client is not made yet."


def test_without_a_domain_there_is_no_page(core, section, editor) -> None:
    domains.delete_user_pool_domain(core, {"UserPoolId": DEMO_POOL, "Domain": "demo"})
    section.changed([])

    assert not editor.authorize.open.isEnabled()
    assert "no domain" in editor.authorize.reason.text()


@pytest.mark.parametrize("username", ["alice", "bob"])
def test_the_preview_is_what_a_sign_in_with_the_draft_would_give(core, editor, username) -> None:
    editor.sign_in.scopes.boxes["profile"].click()
    editor.check()
    choose_user(editor, username)

    assert shown(editor) == expected(core, editor, username, "id_claims")

    editor.preview.which.set_current("access")
    editor.preview.renew()
    assert shown(editor) == expected(core, editor, username, "access_claims")


def test_an_unsaved_attribute_list_shows_in_the_preview(editor) -> None:
    choose_user(editor, "alice")
    assert "family_name" in shown(editor)

    editor.attributes.read.kind.chosen.emit("list")
    editor.attributes.table.boxes["read", "family_name"].click()
    editor.check()

    assert "family_name" not in shown(editor)


def test_a_draft_at_fault_is_previewed_without_its_fault(editor) -> None:
    editor.set_draft(editor.draft | {"IdTokenValidity": ["soon", "hours"]})
    editor.check()

    assert shown(editor)["exp"] - shown(editor)["iat"] == 3600


def test_without_openid_there_is_no_id_token_and_it_says_why(editor) -> None:
    editor.sign_in.scopes.boxes["openid"].click()
    editor.check()

    assert editor.preview.claims.isHidden()
    assert "openid" in editor.preview.warning.text()


def test_a_machine_needs_no_user(section, editor) -> None:
    section.open(MACHINE)

    assert not editor.preview._choice.isVisible()
    assert shown(editor)["sub"] == MACHINE


def test_users_are_found_by_name_and_address(editor) -> None:
    for typed, name in (("bo", "bob"), ("carol@", "carol"), ("Alice A", "alice")):
        choose_user(editor, typed)
        assert editor.preview.user.currentText().startswith(name)

    choose_user(editor, "nobody")
    assert not editor.preview.empty.isHidden()
    assert editor.preview.preview is None


def test_of_many_users_the_first_fifty_are_offered_and_any_is_found(core, editor) -> None:
    alice = core.store.users.find(DEMO_POOL, "alice")
    for number in range(120):
        name = f"user{number:03}"
        made = replace(alice, username=name, sub=f"0000-{number:03}", attributes={})
        core.store.users.add(made, name)

    editor.preview.search.clear()
    editor.preview.find_users()
    assert editor.preview.user.count() == 50

    choose_user(editor, "USER119")
    assert editor.preview.user.count() == 1
    assert shown(editor)["cognito:username"] == "user119"

"""An app client in the Pools place: every setting edited, saved, taken back and made again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from sandbox_app.gui.forms import Subject
from sandbox_app.gui.pools.client_editor import ClientEditor
from sandbox_app.operations import user_pool_clients
from sandbox_app.workbench import edits
from tests.conftest import DEMO_POOL

WEB = "4web7n2p9c6d1h8j3k5m0rtvxz"
SPA = "7spa4k1m8v0c3n5b9x6zq2kdpa"
MACHINE = "2m2m5t8r1q4w7e0y3u6i9opasd"


@pytest.fixture
def section(place):
    place.open(DEMO_POOL, "clients", WEB)
    return place.sections["clients"]


@pytest.fixture
def editor(section):
    return section.editor


def described(core, client_id: str = WEB) -> dict:
    asked = {"UserPoolId": DEMO_POOL, "ClientId": client_id}
    return user_pool_clients.describe_user_pool_client(core, asked)["UserPoolClient"]


def control(editor, member: str):
    return editor.form_of(member).input(member).widget


def tick(editor, member: str, *names: str) -> None:
    lists = {
        "AllowedOAuthFlows": editor.sign_in.flows,
        "AllowedOAuthScopes": editor.sign_in.scopes,
        "ExplicitAuthFlows": editor.sign_in.auth_flows,
        "SupportedIdentityProviders": editor.sign_in.providers,
    }
    for name in names:
        lists[member].boxes[name].click()


def switch(editor, member: str) -> None:
    editor.form_of(member).input(member).focus.click()


def retype(qtbot, field, text: str) -> None:
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)


def lasts(qtbot, editor, member: str, number: str, unit: str) -> None:
    duration = control(editor, member)
    retype(qtbot, duration.number, number)
    duration.unit.set_current(unit)
    duration.unit.chosen.emit(unit)


def add_url(qtbot, editor, which: str, url: str) -> None:
    urls = getattr(editor.sign_in, which).list
    urls.add_button.click()
    qtbot.keyClicks(urls.fields[-1], url)


def choose_list(editor, side: str, *names: str) -> None:
    """Set a side and tick or untick these."""
    part = getattr(editor.attributes, side)
    part.kind.set_current("list")
    part.kind.chosen.emit("list")
    for name in names:
        editor.attributes.table.boxes[side, name].click()


UNITS = {"AccessToken": "hours", "IdToken": "hours", "RefreshToken": "days"}
ALL = ["openid", "email", "profile", "phone", "aws.cognito.signin.user.admin", "orders/read"]
EDITS = {
    "name": (lambda q, e: retype(q, control(e, "ClientName"), "shop"), {"ClientName": "shop"}),
    "another callback": (
        lambda q, e: add_url(q, e, "callbacks", "https://shop.example.com/cb"),
        {
            "CallbackURLs": [
                "http://localhost:3000/callback",
                "https://localhost:3000/callback",
                "https://shop.example.com/cb",
            ]
        },
    ),
    "a callback less": (
        lambda q, e: q.mouseClick(
            e.sign_in.callbacks.list._rows[0].remove, Qt.MouseButton.LeftButton
        ),
        {"CallbackURLs": ["https://localhost:3000/callback"]},
    ),
    "another sign-out URL": (
        lambda q, e: add_url(q, e, "logouts", "myapp://bye"),
        {"LogoutURLs": ["http://localhost:3000/", "myapp://bye"]},
    ),
    "default redirect": (
        lambda q, e: (
            e.sign_in._default.combo.set_current("https://localhost:3000/callback"),
            e.sign_in._default.combo.chosen.emit("https://localhost:3000/callback"),
        ),
        {"DefaultRedirectURI": "https://localhost:3000/callback"},
    ),
    "a flow less": (
        lambda q, e: tick(e, "AllowedOAuthFlows", "implicit"),
        {"AllowedOAuthFlows": ["code"]},
    ),
    "OAuth off": (
        lambda q, e: (
            tick(e, "AllowedOAuthFlows", "code", "implicit"),
            switch(e, "AllowedOAuthFlowsUserPoolClient"),
        ),
        {"AllowedOAuthFlows": [], "AllowedOAuthFlowsUserPoolClient": False},
    ),
    "scopes": (
        lambda q, e: tick(e, "AllowedOAuthScopes", "orders/write", "phone"),
        {"AllowedOAuthScopes": [one for one in ALL if one != "phone"] + ["orders/write"]},
    ),
    "no provider": (
        lambda q, e: tick(e, "SupportedIdentityProviders", "COGNITO"),
        {"SupportedIdentityProviders": []},
    ),
    "authentication flows": (
        lambda q, e: tick(e, "ExplicitAuthFlows", "ALLOW_USER_SRP_AUTH"),
        {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]},
    ),
    "access token": (
        lambda q, e: lasts(q, e, "AccessTokenValidity", "20", "minutes"),
        {
            "AccessTokenValidity": 20,
            "TokenValidityUnits": UNITS | {"AccessToken": "minutes"},
        },
    ),
    "ID token": (
        lambda q, e: lasts(q, e, "IdTokenValidity", "600", "seconds"),
        {"IdTokenValidity": 600, "TokenValidityUnits": UNITS | {"IdToken": "seconds"}},
    ),
    "refresh token": (
        lambda q, e: lasts(q, e, "RefreshTokenValidity", "5", "hours"),
        {"RefreshTokenValidity": 5, "TokenValidityUnits": UNITS | {"RefreshToken": "hours"}},
    ),
    "session": (
        lambda q, e: retype(
            q, e.form_of("AuthSessionValidity").input("AuthSessionValidity").focus, "9"
        ),
        {"AuthSessionValidity": 9},
    ),
    "revocation": (
        lambda q, e: switch(e, "EnableTokenRevocation"),
        {"EnableTokenRevocation": False},
    ),
    "rotation": (
        lambda q, e: (
            switch(e, "RefreshTokenRotation.Feature"),
            retype(
                q,
                e.form_of("RefreshTokenRotation.Feature")
                .input("RefreshTokenRotation.RetryGracePeriodSeconds")
                .focus,
                "30",
            ),
        ),
        {"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 30}},
    ),
    "unknown users": (
        lambda q, e: switch(e, "PreventUserExistenceErrors"),
        {"PreventUserExistenceErrors": "LEGACY"},
    ),
}


@pytest.mark.parametrize("what", EDITS)
def test_a_setting_edited_and_saved_is_what_describe_says_and_can_be_taken_back(
    qtbot, core, editor, what
) -> None:
    edit, expected = EDITS[what]
    before = described(core)

    edit(qtbot, editor)
    editor.check()
    editor.bar.save.click()

    now = described(core)
    assert {name: now[name] for name in expected} == expected
    untouched = before.keys() - expected.keys() - {"LastModifiedDate"}
    assert {name: now.get(name) for name in untouched} == {name: before[name] for name in untouched}
    assert editor.bar.words == "No unsaved changes"
    name = expected.get("ClientName", "web")
    assert edits.undo(core) == f"Change client {name}"
    assert described(core) == before
    edits.redo(core)
    assert described(core) == now


def test_an_explicit_attribute_list_is_saved_and_not_set_is_something_else(core, editor) -> None:
    assert "ReadAttributes" not in described(core)
    unset = set(editor.attributes.table.values("read"))
    assert "custom:department" not in unset

    choose_list(editor, "read", "custom:department", "address")
    editor.bar.save.click()

    saved = described(core)["ReadAttributes"]
    assert set(saved) == unset - {"address"} | {"custom:department"}

    editor.attributes.read.kind.chosen.emit("default")
    editor.bar.save.click()

    assert "ReadAttributes" not in described(core)
    edits.undo(core)
    assert described(core)["ReadAttributes"] == saved


def test_write_attributes_are_a_list_of_their_own(core, editor) -> None:
    choose_list(editor, "write", "address")
    editor.bar.save.click()

    assert "address" not in described(core)["WriteAttributes"]
    assert "name" in described(core)["WriteAttributes"]
    assert "ReadAttributes" not in described(core)


def test_the_boxes_of_a_side_that_is_not_set_cannot_be_ticked(editor) -> None:
    boxes = editor.attributes.table.boxes
    assert not boxes["read", "name"].isEnabled()

    choose_list(editor, "read")

    assert boxes["read", "name"].isEnabled()
    assert not boxes["write", "name"].isEnabled()


def test_a_saved_order_stays_when_something_else_changes(qtbot, core, section) -> None:
    backwards = {"AllowedOAuthScopes": ["orders/read", "email", "openid"]}
    user_pool_clients.update_user_pool_client(core, editor_request(core, SPA) | backwards)
    section.changed([])
    section.open(SPA)
    editor = section.editor
    before = described(core, SPA)
    retype(qtbot, control(editor, "ClientName"), "shop")

    assert editor.bar.words == "1 unsaved change"
    editor.bar.save.click()

    assert described(core, SPA)["ReadAttributes"] == before["ReadAttributes"]
    assert described(core, SPA)["AllowedOAuthScopes"] == before["AllowedOAuthScopes"]


@pytest.mark.parametrize("client", [WEB, SPA, MACHINE])
def test_looking_at_a_client_changes_nothing(core, section, client) -> None:
    section.open(client)
    editor = section.editor
    for key in ("tokens", "attributes", "preview", "sign-in"):
        editor.show_page(key)
    editor._edited("ClientName")

    assert editor.bar.words == "No unsaved changes"
    assert editor.draft == editor.state.saved


def test_the_head_says_what_kind_of_client_it_is(section) -> None:
    said = []
    for client in (SPA, WEB, MACHINE):
        section.open(client)
        said.append((section.editor.title.text(), section.editor.subtitle.text()))

    assert said == [
        ("spa", "public client"),
        ("web", "confidential client"),
        ("m2m", "machine client"),
    ]


def test_a_draft_waits_while_another_client_is_looked_at(qtbot, core, section, editor) -> None:
    add_url(qtbot, editor, "callbacks", "https://shop.example.com/cb")
    tick(editor, "AllowedOAuthScopes", "phone")

    section.open(MACHINE)
    assert editor.draft["ClientName"] == "m2m"
    assert editor.sign_in.callbacks.values() == ()
    section.open(WEB)

    assert editor.sign_in.callbacks.values()[-1] == "https://shop.example.com/cb"
    assert not editor.sign_in.scopes.boxes["phone"].isChecked()
    assert "phone" in described(core)["AllowedOAuthScopes"]


def test_revert_gives_everything_up(qtbot, core, editor) -> None:
    before = described(core)
    add_url(qtbot, editor, "callbacks", "nonsense")
    choose_list(editor, "read", "name")
    lasts(qtbot, editor, "AccessTokenValidity", "x", "minutes")
    editor.check()

    editor.bar.revert.click()

    assert editor.bar.words == "No unsaved changes"
    assert editor.sign_in.callbacks.values() == tuple(before["CallbackURLs"])
    assert control(editor, "AccessTokenValidity").value() == (None, "hours")
    assert edits.undoable(core) == ""


def test_a_change_from_elsewhere_leaves_a_draft_alone_and_says_so(qtbot, core, editor) -> None:
    retype(qtbot, control(editor, "ClientName"), "mine")
    request = editor_request(core) | {"ClientName": "theirs"}
    user_pool_clients.update_user_pool_client(core, request)

    qtbot.waitUntil(lambda: "changed elsewhere" in editor.message.text)
    assert control(editor, "ClientName").text() == "mine"

    editor.revert()
    assert editor.title.text() == "theirs"


def editor_request(core, client_id: str = WEB) -> dict:
    shape = described(core, client_id)
    return {
        name: value
        for name, value in shape.items()
        if name not in ("ClientSecret", "CreationDate", "LastModifiedDate")
    }


def test_every_row_says_its_member_and_what_it_does(editor) -> None:
    for member in editor.members:
        row = editor.form_of(member).row(member)
        assert member in row.toolTip()
        assert row.accessibleDescription() == member
    assert {"CallbackURLs", "ExplicitAuthFlows", "WriteAttributes"} <= set(editor.members)


def test_a_client_is_deleted_with_its_button_and_comes_back(qtbot, core, section, editor) -> None:
    before = described(core)

    editor.delete_wanted.emit(WEB)

    assert core.store.clients.get(WEB) is None
    assert edits.undo(core) == "Delete app client web"
    assert described(core) == before


def test_a_duplicate_has_the_settings_and_an_id_and_secret_of_its_own(core, section, editor):
    editor.duplicate_wanted.emit(WEB)
    editor.bar.save.click()

    made = described(core, editor.subject.key)
    old = described(core)
    own = {"ClientId", "ClientName", "ClientSecret", "CreationDate", "LastModifiedDate"}
    assert made["ClientName"] == "web-copy"
    assert made["ClientSecret"] != old["ClientSecret"]
    assert {k: v for k, v in made.items() if k not in own} == {
        k: v for k, v in old.items() if k not in own
    }


def test_links_lead_to_the_pools_own_settings(qtbot, place, editor) -> None:
    assert editor.issuer.value.value == f"http://localhost:9400/{DEMO_POOL}"

    editor.issuer.pkce.click()

    assert place.section_key == "policy"


def test_a_client_that_is_gone_is_shown_no_more(qtbot, core, section, editor) -> None:
    user_pool_clients.delete_user_pool_client(core, {"UserPoolId": DEMO_POOL, "ClientId": WEB})

    qtbot.waitUntil(lambda: editor.subject == Subject(DEMO_POOL, SPA))


def test_urls_are_saved_in_the_order_they_stand_in(qtbot, core, editor) -> None:
    before = described(core)["CallbackURLs"]
    first = editor.sign_in.callbacks.list.fields[0]

    qtbot.keyClick(first, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    editor.check()
    editor.bar.save.click()

    assert described(core)["CallbackURLs"] == before[::-1]


@pytest.mark.parametrize(
    ("member", "page"),
    [
        ("CallbackURLs", "sign-in"),
        ("AllowedOAuthScopes", "sign-in"),
        ("DefaultRedirectURI", "sign-in"),
        ("RefreshTokenValidity", "tokens"),
        ("PreventUserExistenceErrors", "tokens"),
        ("WriteAttributes", "attributes"),
    ],
)
def test_a_setting_is_brought_to_the_eye_and_the_keyboard(place, editor, member, page) -> None:
    place.open(DEMO_POOL, "clients", WEB, member)

    assert editor.tabs.current_key == page
    at = place.focusWidget()
    assert at is not None
    assert at.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert editor.form_of(member).row(member).isAncestorOf(at)


def test_the_keyboard_stays_at_a_flow_while_the_others_change(place, editor) -> None:
    editor.sign_in.flows.boxes["implicit"].click()
    box = editor.sign_in.flows.boxes["code"]
    box.setFocus()

    box.click()

    assert editor.sign_in.flows.boxes["client_credentials"].isEnabled()
    assert place.focusWidget() is editor.sign_in.flows.boxes["code"]


def test_the_menu_offers_a_copy_and_an_end(editor) -> None:
    editor.more.click()
    menu = next(one for one in editor.more.children() if isinstance(one, QMenu))

    assert [one.text() for one in menu.actions() if one.text()] == ["Duplicate", "Delete"]
    menu.close()


@pytest.mark.parametrize("page", ["sign-in", "tokens", "attributes", "preview"])
@pytest.mark.parametrize("new", [False, True])
def test_every_control_has_a_name(section, editor, page, new) -> None:
    if new:
        section.create()
    else:
        editor.sign_in.secrets.rotate.click()
    editor.show_page(page)

    assert [
        type(one).__name__
        for one in editor.findChildren(QWidget)
        if one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.accessibleName()
    ] == []


@pytest.mark.parametrize("page", ["sign-in", "tokens", "attributes"])
@pytest.mark.parametrize("width", [430, 664])
def test_nothing_of_a_page_is_cut_off_at_the_right(qtbot, core, theme, page, width) -> None:
    editor = ClientEditor(theme, core)
    qtbot.addWidget(editor)
    editor.resize(width, 600)
    editor.show_subject(Subject(DEMO_POOL, WEB))
    editor.show()
    editor.show_page(page)

    form = editor._forms[page]
    qtbot.waitUntil(lambda: form.widget().width() <= form.viewport().width())

"""Each rule that refuses a client's settings, said at the row it is about, in its own words."""

from dataclasses import replace

import pytest

from sandbox_app.operations import resource_servers
from sandbox_app.operations.client_rules import why_not_a_callback
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.user_pool_clients import update_user_pool_client
from sandbox_app.workbench.editing.client_drafts import asked
from tests.conftest import DEMO_POOL

WEB = "4web7n2p9c6d1h8j3k5m0rtvxz"
MACHINE = "2m2m5t8r1q4w7e0y3u6i9opasd"


@pytest.fixture
def section(place):
    place.open(DEMO_POOL, "clients", WEB)
    return place.sections["clients"]


@pytest.fixture
def editor(section):
    return section.editor


REFUSED = {
    "access too short": ("AccessTokenValidity", {"AccessTokenValidity": [4, "minutes"]}),
    "access too long": ("AccessTokenValidity", {"AccessTokenValidity": [25, "hours"]}),
    "access no number": ("AccessTokenValidity", {"AccessTokenValidity": ["soon", "hours"]}),
    "ID too short": ("IdTokenValidity", {"IdTokenValidity": [299, "seconds"]}),
    "refresh too short": ("RefreshTokenValidity", {"RefreshTokenValidity": [59, "minutes"]}),
    "refresh shorter than access": (
        "RefreshTokenValidity",
        {"RefreshTokenValidity": [1, "hours"], "AccessTokenValidity": [2, "hours"]},
    ),
    "too many URLs": (
        "CallbackURLs",
        {"CallbackURLs": [f"https://example.com/{n}" for n in range(101)]},
    ),
    "default not a callback": ("DefaultRedirectURI", {"DefaultRedirectURI": "https://other/"}),
    "mixed flows": (
        "AllowedOAuthFlows",
        {"AllowedOAuthFlows": ["code", "client_credentials"]},
    ),
    "flows without scopes": ("AllowedOAuthScopes", {"AllowedOAuthScopes": []}),
    "flows without OAuth": (
        "AllowedOAuthFlowsUserPoolClient",
        {"AllowedOAuthFlowsUserPoolClient": False},
    ),
    "code without callback": ("CallbackURLs", {"CallbackURLs": [], "LogoutURLs": []}),
    "too many scopes": (
        "AllowedOAuthScopes",
        {"AllowedOAuthScopes": [f"orders/{n}" for n in range(51)]},
    ),
    "unknown scope": ("AllowedOAuthScopes", {"AllowedOAuthScopes": ["openid", "orders/gone"]}),
    "machine with openid": (
        "AllowedOAuthScopes",
        {"AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["openid"]},
    ),
    "old and new flows": (
        "ExplicitAuthFlows",
        {"ExplicitAuthFlows": ["USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"]},
    ),
    "refresh flow and rotation": (
        "ExplicitAuthFlows",
        {
            "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
            "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
        },
    ),
    "unknown provider": (
        "SupportedIdentityProviders",
        {"SupportedIdentityProviders": ["COGNITO", "Nobody"]},
    ),
    "unknown attribute": ("ReadAttributes", {"ReadAttributes": ["name", "custom:gone"]}),
    "required not writable": ("WriteAttributes", {"WriteAttributes": ["name"]}),
    "verified flag writable": (
        "WriteAttributes",
        {"WriteAttributes": ["email", "email_verified"]},
    ),
    "no name": ("ClientName", {"ClientName": ""}),
    "strange name": ("ClientName", {"ClientName": "a/b"}),
    "session too short": ("AuthSessionValidity", {"AuthSessionValidity": 2}),
    "grace too long": (
        "RefreshTokenRotation.RetryGracePeriodSeconds",
        {"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 61}},
    ),
}


@pytest.mark.parametrize("rule", REFUSED)
def test_what_the_operation_refuses_is_said_at_its_row_in_its_own_words(core, editor, rule) -> None:
    member, changed = REFUSED[rule]
    before = core.store.clients.get(WEB)
    draft = editor.draft | changed
    with pytest.raises(ApiError) as refused:
        update_user_pool_client(core, asked(draft) | {"ClientId": WEB})

    editor.set_draft(draft)
    editor.check()

    said = editor.form_of(member).row(member).error
    assert said
    assert said in refused.value.message
    assert not editor.bar.save.isEnabled()
    assert "problem" in editor.bar.words
    assert core.store.clients.get(WEB) == before


@pytest.mark.parametrize("member", ["CallbackURLs", "LogoutURLs"])
@pytest.mark.parametrize(
    "url",
    [
        "http://app.example.com/callback",
        "nonsense",
        "https://example.com/#top",
        "https:///path",
        "https://[broken/",
    ],
)
def test_a_wrong_url_is_said_at_the_url_and_not_again_at_the_row(editor, member, url) -> None:
    urls = editor.sign_in.callbacks if member == "CallbackURLs" else editor.sign_in.logouts
    editor.set_draft(editor.draft | {member: [*editor.draft[member], url]})
    editor.check()

    verdict = urls.list.verdicts[-1]
    why = why_not_a_callback(url)
    assert verdict.sentence.casefold() == f"{why}.".casefold()
    assert editor.form_of(member).row(member).error == ""
    assert urls.list.fields[-1].is_wrong
    assert not urls.list.fields[0].is_wrong
    assert editor.bar.words == "1 problem in 1 unsaved change"
    assert not editor.bar.save.isEnabled()


def test_http_is_changed_to_https_with_one_click(editor) -> None:
    url = "http://app.example.com/callback"
    editor.set_draft(editor.draft | {"CallbackURLs": [*editor.draft["CallbackURLs"], url]})
    row = editor.sign_in.callbacks.list._rows[-1]
    assert row.line.remedy.label == "Change to https"

    row.line.remedy.click()
    editor.check()

    assert editor.draft["CallbackURLs"][-1] == "https://app.example.com/callback"
    assert editor.bar.save.isEnabled()


def test_two_urls_that_differ_by_a_slash_are_pointed_out_and_may_be_saved(editor) -> None:
    urls = ["http://localhost:3000/callback", "http://localhost:3000/callback/"]
    editor.set_draft(editor.draft | {"CallbackURLs": urls})
    editor.check()

    assert "differ by a slash at the end" in editor.sign_in.callbacks.warning.text()
    assert "AZ-4" in editor.sign_in.callbacks.warning.text()
    assert editor.bar.save.isEnabled()


def test_flows_that_cannot_be_combined_are_greyed_with_the_reason(section, editor) -> None:
    flows = editor.sign_in.flows.boxes
    assert not flows["client_credentials"].isEnabled()
    assert "cannot be combined" in flows["client_credentials"].accessibleDescription()

    section.open(MACHINE)

    flows = editor.sign_in.flows.boxes
    assert not flows["code"].isEnabled()
    assert flows["client_credentials"].isEnabled()
    assert not editor.sign_in.scopes.boxes["openid"].isEnabled()


def test_a_scope_that_its_resource_server_lost_is_marked_and_can_be_unticked(
    core, section, editor
) -> None:
    resource_servers.delete_resource_server(core, {"UserPoolId": DEMO_POOL, "Identifier": "orders"})
    section.changed([])

    box = editor.sign_in.scopes.boxes["orders/read"]
    assert box.isChecked()
    assert "Not among the choices" in box.accessibleDescription()

    box.click()
    editor.check()
    editor.bar.save.click()

    assert "orders/read" not in core.store.clients.get(WEB).allowed_oauth_scopes


def test_scopes_of_another_pool_are_not_offered(core, section, editor) -> None:
    assert "orders/write" in editor.sign_in.scopes.boxes
    pool = core.store.pools.get(DEMO_POOL)
    core.store.pools.put(replace(pool, id="us-east-1_Other0001", name="other"))
    section.show_pool("us-east-1_Other0001")
    section.create()

    assert set(editor.sign_in.scopes.boxes) == {
        "openid",
        "email",
        "profile",
        "phone",
        "aws.cognito.signin.user.admin",
    }

"""Which attributes the scopes show (contract oidc 12)."""

import pytest

from sandbox_app.tokens.scopes import parsed, visible_attributes

BOB = {
    "sub": "s",
    "email": "bob@example.com",
    "email_verified": "true",
    "name": "Bob",
    "phone_number": "+12065551212",
    "phone_number_verified": "false",
    "address": "Here 1",
    "custom:age": "42",
    "nickname": "",
}
EMAIL = {"email", "email_verified"}
PHONE = {"phone_number", "phone_number_verified"}
PROFILE = {"name", "custom:age"}


@pytest.mark.parametrize(
    ("scopes", "shown"),
    [
        pytest.param(["openid"], set(BOB) - {"nickname"}, id="openid alone shows all"),
        pytest.param(["openid", "email"], EMAIL, id="a second scope narrows"),
        pytest.param(["openid", "phone"], PHONE, id="phone"),
        pytest.param(["openid", "profile"], PROFILE, id="profile and custom ones, no address"),
        pytest.param(["openid", "email", "phone"], EMAIL | PHONE, id="several add up"),
        pytest.param(["openid", "email", "profile"], EMAIL | PROFILE, id="profile adds up"),
        pytest.param(
            ["openid", "aws.cognito.signin.user.admin", "api/read"],
            set(BOB) - {"nickname"},
            id="admin and custom scopes neither narrow nor add",
        ),
        pytest.param(["openid", "EMAIL"], set(BOB) - {"nickname"}, id="case-sensitive"),
    ],
)
def test_scopes_show_these_attributes(scopes, shown):
    assert set(visible_attributes(BOB, scopes, BOB)) == shown


def test_what_the_client_cannot_read_is_not_shown():
    assert set(visible_attributes(BOB, ["openid", "email"], {"email"})) == {"email"}


def test_a_flag_that_was_never_set_does_not_appear():
    assert visible_attributes({"email": "e"}, ["openid", "email"], EMAIL) == {"email": "e"}


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        (None, ()),
        ("", ()),
        ("  ", ()),
        ("openid email", ("openid", "email")),
        ("email  openid email ", ("email", "openid")),
        ("Openid openid", ("Openid", "openid")),
        ("openid\tphone", ("openid\tphone",)),
        ("openid\u00a0phone", ("openid\u00a0phone",)),
    ],
)
def test_scopes_are_separated_by_spaces_and_nothing_else(text, scopes):
    assert parsed(text) == scopes

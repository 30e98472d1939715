"""Which claims each token carries, and of which type (contract oidc 7, 10.1, 10.2)."""

import hashlib

import pytest

from sandbox_app.tokens import claims, encoding
from sandbox_app.tokens.claims import Membership

GROUPS = Membership(
    groups=("admins",),
    roles=("arn:aws:iam::123456789012:role/a",),
    preferred_role="arn:aws:iam::123456789012:role/a",
)


def _names(text):
    return set(text.split())


def _id(grant, **changes):
    fields = {
        "expires_at": 1_700_003_660,
        "jti": "j-1",
        "access_token": "a.b.c",
        "attributes": {},
        "nonce": None,
    }
    return claims.id_token(grant, **fields | changes)


def _access(grant, **changes):
    fields = {"expires_at": 1_700_003_660, "jti": "j-2", "scopes": ("openid",), "resource": None}
    return claims.access_token(grant, **fields | changes)


def test_an_id_token_of_a_plain_user_has_just_these_claims(a_grant):
    assert set(_id(a_grant())) == _names(
        "sub iss aud token_use auth_time exp iat cognito:username at_hash event_id jti origin_jti"
    )


def test_an_access_token_of_a_plain_user_has_just_these_claims(a_grant):
    assert set(_access(a_grant())) == _names(
        "sub iss client_id token_use scope auth_time exp iat username jti origin_jti version "
        "event_id"
    )


def test_both_tokens_agree_on_the_session(a_grant):
    grant = a_grant()
    one, other = _id(grant), _access(grant)

    shared = ("sub", "iss", "auth_time", "iat", "event_id", "origin_jti")
    assert [one[name] for name in shared] == [other[name] for name in shared]
    assert (one["token_use"], other["token_use"]) == ("id", "access")
    assert one["aud"] == other["client_id"] == grant.client_id
    assert one["cognito:username"] == other["username"] == "bob"


def test_verified_flags_are_booleans_and_everything_else_is_text_in_the_id_token(a_grant):
    shown = _id(
        a_grant(),
        attributes={
            "email": "bob@example.com",
            "email_verified": "true",
            "phone_number_verified": "False",
            "custom:age": "42",
            "updated_at": "1700000000",
        },
    )

    assert shown["email_verified"] is True
    assert shown["phone_number_verified"] is False
    assert (shown["custom:age"], shown["updated_at"]) == ("42", "1700000000")


def test_groups_and_roles_are_lists_even_for_one(a_grant):
    shown = _id(a_grant(membership=GROUPS))

    assert shown["cognito:groups"] == ["admins"]
    assert shown["cognito:roles"] == ["arn:aws:iam::123456789012:role/a"]
    assert shown["cognito:preferred_role"] == "arn:aws:iam::123456789012:role/a"


def test_roles_are_in_the_id_token_only(a_grant):
    shown = _access(a_grant(membership=GROUPS))

    assert shown["cognito:groups"] == ["admins"]
    assert not {"cognito:roles", "cognito:preferred_role"} & set(shown)


def test_a_user_without_groups_has_no_group_claims(a_grant):
    names = set(_id(a_grant())) | set(_access(a_grant()))

    assert not {"cognito:groups", "cognito:roles", "cognito:preferred_role"} & names


def test_without_revocation_the_id_token_has_no_jti_but_the_access_token_does(a_grant):
    grant = a_grant(family=None)

    assert not {"jti", "origin_jti"} & set(_id(grant))
    assert "jti" in _access(grant)
    assert "origin_jti" not in _access(grant)


def test_what_the_json_api_issues_lacks_at_hash_and_version(a_grant):
    grant = a_grant(by_domain=False)

    assert "at_hash" not in _id(grant)
    assert "version" not in _access(grant)


def test_the_version_is_the_number_two(a_grant):
    assert _access(a_grant())["version"] == 2


def test_a_nonce_is_copied_and_otherwise_absent(a_grant):
    assert _id(a_grant(), nonce="n-1")["nonce"] == "n-1"
    assert "nonce" not in _id(a_grant())


def test_only_a_resource_gives_an_access_token_an_audience(a_grant):
    assert _access(a_grant(), resource="https://api.example/")["aud"] == "https://api.example/"
    assert "aud" not in _access(a_grant())


def test_the_scope_claim_is_in_map_order_not_as_requested(a_grant):
    assert _access(a_grant(), scopes=("email", "openid"))["scope"] == "openid email"  # TF-4


def test_an_attribute_cannot_replace_what_the_pool_says(a_grant):
    forged = {"sub": "someone", "iss": "https://evil.example", "aud": "x", "exp": "9"}
    grant = a_grant()

    shown = _id(grant, attributes=forged)

    assert (shown["sub"], shown["iss"], shown["aud"]) == (grant.sub, grant.issuer, grant.client_id)
    assert shown["exp"] == 1_700_003_660


def test_a_machine_is_its_own_subject():
    shown = claims.machine_token(
        client_id="c",
        issuer="i",
        scopes=("api/write", "api/read"),
        issued_at=5,
        expires_at=9,
        jti="j",
    )

    assert shown == {
        "sub": "c",
        "client_id": "c",
        "token_use": "access",
        "auth_time": 5,
        "iat": 5,
        "exp": 9,
        "iss": "i",
        "version": 2,
        "jti": "j",
        "scope": shown["scope"],
    }
    assert set(shown["scope"].split()) == {"api/read", "api/write"}


def test_at_hash_is_the_left_half_of_the_hash():
    # The example of OpenID Connect Core 1.0, appendix A.3.
    token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"

    assert claims.at_hash(token) == "77QmUPtjPfzWtF2AnpK9RQ"
    assert encoding.decode(claims.at_hash("x")) == hashlib.sha256(b"x").digest()[:16]
    assert len(claims.at_hash("x")) == 22


def test_userinfo_is_all_text_under_the_name_username():
    shown = claims.userinfo(
        sub="s",
        username="bob",
        attributes={
            "email": "bob@example.com",
            "email_verified": "True",
            "phone_number": "+12065551212",
            "phone_number_verified": "false",
            "custom:mycustom1": "c",
        },
    )

    assert shown["email_verified"] == "true"
    assert shown["phone_number_verified"] == "false"
    assert all(isinstance(value, str) for value in shown.values())
    assert "cognito:username" not in shown
    assert " ".join(name for name in shown if name != "custom:mycustom1") == (
        "sub email_verified phone_number_verified phone_number email username"
    )


@pytest.mark.parametrize("name", ["sub", "username"])
def test_userinfo_says_who_it_is_whatever_the_attributes_say(name):
    shown = claims.userinfo(sub="s", username="u", attributes={name: "forged"})

    assert (shown["sub"], shown["username"]) == ("s", "u")

"""The sixteen acceptance tests of the OAuth 2.0 / OIDC contract (oidc 21), over real HTTP."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.clock import ManualClock
from sandbox_app.tokens.inspect import decode
from tests.journeys.reconfiguring import reconfigure
from tests.visitor import VERIFIER, Visitor, json_of

POOL = "us-east-1_Demo00001"


def claims(token: str) -> dict[str, Any]:
    decoded = decode(token)
    assert decoded is not None
    return decoded.payload


def header(token: str) -> dict[str, Any]:
    decoded = decode(token)
    assert decoded is not None
    return decoded.header


async def test_1_discovery_is_key_for_key_the_real_one_without_pkce(visitor: Visitor) -> None:
    answer = await visitor.get(f"/{POOL}/.well-known/openid-configuration")
    base, issuer = visitor.base, f"{visitor.base}/{POOL}"

    assert answer.status == 200
    assert answer.text == json.dumps(
        {
            "authorization_endpoint": f"{base}/oauth2/authorize",
            "end_session_endpoint": f"{base}/logout",
            "id_token_signing_alg_values_supported": ["RS256"],
            "issuer": issuer,
            "jwks_uri": f"{issuer}/.well-known/jwks.json",
            "response_types_supported": ["code", "token"],
            "revocation_endpoint": f"{base}/oauth2/revoke",
            "scopes_supported": ["openid", "email", "phone", "profile"],
            "subject_types_supported": ["public"],
            "token_endpoint": f"{base}/oauth2/token",
            "token_endpoint_auth_methods_supported": [
                "client_secret_basic",
                "client_secret_post",
            ],
            "userinfo_endpoint": f"{base}/oauth2/userInfo",
        },
        separators=(",", ":"),
    )
    tokens = await visitor.tokens()
    assert claims(tokens["id_token"])["iss"] == claims(tokens["access_token"])["iss"] == issuer


async def test_2_id_and_access_token_are_signed_by_two_published_keys(visitor: Visitor) -> None:
    tokens = await visitor.tokens()
    published = json_of(await visitor.get(f"/{POOL}/.well-known/jwks.json"))["keys"]

    kids = {header(tokens[name])["kid"] for name in ("id_token", "access_token")}
    assert kids == {key["kid"] for key in published}
    assert len(kids) == 2
    assert all(len(kid) == 44 and len(base64.b64decode(kid)) == 32 for kid in kids)


async def test_3_one_extra_slash_ends_at_the_error_page_and_not_at_the_app(
    visitor: Visitor,
) -> None:
    answer = await visitor.authorize(redirect_uri="http://localhost:5173/callback/")

    client_id = visitor.client("spa").client_id
    assert answer.status == 302
    assert answer.location == f"{visitor.base}/error?error=redirect_mismatch&client_id={client_id}"
    assert visitor.first_refusal == "AZ-4"
    page = await visitor.get(answer.location)
    assert page.status == 400
    assert "An error was encountered with the requested page." in page.text
    assert "5173" not in page.text


@pytest.mark.parametrize(("response_type", "mark"), [("code", "?"), ("token", "#")])
async def test_4_a_scope_error_is_delivered_byte_for_byte(
    visitor: Visitor, response_type: str, mark: str
) -> None:
    answer = await visitor.authorize(
        "web", response_type=response_type, scope="openid offline_access", state="audit-state"
    )

    assert answer.location == (
        f"http://localhost:3000/callback{mark}"
        "error_description=invalid_scope&state=audit-state&error=invalid_request"
    )
    assert visitor.first_refusal == "AZ-10"


async def test_5_a_code_is_good_once(visitor: Visitor) -> None:
    code = await visitor.code()

    assert (await visitor.exchange(code)).status == 200
    again = await visitor.exchange(code)
    assert (again.status, again.text) == (400, '{"error":"invalid_grant"}')
    assert visitor.first_refusal == "TC-1"


@pytest.mark.parametrize(("seconds", "status"), [(299, 200), (300, 400)])
async def test_5_a_code_dies_after_five_minutes(
    visitor: Visitor, clock: ManualClock, seconds: int, status: int
) -> None:
    code = await visitor.code()
    clock.advance(timedelta(seconds=seconds))

    assert (await visitor.exchange(code)).status == status


async def test_5_a_failed_client_authentication_does_not_cost_the_code(visitor: Visitor) -> None:
    code = await visitor.code(client="web")
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": "http://localhost:3000/callback",
        "code_verifier": VERIFIER,
    }

    wrong = await visitor.post("/oauth2/token", form, headers=visitor.basic("web", "wrong" * 8))
    assert wrong.status == 400
    assert (await visitor.exchange(code, "web")).status == 200  # TK-8


@pytest.mark.parametrize("verifier", [None, "x" * 43])
async def test_6_a_wrong_or_missing_verifier_fails_and_costs_the_code(
    visitor: Visitor, verifier: str | None
) -> None:
    code = await visitor.code()

    answer = await visitor.exchange(code, code_verifier=verifier)
    assert answer.text == '{"error":"invalid_grant"}'
    assert visitor.first_refusal == "TC-4"
    assert (await visitor.exchange(code)).status == 400


async def test_6_plain_is_refused_at_authorize(visitor: Visitor) -> None:
    answer = await visitor.authorize(code_challenge_method="plain")

    assert answer.members["error"] == "invalid_request"
    assert visitor.first_refusal == "AZ-8"


async def test_6_no_pkce_at_all_is_allowed(visitor: Visitor) -> None:
    bare = {"code_challenge": None, "code_challenge_method": None}
    code = await visitor.code(**bare)

    assert (await visitor.exchange(code, code_verifier=None)).status == 200  # OI-13


async def test_7_the_token_body_has_its_members_in_order_and_no_scope(visitor: Visitor) -> None:
    with_openid = await visitor.tokens()
    without = await visitor.tokens(client="web", scope="email")

    assert list(with_openid) == [
        "id_token",
        "access_token",
        "refresh_token",
        "expires_in",
        "token_type",
    ]
    assert list(without) == ["access_token", "refresh_token", "expires_in", "token_type"]
    assert (with_openid["expires_in"], with_openid["token_type"]) == (3600, "Bearer")


async def test_8_a_refresh_keeps_the_session_and_renews_the_rest(
    visitor: Visitor, clock: ManualClock
) -> None:
    first = await visitor.tokens()
    clock.advance(timedelta(minutes=30))
    answer = await visitor.refresh(first["refresh_token"])
    again = json_of(answer)

    assert list(again) == ["id_token", "access_token", "expires_in", "token_type"]
    before, after = claims(first["access_token"]), claims(again["access_token"])
    assert after["auth_time"] == before["auth_time"]
    assert after["origin_jti"] == before["origin_jti"]
    assert after["jti"] != before["jti"]
    assert after["iat"] == before["iat"] + 1800


@pytest.mark.parametrize(("grace", "retry_status"), [(0, 400), (10, 200)])
async def test_8_rotation_hands_out_a_new_token_and_honours_the_grace(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock, grace: int, retry_status: int
) -> None:
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": grace}
    reconfigure(sandbox, visitor, "spa", RefreshTokenRotation=rotation)
    first = await visitor.tokens()

    rotated = json_of(await visitor.refresh(first["refresh_token"]))
    assert rotated["refresh_token"] != first["refresh_token"]
    clock.advance(timedelta(seconds=5))
    assert (await visitor.refresh(first["refresh_token"])).status == retry_status
    clock.advance(timedelta(seconds=6))
    assert (await visitor.refresh(first["refresh_token"])).status == 400
    assert visitor.first_refusal == "TR-1"


async def test_8_rotation_does_not_make_the_session_longer(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock
) -> None:
    reconfigure(sandbox, visitor, "spa", RefreshTokenRotation={"Feature": "ENABLED"})
    first = await visitor.tokens()
    clock.advance(timedelta(days=29))
    rotated = json_of(await visitor.refresh(first["refresh_token"]))

    clock.advance(timedelta(days=1))
    assert (await visitor.refresh(rotated["refresh_token"])).text == '{"error":"invalid_grant"}'


async def test_9_a_missing_secret_is_named_at_token_and_401_at_revoke(visitor: Visitor) -> None:
    client_id = visitor.client("web").client_id
    form = {
        "grant_type": "authorization_code",
        "code": "x",
        "redirect_uri": "y",
        "client_id": client_id,
    }
    token = await visitor.post("/oauth2/token", form)
    assert (token.status, token.text) == (
        400,
        '{"error":"invalid_client","error_description":"invalid_client_secret"}',
    )
    assert token.headers["Content-Type"] == "application/json;charset=UTF-8"
    assert visitor.first_refusal == "TK-5"

    revoke = await visitor.post("/oauth2/revoke", {"token": "x", "client_id": client_id})
    assert (revoke.status, revoke.text) == (401, '{"error":"invalid_client"}')
    assert visitor.last.rule == "RV-1"


async def test_10_userinfo_says_in_texts_what_the_id_token_says_in_booleans(
    visitor: Visitor,
) -> None:
    tokens = await visitor.tokens()
    told = json_of(await visitor.userinfo(tokens["access_token"]))

    assert told["email_verified"] == "true"
    assert claims(tokens["id_token"])["email_verified"] is True
    assert told["username"] == "alice"
    assert "cognito:groups" not in told


@pytest.mark.parametrize(
    ("rule", "authorization", "status", "challenge"),
    [
        (
            "UI-1",
            None,
            400,
            'error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"',
        ),
        (
            "UI-2",
            "Bearer not-a-token",
            401,
            'error="invalid_token", error_description="Access token is expired, disabled, or '
            'deleted, or the user has globally signed out."',
        ),
        (
            "UI-3",
            "Bearer {id_token}",
            401,
            'error="invalid_token", error_description="Access token does not contain openid scope"',
        ),
    ],
)
async def test_10_userinfo_refuses_without_the_word_bearer(
    visitor: Visitor, rule: str, authorization: str | None, status: int, challenge: str
) -> None:
    tokens = await visitor.tokens()
    headers = {"Authorization": authorization.format(**tokens)} if authorization else None

    answer = await visitor.get("/oauth2/userInfo", headers=headers)
    assert answer.status == status
    assert answer.headers["WWW-Authenticate"] == challenge
    assert visitor.first_refusal == rule


async def test_11_revoking_ends_the_family_at_the_pool_but_not_offline(visitor: Visitor) -> None:
    tokens = await visitor.tokens()
    client_id = visitor.client("spa").client_id
    form = {"token": tokens["refresh_token"], "client_id": client_id}

    revoked = await visitor.post("/oauth2/revoke", form)
    assert (revoked.status, revoked.body) == (200, b"")  # RV-6, OI-17
    assert (await visitor.refresh(tokens["refresh_token"])).status == 400
    assert (await visitor.userinfo(tokens["access_token"])).status == 401
    assert visitor.first_refusal == "UI-2"
    assert (await visitor.post("/oauth2/revoke", form)).status == 200
    assert visitor.noted("RV-4")

    access = await visitor.post("/oauth2/revoke", {**form, "token": tokens["access_token"]})
    assert (access.status, access.text) == (400, '{"error":"unsupported_token_type"}')


async def test_11_revocation_switched_off_is_an_invalid_request(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    reconfigure(sandbox, visitor, "spa", EnableTokenRevocation=False)
    tokens = await visitor.tokens()
    form = {"token": tokens["refresh_token"], "client_id": visitor.client("spa").client_id}

    answer = await visitor.post("/oauth2/revoke", form)
    assert (answer.status, answer.text) == (400, '{"error":"invalid_request"}')
    assert "origin_jti" not in claims(tokens["access_token"])
    assert "jti" in claims(tokens["access_token"])
    assert "jti" not in claims(tokens["id_token"])


async def test_12_logout_ends_the_session_and_not_the_tokens(visitor: Visitor) -> None:
    tokens = await visitor.tokens()
    client_id = visitor.client("spa").client_id

    out = await visitor.get(
        "/logout", client_id=client_id, logout_uri="http://localhost:5173/", state="ignored"
    )
    assert (out.status, out.location) == (302, "http://localhost:5173/")  # LO-1
    assert (await visitor.authorize()).location.startswith(f"{visitor.base}/login?")
    assert (await visitor.userinfo(tokens["access_token"])).status == 200


async def test_12_an_unregistered_logout_uri_is_told_in_misleading_words(
    visitor: Visitor,
) -> None:
    client_id = visitor.client("spa").client_id
    out = await visitor.get("/logout", client_id=client_id, logout_uri="http://localhost:5173")

    assert visitor.first_refusal == "LO-2"
    page = await visitor.get(out.location)
    assert page.status == 400
    assert "Required String parameter &#39;redirect_uri&#39; is not present" in page.text


async def test_13_openid_alone_shows_more_than_openid_email(visitor: Visitor) -> None:
    alone = claims((await visitor.tokens(scope="openid"))["id_token"])
    narrowed = claims((await visitor.tokens(scope="openid email"))["id_token"])

    assert {"email", "name", "custom:department"} <= alone.keys()
    assert "name" not in narrowed
    assert "custom:department" not in narrowed


async def test_13_groups_are_an_array_and_absent_without_any(
    visitor: Visitor, visitors: Any
) -> None:
    alice = claims((await visitor.tokens("alice"))["access_token"])
    bob = claims((await visitors().tokens("bob"))["access_token"])

    assert alice["cognito:groups"] == ["admins"]
    assert "cognito:groups" not in bob


async def test_14_the_session_lasts_an_hour_even_when_used_and_serves_every_client(
    visitor: Visitor, clock: ManualClock
) -> None:
    await visitor.code("alice", "spa")
    clock.advance(timedelta(seconds=3599))
    silent = await visitor.authorize("web")
    assert "code" in silent.members  # HU-1.2-4

    clock.advance(timedelta(seconds=1))
    assert (await visitor.authorize("web")).location.startswith(f"{visitor.base}/login?")


async def test_16_a_resource_becomes_the_audience_and_stays_through_a_refresh(
    visitor: Visitor,
) -> None:
    bound = await visitor.tokens(resource="https://api.example/orders")
    free = await visitor.tokens()

    assert claims(bound["access_token"])["aud"] == "https://api.example/orders"
    again = json_of(await visitor.refresh(bound["refresh_token"]))
    assert claims(again["access_token"])["aud"] == "https://api.example/orders"
    assert "aud" not in claims(free["access_token"])

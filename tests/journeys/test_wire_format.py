"""What the answers are made of: headers, documents, claims and their order."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.records.pools import PoolSandbox
from sandbox_app.operations import domains, groups, user_pools, users
from sandbox_app.tokens.inspect import decode
from tests.journeys.reconfiguring import reconfigure
from tests.visitor import Answer, Visitor, json_of

POOL = "us-east-1_Demo00001"


def claims(token: str) -> dict[str, Any]:
    decoded = decode(token)
    assert decoded is not None
    return decoded.payload


def first_part(token: str) -> str:
    part = token.partition(".")[0]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()


async def test_every_answer_of_the_domain_carries_its_headers(visitor: Visitor) -> None:
    answer = await visitor.authorize()

    assert len(answer.headers["x-amz-cognito-request-id"]) == 36
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-XSS-Protection"] == "1; mode=block"
    assert answer.headers["Cache-Control"] == "no-cache, no-store, max-age=0, must-revalidate"
    assert answer.headers["Pragma"] == "no-cache"
    assert answer.headers["Expires"] == "0"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Server"] == "Server"
    assert "Strict-Transport-Security" not in answer.headers
    assert answer.body == b""
    assert answer.headers["Content-Length"] == "0"


async def test_the_switch_adds_pkce_to_discovery_and_nothing_else(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    path = f"/{POOL}/.well-known/openid-configuration"
    before = json_of(await visitor.get(path))
    asked = {"UserPoolId": POOL, "AutoVerifiedAttributes": ["email"]}
    user_pools.update_user_pool(sandbox.core, asked, sandbox=PoolSandbox(advertise_pkce=True))

    after = json_of(await visitor.get(path))
    assert "code_challenge_methods_supported" not in before  # DC-1
    assert after.pop("code_challenge_methods_supported") == ["S256"]
    assert after == before
    assert "grant_types_supported" not in before  # DC-2


async def test_a_pool_without_a_domain_has_no_sign_out_and_no_pages(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    asked = {"UserPoolId": POOL, "Domain": "demo"}
    domains.delete_user_pool_domain(sandbox.core, asked)

    document = json_of(await visitor.get(f"/{POOL}/.well-known/openid-configuration"))
    assert document["authorization_endpoint"] == f"{visitor.base}/{POOL}/authorize"  # DC-3
    assert document["userinfo_endpoint"] == f"{visitor.base}/{POOL}/userInfo"
    assert not {"end_session_endpoint", "revocation_endpoint"} & document.keys()
    for answer in (
        await visitor.authorize(),
        await visitor.token("m2m", grant_type="client_credentials"),
        await visitor.get("/logout", client_id=visitor.client("spa").client_id),
    ):
        assert answer.status == 404
        assert visitor.first_refusal == "OI-1.1"


async def test_a_domain_that_wants_managed_login_gets_the_classic_look_and_a_note(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    asked = {"UserPoolId": POOL, "Domain": "demo", "ManagedLoginVersion": 2}
    domains.update_user_pool_domain(sandbox.core, asked)

    assert (await visitor.form()).status == 200
    assert visitor.noted("LG-5")


async def test_a_client_without_any_provider_has_nothing_to_sign_in_with(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    store = sandbox.core.store
    from dataclasses import replace

    client = visitor.client("spa")
    store.clients.put(replace(client, supported_identity_providers=("Google",)))

    answer = await visitor.form()
    assert answer.location.startswith(f"{visitor.base}/error?")
    assert visitor.last.rule == "HU-5-6"


async def test_the_key_set_lists_its_members_in_order(visitor: Visitor) -> None:
    answer = await visitor.get(f"/{POOL}/.well-known/jwks.json")

    for key in json_of(answer)["keys"]:  # JW-1, JW-2, JW-3
        assert list(key) == ["alg", "e", "kid", "kty", "n", "use"]
        assert (key["alg"], key["e"], key["kty"], key["use"]) == ("RS256", "AQAB", "RSA", "sig")
        assert len(base64.b64decode(key["kid"])) == 32
        assert "=" not in key["n"]


@pytest.mark.parametrize(
    "path",
    [
        "/oauth2/token",
        "/oauth2/revoke",
        "/oauth2/userInfo",
        f"/{POOL}/.well-known/jwks.json",
        f"/{POOL}/.well-known/openid-configuration",
    ],
)
async def test_a_preflight_allows_whatever_headers_it_asks_for(visitor: Visitor, path: str) -> None:
    wanted = "x-amz-user-agent,x-amz-target,cache-control,authorization"
    headers = {
        "Origin": "http://localhost:5173",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": wanted,
    }

    answer = await visitor.send("OPTIONS", visitor.base + path, headers=headers)
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Headers"] == wanted
    assert answer.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert visitor.noted("CO-2")


async def test_other_origins_may_read_errors_too_and_nobody_asks_without_an_origin(
    visitor: Visitor,
) -> None:
    origin = {"Origin": "https://app.example"}

    asked = await visitor.post("/oauth2/token", {}, headers=origin)
    assert asked.status == 400
    assert asked.headers["Access-Control-Allow-Origin"] == "*"  # CO-1
    assert "Access-Control-Allow-Origin" not in (await visitor.post("/oauth2/token")).headers


async def test_token_headers_are_kid_then_alg_with_slashes_escaped(visitor: Visitor) -> None:
    tokens = await visitor.tokens()

    for name in ("id_token", "access_token"):
        text = first_part(tokens[name])
        assert list(json.loads(text)) == ["kid", "alg"]  # TF-1
        assert "/" not in text.replace("\\/", "")  # TF-2
    assert first_part(tokens["refresh_token"]) == '{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}'
    assert len(tokens["refresh_token"]) > 1000


async def test_claims_and_scopes_stand_in_the_order_of_a_hash_map(visitor: Visitor) -> None:
    tokens = await visitor.tokens(
        client="web", scope="openid email phone profile aws.cognito.signin.user.admin"
    )

    access = claims(tokens["access_token"])
    assert access["scope"] == "aws.cognito.signin.user.admin phone openid profile email"  # TF-4
    assert list(access) == [  # TF-3
        "sub",
        "cognito:groups",
        "iss",
        "version",
        "client_id",
        "origin_jti",
        "event_id",
        "token_use",
        "scope",
        "auth_time",
        "exp",
        "iat",
        "jti",
        "username",
    ]


async def test_a_machines_token_speaks_for_the_client_itself(visitor: Visitor) -> None:
    answer = await visitor.token("m2m", grant_type="client_credentials")
    body = json_of(answer)
    client_id = visitor.client("m2m").client_id

    assert list(body) == ["access_token", "expires_in", "token_type"]
    told = claims(body["access_token"])
    assert told["sub"] == told["client_id"] == client_id
    assert set(told["scope"].split()) == {"orders/read", "orders/write"}
    assert told["version"] == 2
    assert "username" not in told
    assert "origin_jti" not in told


async def test_the_id_token_holds_what_was_asked_and_proved(
    visitor: Visitor, clock: ManualClock
) -> None:
    await visitor.code()
    clock.advance(timedelta(minutes=10))
    tokens = await visitor.tokens(nonce="n-42")
    told = claims(tokens["id_token"])

    assert told["nonce"] == "n-42"
    assert told["aud"] == visitor.client("spa").client_id
    assert told["token_use"] == "id"
    assert told["iat"] - told["auth_time"] == 600
    assert told["exp"] == told["iat"] + 3600
    assert len(told["at_hash"]) == 22
    assert told["cognito:username"] == "alice"
    assert told["event_id"]


async def test_scopes_beside_openid_narrow_the_claims(visitor: Visitor) -> None:
    profile = claims((await visitor.tokens(scope="openid profile"))["id_token"])

    assert profile["custom:department"] == "Logistics"  # OI-12
    assert "email" not in profile


async def test_roles_follow_the_groups_and_the_lowest_precedence_is_preferred(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    core = sandbox.core
    for name, precedence in (("first", 5), ("second", 2), ("third", None)):
        role = f"arn:aws:iam::123456789012:role/{name}"
        group = {"UserPoolId": POOL, "GroupName": name, "RoleArn": role}
        if precedence is not None:
            group["Precedence"] = precedence  # type: ignore[assignment]
        groups.create_group(core, group)
        member = {"UserPoolId": POOL, "GroupName": name, "Username": "bob"}
        groups.admin_add_user_to_group(core, member)

    told = claims((await visitor.tokens("bob"))["id_token"])
    assert told["cognito:groups"] == ["first", "second", "third"]  # OI-14
    assert told["cognito:preferred_role"].endswith("/second")
    assert len(told["cognito:roles"]) == 3


async def test_a_refresh_sees_a_group_that_was_joined_meanwhile(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    tokens = await visitor.tokens("bob")
    member = {"UserPoolId": POOL, "GroupName": "admins", "Username": "bob"}
    groups.admin_add_user_to_group(sandbox.core, member)

    again = json_of(await visitor.refresh(tokens["refresh_token"]))
    assert claims(again["access_token"])["cognito:groups"] == ["admins"]


async def test_a_session_ends_with_its_user(sandbox: Sandbox, visitor: Visitor) -> None:
    await visitor.code("bob")
    who = {"UserPoolId": POOL, "Username": "bob"}
    user = sandbox.core.store.users.find(POOL, "bob")
    assert user is not None
    from dataclasses import replace

    sandbox.core.store.users.replace(replace(user, enabled=False))
    assert "code" not in (await visitor.authorize()).members
    assert visitor.noted("HU-1.2-5")
    users.admin_enable_user(sandbox.core, who)
    assert "code" not in (await visitor.authorize()).members


async def test_an_old_session_is_noted_when_it_is_over(
    visitor: Visitor, clock: ManualClock
) -> None:
    await visitor.code()
    clock.advance(timedelta(hours=1))

    await visitor.authorize()
    assert visitor.noted("HU-1.2-3")


async def test_secrets_may_come_in_the_body_or_by_basic_and_two_may_be_valid(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    from sandbox_app.operations.user_pool_clients import add_user_pool_client_secret

    client = visitor.client("m2m")
    asked = {"UserPoolId": POOL, "ClientId": client.client_id}
    second = add_user_pool_client_secret(sandbox.core, asked)
    value = second["ClientSecretDescriptor"]["ClientSecretValue"]

    for secret in (client.client_secrets[0].client_secret_value, value):
        form = {
            "grant_type": "client_credentials",
            "client_id": client.client_id,
            "client_secret": secret,
        }
        assert (await visitor.post("/oauth2/token", form)).status == 200
        by_basic = visitor.basic("m2m", secret)
        answer = await visitor.post(
            "/oauth2/token", {"grant_type": "client_credentials"}, headers=by_basic
        )
        assert answer.status == 200


async def test_parameters_may_stand_in_the_query_and_the_body_wins(visitor: Visitor) -> None:
    headers = visitor.basic("m2m")
    answer = await visitor.post(
        "/oauth2/token?grant_type=password&scope=orders/read",
        {"grant_type": "client_credentials"},
        headers=headers,
    )

    assert claims(json_of(answer)["access_token"])["scope"] == "orders/read"


@pytest.mark.parametrize(
    ("rule", "send"),
    [
        ("US-W3", ("GET", "/oauth2/userinfo", {})),
        ("US-W4", ("GET", "/oauth2/token", {})),
        ("US-W5", ("POST", "/oauth2/token", {"json": {"grant_type": "client_credentials"}})),
        ("US-W6", ("GET", "/oauth2/authorize?client_id=a&client_id=b", {})),
    ],
)
async def test_what_no_endpoint_takes_is_refused_and_explained(
    visitor: Visitor, rule: str, send: tuple[str, str, Any]
) -> None:
    method, path, options = send
    answer: Answer = await visitor.send(method, visitor.base + path, **options)

    assert 400 <= answer.status < 500
    assert visitor.first_refusal == rule


async def test_a_strange_host_is_told_that_nobody_answers_to_it(visitor: Visitor) -> None:
    answer = await visitor.get("/login", headers={"Host": "evil.example"})

    assert answer.status == 421
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert visitor.first_refusal == "US-W2"


async def test_a_broken_host_is_a_bad_request(visitor: Visitor) -> None:
    answer = await visitor.get("/login", headers={"Host": "localhost:notaport"})

    assert answer.status == 400
    assert visitor.first_refusal == "US-W1"


async def test_a_fault_of_ours_is_a_server_error_without_a_trace(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("something secret")

    monkeypatch.setattr("sandbox_app.server.hosted.back_channel.answer_token_request", broken)
    answer = await visitor.post("/oauth2/token", {})

    assert (answer.status, answer.text) == (500, '{"error":"server_error"}')
    assert visitor.first_refusal == "US-W7"


async def test_rotation_shows_jti_even_where_revocation_is_off(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
    reconfigure(sandbox, visitor, "spa", EnableTokenRevocation=False, RefreshTokenRotation=rotation)

    tokens = await visitor.tokens()
    assert {"jti", "origin_jti"} <= claims(tokens["id_token"]).keys()  # OI-16

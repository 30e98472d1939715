"""What the preview of tokens promises, held against what a sign-in over HTTP then brings."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.events import TokensMinted
from sandbox_app.domain.records.users import UserStatus
from sandbox_app.operations import groups, resource_servers, users
from sandbox_app.tokens.inspect import unverified_claims
from sandbox_app.workbench.token_preview import TokenPreview, preview_tokens
from tests.cores import writes
from tests.journeys.reconfiguring import reconfigure
from tests.visitor import Visitor, json_of

POOL = "us-east-1_Demo00001"
ANEW = {"iat", "exp", "auth_time", "jti", "origin_jti", "event_id", "at_hash"}
"""Members that every sign-in makes anew."""


def preview(
    visitor: Visitor, client: str, user: str | None = "alice", wanted: tuple[str, ...] | None = None
) -> TokenPreview:
    core = visitor.sandbox.core
    pool = core.store.pools.get(POOL)
    found = core.store.users.find(POOL, user) if user is not None else None
    assert pool is not None
    return preview_tokens(core, pool, visitor.client(client), found, wanted, origin=visitor.base)


def is_the_same(shown: Mapping[str, Any] | None, token: str) -> None:
    real = unverified_claims(token)
    assert real is not None
    assert shown is not None
    assert list(shown) == list(real)
    assert {name: shown[name] for name in real if name not in ANEW} == {
        name: value for name, value in real.items() if name not in ANEW
    }


def add_groups(sandbox: Sandbox, username: str) -> None:
    role = "arn:aws:iam::123456789012:role/"
    for name, precedence in (("late", 9), ("first", 0)):
        request = {"UserPoolId": POOL, "GroupName": name, "RoleArn": role + name}
        groups.create_group(sandbox.core, {**request, "Precedence": precedence})
        member = {"UserPoolId": POOL, "GroupName": name, "Username": username}
        groups.admin_add_user_to_group(sandbox.core, member)


@pytest.mark.parametrize("client", ["spa", "web"])
@pytest.mark.parametrize("username", ["alice", "bob"])
@pytest.mark.parametrize(
    "scope", [None, "openid", "openid email", "openid profile orders/read", "email orders/read"]
)
async def test_the_preview_is_what_a_sign_in_then_brings(
    sandbox: Sandbox, visitor: Visitor, client: str, username: str, scope: str | None
) -> None:
    add_groups(sandbox, username)
    wanted = None if scope is None else tuple(scope.split())

    shown = preview(visitor, client, username, wanted)
    # A nonce is the app's own; the preview is of a request without one.
    tokens = await visitor.tokens(username, client, scope=scope, nonce=None)

    assert shown.why_refused == ""
    is_the_same(shown.access_claims, tokens["access_token"])
    assert ("id_token" in tokens) is (shown.id_claims is not None) is (not shown.why_no_id)
    if "id_token" in tokens:
        is_the_same(shown.id_claims, tokens["id_token"])


@pytest.mark.parametrize(
    "changes",
    [
        {
            "ReadAttributes": ["email", "email_verified", "name", "custom:department"],
            "AllowedOAuthScopes": ["openid", "email", "profile"],
        },
        {"EnableTokenRevocation": False},
        {"AccessTokenValidity": 5, "TokenValidityUnits": {"AccessToken": "minutes"}},
        {"AllowedOAuthScopes": ["openid"]},
        {"AllowedOAuthScopes": ["profile"]},
    ],
)
async def test_the_preview_follows_the_clients_settings(
    sandbox: Sandbox, visitor: Visitor, changes: dict[str, Any]
) -> None:
    reconfigure(sandbox, visitor, "web", **changes)

    shown = preview(visitor, "web")
    tokens = await visitor.tokens("alice", "web", scope=None, nonce=None)

    is_the_same(shown.access_claims, tokens["access_token"])
    if shown.id_claims is not None:
        is_the_same(shown.id_claims, tokens["id_token"])
    claims = shown.access_claims
    assert claims["exp"] - claims["iat"] == shown.lifetimes.access.total_seconds()
    assert tokens["expires_in"] == shown.lifetimes.access.total_seconds()


async def test_a_machine_gets_an_access_token_alone(visitor: Visitor) -> None:
    shown = preview(visitor, "m2m", None)
    answer = await visitor.token("m2m", grant_type="client_credentials")

    is_the_same(shown.access_claims, json_of(answer)["access_token"])
    assert shown.id_claims is None
    assert "machine" in shown.why_no_id
    assert shown.lifetimes.refresh is None


async def test_a_scope_deleted_from_its_resource_server_is_left_out(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    server = {"UserPoolId": POOL, "Identifier": "orders", "Name": "Orders"}
    scopes = [{"ScopeName": "write", "ScopeDescription": "Place orders"}]
    resource_servers.update_resource_server(sandbox.core, {**server, "Scopes": scopes})

    for client in ("spa", "m2m"):
        assert "orders/read" not in preview(visitor, client).access_claims["scope"].split()


async def test_a_draft_that_was_never_saved_can_be_previewed(visitor: Visitor) -> None:
    core = visitor.sandbox.core
    pool, user = core.store.pools.get(POOL), core.store.users.find(POOL, "alice")
    assert pool is not None
    draft = replace(
        visitor.client("web"), client_id="draft", allowed_oauth_scopes=("openid", "phone")
    )
    shown = preview_tokens(core, pool, draft, user, origin=visitor.base)

    assert shown.access_claims["client_id"] == "draft"
    assert shown.id_claims is not None
    assert "email" not in shown.id_claims
    assert core.store.clients.get("draft") is None


async def test_previewing_leaves_no_trace(visitor: Visitor) -> None:
    core = visitor.sandbox.core
    minted: list[TokensMinted] = []
    core.bus.subscribe(TokensMinted, minted.append)
    before = writes(core)

    preview(visitor, "web")
    preview(visitor, "m2m", None)

    assert (writes(core), minted) == (before, [])


@pytest.mark.parametrize(
    ("rule", "changes", "wanted"),
    [
        ("AZ-7", {"AllowedOAuthFlows": ["implicit"]}, None),
        ("AZ-10", {}, ("openid", "orders/write")),
        ("TC-7", {"ReadAttributes": ["name"]}, ("openid", "email")),
    ],
)
async def test_the_preview_says_what_would_refuse_the_sign_in(
    sandbox: Sandbox,
    visitor: Visitor,
    rule: str,
    changes: dict[str, Any],
    wanted: tuple[str, ...] | None,
) -> None:
    reconfigure(sandbox, visitor, "web", **changes)

    assert f"({rule})" in preview(visitor, "web", "alice", wanted).why_refused


async def test_a_user_who_cannot_sign_in_is_named_as_the_reason(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    assert UserStatus.FORCE_CHANGE_PASSWORD in preview(visitor, "web", "carol").why_refused
    users.admin_disable_user(sandbox.core, {"UserPoolId": POOL, "Username": "bob"})
    assert "bob is disabled" in preview(visitor, "web", "bob").why_refused


async def test_a_client_that_signs_users_in_needs_one(visitor: Visitor) -> None:
    with pytest.raises(ValueError, match="whose tokens"):
        preview(visitor, "web", None)

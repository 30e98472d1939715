"""Signing in as somebody without their password, over real HTTP (rules US-S1 … US-S4)."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.checks import Verdict
from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import SessionEnded, SignedIn, SignInFailed
from sandbox_app.domain.records.users import UserStatus
from sandbox_app.operations import domains, user_pool_clients, users
from sandbox_app.tokens.inspect import unverified_claims
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.sign_in_as import (
    NoWayToSignIn,
    Target,
    start_sign_in_as,
    why_no_sign_in,
)
from tests.journeys.reconfiguring import a_second_pool, reconfigure
from tests.visitor import Answer, Visitor, json_of

POOL = "us-east-1_Demo00001"


def link(
    visitor: Visitor, client: str = "web", username: str = "alice", target: Target = "app"
) -> str:
    core, found = visitor.sandbox.core, visitor.client(client)
    pool = core.store.pools.get(found.user_pool_id)
    user = core.store.users.find(found.user_pool_id, username)
    assert pool is not None
    assert user is not None
    return start_sign_in_as(core, pool, found, user, visitor.base, target=target)


def named(username: str) -> dict[str, str]:
    return {"UserPoolId": POOL, "Username": username}


async def test_the_link_ends_at_the_app_with_a_code_for_the_user(visitor: Visitor) -> None:
    door = await visitor.get(link(visitor))
    assert door.status == 302
    asked = parse_qs(urlsplit(door.location).query)
    assert door.location.startswith(f"{visitor.base}/oauth2/authorize?")
    assert asked["redirect_uri"] == ["http://localhost:3000/callback"]
    assert asked["response_type"] == ["code"]
    assert len(asked["state"][0]) >= 16
    assert "code_challenge" not in asked

    back = await visitor.get(door.location)
    assert back.location.startswith("http://localhost:3000/callback?code=")
    assert back.members["state"] == asked["state"][0]
    answer = await visitor.exchange(back.members["code"], "web", code_verifier=None)
    claims = unverified_claims(json_of(answer)["id_token"])
    assert claims is not None
    assert claims["cognito:username"] == "alice"
    assert claims["auth_time"] == visitor.sandbox.core.epoch()


async def test_the_session_is_like_any_other(visitor: Visitor, clock: ManualClock) -> None:
    await visitor.get(link(visitor))

    assert "code" in (await visitor.authorize("spa")).members
    clock.advance(timedelta(hours=1))
    assert "/login?" in (await visitor.authorize("spa")).location


async def test_the_implicit_flow_brings_tokens(sandbox: Sandbox, visitor: Visitor) -> None:
    reconfigure(sandbox, visitor, "web", AllowedOAuthFlows=["implicit"])

    back = await visitor.get((await visitor.get(link(visitor))).location)

    assert {"access_token", "id_token"} <= set(back.members)


async def test_a_scope_that_is_gone_is_not_asked_for(sandbox: Sandbox, visitor: Visitor) -> None:
    core = sandbox.core
    server = core.store.resource_servers.of_pool(POOL)[0]
    core.store.resource_servers.put(replace(server, scopes=()))

    back = await visitor.get((await visitor.get(link(visitor))).location)

    assert "code" in back.members


async def test_the_browsers_session_with_the_pool_gives_way_and_others_stay(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    await a_second_pool(sandbox)
    other = {"scope": "openid"}
    await visitor.code("olga", "other", **other)
    await visitor.code("bob", "web")
    bobs = visitor.last.login_id
    ended: list[SessionEnded] = []
    sandbox.core.bus.subscribe(SessionEnded, ended.append)

    await visitor.get(link(visitor))

    assert ended == [SessionEnded(POOL, bobs)]
    await visitor.authorize("web")
    assert visitor.last.username == "alice"
    assert "code" in (await visitor.authorize("other", **other)).members


@pytest.mark.parametrize("wait", [0, 60, 86_400])
async def test_a_link_opens_once_and_within_a_minute(
    visitor: Visitor, visitors: Callable[[], Visitor], clock: ManualClock, wait: int
) -> None:
    url = link(visitor)
    clock.advance(timedelta(seconds=wait))
    if wait == 0:
        assert (await visitors().get(url)).status == 302

    page = await visitor.get(url)

    assert page.status == 410
    assert visitor.first_refusal == "US-S2"
    assert "Nobody was signed in" in page.text
    assert "Set-Cookie" not in page.headers
    assert "/login?" in (await visitor.authorize()).location


@pytest.mark.parametrize("ticket", ["", "x", "<script>alert(1)</script>", "A" * 43])
async def test_a_link_that_nobody_made_opens_nothing(visitor: Visitor, ticket: str) -> None:
    page = await visitor.get("/_sandbox/sign-in", ticket=ticket)

    assert (page.status, visitor.first_refusal) == (410, "US-S2")
    assert "<script>" not in page.text


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        ("HU-4.1-9", UserStatus.UNCONFIRMED),
        ("HU-4.1-11", UserStatus.FORCE_CHANGE_PASSWORD),
        ("HU-4.1-12", UserStatus.RESET_REQUIRED),
    ],
)
async def test_a_user_whom_the_sign_in_page_would_stop_is_stopped_here(
    sandbox: Sandbox, visitor: Visitor, rule: str, status: UserStatus
) -> None:
    url = link(visitor)
    store = sandbox.core.store
    user = store.users.find(POOL, "alice")
    assert user is not None
    store.users.replace(replace(user, status=status))
    failed: list[SignInFailed] = []
    sandbox.core.bus.subscribe(SignInFailed, failed.append)

    page = await visitor.get(url)

    assert (page.status, visitor.first_refusal, visitor.last.rule) == (403, rule, rule)
    assert f"alice is {status}." in page.text
    assert [event.rule for event in failed] == [rule]
    assert "/login?" in (await visitor.authorize()).location


async def test_a_disabled_or_deleted_user_is_nobody_to_be(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    urls = link(visitor, "web", "bob"), link(visitor, "web", "bob")
    users.admin_disable_user(sandbox.core, named("bob"))
    page = await visitor.get(urls[0])
    assert (page.status, visitor.first_refusal) == (403, "HU-4.1-6")
    assert "bob is disabled." in page.text

    users.admin_delete_user(sandbox.core, named("bob"))
    page = await visitor.get(urls[1])
    assert (page.status, visitor.first_refusal) == (403, "HU-4.1-5")


async def test_a_users_name_cannot_speak_html(sandbox: Sandbox, visitor: Visitor) -> None:
    name = {"UserPoolId": POOL, "Username": "<img/src=x>"}
    mail = [{"Name": "email", "Value": "x@example.com"}]
    await users.admin_create_user(sandbox.core, {**name, "UserAttributes": mail})

    page = await visitor.get(link(visitor, "web", "<img/src=x>"))

    assert "&lt;img/src=x&gt; is FORCE_CHANGE_PASSWORD" in page.text
    assert "<img" not in page.text


async def test_a_client_deleted_after_the_link_was_made_is_said_so(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    url = link(visitor)
    client = {"UserPoolId": POOL, "ClientId": visitor.client("web").client_id}
    user_pool_clients.delete_user_pool_client(sandbox.core, client)

    page = await visitor.get(url)

    assert (page.status, visitor.first_refusal) == (403, "US-S3")
    assert "The client was deleted meanwhile." in page.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"AllowedOAuthFlowsUserPoolClient": False}, "neither the code nor"),
        (
            {"CallbackURLs": [], "AllowedOAuthFlowsUserPoolClient": True},
            "no callback URL",
        ),
    ],
)
async def test_a_client_without_a_way_to_sign_in_gets_no_link(
    sandbox: Sandbox, visitor: Visitor, changes: dict[str, Any], words: str
) -> None:
    client = visitor.client("web")
    put = replace(
        client,
        allowed_oauth_flows_user_pool_client=changes["AllowedOAuthFlowsUserPoolClient"],
        callback_urls=tuple(changes.get("CallbackURLs", client.callback_urls)),
    )
    sandbox.core.store.clients.put(put)

    assert words in (why_no_sign_in(sandbox.core, put, visitor.base) or "")
    with pytest.raises(NoWayToSignIn, match=words):
        link(visitor)


async def test_a_pool_without_a_domain_has_no_pages_to_sign_in_on(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    domains.delete_user_pool_domain(sandbox.core, {"UserPoolId": POOL, "Domain": "demo"})

    assert "no domain" in (why_no_sign_in(sandbox.core, visitor.client("web"), visitor.base) or "")


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Proto"]
)
async def test_a_link_that_went_through_a_proxy_opens_nothing_and_stays_good(
    visitor: Visitor, header: str
) -> None:
    url = link(visitor)

    page = await visitor.get(url, headers={header: "for=192.0.2.1"})

    assert (page.status, visitor.first_refusal) == (403, "US-S1")
    assert (await visitor.get(url)).status == 302


async def test_only_the_names_we_answer_to_have_the_door(visitor: Visitor) -> None:
    url = link(visitor)

    page = await visitor.get(url, headers={"Host": "evil.example"})

    assert (page.status, visitor.first_refusal) == (421, "US-W2")
    assert (await visitor.get(url)).status == 302


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
async def test_only_a_visit_spends_a_ticket(visitor: Visitor, method: str) -> None:
    url = link(visitor)

    assert (await visitor.send(method, url)).status == 405
    assert (await visitor.get(url)).status == 302


async def test_nobody_is_told_the_address_and_nothing_keeps_it(visitor: Visitor) -> None:
    for answer in (await visitor.get(link(visitor)), await visitor.get("/_sandbox/sign-in")):
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    door = await visitor.get(link(visitor))
    assert "ticket" not in door.location


async def test_the_ticket_is_in_no_record_and_no_log(
    sandbox: Sandbox, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = link(visitor)
    ticket = parse_qs(urlsplit(url).query)["ticket"][0]
    spellings = (url, url, url.replace("ticket", "%74icket"), url.replace("sign-in", "sign-in/x"))
    for spelling in spellings:
        await visitor.get(spelling)
    await visitor.get("/login", headers={"Referer": url}, x=url)
    await visitor.authorize("web", state=url)

    sandbox.core.store.traffic.close()
    files = (path for path in sandbox.core.store.path.parent.rglob("*") if path.is_file())
    kept = b"".join(path.read_bytes() for path in files)
    assert b"_sandbox/sign-in" in kept
    assert ticket.encode() not in kept
    assert ticket not in repr(visitor.seen)
    assert ticket not in caplog.text


async def test_live_shows_one_login_that_the_sandbox_itself_began(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    signed_in: list[SignedIn] = []
    sandbox.core.bus.subscribe(SignedIn, signed_in.append)
    door = await visitor.get(link(visitor))
    at_door, detail = visitor.seen[-1]
    assert at_door.step == "sign in as"
    assert (at_door.username, at_door.client_name) == ("alice", "web")
    told = next(check for check in detail.checks if check.rule == "US-S4")
    assert told.verdict is Verdict.NOTED
    assert told.because == (
        "the sandbox signed alice in without a password; the real service has no such door"
    )
    assert all(
        check.verdict in (Verdict.PASSED, Verdict.NOTED)
        for check in detail.checks
        if check.rule != "HU-4.1-10"
    )

    back = await visitor.get(door.location)
    await visitor.exchange(back.members["code"], "web", code_verifier=None)
    # A later visit of the same browser is a login of its own.
    await visitor.authorize("web")

    book = TrafficBook()
    book.absorb(exchange for exchange, _ in visitor.seen)
    assert [[it.step for it in login.exchanges] for login in book.logins] == [
        ["sign in as", "authorize", "token"],
        ["authorize"],
    ]
    assert [login.by_sandbox for login in book.logins] == [True, False]
    assert book.logins[0].outcome == "signed in"
    assert [event.username for event in signed_in] == ["alice", "alice"]


async def test_a_login_that_waits_too_long_is_one_of_its_own(
    visitor: Visitor, clock: ManualClock
) -> None:
    door = await visitor.get(link(visitor))
    login_id = visitor.last.login_id
    clock.advance(timedelta(seconds=61))
    await visitor.get(door.location)

    assert visitor.last.login_id != login_id


@pytest.mark.parametrize(
    ("client", "target", "path"),
    [
        ("spa", "app", "/oauth2/authorize"),
        ("spa", "login page", "/_demo/"),
        ("web", "login page", "/oauth2/authorize"),
    ],
)
async def test_the_demo_app_asks_for_itself(
    visitor: Visitor, client: str, target: Target, path: str
) -> None:
    door: Answer = await visitor.get(link(visitor, client, target=target))

    assert urlsplit(door.location).path == path


async def test_a_client_of_the_demo_app_alone_needs_no_other_callback(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    spa = visitor.client("spa")
    own = tuple(url for url in spa.callback_urls if "_demo" in url)
    sandbox.core.store.clients.put(replace(spa, callback_urls=own))

    assert urlsplit((await visitor.get(link(visitor, "spa"))).location).path == "/_demo/"

"""A user's browser sessions and refresh tokens, seen and ended (contract users 1.5, oidc 8, 16)."""

from collections.abc import Callable
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import SessionEnded, TokensRevoked
from sandbox_app.domain.records.grants import BrowserSession, RefreshGrant
from sandbox_app.operations import users
from sandbox_app.workbench import sessions
from sandbox_app.workbench.sessions import GrantState
from tests.journeys.reconfiguring import reconfigure
from tests.visitor import Visitor, json_of

POOL = "us-east-1_Demo00001"
ALICE = "8c2f51d0-3a7e-70b4-9d10-5de1a7c0b312"
BOB = "1b7e09c4-6d52-7033-8a21-90cf4b6e7d18"


@pytest.fixture
def heard(sandbox: Sandbox) -> list[Any]:
    """What was told about sessions and tokens."""
    events: list[Any] = []
    sandbox.core.bus.subscribe(SessionEnded, events.append)
    sandbox.core.bus.subscribe(TokensRevoked, events.append)
    return events


def states(sandbox: Sandbox) -> list[GrantState]:
    return [grant.state for grant in sessions.grants_of(sandbox.core, POOL, ALICE).shown]


async def test_sessions_and_tokens_are_listed_newest_first(
    sandbox: Sandbox, visitors: Callable[[], Visitor], clock: ManualClock
) -> None:
    began = sandbox.core.timestamp()
    await visitors().tokens()
    clock.advance(timedelta(minutes=10))
    await visitors().tokens("alice", "web")

    found = sessions.sessions_of(sandbox.core, POOL, ALICE)
    assert [session.started_at for session in found.shown] == [began + 600, began]
    assert [session.ends_at for session in found.shown] == [began + 4200, began + 3600]
    assert all(session.alive for session in found.shown)
    grants = sessions.grants_of(sandbox.core, POOL, ALICE)
    assert [grant.client_name for grant in grants.shown] == ["web", "spa"]
    assert grants.shown[0].login_id == found.shown[0].login_id
    assert grants.shown[1].scopes == ("openid", "email")
    assert grants.shown[1].expires_at == began + 30 * 86_400
    assert (found.more, grants.more) == (0, 0)
    assert sessions.sessions_of(sandbox.core, POOL, BOB).shown == ()
    assert sessions.grants_of(sandbox.core, POOL, BOB).shown == ()


async def test_a_session_is_over_after_its_hour(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock
) -> None:
    await visitor.code()
    clock.advance(timedelta(seconds=3599))
    assert sessions.sessions_of(sandbox.core, POOL, ALICE).shown[0].alive
    clock.advance(timedelta(seconds=1))
    assert not sessions.sessions_of(sandbox.core, POOL, ALICE).shown[0].alive


async def test_an_ended_session_signs_nobody_in_again(
    sandbox: Sandbox, visitors: Callable[[], Visitor], heard: list[Any]
) -> None:
    first, second = visitors(), visitors()
    await first.code()
    login_id = first.last.login_id
    await second.code()
    handle = sessions.sessions_of(sandbox.core, POOL, ALICE).shown[1].handle
    assert not sessions.end_session(sandbox.core, POOL, BOB, handle)
    assert "code" in (await first.authorize()).members

    assert sessions.end_session(sandbox.core, POOL, ALICE, handle)

    assert "/login?" in (await first.authorize()).location
    assert "code" in (await second.authorize()).members
    assert heard == [SessionEnded(POOL, login_id)]
    assert not sessions.end_session(sandbox.core, POOL, ALICE, handle)


async def test_all_sessions_end_in_every_browser(
    sandbox: Sandbox, visitors: Callable[[], Visitor], heard: list[Any]
) -> None:
    browsers = [visitors(), visitors()]
    for browser in browsers:
        await browser.code()

    assert sessions.end_sessions(sandbox.core, POOL, ALICE) == 2

    assert all(["/login?" in (await browser.authorize()).location for browser in browsers])
    assert len(heard) == 2


async def test_a_revoked_family_refreshes_nothing_and_its_access_token_is_dead(
    sandbox: Sandbox, visitor: Visitor, heard: list[Any]
) -> None:
    old, kept = await visitor.tokens(), await visitor.tokens()
    newest, oldest = sessions.grants_of(sandbox.core, POOL, ALICE).shown
    assert not sessions.revoke_family(sandbox.core, POOL, BOB, oldest.family)

    assert sessions.revoke_family(sandbox.core, POOL, ALICE, oldest.family)

    refused = await visitor.refresh(old["refresh_token"])
    assert (refused.status, json_of(refused)) == (400, {"error": "invalid_grant"})
    assert visitor.first_refusal == "TR-1"
    refused = await visitor.userinfo(old["access_token"])
    assert (refused.status, json_of(refused)["error"]) == (401, "invalid_token")
    assert (await visitor.refresh(kept["refresh_token"])).status == 200
    assert heard == [TokensRevoked(POOL, oldest.client_id, oldest.family)]
    listed = sessions.grants_of(sandbox.core, POOL, ALICE).shown
    assert [grant.state for grant in listed] == [GrantState.ALIVE, GrantState.REVOKED]
    assert listed[1].since == sandbox.core.timestamp()
    assert newest.family != oldest.family
    assert not sessions.revoke_family(sandbox.core, POOL, ALICE, oldest.family)


async def test_revoking_all_ends_every_token_and_leaves_the_session(
    sandbox: Sandbox, visitor: Visitor, heard: list[Any], clock: ManualClock
) -> None:
    spa, web = await visitor.tokens(), await visitor.tokens("alice", "web")
    clock.advance(timedelta(seconds=2))

    assert sessions.revoke_all(sandbox.core, POOL, ALICE) == 2

    for client, tokens in (("spa", spa), ("web", web)):
        assert json_of(await visitor.refresh(tokens["refresh_token"], client)) == {
            "error": "invalid_grant"
        }
        assert (await visitor.userinfo(tokens["access_token"])).status == 401
    assert "code" in (await visitor.authorize()).members
    assert {type(event) for event in heard} == {TokensRevoked}
    assert len({event.family for event in heard}) == 2
    assert states(sandbox) == [GrantState.REVOKED] * 2
    assert sessions.revoke_all(sandbox.core, POOL, ALICE) == 0
    assert sessions.revoke_all(sandbox.core, POOL, "nobody") == 0


async def test_a_token_expires_in_the_list_when_it_does_at_the_endpoint(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock
) -> None:
    tokens = await visitor.tokens()
    grant = sessions.grants_of(sandbox.core, POOL, ALICE).shown[0]
    clock.advance(timedelta(days=30))

    assert states(sandbox) == [GrantState.EXPIRED]
    assert sessions.grants_of(sandbox.core, POOL, ALICE).shown[0].since == grant.expires_at
    assert (await visitor.refresh(tokens["refresh_token"])).status == 400
    assert not sessions.revoke_family(sandbox.core, POOL, ALICE, grant.family)


async def test_a_rotated_token_stays_in_the_list_beside_the_one_that_replaced_it(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 30}
    # Rotation rules out the flow that refreshes by the API.
    flows = ["ALLOW_USER_SRP_AUTH"]
    reconfigure(sandbox, visitor, "spa", RefreshTokenRotation=rotation, ExplicitAuthFlows=flows)
    tokens = await visitor.tokens()
    await visitor.refresh(tokens["refresh_token"])

    listed = sessions.grants_of(sandbox.core, POOL, ALICE).shown
    assert [grant.state for grant in listed] == [GrantState.ALIVE, GrantState.ROTATED]
    assert listed[0].family == listed[1].family
    assert listed[1].since == sandbox.core.timestamp() + 30


async def test_a_client_that_was_deleted_leaves_its_tokens_without_a_name(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    sandbox.core.store.refresh_grants.add(a_grant(0, ALICE))

    assert sessions.grants_of(sandbox.core, POOL, ALICE).shown[0].client_name == ""


async def test_among_a_hundred_thousand_others_the_list_stays_short_and_fast(
    sandbox: Sandbox,
) -> None:
    core = sandbox.core
    with core.store.transaction():
        for number in range(100_000):
            sub = ALICE if number % 400 == 0 else f"somebody {number % 1000}"
            core.store.refresh_grants.add(a_grant(number, sub))
        for number in range(1000):
            core.store.sessions.put(a_session(number, ALICE if number % 4 == 0 else BOB))
    users.admin_get_user(core, {"UserPoolId": POOL, "Username": "alice"})

    began = perf_counter()
    grants = sessions.grants_of(core, POOL, ALICE)
    found = sessions.sessions_of(core, POOL, ALICE)
    took = perf_counter() - began

    assert (len(grants.shown), grants.more) == (200, 50)
    assert (len(found.shown), found.more) == (200, 50)
    assert [grant.issued_at for grant in grants.shown[:2]] == [99_600, 99_200]
    assert took < 0.05


def a_grant(number: int, sub: str) -> RefreshGrant:
    return RefreshGrant(
        fingerprint=f"f{number}",
        user_pool_id=POOL,
        client_id="gone",
        sub=sub,
        family=f"family {number}",
        scopes=("openid",),
        issued_at=float(number),
        expires_at=float(number + 10_000_000_000),
        auth_time=number,
        login_id="l",
        event_id="e",
    )


def a_session(number: int, sub: str) -> BrowserSession:
    return BrowserSession(
        cookie_hash=f"c{number}",
        user_pool_id=POOL,
        sub=sub,
        started_at=float(number),
        login_id="l",
    )

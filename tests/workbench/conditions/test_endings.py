"""The clock goes to one second before and after the end of anything, and the pool agrees."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.errors import ExpiredTokenError
from joserfc.jwk import KeySet

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.clock import ManualClock
from sandbox_app.operations.user_pools import delete_user_pool
from sandbox_app.operations.users import admin_create_user
from sandbox_app.workbench.conditions.clock import advance, skew
from sandbox_app.workbench.conditions.endings import AFTER, BEFORE, Ending, Thing, endings, jump
from sandbox_app.workbench.conditions.keys import rotate
from sandbox_app.workbench.conditions.parts import deviations
from sandbox_app.workbench.sessions import revoke_all
from tests.conftest import DEMO_POOL, NOON
from tests.visitor import Visitor, json_of

Tried = tuple[int, str | None]
"""The status of an answer and the rule that refused it."""


def one(sandbox: Sandbox, thing: Thing) -> Ending:
    (found,) = (ending for ending in endings(sandbox.core) if ending.thing is thing)
    return found


async def an_access_token(visitor: Visitor) -> Callable[[], Awaitable[Tried]]:
    tokens = await visitor.tokens()

    async def attempt() -> Tried:
        return (await visitor.userinfo(tokens["access_token"])).status, visitor.first_refusal

    return attempt


async def a_refresh_token(visitor: Visitor) -> Callable[[], Awaitable[Tried]]:
    tokens = await visitor.tokens()

    async def attempt() -> Tried:
        return (await visitor.refresh(tokens["refresh_token"])).status, visitor.first_refusal

    return attempt


async def a_code(visitor: Visitor) -> Callable[[], Awaitable[Tried]]:
    code = await visitor.code()

    async def attempt() -> Tried:
        return (await visitor.exchange(code)).status, visitor.first_refusal

    return attempt


async def a_session(visitor: Visitor) -> Callable[[], Awaitable[Tried]]:
    await visitor.code()

    async def attempt() -> Tried:
        answer = await visitor.authorize()
        over = next((check.rule for check in visitor.checks if check.rule == "HU-1.2-3"), None)
        assert ("code" in answer.members) is (over is None)
        return (200 if over is None else 400), over

    return attempt


@pytest.mark.parametrize(
    ("thing", "make", "rule"),
    [
        (Thing.ACCESS_TOKEN, an_access_token, "UI-2"),
        (Thing.REFRESH_TOKEN, a_refresh_token, "TR-1"),
        (Thing.CODE, a_code, "TC-1"),
        (Thing.SESSION, a_session, "HU-1.2-3"),
    ],
)
async def test_a_second_before_its_end_a_thing_works_and_a_second_after_it_does_not(
    sandbox: Sandbox,
    visitor: Visitor,
    thing: Thing,
    make: Callable[[Visitor], Awaitable[Callable[[], Awaitable[Tried]]]],
    rule: str,
) -> None:
    attempt = await make(visitor)
    ending = one(sandbox, thing)

    jump(sandbox.core, ending.id, AFTER)
    status, refused = await attempt()
    assert (status >= 400, refused) == (True, rule)
    assert not one(sandbox, thing).alive

    jump(sandbox.core, ending.id, BEFORE)
    status, refused = await attempt()
    assert (status, refused) == (200, None), "going back before the end brings it back"


async def test_a_lockout_ends_and_the_right_password_opens_again(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    for _ in range(7):
        await visitor.submit("alice", "wrong")
        advance(sandbox.core, timedelta(seconds=5))
    await visitor.submit("alice", "wrong")
    lockout = one(sandbox, Thing.LOCKOUT)
    assert (lockout.username, lockout.alive) == ("alice", True)

    jump(sandbox.core, lockout.id, BEFORE)
    await visitor.submit("alice", "Sandbox-1")
    assert visitor.first_refusal == "HU-4.1-3"

    jump(sandbox.core, lockout.id, AFTER)
    assert (await visitor.submit("alice", "Sandbox-1")).status == 302


async def test_a_temporary_password_ends(sandbox: Sandbox, visitor: Visitor) -> None:
    request = {"UserPoolId": DEMO_POOL, "Username": "dora", "TemporaryPassword": "Sandbox-1"}
    await admin_create_user(sandbox.core, {**request, "MessageAction": "SUPPRESS"})
    password = next(
        it
        for it in endings(sandbox.core)
        if (it.thing, it.username) == (Thing.TEMPORARY_PASSWORD, "dora")
    )

    jump(sandbox.core, password.id, BEFORE)
    await visitor.submit("dora", "Sandbox-1")
    assert visitor.first_refusal == "HU-4.1-11", "it is good, and must be changed"

    jump(sandbox.core, password.id, AFTER)
    await visitor.submit("dora", "Sandbox-1")
    assert visitor.first_refusal == "HU-4.1-10"


async def test_a_skewed_clients_token_ends_when_the_pool_says_so(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    skew(sandbox.core, visitor.client("spa").client_id, timedelta(hours=5))
    attempt = await an_access_token(visitor)
    ending = one(sandbox, Thing.ACCESS_TOKEN)
    assert ending.ends_at == (NOON + timedelta(hours=1)).timestamp()

    jump(sandbox.core, ending.id, BEFORE)
    assert (await attempt())[0] == 200
    jump(sandbox.core, ending.id, AFTER)
    assert (await attempt())[0] == 401


async def test_what_lives_is_listed_by_its_end_with_whose_it_is(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    await visitor.tokens()
    code = await visitor.code()
    assert code

    listed = [it for it in endings(sandbox.core) if it.thing is not Thing.TEMPORARY_PASSWORD]

    assert [it.thing for it in listed] == [
        Thing.CODE,
        Thing.ID_TOKEN,
        Thing.ACCESS_TOKEN,
        Thing.SESSION,
        Thing.REFRESH_TOKEN,
    ]
    assert {it.username for it in listed} == {"alice"}
    assert {it.client_name for it in listed} == {"spa", ""}
    assert all(it.alive and it.began_at == NOON.timestamp() for it in listed)


async def test_a_machines_token_is_listed_without_a_user(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    await visitor.token("m2m", grant_type="client_credentials")

    token = one(sandbox, Thing.ACCESS_TOKEN)

    assert (token.client_name, token.username) == ("m2m", "")


async def test_a_token_without_a_jti_can_be_jumped_to_as_well(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    client = replace(visitor.client("spa"), enable_token_revocation=False)
    sandbox.core.store.clients.put(client)
    attempt = await an_access_token(visitor)

    jump(sandbox.core, one(sandbox, Thing.ACCESS_TOKEN).id, AFTER)

    assert (await attempt())[0] == 401


async def test_what_was_revoked_spent_or_lost_its_key_does_not_wait_for_its_end(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    await visitor.tokens()
    user = sandbox.core.store.users.find(DEMO_POOL, "alice")
    assert user is not None
    revoke_all(sandbox.core, DEMO_POOL, user.sub)
    await visitor.token("m2m", grant_type="client_credentials")
    await rotate(sandbox.core, DEMO_POOL, overlap=False)

    left = {it.thing for it in endings(sandbox.core)} - {Thing.TEMPORARY_PASSWORD}

    assert left == {Thing.SESSION}


async def test_what_ended_long_ago_is_gone_from_the_list(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock
) -> None:
    await visitor.tokens()
    clock.advance(timedelta(hours=2, seconds=1))

    assert Thing.ACCESS_TOKEN not in {it.thing for it in endings(sandbox.core)}


async def test_each_kind_is_limited_to_the_newest(sandbox: Sandbox, visitor: Visitor) -> None:
    for scope in ("openid", "openid email", "openid profile"):
        await visitor.code(scope=scope)
        advance(sandbox.core, timedelta(seconds=1))

    codes = [it for it in endings(sandbox.core, limit=2) if it.thing is Thing.CODE]

    assert [it.began_at - NOON.timestamp() for it in codes] == [1.0, 2.0]


async def test_a_deleted_pool_has_nothing_that_ends(sandbox: Sandbox, visitor: Visitor) -> None:
    await visitor.tokens()
    assert endings(sandbox.core, "us-east-1_Nowhere01") == ()
    core = sandbox.core
    domain = core.store.domains.of_pool(DEMO_POOL)
    assert domain is not None
    core.store.domains.remove(domain.domain)

    delete_user_pool(core, {"UserPoolId": DEMO_POOL})

    assert endings(core) == ()


async def test_a_jump_can_let_the_clock_stand_there(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock
) -> None:
    attempt = await a_code(visitor)

    jump(sandbox.core, one(sandbox, Thing.CODE).id, stand=True)
    clock.advance(timedelta(hours=1))

    assert (await attempt())[0] == 200
    assert deviations(sandbox.core) == (("clock", "clock stands at 2026-11-02 12:04:59 UTC"),)


async def test_a_jump_to_nothing_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="nothing of that name"):
        jump(sandbox.core, "code nonsense")

    assert deviations(sandbox.core) == ()


async def test_an_id_token_is_judged_by_its_reader(sandbox: Sandbox, visitor: Visitor) -> None:
    """The pool itself judges no ID token; joserfc does, as an app would, by the bent time."""
    token = (await visitor.tokens())["id_token"]
    keys = KeySet.import_key_set(json_of(await visitor.get(f"/{DEMO_POOL}/.well-known/jwks.json")))
    decoded, ending = jwt.decode(token, keys), one(sandbox, Thing.ID_TOKEN)

    jump(sandbox.core, ending.id, BEFORE)
    jwt.JWTClaimsRegistry(now=sandbox.core.epoch()).validate(decoded.claims)

    jump(sandbox.core, ending.id, AFTER)
    with pytest.raises(ExpiredTokenError):
        jwt.JWTClaimsRegistry(now=sandbox.core.epoch()).validate(decoded.claims)

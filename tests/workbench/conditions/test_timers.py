"""Every timer of the pool follows the bent clock; what browsers and TLS compare does not."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from cryptography import x509

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.records.clients import RefreshTokenRotation
from sandbox_app.operations.users import admin_create_user
from sandbox_app.workbench.conditions import clock as verbs
from sandbox_app.workbench.housekeeping import purge
from sandbox_app.workbench.sessions import revoke_all
from sandbox_app.workbench.sign_in_as import start_sign_in_as
from tests.conftest import DEMO_POOL, NOON
from tests.visitor import Visitor, json_of

Attempt = Callable[[], Awaitable[object]]
MARGIN = timedelta(seconds=0.5)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Timer:
    """What is begun, how long it lasts, and which rule speaks before and after its end."""

    begin: Callable[[Visitor], Awaitable[Attempt]]
    lasts: timedelta
    before: str | None
    after: str | None


async def a_code(visitor: Visitor) -> Attempt:
    code = await visitor.code()
    return lambda: visitor.exchange(code)


async def a_session(visitor: Visitor) -> Attempt:
    await visitor.code()
    return lambda: visitor.authorize()


async def an_access_token(visitor: Visitor) -> Attempt:
    tokens = await visitor.tokens()
    return lambda: visitor.userinfo(tokens["access_token"])


async def a_refresh_token(visitor: Visitor) -> Attempt:
    tokens = await visitor.tokens()
    return lambda: visitor.refresh(tokens["refresh_token"])


async def a_rotated_refresh_token(visitor: Visitor) -> Attempt:
    rotation = RefreshTokenRotation(feature="ENABLED", retry_grace_period_seconds=10)
    client = replace(visitor.client("spa"), refresh_token_rotation=rotation)
    visitor.sandbox.core.store.clients.put(client)
    tokens = await visitor.tokens()
    assert (await visitor.refresh(tokens["refresh_token"])).status == 200
    return lambda: visitor.refresh(tokens["refresh_token"])


async def a_lockout(visitor: Visitor) -> Attempt:
    for _ in range(5):
        await visitor.submit("alice", "wrong")
    return lambda: visitor.submit("alice", "Sandbox-1")


async def a_sign_in_form(visitor: Visitor) -> Attempt:
    form = await visitor.form()
    fields = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}
    address = visitor.address("/login", visitor.asking())
    return lambda: visitor.send("POST", address, data=fields)


async def a_sign_in_link(visitor: Visitor) -> Attempt:
    core = visitor.sandbox.core
    pool, alice = core.store.pools.get(DEMO_POOL), core.store.users.find(DEMO_POOL, "alice")
    assert pool is not None
    assert alice is not None
    link = start_sign_in_as(core, pool, visitor.client("spa"), alice, visitor.base)
    return lambda: visitor.get(link)


async def a_temporary_password(visitor: Visitor) -> Attempt:
    request = {"UserPoolId": DEMO_POOL, "Username": "dora", "TemporaryPassword": "Sandbox-1"}
    await admin_create_user(visitor.sandbox.core, {**request, "MessageAction": "SUPPRESS"})
    return lambda: visitor.submit("dora", "Sandbox-1")


TIMERS = {
    "code": Timer(a_code, 5 * MINUTE, None, "TC-1"),
    "browser session": Timer(a_session, HOUR, None, "HU-1.2-3"),
    "access token": Timer(an_access_token, HOUR, None, "UI-2"),
    "refresh token": Timer(a_refresh_token, 30 * DAY, None, "TR-1"),
    "grace of a rotated token": Timer(a_rotated_refresh_token, 20 * MARGIN, None, "TR-1"),
    "lockout": Timer(a_lockout, 2 * MARGIN, "HU-4.1-3", None),
    "sign-in form": Timer(a_sign_in_form, 5 * MINUTE, None, "HU-G8"),
    "sign-in link": Timer(a_sign_in_link, MINUTE, None, "US-S2"),
    "temporary password": Timer(a_temporary_password, 7 * DAY, "HU-4.1-11", "HU-4.1-10"),
}


@pytest.mark.parametrize("name", TIMERS)
@pytest.mark.parametrize("over", [False, True], ids=["before its end", "after its end"])
async def test_a_timer_follows_the_bent_clock(
    sandbox: Sandbox, visitor: Visitor, name: str, over: bool
) -> None:
    timer = TIMERS[name]
    attempt = await timer.begin(visitor)

    verbs.advance(sandbox.core, timer.lasts + (MARGIN if over else -MARGIN))
    await attempt()

    over_session = "HU-1.2-3" if visitor.noted("HU-1.2-3") else None
    spoken = visitor.first_refusal or over_session
    assert spoken == (timer.after if over else timer.before)


async def test_a_global_sign_out_counts_by_the_bent_clock(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    verbs.shift_to(sandbox.core, -30 * DAY)
    before = await visitor.tokens()
    alice = sandbox.core.store.users.find(DEMO_POOL, "alice")
    assert alice is not None
    verbs.advance(sandbox.core, MINUTE)
    revoke_all(sandbox.core, DEMO_POOL, alice.sub)
    verbs.advance(sandbox.core, MINUTE)
    after = await visitor.tokens()

    assert (await visitor.userinfo(before["access_token"])).status == 401
    assert (await visitor.userinfo(after["access_token"])).status == 200
    assert (await visitor.refresh(after["refresh_token"])).status == 200


async def test_tokens_tell_the_bent_time_and_users_their_dates(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock
) -> None:
    verbs.freeze(sandbox.core)
    clock.advance(DAY)

    claims = json_of(await visitor.userinfo((await visitor.tokens())["access_token"]))
    dora = await admin_create_user(
        sandbox.core,
        {"UserPoolId": DEMO_POOL, "Username": "dora", "MessageAction": "SUPPRESS"},
    )

    assert claims["username"] == "alice"
    assert dora["User"]["UserCreateDate"] == NOON.timestamp()
    assert visitor.last.started_at == NOON.timestamp(), "traffic is told in the pool's time"


@pytest.mark.parametrize("by", [-400 * DAY, 400 * DAY])
async def test_cookies_and_the_date_header_tell_the_machines_time(
    sandbox: Sandbox, visitor: Visitor, by: timedelta
) -> None:
    """A browser compares them with its own clock and would drop a cookie from a bent past."""
    verbs.shift_to(sandbox.core, by)

    back = await visitor.submit("alice", "Sandbox-1")

    cookie = next(it for it in back.headers.getall("Set-Cookie") if it.startswith("cognito="))
    expires = cookie.partition("Expires=")[2].partition(";")[0]
    assert parsedate_to_datetime(expires) == NOON + HOUR
    assert "Max-Age=3600;" in cookie
    assert abs(parsedate_to_datetime(back.headers["Date"]) - datetime.now(UTC)) < MINUTE
    assert "code" in (await visitor.authorize()).members, "the browser still has its session"


async def test_certificates_are_good_by_the_machines_time(
    tmp_path: Path, clock: ManualClock
) -> None:
    settings = Settings(workspace=tmp_path / "tls.sandbox", port=0, tls_port=0)
    sandbox = Sandbox(settings, tmp_path, clock=clock)
    verbs.shift_to(sandbox.core, 4000 * DAY)
    await sandbox.start()
    await sandbox.close()

    certificate = x509.load_pem_x509_certificate(sandbox.ca_certificate.read_bytes())

    assert certificate.not_valid_before_utc <= NOON <= certificate.not_valid_after_utc


async def test_what_a_clock_ahead_has_ended_is_alive_again_when_it_is_set_back(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    tokens = await visitor.tokens()
    verbs.advance(sandbox.core, 60 * DAY)
    await visitor.authorize()
    assert (await visitor.refresh(tokens["refresh_token"])).status == 400
    purge(sandbox.core)

    verbs.straighten(sandbox.core)

    assert (await visitor.refresh(tokens["refresh_token"])).status == 200
    assert "code" in (await visitor.authorize()).members

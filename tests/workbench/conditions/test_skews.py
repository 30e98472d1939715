"""A client whose tokens tell a wrong time, as the client and the pool's endpoints see it."""

from datetime import timedelta

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.clock import ManualClock, epoch
from sandbox_app.tokens.inspect import unverified_claims
from sandbox_app.workbench.conditions.clock import skew
from sandbox_app.workbench.conditions.parts import back_to_normal, deviations, recall
from sandbox_app.workbench.live.tokens import judge_with
from sandbox_app.workbench.sessions import revoke_all
from tests.conftest import DEMO_POOL, NOON
from tests.visitor import Visitor, json_of

NOW = epoch(NOON)


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_every_time_in_the_clients_tokens_is_off_by_the_skew(
    sandbox: Sandbox, visitor: Visitor, minutes: int
) -> None:
    skew(sandbox.core, visitor.client("spa").client_id, timedelta(minutes=minutes))

    tokens = await visitor.tokens()

    for name in ("id_token", "access_token"):
        claims = unverified_claims(tokens[name]) or {}
        off = NOW + minutes * 60
        assert (claims["iat"], claims["auth_time"], claims["exp"]) == (off, off, off + 3600)
    assert tokens["expires_in"] == 3600


async def test_other_clients_and_machines_have_clocks_of_their_own(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    skew(sandbox.core, visitor.client("m2m").client_id, timedelta(hours=-2))

    machine = json_of(await visitor.token("m2m", grant_type="client_credentials"))
    person = await visitor.tokens()

    assert (unverified_claims(machine["access_token"]) or {})["exp"] == NOW - 3600
    assert (unverified_claims(person["access_token"]) or {})["iat"] == NOW


async def test_a_careful_client_finds_the_token_not_valid_yet(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    skew(sandbox.core, visitor.client("spa").client_id, timedelta(minutes=5))

    judgement = judge_with(sandbox.core)((await visitor.tokens())["id_token"])

    assert (judgement.holds, judgement.title) == (False, "Not valid yet")


@pytest.mark.parametrize("hours", [-3, 3])
async def test_the_pools_own_endpoints_judge_by_the_same_wrong_clock(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock, hours: int
) -> None:
    """US-C1: wrong as it is, the clock is one clock."""
    skew(sandbox.core, visitor.client("spa").client_id, timedelta(hours=hours))
    tokens = await visitor.tokens()

    clock.advance(timedelta(minutes=59, seconds=59))
    assert (await visitor.userinfo(tokens["access_token"])).status == 200
    assert visitor.noted("US-C1")

    clock.advance(timedelta(seconds=1))
    assert (await visitor.userinfo(tokens["access_token"])).status == 401
    assert visitor.first_refusal == "UI-2"
    assert (await visitor.refresh(tokens["refresh_token"])).status == 200


@pytest.mark.parametrize("hours", [-3, 3])
async def test_a_global_sign_out_kills_a_skewed_clients_tokens_and_spares_later_ones(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock, hours: int
) -> None:
    skew(sandbox.core, visitor.client("spa").client_id, timedelta(hours=hours))
    before = await visitor.tokens()
    alice = (unverified_claims(before["access_token"]) or {})["sub"]
    clock.advance(timedelta(seconds=2))
    revoke_all(sandbox.core, DEMO_POOL, alice)
    clock.advance(timedelta(seconds=2))

    after = await visitor.tokens()

    assert (await visitor.userinfo(before["access_token"])).status == 401
    assert (await visitor.userinfo(after["access_token"])).status == 200


async def test_a_skew_is_told_kept_and_straightened(sandbox: Sandbox, visitor: Visitor) -> None:
    core, client_id = sandbox.core, visitor.client("spa").client_id
    skew(core, client_id, timedelta(minutes=-5))
    assert deviations(core) == (("clock", "clock of spa −5 min"),)

    core.conditions.skews.clear()
    recall(core)
    assert core.skew(client_id) == -300

    back_to_normal(core)
    assert (core.skew(client_id), deviations(core)) == (0, ())


async def test_a_skew_of_nothing_ends_it(sandbox: Sandbox, visitor: Visitor) -> None:
    client_id = visitor.client("spa").client_id
    skew(sandbox.core, client_id, timedelta(minutes=5))

    skew(sandbox.core, client_id, timedelta(0))

    assert deviations(sandbox.core) == ()


async def test_a_skew_for_nobody_or_beyond_a_year_is_refused(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    with pytest.raises(ValueError, match="no app client nobody"):
        skew(sandbox.core, "nobody", timedelta(minutes=5))
    with pytest.raises(ValueError, match="up to a year"):
        skew(sandbox.core, visitor.client("spa").client_id, timedelta(days=400))

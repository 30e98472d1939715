"""A lenient switch lets pass what the real service refuses, and Why says so each time."""

from datetime import timedelta

import pytest

from sandbox_app.domain.checks import Verdict
from sandbox_app.domain.conditions.leniency import SWITCHES
from sandbox_app.domain.events import LeniencyUsed
from sandbox_app.workbench.conditions.parts import back_to_normal, deviations
from sandbox_app.workbench.conditions.switching import set_leniency

POOL = "us-east-1_Demo00001"


@pytest.fixture
def used(sandbox):
    told = []
    sandbox.core.bus.subscribe(LeniencyUsed, told.append)
    return told


def noted(visitor, rule):
    """What Why notes on the last request under that rule."""
    return [
        check.because
        for check in visitor.checks
        if check.rule == rule and check.verdict is Verdict.NOTED
    ]


def passed_by(title):
    return [f"passed only because “{title}” is switched on; the real service refuses this"]


async def locked_out(visitor):
    for _ in range(5):
        await visitor.submit("alice", "wrong")


async def test_a_locked_user_gets_in_while_nobody_is_locked_out(sandbox, visitor, used):
    set_leniency(sandbox.core, no_lockout=True)
    await locked_out(visitor)

    answer = await visitor.submit("alice", "Sandbox-1")

    assert "code" in answer.members
    assert noted(visitor, "HU-4.1-3") == passed_by("No lockout")
    assert used == [LeniencyUsed("no_lockout", "HU-4.1-3", POOL, "alice")]


async def test_a_wrong_password_stays_wrong_while_nobody_is_locked_out(sandbox, visitor):
    set_leniency(sandbox.core, no_lockout=True)
    await locked_out(visitor)

    await visitor.submit("alice", "wrong")

    assert visitor.first_refusal == "HU-4.1-8"


async def test_failures_are_counted_and_lock_once_the_switch_is_off(sandbox, visitor):
    set_leniency(sandbox.core, no_lockout=True)
    await locked_out(visitor)
    set_leniency(sandbox.core, no_lockout=False)

    await visitor.submit("alice", "Sandbox-1")

    assert visitor.first_refusal == "HU-4.1-3"


async def test_a_code_brings_tokens_again_until_it_expires(sandbox, visitor, clock, used):
    set_leniency(sandbox.core, codes_again=True)
    code = await visitor.code()

    first = await visitor.exchange(code)
    assert (first.status, noted(visitor, "TC-1"), used) == (200, [], [])
    clock.advance(timedelta(minutes=4, seconds=59))
    again = await visitor.exchange(code)
    assert again.status == 200
    assert noted(visitor, "TC-1") == passed_by("Redeem codes again")
    assert [event.switch for event in used] == ["codes_again"]
    clock.advance(timedelta(seconds=1))
    late = await visitor.exchange(code)
    assert (late.status, visitor.first_refusal) == (400, "TC-1")


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("TC-3", {"redirect_uri": "https://elsewhere.example/"}),
        ("TC-4", {"code_verifier": "x" * 43}),
    ],
)
async def test_a_code_redeemed_again_is_checked_in_all_other_ways(sandbox, visitor, rule, changes):
    set_leniency(sandbox.core, codes_again=True)
    code = await visitor.code()
    await visitor.exchange(code)

    refused = await visitor.exchange(code, "spa", **changes)

    assert (refused.status, visitor.first_refusal) == (400, rule)


async def test_a_callback_on_another_loopback_port_is_taken(sandbox, visitor, used):
    set_leniency(sandbox.core, any_loopback_port=True)
    registered = visitor.client("spa").callback_urls[0]
    assert registered == "http://localhost:5173/callback"
    other = "http://localhost:61234/callback"

    code = await visitor.code(redirect_uri=other)
    answer = await visitor.exchange(code, "spa", redirect_uri=other)

    assert answer.status == 200
    await visitor.authorize(redirect_uri=other)
    assert visitor.last.rule == ""
    assert noted(visitor, "AZ-4") == passed_by("Any loopback port")
    assert {event.switch for event in used} == {"any_loopback_port"}


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:5173/callback",
        "https://localhost:5173/callback",
        "http://localhost:5173/callback/",
        "http://localhost:5173/callback?a=1",
        "http://localhost:5173/Callback",
        "http://localhost.example:5173/callback",
        "http://a@localhost:5173/callback",
        "http://localhost:99999/callback",
        "https://app.example:1/callback",
    ],
)
async def test_a_callback_that_differs_by_more_than_its_port_is_none(sandbox, visitor, url):
    set_leniency(sandbox.core, any_loopback_port=True)

    await visitor.authorize(redirect_uri=url)

    assert visitor.first_refusal == "AZ-4"


async def test_a_sign_out_url_on_another_loopback_port_is_taken(sandbox, visitor):
    client = visitor.client("spa")
    registered = next(url for url in client.logout_urls if url.startswith("http://localhost:5173"))
    other = registered.replace(":5173", ":7")
    asked = {"client_id": client.client_id, "logout_uri": other}

    refused = await visitor.get("/logout", **asked)
    assert "/error" in refused.location
    set_leniency(sandbox.core, any_loopback_port=True)
    answer = await visitor.get("/logout", **asked)

    assert answer.location == other
    assert noted(visitor, "LO-2") == passed_by("Any loopback port")


async def test_strict_again_everything_is_refused_as_ever(sandbox, visitor, used):
    set_leniency(sandbox.core, no_lockout=True, codes_again=True, any_loopback_port=True)
    back_to_normal(sandbox.core)

    await locked_out(visitor)
    await visitor.submit("alice", "Sandbox-1")
    assert visitor.first_refusal == "HU-4.1-3"
    code = await visitor.code("bob")
    await visitor.exchange(code)
    assert (await visitor.exchange(code)).status == 400
    await visitor.authorize(redirect_uri="http://localhost:61234/callback")
    assert visitor.first_refusal == "AZ-4"
    assert used == []


async def test_the_status_bar_is_told_of_every_switch(sandbox):
    set_leniency(
        sandbox.core, **{each.name: each.name != "fixed_code" or "123456" for each in SWITCHES}
    )

    told = deviations(sandbox.core)

    assert told == tuple(("leniency", switch.told) for switch in SWITCHES)

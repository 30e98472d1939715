"""Faults on the wire, as aiohttp, curl and a bare socket see them."""

import asyncio
import json

import pytest
from aiohttp import ClientOSError, ClientPayloadError, ContentTypeError

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.workbench.conditions.faults import editing
from sandbox_app.workbench.conditions.parts import back_to_normal
from tests.conftest import DEMO_POOL
from tests.server.faulty.conftest import Passing
from tests.server.faulty.curl import NO_ANSWER, RESET, TIMED_OUT, WRONG_SIZE, curl
from tests.visitor import Visitor

KEYS = f"/{DEMO_POOL}/.well-known/jwks.json"
DISCOVERY = f"/{DEMO_POOL}/.well-known/openid-configuration"


def told(visitor: Visitor) -> str:
    """What Why tells was done on purpose to the request recorded last."""
    words, _, otherwise = why(visitor).because.partition("; without the fault: ")
    assert otherwise.startswith("status ")
    return words


def why(visitor: Visitor) -> Check:
    """The check that tells it."""
    return next(check for check in visitor.checks if check.rule == "US-F2")


async def test_a_delay_holds_the_answer_back_and_tells_how_long(
    sandbox: Sandbox, visitor: Visitor, passing: Passing
) -> None:
    editing.add(sandbox.core, "GET jwks → delay 2s")
    asking = asyncio.create_task(visitor.get(KEYS))
    await passing.begun.wait()
    other = await visitor.get(DISCOVERY)
    assert (other.status, asking.done()) == (200, False), "nobody else is held back"

    passing.let_pass()

    assert (await asking).status == 200
    assert passing.asked == [2.0]
    assert visitor.last.fault == "GET jwks → delay 2s"
    assert told(visitor) == "the answer was held back for 2 s"
    assert (why(visitor).verdict, why(visitor).got) == (Verdict.NOTED, "GET jwks → delay 2s")


async def test_delays_vary_alike_for_the_same_seed(
    sandbox: Sandbox, visitor: Visitor, passing: Passing
) -> None:
    passing.let_pass()
    fault = editing.add(sandbox.core, "jwks → delay 2s ± 500ms seed 7")
    for _ in range(5):
        await visitor.get(KEYS)
    editing.reset_counters(sandbox.core, fault.fault.id)
    for _ in range(5):
        await visitor.get(KEYS)

    first, again = passing.asked[:5], passing.asked[5:]
    assert first == again
    assert len(set(first)) > 1
    assert all(1.5 <= seconds <= 2.5 for seconds in first)


async def test_delays_of_several_faults_add_up_and_the_answer_waits_too(
    sandbox: Sandbox, visitor: Visitor, passing: Passing
) -> None:
    passing.let_pass()
    editing.add(sandbox.core, "any → delay 1s", name="slow net")
    editing.add(sandbox.core, "jwks → 503 after 500ms")

    answer = await visitor.get(KEYS)

    assert (answer.status, passing.asked) == (503, [1.5])
    assert visitor.last.fault == "slow net; jwks → delay 500ms, 503"


async def test_a_client_that_will_not_wait_is_told_of(
    sandbox: Sandbox, visitor: Visitor, passing: Passing
) -> None:
    editing.add(sandbox.core, "jwks → delay 1h")

    said = await curl("--max-time", "0.2", f"{visitor.base}{KEYS}")

    assert said.status == TIMED_OUT
    await finished(visitor)
    assert told(visitor).endswith("which the client did not wait for")


async def test_a_hang_lasts_until_the_client_leaves(sandbox: Sandbox, visitor: Visitor) -> None:
    editing.add(sandbox.core, "jwks → hang")

    said = await curl("--max-time", "0.2", f"{visitor.base}{KEYS}")

    assert (said.status, said.out) == (TIMED_OUT, b"")
    assert (visitor.last.status, visitor.last.error) == (0, "no_answer")
    assert told(visitor) == "“jwks → hang”: no answer was sent, and the connection was left open"
    assert "without the fault: status 200, " in why(visitor).because
    assert why(visitor).verdict is Verdict.REFUSED


@pytest.mark.parametrize("how", ["switched off", "removed", "back to normal"])
async def test_a_hang_ends_with_its_fault(sandbox: Sandbox, visitor: Visitor, how: str) -> None:
    fault = editing.add(sandbox.core, "jwks → hang").fault
    asking = asyncio.create_task(curl(f"{visitor.base}{KEYS}"))
    await finished(visitor)
    editing.add(sandbox.core, "discovery → 503")
    assert not asking.done()

    match how:
        case "switched off":
            editing.switch(sandbox.core, fault.id, False)
        case "removed":
            editing.remove(sandbox.core, fault.id)
        case _:
            back_to_normal(sandbox.core)

    assert (await asking).status in (NO_ANSWER, RESET)
    assert (await visitor.get(KEYS)).status == 200


async def test_a_hang_does_not_hold_up_the_end_of_the_sandbox(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    editing.add(sandbox.core, "jwks → hang")
    asking = asyncio.create_task(curl(f"{visitor.base}{KEYS}"))
    await finished(visitor)

    async with asyncio.timeout(0.9):
        await sandbox.stop()

    assert (await asking).status in (NO_ANSWER, RESET)


async def test_a_reset_is_a_reset(sandbox: Sandbox, visitor: Visitor) -> None:
    editing.add(sandbox.core, "jwks → reset")

    with pytest.raises(ClientOSError, match="Connection reset by peer"):
        await visitor.get(KEYS)
    said = await curl(f"{visitor.base}{KEYS}")

    assert said.status == RESET
    assert "Connection reset by peer" in said.err
    assert (visitor.last.status, visitor.last.rule) == (0, "US-F2")


async def test_a_cut_answer_promises_all_its_bytes(sandbox: Sandbox, visitor: Visitor) -> None:
    whole = (await visitor.get(KEYS)).body
    editing.add(sandbox.core, "jwks → cut after 20 bytes")

    with pytest.raises(ClientPayloadError, match="Not enough data"):
        await visitor.get(KEYS)
    said = await curl("-i", f"{visitor.base}{KEYS}")

    assert said.status == WRONG_SIZE
    head, _, body = said.out.partition(b"\r\n\r\n")
    assert body == whole[:20]
    assert f"Content-Length: {len(whole)}".encode() in head
    assert f"{len(whole) - 20} bytes remaining" in said.err
    assert visitor.seen[-1][1].response.body == whole[:20]
    words = f"the connection was closed after 20 of {len(whole)} bytes"
    assert told(visitor) == words


async def test_what_is_too_short_to_cut_goes_out_whole_and_says_so(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    editing.add(sandbox.core, "authorize → cut after 20 bytes")

    assert (await visitor.authorize()).status == 302
    assert told(visitor) == "there was nothing to cut: the body has 0 bytes"


async def test_a_wrong_content_type_stops_a_client_that_looks_at_it(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    editing.add(sandbox.core, "jwks → content type text/html")

    async with visitor.session.get(f"{visitor.base}{KEYS}") as answer:
        with pytest.raises(ContentTypeError, match="text/html"):
            await answer.json()
        assert len(json.loads(await answer.text())["keys"]) == 2
    words = "the Content-Type was text/html instead of application/json;charset=UTF-8"
    assert told(visitor) == words


async def test_malformed_json_looks_whole_and_is_not(sandbox: Sandbox, visitor: Visitor) -> None:
    whole = (await visitor.get(KEYS)).body
    editing.add(sandbox.core, "jwks → malformed JSON")

    async with visitor.session.get(f"{visitor.base}{KEYS}") as answer:
        with pytest.raises(json.JSONDecodeError):
            await answer.json()
        assert whole.startswith(await answer.read())
    assert (await visitor.form()).status == 200


async def test_a_lost_cookie_is_lost_alone(sandbox: Sandbox, visitor: Visitor) -> None:
    editing.add(sandbox.core, "POST login → lost cookie cognito")

    back = await visitor.submit("alice", "Sandbox-1")

    assert "code" in back.members
    names = [value.partition("=")[0] for value in back.headers.getall("Set-Cookie")]
    assert "XSRF-TOKEN" in names
    assert "cognito" not in names
    assert told(visitor) == "Set-Cookie was left out for cognito"
    again = await visitor.authorize()
    assert "/login?" in again.location, "the browser has no session"


async def test_all_cookies_can_be_lost(sandbox: Sandbox, visitor: Visitor) -> None:
    editing.add(sandbox.core, "login → lost cookies")

    form = await visitor.form()

    assert "Set-Cookie" not in form.headers
    assert told(visitor) == "Set-Cookie was left out for XSRF-TOKEN, sandbox-csrf"


async def test_a_duplicated_response_comes_twice_on_one_connection(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    editing.add(sandbox.core, "jwks → duplicated response")
    assert sandbox.bound is not None
    reader, writer = await asyncio.open_connection("127.0.0.1", sandbox.bound.http_port)

    writer.write(f"GET {KEYS} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    everything = await reader.read()
    writer.close()

    half = len(everything) // 2
    assert everything[:half] == everything[half:]
    assert everything.count(b"HTTP/1.1 200 OK") == 2
    assert told(visitor) == "it was sent twice"


async def test_a_request_after_a_spoilt_one_is_as_good_as_ever(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    for what in ("reset", "cut after 1 byte", "duplicated response", "malformed JSON"):
        editing.add(sandbox.core, f"jwks → {what} once", name=what)
        with_fault = await curl(f"{visitor.base}{KEYS}", f"{visitor.base}{KEYS}")
        editing.clear(sandbox.core)
        assert with_fault.out.count(b'"kty":"RSA"') >= 2, what


async def test_of_two_faults_that_end_the_matter_the_first_wins_and_counts(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    editing.add(sandbox.core, "jwks → 503")
    editing.add(sandbox.core, "any → reset")

    assert (await visitor.get(KEYS)).status == 503
    assert [(fault.seen, fault.hits) for fault in editing.listed(sandbox.core)] == [(1, 1), (1, 0)]
    assert visitor.last.fault == "jwks → 503"

    editing.move(sandbox.core, editing.listed(sandbox.core)[1].fault.id, 0)
    with pytest.raises(ClientOSError):
        await visitor.get(KEYS)


async def test_faults_that_are_switched_off_leave_no_trace(
    sandbox: Sandbox, visitor: Visitor, clock: object
) -> None:
    editing.add(sandbox.core, "any → 503")
    back_to_normal(sandbox.core)

    assert (await visitor.get(KEYS)).status == 200
    assert visitor.last.fault == ""
    [kept] = editing.listed(sandbox.core)
    assert (kept.sentence, kept.fault.enabled, kept.seen) == ("any → 503", False, 0)


async def test_our_own_pages_are_never_spoilt(sandbox: Sandbox, visitor: Visitor) -> None:
    editing.add(sandbox.core, "any → 503")

    assert (await visitor.get("/_sandbox/health")).status == 200
    assert (await visitor.get("/_sandbox/sign-in", ticket="none")).status == 410


async def finished(visitor: Visitor) -> None:
    """Wait until the first exchange is recorded, where nobody awaits its answer."""
    heard = asyncio.Event()
    stop = visitor.sandbox.core.bus.subscribe(ExchangeFinished, lambda _: heard.set())
    if not visitor.seen:
        await asyncio.wait_for(heard.wait(), 10)
    stop()

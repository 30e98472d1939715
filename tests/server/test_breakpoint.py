"""The breakpoint over real HTTP: answers that pass a filter wait, are edited, released, dropped."""

import asyncio

import aiohttp
import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.events import AnswerHeld
from sandbox_app.domain.holding import HeldAnswer
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.conditions.breakpoint import break_on, edited, end_break, stopped
from sandbox_app.workbench.conditions.parts import back_to_normal, deviations
from sandbox_app.workbench.live.filters import FilterError
from tests.conftest import DEMO_POOL

ENDED = 5.0
DISCOVERY = f"/{DEMO_POOL}/.well-known/openid-configuration"
KEYS = f"/{DEMO_POOL}/.well-known/jwks.json"


async def held(sandbox: Sandbox) -> HeldAnswer:
    """The answer that waits, once one does."""
    began = asyncio.Event()
    stop = sandbox.core.bus.subscribe(AnswerHeld, lambda _: began.set())
    try:
        if not stopped(sandbox.core):
            await asyncio.wait_for(began.wait(), ENDED)
    finally:
        stop()
    return stopped(sandbox.core)[0]


def newest(sandbox: Sandbox) -> Exchange:
    """The exchange recorded last."""
    return sandbox.core.store.traffic.page(None, 1)[0].exchange


def fetching(session: aiohttp.ClientSession, sandbox: Sandbox, path: str):
    async def fetch() -> tuple[int, str, str]:
        async with session.get(f"{sandbox.http}{path}") as answer:
            return answer.status, answer.headers.get("X-Mine", ""), await answer.text()

    return asyncio.ensure_future(fetch())


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as opened:
        yield opened


async def test_only_what_passes_the_filter_waits(sandbox: Sandbox, session) -> None:
    break_on(sandbox.core, "~u openid-configuration")
    waiting = fetching(session, sandbox, DISCOVERY)
    await held(sandbox)

    status, _, _ = await asyncio.wait_for(fetching(session, sandbox, KEYS), ENDED)

    assert status == 200
    assert not waiting.done()
    stopped(sandbox.core)[0].release()
    assert (await asyncio.wait_for(waiting, ENDED))[0] == 200


async def test_a_filter_may_look_into_the_answer(sandbox: Sandbox, session) -> None:
    break_on(sandbox.core, "~b authorization_endpoint")
    waiting = fetching(session, sandbox, DISCOVERY)

    (await held(sandbox)).release()

    assert (await asyncio.wait_for(waiting, ENDED))[0] == 200


async def test_an_edited_answer_is_what_the_client_gets(sandbox: Sandbox, session) -> None:
    break_on(sandbox.core, "")
    waiting = fetching(session, sandbox, DISCOVERY)
    answer = await held(sandbox)

    answer.release(edited("418", "Content-Type: text/plain\nX-Mine: yes", "teapot", answer.answer))

    assert await asyncio.wait_for(waiting, ENDED) == (418, "yes", "teapot")
    assert newest(sandbox).fault == "answer edited by hand"


async def test_a_dropped_answer_cuts_the_connection(sandbox: Sandbox, session) -> None:
    break_on(sandbox.core, "~m POST")
    # A GET would be sent again by the client, and held again.
    waiting = asyncio.ensure_future(session.post(f"{sandbox.http}/oauth2/token"))

    (await held(sandbox)).drop()

    with pytest.raises(aiohttp.ClientError):
        await asyncio.wait_for(waiting, ENDED)
    assert newest(sandbox).fault == "connection cut by hand"


async def test_an_answer_that_is_only_released_is_the_pools_own(sandbox: Sandbox, session) -> None:
    break_on(sandbox.core, "")
    waiting = fetching(session, sandbox, DISCOVERY)

    (await held(sandbox)).release()

    await asyncio.wait_for(waiting, ENDED)
    assert newest(sandbox).fault == ""


@pytest.mark.parametrize("end", [end_break, back_to_normal])
async def test_what_waits_is_sent_when_the_breakpoint_ends(sandbox: Sandbox, session, end) -> None:
    break_on(sandbox.core, "~s discovery")
    assert deviations(sandbox.core) == (("breakpoint", "breakpoint on ~s discovery"),)
    waiting = fetching(session, sandbox, DISCOVERY)
    await held(sandbox)

    end(sandbox.core)

    assert (await asyncio.wait_for(waiting, ENDED))[0] == 200
    assert deviations(sandbox.core) == ()
    assert not sandbox.core.holds.watched


async def test_another_breakpoint_takes_the_place_of_the_first(sandbox: Sandbox, session) -> None:
    break_on(sandbox.core, "~s discovery")
    waiting = fetching(session, sandbox, DISCOVERY)
    await held(sandbox)

    break_on(sandbox.core, "~m DELETE")

    assert (await asyncio.wait_for(waiting, ENDED))[0] == 200
    assert (await asyncio.wait_for(fetching(session, sandbox, DISCOVERY), ENDED))[0] == 200


async def test_what_others_keep_back_is_not_the_breakpoints(sandbox: Sandbox, session) -> None:
    stop = sandbox.core.holds.watch(lambda exchange, _: True)
    waiting = fetching(session, sandbox, DISCOVERY)
    while not sandbox.core.holds.waiting:
        await asyncio.sleep(0)

    assert stopped(sandbox.core) == ()
    stop()
    sandbox.core.holds.release_all()
    assert (await asyncio.wait_for(waiting, ENDED))[0] == 200


def test_a_text_that_is_no_filter_breaks_on_nothing(sandbox: Sandbox) -> None:
    with pytest.raises(FilterError):
        break_on(sandbox.core, "~clinet web")

    assert deviations(sandbox.core) == ()


@pytest.mark.parametrize(
    ("status", "headers", "because"),
    [
        ("fine", "", "a status is a number"),
        ("100", "", "a status is a number"),
        ("200", "no header", "line 1 is no header"),
        ("200", "A: b\nC d: e", "line 2 is no header"),
        ("200", "A: b\x00", "line 1 holds characters"),
        ("200", "Content-Length: 5", "Content-Length is set by the server"),
    ],
)
async def test_what_cannot_be_sent_is_refused_in_words(
    sandbox: Sandbox, session, status: str, headers: str, because: str
) -> None:
    break_on(sandbox.core, "")
    waiting = fetching(session, sandbox, DISCOVERY)
    answer = await held(sandbox)

    with pytest.raises(ValueError, match=because):
        edited(status, headers, None, answer.answer)

    answer.release()
    await asyncio.wait_for(waiting, ENDED)

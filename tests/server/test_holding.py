"""Answers kept back between the pool and the wire, over real HTTP."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import aiohttp
import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.events import AnswerHeld, AnswerLetGo
from sandbox_app.domain.holding import Ending, HeldAnswer
from tests.visitor import Answer, Visitor

ENDED = 5.0
"""Seconds after which a test that waits for something has failed."""


class Held:
    """What is kept back in a sandbox: the sign-in form of every browser, unless told otherwise."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.holds = sandbox.core.holds
        self.steps = {"login"}
        self.stop = self.holds.watch(lambda exchange, _: exchange.step in self.steps)
        self.endings: list[Ending] = []
        self._began, self._ended = asyncio.Event(), asyncio.Event()
        sandbox.core.bus.subscribe(AnswerHeld, lambda event: self._began.set())
        sandbox.core.bus.subscribe(AnswerLetGo, self._let_go)

    async def next(self) -> HeldAnswer:
        """The answer that waits, once one does."""
        await asyncio.wait_for(self._began.wait(), ENDED)
        self._began.clear()
        return self.holds.waiting[-1]

    async def over(self) -> None:
        """Until one waits no longer."""
        await asyncio.wait_for(self._ended.wait(), ENDED)

    def _let_go(self, event: AnswerLetGo) -> None:
        self.endings.append(event.ending)
        self._ended.set()


@pytest.fixture
def held(sandbox: Sandbox) -> Held:
    return Held(sandbox)


def asking(visitor: Visitor) -> "asyncio.Task[Answer]":
    """The visitor opens the form, in the background."""
    return asyncio.ensure_future(visitor.form())


async def test_an_answer_waits_until_it_is_released(held: Held, visitor: Visitor) -> None:
    page = asking(visitor)
    waiting = await held.next()

    assert waiting.exchange.step == "login"
    assert (waiting.answer.status, b"<form" in waiting.answer.body) == (200, True)
    assert not page.done()
    assert visitor.seen == []

    waiting.release()
    answer = await page
    assert (answer.status, answer.body) == (200, waiting.answer.body)
    assert held.endings == [Ending.RELEASED]
    assert visitor.last.id == waiting.exchange.id
    assert held.holds.waiting == ()


async def test_nobody_else_waits_meanwhile(held: Held, visitors: Callable[[], Visitor]) -> None:
    page = asking(visitors())
    waiting = await held.next()

    other = visitors()
    assert (await other.authorize()).status == 302
    assert (await other.token("m2m", grant_type="client_credentials")).status == 200
    assert not page.done()

    waiting.release()
    await page


async def test_two_answers_wait_and_go_in_any_order(
    held: Held, visitors: Callable[[], Visitor]
) -> None:
    first, second = asking(visitors()), None
    one = await held.next()
    second = asking(visitors())
    two = await held.next()
    assert held.holds.waiting == (one, two)

    two.release()
    await second
    assert not first.done()
    assert held.holds.find(one.exchange.id) is one

    held.holds.release_all()
    await first


async def test_the_wait_is_not_time_the_pool_took(
    held: Held, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = asking(visitor)
    waiting = await held.next()
    took = waiting.exchange.duration

    waiting.release()
    await page
    assert visitor.last.duration == took


async def test_a_client_that_leaves_is_noticed_and_noted(held: Held, visitor: Visitor) -> None:
    page = asking(visitor)
    waiting = await held.next()

    page.cancel()
    await held.over()

    assert held.endings == [Ending.GONE]
    assert held.holds.waiting == ()
    assert visitor.last.id == waiting.exchange.id
    assert visitor.noted("US-H1")
    waiting.release()  # too late, and no harm


async def test_a_dropped_answer_cuts_the_connection(held: Held, visitor: Visitor) -> None:
    page = asking(visitor)
    (await held.next()).drop()
    # This client tries once more by itself.
    (await held.next()).drop()

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await page
    assert held.endings == [Ending.DROPPED, Ending.DROPPED]
    assert visitor.noted("US-H2")


async def test_an_edited_answer_is_what_is_sent_and_recorded(held: Held, visitor: Visitor) -> None:
    page = asking(visitor)
    waiting = await held.next()
    edited = replace(
        waiting.answer, status=503, headers=(("Retry-After", "7"),), body=b"come back later"
    )

    waiting.release(edited)
    answer = await page

    assert (answer.status, answer.headers["Retry-After"], answer.body) == (
        503,
        "7",
        b"come back later",
    )
    exchange, detail = visitor.seen[-1]
    assert exchange.status == 503
    assert detail.response.body == b"come back later"
    assert visitor.noted("US-H3")


async def test_an_unchanged_answer_is_not_noted(held: Held, visitor: Visitor) -> None:
    page = asking(visitor)
    waiting = await held.next()
    waiting.release(replace(waiting.answer))
    await page

    assert not any(visitor.noted(rule) for rule in ("US-H1", "US-H2", "US-H3"))


async def test_what_nobody_wants_does_not_wait(held: Held, visitor: Visitor) -> None:
    held.steps.clear()
    assert (await visitor.form()).status == 200

    held.steps.add("login")
    held.stop()
    assert not held.holds.watched
    assert (await visitor.form()).status == 200
    assert held.endings == []


async def test_a_password_in_a_held_form_is_masked_before_anybody_sees_it(
    held: Held, visitor: Visitor
) -> None:
    held.steps.clear()
    form = await visitor.form()
    held.steps.add("login")
    fields = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}
    address = visitor.address("/login", visitor.asking())
    sent = asyncio.ensure_future(visitor.send("POST", address, data=fields))

    waiting = await held.next()
    assert b"Sandbox-1" not in waiting.detail.request.body
    waiting.release()
    assert (await sent).status == 302


async def test_stopping_the_server_sends_what_waits(
    held: Held, sandbox: Sandbox, visitor: Visitor
) -> None:
    page = asking(visitor)
    await held.next()
    await sandbox.stop()

    assert (await page).status == 200
    assert held.endings == [Ending.RELEASED]

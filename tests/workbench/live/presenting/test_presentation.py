"""A login presented arrow by arrow, over real HTTP: what waits, what does not, and the clock."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.clock import ManualClock
from sandbox_app.workbench import snapshots
from sandbox_app.workbench.live.presenting import (
    Can,
    Presentation,
    back_to_beginning,
    remember_beginning,
)
from sandbox_app.workbench.live.presenting.beginning import NAME
from sandbox_app.workbench.live.sequence import State, Step
from tests.visitor import Answer, Visitor

ENDED = 5.0
"""Seconds after which a test that waits for something has failed."""


class Room:
    """A presentation, and a way to wait until something in it is so."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.changes = asyncio.Event()
        self.shown = Presentation(sandbox.core, self.changes.set)

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(ENDED):
            while not holds():
                self.changes.clear()
                await self.changes.wait()

    async def until_held(self) -> None:
        """Until an answer waits, and it is the arrow that is talked about."""
        await self.until(lambda: any(step.state is State.HELD for step in self.steps))
        while self.shown.can is Can.STEP:
            self.shown.go_on()
        assert self.shown.can is Can.RELEASE

    async def release(self) -> None:
        """Step to the held answer and let it go."""
        await self.until_held()
        held = self.shown.current
        self.shown.go_on()
        await self.until(lambda: self.shown.current is not held)

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.shown.sequence.steps

    @property
    def seen(self) -> list[str]:
        return [row.label for row in self.shown.rows if isinstance(row, Step)]


@pytest.fixture
async def room(sandbox: Sandbox) -> AsyncIterator[Room]:
    made = Room(sandbox)
    yield made
    made.shown.end()


def soon(answer) -> "asyncio.Task[Answer]":
    return asyncio.ensure_future(answer)


async def test_the_next_login_waits_arrow_by_arrow(room: Room, visitor: Visitor) -> None:
    room.shown.begin()
    assert room.shown.headline == "Waiting for the next login"

    asked = soon(visitor.authorize())
    await room.until(lambda: room.shown.current)
    assert room.seen == ["→ /oauth2/authorize"]
    assert room.shown.headline == "Somebody signs in to spa"

    room.shown.go_on()
    room.shown.go_on()
    assert room.seen == ["→ /oauth2/authorize", "GET /oauth2/authorize", "302 → /login"]
    assert room.shown.can is Can.RELEASE
    assert not asked.done()

    room.shown.go_on()
    assert (await asked).status == 302
    assert room.shown.can is Can.WAIT
    assert room.shown.current.state is State.SENT


async def test_a_whole_login_goes_through_press_by_press(room: Room, visitor: Visitor) -> None:
    room.shown.begin()
    signing_in = soon(visitor.tokens("alice"))
    for _ in range(3):
        await room.release()
    tokens = await signing_in
    assert tokens["token_type"] == "Bearer"

    while room.shown.can is Can.STEP:
        room.shown.go_on()
    assert [step.number for step in room.steps] == list(range(1, 11))
    assert len(room.seen) == 10
    assert room.shown.headline == "alice signs in to spa"
    assert room.shown.about == "code + PKCE"


async def test_other_logins_are_not_kept_waiting(
    room: Room, visitors: Callable[[], Visitor]
) -> None:
    room.shown.begin()
    mine = soon(visitors().authorize())
    await room.until_held()

    other = visitors()
    assert (await other.authorize()).status == 302
    assert (await other.tokens("bob"))["token_type"] == "Bearer"
    assert not mine.done()
    assert {step.exchange_id for step in room.steps} == {room.shown.current.exchange_id}

    room.shown.go_on()
    await mine


async def test_the_apps_own_calls_wait_only_when_asked(room: Room, visitor: Visitor) -> None:
    code = await visitor.code()
    room.shown.begin(visitor.last.login_id, list(visitor.seen))
    assert (await visitor.exchange(code)).status == 200

    again = await visitor.code()
    room.shown.begin(visitor.last.login_id, [visitor.seen[-1]])
    room.shown.holds_app = True
    asked = soon(visitor.exchange(again))
    await room.until_held()
    assert room.shown.current.heading == "200 to POST /oauth2/token"
    assert not asked.done()

    room.shown.go_on()
    assert (await asked).status == 200


async def test_a_machines_token_is_a_login_where_the_apps_calls_wait(
    room: Room, visitor: Visitor
) -> None:
    room.shown.holds_app = True
    room.shown.begin()
    asked = soon(visitor.token("m2m", grant_type="client_credentials"))
    await room.until_held()
    assert room.shown.headline == "m2m asks for a token"
    assert room.shown.about == "client credentials"

    room.shown.go_on()
    assert (await asked).status == 200


async def test_the_clock_stands_still_while_an_answer_waits(
    room: Room, visitor: Visitor, sandbox: Sandbox, clock: ManualClock
) -> None:
    room.shown.begin()
    asked = soon(visitor.authorize())
    await room.until_held()
    stood = sandbox.core.now()
    clock.advance(timedelta(minutes=20))
    assert sandbox.core.now() == stood

    room.shown.go_on()
    await asked
    assert sandbox.core.now() == stood
    clock.advance(timedelta(seconds=3))
    assert sandbox.core.now() == stood + timedelta(seconds=3)

    room.shown.end()
    assert sandbox.core.now() == clock.now()
    assert not sandbox.core.clock.is_bent


async def test_a_code_does_not_expire_while_the_room_talks(
    room: Room, visitor: Visitor, clock: ManualClock
) -> None:
    form = await visitor.form()
    fields = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}
    room.shown.begin(visitor.last.login_id, [visitor.seen[-1]])
    sent = soon(visitor.send("POST", visitor.address("/login", visitor.asking()), data=fields))
    await room.until_held()
    clock.advance(timedelta(minutes=30))
    room.shown.go_on()

    answer = await visitor.exchange((await sent).members["code"])
    assert answer.status == 200


async def test_a_clock_that_somebody_stopped_is_left_to_them(
    room: Room, visitor: Visitor, sandbox: Sandbox
) -> None:
    sandbox.core.clock.freeze()
    room.shown.begin()
    asked = soon(visitor.authorize())
    await room.until_held()
    room.shown.go_on()
    await asked
    room.shown.end()

    assert sandbox.core.clock.frozen_at is not None


async def test_a_browser_that_left_is_drawn_as_gone(room: Room, visitor: Visitor) -> None:
    room.shown.begin()
    asked = soon(visitor.authorize())
    await room.until_held()

    asked.cancel()
    await room.until(lambda: room.shown.current.state is not State.HELD)

    assert room.shown.current.state is State.GONE
    assert room.shown.current.caption == "client gone"
    assert room.shown.can is Can.WAIT


async def test_stepping_back_takes_nothing_off_the_paper_and_releases_nothing(
    room: Room, visitor: Visitor
) -> None:
    room.shown.begin()
    asked = soon(visitor.authorize())
    await room.until_held()
    room.shown.go_back()
    room.shown.go_back()
    assert (room.shown.current.number, len(room.seen)) == (1, 3)
    assert not room.shown.can_go_back

    room.shown.go_back()
    room.shown.go_on()
    room.shown.go_on()
    assert (room.shown.current.number, room.shown.can) == (3, Can.RELEASE)
    assert not asked.done()
    room.shown.go_on()
    await asked


async def test_a_login_that_is_over_can_be_walked_through(room: Room, visitor: Visitor) -> None:
    await visitor.tokens("alice")
    login = visitor.last.login_id
    room.shown.begin(login, [one for one in visitor.seen if one[0].login_id == login])
    numbers = [room.shown.current.number]
    while room.shown.can is Can.STEP:
        room.shown.go_on()
        numbers.append(room.shown.current.number)

    assert numbers == list(range(1, 11))
    assert room.shown.can is Can.WAIT


async def test_ending_lets_everything_go(room: Room, visitor: Visitor, sandbox: Sandbox) -> None:
    room.shown.begin()
    asked = soon(visitor.authorize())
    await room.until_held()
    room.shown.end()

    assert (await asked).status == 302
    assert not sandbox.core.holds.watched
    assert not room.shown.is_on


async def test_the_next_group_begins_where_the_last_one_did(
    visitor: Visitor, sandbox: Sandbox
) -> None:
    core = sandbox.core
    beginning = await remember_beginning(core)
    tokens = await visitor.tokens("alice")
    carol = core.store.users.find("us-east-1_Demo00001", "carol")
    assert carol is not None
    core.store.users.remove("us-east-1_Demo00001", carol.sub)

    await back_to_beginning(core, beginning)

    assert core.store.users.get("us-east-1_Demo00001", carol.sub) is not None
    assert (await visitor.refresh(tokens["refresh_token"])).status == 400
    assert (await visitor.authorize()).location.startswith(f"{visitor.base}/login")
    again = await remember_beginning(core)
    kept = [one.id for one in await snapshots.snapshots(core) if one.name == NAME]
    assert kept == [again]

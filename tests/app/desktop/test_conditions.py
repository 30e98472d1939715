"""Every condition, bent in the real window and felt by a real client over real HTTP."""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import pytest

from sandbox_app.app.desktop import Desktop
from sandbox_app.gui.conditions.place import ConditionsPlace
from sandbox_app.tokens.inspect import decode
from tests.app.playing import until
from tests.conftest import DEMO_POOL
from tests.gui.conditions.menus import choose
from tests.visitor import Visitor, json_of, new_session

KEYS = f"/{DEMO_POOL}/.well-known/jwks.json"

Story = Callable[[Desktop, ConditionsPlace, Visitor], Awaitable[None]]


@pytest.fixture
def bend(play, qtbot) -> Callable[[Story], None]:
    """Plays a story with the place open and a browser at hand."""

    def run(story: Story) -> None:
        async def with_visitor(program: Desktop) -> None:
            program.window.go_to("conditions")
            place = program.window.view.conditions
            await until(lambda: place.clock.skew.client.label)
            async with new_session() as session:
                await story(program, place, Visitor(program.sandbox, session))

        play(with_visitor)

    return run


def press(button) -> None:
    button.click()


def type_in(field, text: str) -> None:
    field.setText(text)
    field.returnPressed.emit()


async def shows(place: ConditionsPlace, words: str) -> None:
    """Until the banner says so."""
    await until(lambda: words in place.banner.accessibleName())


def test_the_clock_ends_a_token_and_brings_it_back(bend) -> None:
    async def story(program: Desktop, place: ConditionsPlace, visitor: Visitor) -> None:
        token = (await visitor.tokens())["access_token"]
        row = "alice’s access token for spa expires"
        await until(lambda: row in [it.words.text() for it in place.jump.rows])

        press(next(it for it in place.jump.rows if it.words.text() == row).after)
        assert (await visitor.userinfo(token)).status == 401
        press(next(it for it in place.jump.rows if it.words.text() == row).before)
        assert (await visitor.userinfo(token)).status == 200

        type_in(place.clock.offset, "+30d")
        assert (await visitor.userinfo(token)).status == 401
        await shows(place, "clock +30 d")
        press(place.normal)
        assert (await visitor.userinfo(token)).status == 200

    bend(story)


def test_a_clients_tokens_are_dated_wrongly(bend) -> None:
    async def story(program: Desktop, place: ConditionsPlace, visitor: Visitor) -> None:
        choose(place.clock.skew.client, "spa")
        choose(place.clock.skew.skew, "1 h behind")

        spa = json_of(await visitor.exchange(await visitor.code()))["access_token"]
        web = json_of(await visitor.exchange(await visitor.code("alice", "web"), "web"))

        assert (await visitor.userinfo(web["access_token"])).status == 200
        now = program.sandbox.core.epoch()
        assert 3600 <= now - issued_at(spa) < 3700
        assert now - issued_at(web["access_token"]) < 100

    bend(story)


def issued_at(token: str) -> int:
    decoded = decode(token)
    assert decoded is not None
    return int(decoded.payload["iat"])


async def kids(visitor: Visitor) -> list[str]:
    return [key["kid"] for key in json_of(await visitor.get(KEYS))["keys"]]


def test_keys_are_rotated_hidden_and_slowed_in_the_window(bend) -> None:
    async def story(program: Desktop, place: ConditionsPlace, visitor: Visitor) -> None:
        token = (await visitor.tokens())["access_token"]
        before = await kids(visitor)

        press(place.keys.rotate)
        await until(lambda: len(place.keys.timeline.keys) == 4)
        assert set(before) < set(await kids(visitor))
        assert (await visitor.userinfo(token)).status == 200

        press(place.keys.abruptly)
        await until(lambda: len(program.sandbox.core.keys.known(DEMO_POOL).all) == 6)
        choose(place.keys.answer.keys, "no keys")
        assert await kids(visitor) == []
        choose(place.keys.answer.status, "with 503")
        assert (await visitor.get(KEYS)).status == 503
        choose(place.keys.answer.status, "with 200")
        choose(place.keys.answer.content_type, "as text/html")
        choose(place.keys.answer.cache_headers, "Cache-Control: no-store")
        answer = await visitor.get(KEYS)
        assert answer.headers["Content-Type"].startswith("text/html")
        assert answer.headers["Cache-Control"] == "no-store"

        await until(place.normal.isEnabled)
        press(place.normal)
        assert len(await kids(visitor)) > 0

    bend(story)


def test_a_fault_written_in_the_window_meets_every_third_request(bend) -> None:
    async def story(program: Desktop, place: ConditionsPlace, visitor: Visitor) -> None:
        press(place.faults.add)
        await until(lambda: bool(place.faults.rows))
        row = place.faults.rows[0]
        row.switch.click()

        statuses = [(await visitor.post("/oauth2/token", {})).status for _ in range(6)]

        assert statuses == [400, 400, 503, 400, 400, 503]
        await until(lambda: row.hits.text() == "hit 2 of 6")
        assert program.window.status.conditions == ["1 fault"]
        choose(row.effect, "reset the connection")
        choose(row.cadence, "every time")
        with pytest.raises(aiohttp.ClientError):
            await visitor.post("/oauth2/token", {})

    bend(story)


def test_a_recipe_is_felt_and_straightened(bend) -> None:
    async def story(program: Desktop, place: ConditionsPlace, visitor: Visitor) -> None:
        place.faults.recipes.fill()
        choose(place.faults.recipes, "Flaky token endpoint")
        statuses = [(await visitor.post("/oauth2/token", {})).status for _ in range(3)]
        assert statuses == [400, 400, 503]

        await until(place.normal.isEnabled)
        press(place.normal)
        assert [(await visitor.post("/oauth2/token", {})).status for _ in range(3)] == [400] * 3

    bend(story)


def test_a_snapshot_brings_back_who_was_signed_in(bend) -> None:
    async def story(program: Desktop, place: ConditionsPlace, visitor: Visitor) -> None:
        tokens = await visitor.tokens()
        place.snapshots.name.setText("signed in")
        press(place.snapshots.save)
        await until(lambda: "signed in" in [it.name.text() for it in place.snapshots.rows])
        await visitor.post(
            "/oauth2/revoke",
            {"token": tokens["refresh_token"], "client_id": visitor.client("spa").client_id},
        )
        assert (await visitor.refresh(tokens["refresh_token"])).status == 400

        row = next(it for it in place.snapshots.rows if it.name.text() == "signed in")
        press(row.restore)
        # What it was before is in the list a moment sooner.
        await until(lambda: "as in “signed in” again" in place.snapshots.message.text)
        await until(lambda: len(place.snapshots.rows) == 3)

        assert (await visitor.refresh(tokens["refresh_token"])).status == 200

    bend(story)


def test_a_lenient_switch_lets_a_code_be_redeemed_again(bend) -> None:
    async def story(program: Desktop, place: ConditionsPlace, visitor: Visitor) -> None:
        code = await visitor.code()
        assert (await visitor.exchange(code)).status == 200
        assert (await visitor.exchange(code)).status == 400

        place.leniency.rows["codes_again"].control.click()

        again = await visitor.code()
        assert [(await visitor.exchange(again)).status for _ in range(2)] == [200, 200]

    bend(story)


def test_a_breakpoint_set_in_the_window_holds_an_answer_until_it_is_released(bend) -> None:
    async def story(program: Desktop, place: ConditionsPlace, visitor: Visitor) -> None:
        program.window.go_to("live")
        program.window.live.break_wanted.emit("~s discovery")
        path = f"/{DEMO_POOL}/.well-known/openid-configuration"
        waiting = asyncio.ensure_future(visitor.get(path))
        held = program.window.view.held
        await until(held.isVisible)
        assert not waiting.done()

        held.release.click()

        assert (await waiting).status == 200
        await until(lambda: not held.isVisible())

    bend(story)

"""A presentation in the real window with real requests: keys, a clicker, slow motion, the end."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from sandbox_app.app.desktop import Desktop
from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.gui.live.presenter import PresenterView
from sandbox_app.workbench.live.presenting import Can
from sandbox_app.workbench.live.sequence import State, Step
from tests.app.playing import played, until
from tests.visitor import Visitor, new_session

Key = Qt.Key
NARROW = (880, 560)


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's user is read or written."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture
def play(qapp, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Runs a story with the program and one browser that visits it."""
    for run in played(qapp, tmp_path / "demo.sandbox", tmp_path):

        def play_visited(story: Callable[[Desktop, Visitor], Awaitable[None]]) -> None:
            async def visited(program: Desktop) -> None:
                async with new_session() as session:
                    await story(program, Visitor(program.sandbox, session))

            run(visited)  # noqa: B023

        yield play_visited


def presenting(program: Desktop) -> PresenterView:
    """Presenter mode, waiting for the next login."""
    program.window.menus.present_wanted.emit()
    presenter = program.window.presenting.presenter
    assert presenter is not None
    return presenter


def press(presenter: PresenterView, key: Key) -> None:
    QTest.keyClick(presenter, key)


def shown(presenter: PresenterView) -> list[str]:
    """The arrows on the paper."""
    scene = presenter.canvas.diagram
    rows = (scene.row(at) for at in range(scene.rows))
    return [row.label for row in rows if isinstance(row, Step)]


async def held(presenter: PresenterView, key: Key = Key.Key_Space) -> None:
    """Press until the current arrow is an answer that waits, and the window says so."""
    await until(lambda: presenter.shown.can is not Can.WAIT)
    while presenter.shown.can is Can.STEP:
        press(presenter, key)
    await until(lambda: presenter.panel.state.words.startswith("Held"))


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Right, Key.Key_PageDown, Key.Key_Enter])
def test_each_press_shows_an_arrow_and_a_held_answer_goes_on_the_next(play, key) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        presenter = presenting(program)
        asked = asyncio.ensure_future(visitor.authorize())
        await until(lambda: shown(presenter) == ["→ /oauth2/authorize"])

        press(presenter, key)
        await until(lambda: len(shown(presenter)) == 2)
        press(presenter, key)
        await until(lambda: len(shown(presenter)) == 3)
        assert presenter.panel.button.label == "Release the answer"
        assert presenter.panel.state.words == "Held: the browser is waiting"
        assert presenter.panel.progress.words == "Step 3 of 3"
        assert not asked.done()

        press(presenter, key)
        assert (await asked).status == 302
        await until(lambda: presenter.panel.button.label == "Waiting for more")
        assert presenter.panel.state.words == ""

    play(story)


def test_a_login_with_password_runs_through_on_the_button_alone(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        presenter = presenting(program)
        login = asyncio.ensure_future(visitor.tokens("alice"))
        while not login.done() or presenter.shown.can is not Can.WAIT:
            if presenter.panel.button.isEnabled():
                presenter.panel.button.click()
            await asyncio.sleep(0.01)

        assert (await login)["token_type"] == "Bearer"
        await until(lambda: len(shown(presenter)) == 10)
        assert presenter.bar.title == "alice signs in to spa"
        assert presenter.panel.title == "The pool answers with three tokens"
        assert presenter.panel.text.count(".") >= 3
        assert "RFC 6749 section 4.1.4" in presenter.panel.sources

    play(story)


@pytest.mark.parametrize("key", [Key.Key_Left, Key.Key_PageUp])
def test_stepping_back_talks_about_the_arrow_before(play, key) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        presenter = presenting(program)
        asked = asyncio.ensure_future(visitor.authorize())
        await held(presenter)

        press(presenter, key)
        await until(lambda: presenter.canvas.selected.number == 2)
        assert len(shown(presenter)) == 3
        assert presenter.panel.button.label == "Next step"

        press(presenter, Key.Key_Space)
        press(presenter, Key.Key_Space)
        await asked

    play(story)


def test_slow_motion_turns_the_pages_by_itself(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        presenter = presenting(program)
        presenter.bar.pace.set_current("slow")
        presenter.bar.pace.chosen.emit("slow")
        presenter._slow.setInterval(20)
        login = asyncio.ensure_future(visitor.tokens("alice"))

        assert (await login)["token_type"] == "Bearer"
        await until(lambda: len(shown(presenter)) == 10)

        presenter.bar.pace.chosen.emit("steps")
        assert not presenter._slow.isActive()

    play(story)


def test_nobody_else_waits_and_the_clock_is_told_to_stand(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        presenter = presenting(program)
        asked = asyncio.ensure_future(visitor.authorize())
        await held(presenter)
        assert program.sandbox.core.clock.frozen_at is not None

        async with new_session() as session:
            other = Visitor(program.sandbox, session)
            assert (await other.tokens("bob"))["token_type"] == "Bearer"
        assert not asked.done()

        press(presenter, Key.Key_Escape)
        assert (await asked).status == 302
        await until(lambda: program.window.presenting.presenter is None)
        assert not program.sandbox.core.clock.is_bent
        assert not program.sandbox.core.holds.watched

    play(story)


def test_a_browser_that_left_is_drawn_as_gone(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        presenter = presenting(program)
        asked = asyncio.ensure_future(visitor.authorize())
        await held(presenter)

        asked.cancel()
        await until(lambda: presenter.panel.state.words.startswith("Gone"))

        assert presenter.canvas.selected.state is State.GONE
        assert not presenter.panel.button.isEnabled()

    play(story)


def test_secrets_are_masked_until_asked_for(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        presenter = presenting(program)
        asked = asyncio.ensure_future(visitor.authorize(state="visible-state"))
        await held(presenter)
        presenter.resize(1920, 1080)
        scene = presenter.canvas.diagram
        assert "state" in [chip.words for chip in scene.placed(1).chips]

        press(presenter, Key.Key_M)
        assert presenter.bar.masking.label == "Secrets shown"
        assert any("visible-stat" in chip.words for chip in scene.placed(1).chips)

        press(presenter, Key.Key_M)
        assert not any("visible" in chip.words for chip in scene.placed(1).chips)
        press(presenter, Key.Key_Space)
        await asked

    play(story)


def test_a_recorded_login_is_walked_through_from_live(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        await visitor.tokens("alice")
        window = program.window
        await until(lambda: len(window.live._book.logins) == 1)
        window.go_to("live")
        await until(window.live.detail.isVisible)

        window.live.detail.head.present.click()
        presenter = window.presenting.presenter
        assert presenter.bar.title == "alice signs in to spa"
        for _ in range(9):
            press(presenter, Key.Key_Space)
        await until(lambda: len(shown(presenter)) == 10)

        press(presenter, Key.Key_Escape)
        await until(lambda: window.presenting.presenter is None)
        assert window.live.isVisible()

    play(story)


def test_size_contrast_and_what_is_held_are_remembered(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        presenter = presenting(program)
        plain = QColor(presenter.theme.color("text2"))
        press(presenter, Key.Key_Plus)
        press(presenter, Key.Key_C)
        press(presenter, Key.Key_A)
        assert presenter.theme.factor == 1.1
        assert presenter.theme.color("text2") != plain
        assert presenter.shown.holds_app

        again = presenting(program)
        assert again is not presenter
        assert (again.theme.factor, again.theme.is_high) == (1.1, True)
        assert again.shown.holds_app
        press(again, Key.Key_0)
        assert again.theme.factor == 1.0

    play(story)


def test_everything_grows_with_the_window_and_never_gets_too_small(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        presenter = presenting(program)
        window = program.window
        for size, scale in ((NARROW, 1.0), ((1280, 800), 1.0), ((1920, 1080), 1.35)):
            window.resize(*size)
            await until(lambda scale=scale: presenter.theme.scale == scale)
        assert window._theme.scale == 1.0

    play(story)


def test_the_next_group_finds_everything_as_the_first_one_did(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        core, window = program.sandbox.core, program.window
        presenter = presenting(program)
        await until(lambda: window.presenting._beginning)
        login = asyncio.ensure_future(visitor.authorize())
        await held(presenter)
        carol = core.store.users.find("us-east-1_Demo00001", "carol")
        with core.change():
            core.store.users.remove("us-east-1_Demo00001", carol.sub)

        presenter.bar.reset_wanted.emit()
        question = window.findChild(Confirmation)
        question.confirm.click()
        await until(lambda: window.error.text == "Ready for the next group.")

        assert (await login).status == 302
        assert core.store.users.find("us-east-1_Demo00001", "carol") is not None
        assert presenter.bar.title == "Waiting for the next login"
        assert presenter.demo.isVisible()
        assert window.live._book.logins == []
        assert presenter.shown.is_on

        again = asyncio.ensure_future(visitor.authorize())
        await held(presenter)
        press(presenter, Key.Key_Space)
        assert (await again).location.startswith(f"{visitor.base}/login")

    play(story)


def test_closing_the_window_lets_everything_go(play) -> None:
    answers: list[int] = []

    async def story(program: Desktop, visitor: Visitor) -> None:
        presenter = presenting(program)
        asked = asyncio.ensure_future(visitor.authorize())
        await held(presenter)
        program.window.close()
        answers.append((await asked).status)

    play(story)
    assert answers == [302]


def test_going_to_another_place_leaves_the_presenter(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        presenting(program)
        program.window.go_to("live")

        assert program.window.presenting.presenter is None
        assert program.window.live.isVisible()
        assert program.window.error.parentWidget() is not None

    play(story)


def test_an_answer_at_a_breakpoint_is_dotted_in_the_diagram_of_its_login(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        await visitor.authorize()
        live = program.window.live
        program.window.go_to("live")
        await until(lambda: live._book.logins)
        live.show_login(live._book.logins[-1].login_id)
        live.detail.choose_tab("diagram")
        stop = program.sandbox.core.holds.watch(lambda exchange, _: exchange.step == "login")
        asked = asyncio.ensure_future(visitor.form())

        drawn = live.detail.diagram
        await until(lambda: drawn.sequence.steps[-1].state is State.HELD)
        assert drawn.canvas.diagram.rows == 5

        stop()
        program.sandbox.core.holds.release_all()
        assert (await asked).status == 200
        await until(lambda: drawn.sequence.steps[-1].state is State.SENT)

    play(story)

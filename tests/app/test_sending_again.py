"""A request sent once more from the real window to the real server, and what Live makes of it."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sandbox_app.app.desktop import Desktop
from sandbox_app.gui.live.again_panel import AgainPanel
from sandbox_app.gui.live.compare_panel import ComparePanel
from sandbox_app.workbench.conditions.breakpoint import break_on
from sandbox_app.workbench.conditions.faults import editing
from tests.app.playing import played, until
from tests.gui.live.test_reusing import pick
from tests.visitor import Visitor, new_session


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's user is read or written."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture
def play(qapp, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Runs a story with the program, in which web was just given tokens."""
    for run in played(qapp, tmp_path / "demo.sandbox", tmp_path):

        def play_visited(story: Callable[[Desktop, Visitor], Awaitable[None]], **given) -> None:
            async def visited(program: Desktop) -> None:
                async with new_session() as session:
                    visitor = Visitor(program.sandbox, session)
                    await visitor.tokens("alice", "web")
                    program.window.go_to("live")
                    await until(lambda: len(program.window.live._book) == 4)
                    await story(program, visitor)

            run(visited, **given)  # noqa: B023

        yield play_visited


def chosen(program: Desktop, *words: str) -> AgainPanel:
    """From the menu of the token request to its panel."""
    live = program.window.live
    login = live._book.logins[0]
    pick(live.menus.of_row(login, login.exchanges[-1]), *words)
    panel = live.panels.panel
    assert isinstance(panel, AgainPanel)
    return panel


def press(button) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_spent_code_is_refused_this_time_and_compared_with_when_it_was_good(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        live = program.window.live
        panel = chosen(program, "Send again as it was")
        await until(lambda: not panel.is_sending)
        assert panel.answer.text() == "Sent again, as it was: answered 400."

        press(panel.show_it)
        assert live.detail.headline == "Refused: the code is unknown, expired or used"
        assert "sent again from " in live.detail.meta
        assert live._book.logins[0].outcome == "signed in"
        assert live.list.hasFocus()

        live.detail.tabs.set_current("response")
        press(live.detail.again.compare)
        compared = live.panels.panel
        assert isinstance(compared, ComparePanel)
        await until(lambda: compared.is_ready)
        [step] = compared.steps
        differing = [row.name for row in step.rows.rows if row.matters]
        assert {"Status", "Refused by", "TC-1"} <= set(differing)
        assert not {"authorization", "US-R1"} & set(differing)

    play(story)


def test_over_https_too(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        panel = chosen(program, "Edit and send again…")
        panel.scheme.set_current("https")
        panel.headers.setPlainText(
            panel.headers.toPlainText().replace("Host: localhost", "Host: a")
        )

        press(panel.send)
        await until(lambda: not panel.is_sending)

        assert panel.answer.text() == "Sent again, edited: answered 421."

    play(story, tls_port=0)


def test_it_waits_at_the_breakpoint_until_it_is_released(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        window, core = program.window, program.sandbox.core
        break_on(core, "~m POST")
        panel = chosen(program, "Send again as it was")
        await until(window.view.held.isVisible)
        assert panel.is_sending
        assert panel.answer.text() == "Sent; the answer is awaited…"

        press(window.view.held.release)

        await until(lambda: not panel.is_sending)
        assert panel.answer.text() == "Sent again, as it was: answered 400."

    play(story)


def test_who_does_not_want_to_wait_gives_up(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        window, core = program.window, program.sandbox.core
        break_on(core, "~m POST")
        panel = chosen(program, "Send again as it was")
        await until(window.view.held.isVisible)

        press(panel.stop)

        await until(lambda: not panel.is_sending)
        assert panel.answer.text().endswith("Given up; what was on its way is in the list.")
        await until(lambda: window.live._book.logins[-1].last.again_of)

    play(story)


def test_a_closed_panel_lets_it_finish(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        window, core = program.window, program.sandbox.core
        break_on(core, "~m POST")
        chosen(program, "Send again as it was")
        await until(window.view.held.isVisible)
        window.live.panels.close()

        press(window.view.held.release)

        await until(lambda: window.live._book.logins[-1].last.again_of)
        assert window.live._book.logins[-1].last.status == 400

    play(story)


def test_it_meets_faults_and_says_what_came_of_it(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        editing.add(program.sandbox.core, "token → reset")
        panel = chosen(program, "Send again as it was")

        await until(lambda: not panel.is_sending)

        assert "the connection ended before the answer did" in panel.answer.text()
        assert panel.show_it.isVisible()

    play(story)


def test_a_stopped_server_is_told_and_nothing_is_sent(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        program.window.stop_wanted.emit()
        await until(lambda: program.sandbox.bound is None)
        panel = chosen(program, "Send again as it was")

        await until(lambda: not panel.is_sending)

        assert panel.answer.text() == "The sandbox is stopped: start it, then send again."
        assert not panel.show_it.isVisible()

    play(story)


def test_the_window_may_be_closed_while_an_answer_is_awaited(play) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        break_on(program.sandbox.core, "~m POST")
        chosen(program, "Send again as it was")
        await until(program.window.view.held.isVisible)

    play(story)


def test_the_workspace_may_be_left_while_an_answer_is_awaited(play, tmp_path) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        break_on(program.sandbox.core, "~m POST")
        chosen(program, "Send again as it was")
        await until(program.window.view.held.isVisible)

        program.window.new_wanted.emit(tmp_path / "other.sandbox")

        await until(lambda: program.sandbox.core.store.path.name == "other.sandbox")
        await until(lambda: program.sandbox.bound is not None)

    play(story)

"""Recording paused in the real window while real requests come, and what tells of it where."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from sandbox_app.app.desktop import Desktop
from sandbox_app.gui.live import LivePlace
from sandbox_app.workbench.conditions.breakpoint import break_on
from sandbox_app.workbench.conditions.faults import editing
from tests.app.playing import until
from tests.gui.live.test_reusing import pick
from tests.visitor import Answer, Visitor, new_session


def entry(program: Desktop, words: str):
    """An entry of File."""
    (found,) = [it for it in program.window.menus.file.actions() if it.text() == words]
    return found


def press(button: QWidget) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def stored(program: Desktop) -> int:
    return len(program.sandbox.core.store.traffic.page(None, 100))


def listed(live: LivePlace) -> int:
    return len(live._book)


async def ask(program: Desktop, path: str = "/nowhere", times: int = 1) -> Answer:
    async with new_session() as session:
        visitor = Visitor(program.sandbox, session)
        for _ in range(times):
            answer = await visitor.get(path)
        return answer


def test_a_whole_login_passes_unrecorded_and_the_next_one_is_recorded(play) -> None:
    async def story(program: Desktop) -> None:
        window = program.window
        window.go_to("live")
        strip = window.view.recording
        assert not strip.isVisible()
        assert not window.status.paused.isVisible()

        entry(program, "Pause recording").trigger()
        assert strip.title.text().startswith("Recording is paused. Requests are answered as always")
        async with new_session() as session:
            tokens = await Visitor(program.sandbox, session).tokens("alice")
            assert tokens["token_type"] == "Bearer"
        await until(
            lambda: strip.title.text().endswith(" 4 requests were answered and not recorded.")
        )
        assert window.status.paused.text() == "recording paused, 4 requests passed"
        empty = window.live.panes.no_traffic
        assert empty.isVisible()
        assert empty.accessibleName().startswith("Recording is paused. 4 requests were answered")
        assert (stored(program), listed(window.live)) == (0, 0)
        assert window.status.requests.text() == "0 requests"

        press(strip.again)
        assert not strip.isVisible()
        assert not window.status.paused.isVisible()
        assert window.error.text == ("Recording again. 4 requests were answered and not recorded.")
        await ask(program)
        await until(lambda: listed(window.live) == 1)
        assert stored(program) == 1

    play(story)


def test_pause_in_live_holds_the_list_alone_and_says_so(play) -> None:
    async def story(program: Desktop) -> None:
        window = program.window
        window.go_to("live")
        pause = window.live.toolbar.pause
        assert "everything is still recorded" in pause.toolTip()
        assert "File → Pause recording" in pause.toolTip()

        press(pause)
        await ask(program)
        await until(lambda: pause.label == "Resume (1)")
        assert stored(program) == 1

        entry(program, "Pause recording").trigger()
        await ask(program)
        await until(lambda: "1 request was answered" in window.view.recording.title.text())
        assert pause.label == "Resume (1)"
        assert "1 request waits." in window.live.panes.no_traffic.accessibleName()

    play(story)


def test_the_status_bar_tells_it_wherever_one_is_and_leads_to_live(play) -> None:
    async def story(program: Desktop) -> None:
        window = program.window
        window.go_to("home")
        entry(program, "Pause recording").trigger()
        assert window.status.paused.text() == "recording paused"

        press(window.status.paused)

        assert window.view.recording.again.isVisible()

    play(story)


def test_the_finder_pauses_it_and_goes_on(play) -> None:
    async def story(program: Desktop) -> None:
        window, core = program.window, program.sandbox.core
        for typed, paused in (("pause rec", True), ("record again", False)):
            window.finder.toggle()
            field = window.finder.palette.field
            QTest.keyClicks(field, typed)
            await until(lambda: window.finder.palette.hits)
            QTest.keyClick(field, Qt.Key.Key_Return)
            await until(lambda: core.recording.paused is paused)  # noqa: B023

    play(story)


def test_a_request_sent_again_is_shown_although_nothing_else_is(play) -> None:
    async def story(program: Desktop) -> None:
        window = program.window
        window.go_to("live")
        await ask(program)
        await until(lambda: listed(window.live) == 1)
        entry(program, "Pause recording").trigger()
        login = window.live._book.logins[0]

        pick(window.live.menus.of_row(login, login.exchanges[-1]), "Send again as it was")

        panel = window.live.panels.panel
        await until(lambda: not panel.is_sending)
        assert panel.answer.text() == "Sent again, as it was: answered 404."
        press(panel.show_it)
        await until(lambda: listed(window.live) == 2)
        assert stored(program) == 2
        assert program.sandbox.core.recording.passed == 0

    play(story)


def test_a_presentation_records_and_says_so(play) -> None:
    async def story(program: Desktop) -> None:
        window, core = program.window, program.sandbox.core
        entry(program, "Pause recording").trigger()

        window.menus.present_wanted.emit()
        assert not core.recording.paused
        await until(window.error.isVisible)
        assert window.error.text == "A presentation needs every request, so recording goes on."

        entry(program, "Pause recording").trigger()
        assert not core.recording.paused
        window.presenting.end()
        entry(program, "Pause recording").trigger()
        assert core.recording.paused

    play(story)


def test_another_workspace_records_and_so_does_the_next_start(play, tmp_path) -> None:
    async def leave(program: Desktop) -> None:
        window = program.window
        entry(program, "Pause recording").trigger()
        window.new_wanted.emit(tmp_path / "other.sandbox")
        await until(lambda: program.sandbox.core.store.path.name == "other.sandbox")
        await until(lambda: program.sandbox.bound is not None)
        await until(lambda: window.view.core is program.sandbox.core)

        assert not window.status.paused.isVisible()
        assert not window.view.recording.isVisible()
        await ask(program)
        await until(lambda: listed(window.live) == 1)
        entry(program, "Pause recording").trigger()

    async def start_again(program: Desktop) -> None:
        assert not program.window.status.paused.isVisible()
        await ask(program)
        await until(lambda: stored(program) == listed(program.window.live) == 2)

    play(leave)
    play(start_again, workspace=tmp_path / "other.sandbox")


def test_conditions_counts_what_a_fault_met_also_while_nothing_is_recorded(play) -> None:
    async def story(program: Desktop) -> None:
        window, core = program.window, program.sandbox.core
        window.go_to("conditions")
        editing.add(core, "token → 503")
        faults = window.view.conditions.faults
        await until(lambda: faults._rows)
        [row] = faults._rows.values()
        before = row.accessibleName(), row.accessibleDescription(), texts(row)
        entry(program, "Pause recording").trigger()

        await ask(program, "/oauth2/token")

        await until(
            lambda: (row.accessibleName(), row.accessibleDescription(), texts(row)) != before
        )
        assert stored(program) == 0

    play(story)


def texts(widget: QWidget) -> list[str]:
    return [part.text() for part in widget.findChildren(QWidget) if hasattr(part, "text")]


def test_a_held_answer_that_is_not_recorded_leaves_no_arrow_behind(play) -> None:
    async def story(program: Desktop) -> None:
        window, core = program.window, program.sandbox.core
        window.go_to("live")
        async with new_session() as session:
            visitor = Visitor(program.sandbox, session)
            form = await visitor.form()
            await until(lambda: listed(window.live) == 1)
            diagram = window.live.detail.diagram
            window.live.detail.tabs.set_current("diagram")
            await until(lambda: diagram.sequence.steps)
            arrows = len(diagram.sequence.steps)
            entry(program, "Pause recording").trigger()
            break_on(core, "")
            fields = {"_csrf": form.csrf, "username": "alice", "password": "nothing-like-it"}
            address = visitor.address("/login", visitor.asking("spa"))
            sending = asyncio.ensure_future(visitor.send("POST", address, data=fields))
            await until(window.view.held.isVisible)
            assert len(diagram.sequence.steps) == arrows

            press(window.view.held.release)

            assert (await sending).status in (200, 302, 400)
            assert len(diagram.sequence.steps) == arrows

    play(story)

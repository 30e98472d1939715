"""A login of the real program beside one from a file, read in a thread while the server serves."""

import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from sandbox_app.app.desktop import Desktop
from sandbox_app.gui.live.compare_panel import ComparePanel
from sandbox_app.gui.live.file_panel import FilePanel
from sandbox_app.workbench.live.exporting.covering import Redaction
from sandbox_app.workbench.live.exporting.har import har_of
from tests.app.playing import played, until
from tests.visitor import Visitor, new_session
from tests.workbench.live.importing.test_reading import an_entry


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's user is read or written."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture
def play(qapp, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Runs a story with the program, in which web was just given tokens."""
    for run in played(qapp, tmp_path / "demo.sandbox", tmp_path):

        def play_visited(story: Callable[[Desktop, Visitor], Awaitable[None]]) -> None:
            async def visited(program: Desktop) -> None:
                async with new_session() as session:
                    visitor = Visitor(program.sandbox, session)
                    await visitor.tokens("alice", "web")
                    await until(lambda: len(program.window.live._book) == 4)
                    await story(program, visitor)

            run(visited)  # noqa: B023

        yield play_visited


def exported(program: Desktop, path: Path) -> Path:
    """What Live shows, as an archive."""
    look_up = program.sandbox.core.store.traffic.detail
    entries = [entry.exchange for entry in program.window.live._book.entries]
    path.write_text(har_of([(it, look_up(it.id)) for it in entries], Redaction.MASK))
    return path


def a_large_file(path: Path) -> Path:
    """One that takes a second or two to read."""
    entry = json.dumps(an_entry("/app.js", response={"content": {"text": "x" * 1000}}))
    path.write_text(f'{{"log": {{"entries": [{",".join([entry] * 30_000)}]}}}}')
    return path


def chosen_from_the_file_menu(program: Desktop, path: Path) -> FilePanel:
    """The person chooses the entry of the File menu, and then the file."""
    menu = program.window.menus.file
    next(it for it in menu.actions() if it.text() == "Compare with HAR file…").trigger()
    [dialog] = [it for it in program.window.findChildren(QFileDialog) if it.isVisible()]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    panel = program.window.live.panels.panel
    assert isinstance(panel, FilePanel)
    return panel


def press(button) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_from_the_file_menu_to_what_differs(play, tmp_path: Path) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        path = exported(program, tmp_path / "before.har")
        await visitor.authorize("web", redirect_uri="http://localhost:3000/callback/")
        await until(lambda: len(program.window.live._book) == 5)
        program.window.go_to("home")
        program.window.go_to("live")
        program.window.live.show_login(program.window.live._book.logins[-1].login_id)

        panel = chosen_from_the_file_menu(program, path)
        await until(lambda: not panel.is_reading)
        assert panel.this.text().startswith("To be compared with web at ")
        press(panel.run)

        compared = program.window.live.panels.panel
        assert isinstance(compared, ComparePanel)
        await until(lambda: compared.is_ready)
        authorize = compared.steps[0]
        differing = {row.name for row in authorize.rows.rows if row.matters}
        assert {"Refused by", "AZ-4", "redirect_uri"} <= differing
        assert "client_id" not in differing

    play(story)


def test_while_a_large_file_is_read_the_server_answers(play, tmp_path: Path) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        panel = chosen_from_the_file_menu(program, a_large_file(tmp_path / "large.har"))
        assert panel.is_reading
        await until(lambda: panel.progress.text() not in ("", "Being read: 0 %"))

        assert (await visitor.authorize("web")).status == 302
        assert panel.is_reading
        press(panel.stop)

        assert not panel.is_reading
        assert panel.nothing.isVisible()

    play(story)


def test_the_window_may_be_closed_while_a_file_is_read(play, tmp_path: Path) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        panel = chosen_from_the_file_menu(program, a_large_file(tmp_path / "large.har"))
        assert panel.is_reading

    play(story)


def test_the_workspace_may_be_left_while_a_file_is_read(play, tmp_path: Path) -> None:
    async def story(program: Desktop, visitor: Visitor) -> None:
        panel = chosen_from_the_file_menu(program, a_large_file(tmp_path / "large.har"))
        assert panel.is_reading

        program.window.new_wanted.emit(tmp_path / "other.sandbox")

        await until(lambda: program.sandbox.core.store.path.name == "other.sandbox")
        await until(lambda: program.sandbox.bound is not None)

    play(story)

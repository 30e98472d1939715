"""Server and window on one loop: the program as a person meets it, short of a real screen."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from PySide6.QtGui import QDesktopServices

from sandbox_app.app.desktop import Desktop
from sandbox_app.store import Store
from tests.app.playing import played, until


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's user is read or written."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "demo.sandbox"


@pytest.fixture
def play(qapp, workspace: Path, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """See `playing.played`."""
    yield from played(qapp, workspace, tmp_path)


async def status(address: str) -> int:
    async with ClientSession() as session, session.get(address) as answer:
        return answer.status


def test_a_first_start_serves_the_demo(play, workspace) -> None:
    async def story(program: Desktop) -> None:
        assert await status(f"{program.sandbox.http}/_demo/") == 200
        assert program.window.home.welcome.headline.text() == "Your user pool is running"
        users = program.window.home.panel.parts["user"]
        await until(lambda: users.text == "3 users alice, bob, carol")

    play(story)
    assert workspace.stat().st_mode & 0o777 == 0o600


def test_a_request_appears_in_live(play) -> None:
    async def story(program: Desktop) -> None:
        assert await status(f"{program.sandbox.http}/oauth2/userInfo") == 400
        await until(lambda: program.window.status.requests.text() == "1 request")

        assert program.window.status.refused.text() == "1 refused"
        assert len(program.window.live._book.logins) == 1

    play(story)


def test_scripts_find_the_token_where_stdout_says(
    play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files: list[Path] = []

    async def story(program: Desktop) -> None:
        told = capsys.readouterr().out
        files.append(Path(told.removeprefix("control token file: ").rstrip("\n")))
        assert files[0].stat().st_mode & 0o777 == 0o600
        assert program.window._state.token_file == str(files[0])
        assert await asks_conditions(program, files[0].read_text()) == 200

        program.window.new_wanted.emit(tmp_path / "other.sandbox")
        await until(lambda: program.sandbox.core.store.path.name == "other.sandbox")
        await until(lambda: program.window._state.serving)
        assert await asks_conditions(program, files[0].read_text()) == 200
        assert program.sandbox.control_token not in capsys.readouterr().out

    play(story)
    assert not files[0].exists()


async def asks_conditions(program: Desktop, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        ClientSession(headers=headers) as session,
        session.get(f"{program.sandbox.http}/_sandbox/conditions") as answer,
    ):
        return answer.status


def test_stopping_closes_the_port_and_starting_opens_one(play) -> None:
    async def story(program: Desktop) -> None:
        before = program.sandbox.http
        program.window.stop_wanted.emit()
        await until(lambda: program.sandbox.bound is None)
        with pytest.raises(OSError, match="Cannot connect"):
            await status(f"{before}/_sandbox/health")

        program.window.start_wanted.emit()
        await until(lambda: program.window._state.serving)
        assert await status(f"{program.sandbox.http}/_sandbox/health") == 200

    play(story)


def test_the_demo_opens_in_the_browser(play, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: bool(opened.append(url.toString())) or True
    )

    async def story(program: Desktop) -> None:
        program.window.demo_wanted.emit()
        await until(lambda: opened)
        assert opened == [f"{program.sandbox.http}/_demo/"]

    play(story)


def test_without_a_browser_the_address_is_told(play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)

    async def story(program: Desktop) -> None:
        program.window.demo_wanted.emit()
        await until(program.window.error.isVisible)
        assert f"{program.sandbox.http}/_demo/" in program.window.error.text

    play(story)


def test_a_taken_port_leaves_a_window_that_offers_another(play) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        async def story(program: Desktop) -> None:
            assert f"Port {port}" in program.window.error.text
            assert program.window.home.welcome.headline.text() == "Your user pool is stopped"

            program.window.error._remedy.click()
            await until(lambda: program.window._state.serving)
            assert await status(f"{program.sandbox.http}/_sandbox/health") == 200

        play(story, port=port)


def test_another_workspace_is_made_opened_and_left(play, workspace, tmp_path: Path) -> None:
    other = tmp_path / "other.sandbox"

    async def story(program: Desktop) -> None:
        program.window.new_wanted.emit(other)
        await until(lambda: program.sandbox.core.store.path == other)
        await until(lambda: program.window._state.serving)
        assert program.window.windowTitle().startswith("other.sandbox")
        assert await status(f"{program.sandbox.http}/_demo/settings.json") == 200

        program.window.open_wanted.emit(workspace)
        await until(lambda: program.sandbox.core.store.path == workspace)
        await until(lambda: program.window._state.serving)

    play(story)
    Store.open(other).close()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"not a database", "is not a workspace"), (None, "its folder does not exist")],
)
def test_an_unusable_workspace_is_told_and_nothing_changes(
    play, workspace, tmp_path: Path, content, words
) -> None:
    bad = tmp_path / "bad.sandbox" if content else tmp_path / "nowhere" / "bad.sandbox"
    if content:
        bad.write_bytes(content)

    async def story(program: Desktop) -> None:
        program.window.open_wanted.emit(bad)
        await until(program.window.error.isVisible)
        assert words in program.window.error.text
        assert program.sandbox.core.store.path == workspace
        assert await status(f"{program.sandbox.http}/_sandbox/health") == 200

    play(story)


def test_new_never_overwrites(play, workspace, tmp_path: Path) -> None:
    precious = tmp_path / "precious.sandbox"
    precious.write_bytes(b"precious")

    async def story(program: Desktop) -> None:
        program.window.new_wanted.emit(precious)
        await until(program.window.error.isVisible)
        assert "exists already" in program.window.error.text

    play(story)
    assert precious.read_bytes() == b"precious"


def test_the_workspace_that_is_open_is_not_opened_again(play, workspace) -> None:
    async def story(program: Desktop) -> None:
        program.window.open_wanted.emit(workspace)
        await until(program.window.error.isVisible)
        assert program.window.error.text == "demo.sandbox is open already."

    play(story)


def test_a_copy_opens_as_a_workspace(play, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sandbox"

    async def story(program: Desktop) -> None:
        program.window.copy_wanted.emit(copy)
        await until(program.window.error.isVisible)
        assert program.window.error.text == f"A copy was saved as {copy}."

    play(story)
    opened = Store.open(copy)
    assert [pool.name for pool in opened.pools.all()] == ["demo"]
    opened.close()


def test_a_reset_keeps_the_old_file_beside_the_new_demo(play, workspace) -> None:
    async def story(program: Desktop) -> None:
        program.sandbox.core.store.pools.remove("us-east-1_Demo00001")
        program.window.reset_wanted.emit()
        await until(lambda: "kept as" in program.window.error.text)
        users = program.window.home.panel.parts["user"]
        await until(lambda: users.text == "3 users alice, bob, carol")
        assert await status(f"{program.sandbox.http}/_demo/settings.json") == 200

    play(story)
    (kept,) = workspace.parent.glob("demo-before-reset-*.sandbox")
    old, new = Store.open(kept), Store.open(workspace)
    assert old.pools.all() == ()
    # Each has the snapshots of its own time.
    assert len(old.snapshots.ids()) == len(new.snapshots.ids()) == 1
    assert old.snapshots.ids() != new.snapshots.ids()
    old.close()
    new.close()


def test_what_nobody_foresaw_is_told_and_logged(play, tmp_path: Path) -> None:
    async def story(program: Desktop) -> None:
        async def fails() -> None:
            raise RuntimeError("a secret plan went wrong")

        program._spawn(fails())
        await until(program.window.error.isVisible)
        assert "RuntimeError" in program.window.error.text
        assert str(program._log.file) in program.window.error.text
        assert "a secret plan went wrong" in program._log.file.read_text()
        assert program._log.file.stat().st_mode & 0o777 == 0o600
        assert await status(f"{program.sandbox.http}/_sandbox/health") == 200

    play(story)


def started(workspace: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "sandbox_app", "--workspace", str(workspace)),
            *("--tls-port", "off", *more),
        ],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_workspace_that_is_none_ends_the_start_with_one_sentence(workspace: Path) -> None:
    workspace.write_bytes(b"something else entirely")

    process = started(workspace, "--port", "0")
    _, errors = process.communicate(timeout=30)

    assert process.returncode == 2
    assert errors.count("\n") == 1
    assert "is not a workspace" in errors
    assert workspace.read_bytes() == b"something else entirely"


def test_a_termination_signal_ends_the_program_in_order(workspace: Path) -> None:
    process = started(workspace, "--port", "0")
    lock = workspace.with_name(f"{workspace.name}.lock")
    while not (lock.exists() and workspace.exists()):
        assert process.poll() is None, process.communicate()[1]
    # Signals are heard from the moment the loop runs; before, Python's own answer is to die.
    while b"alice" not in workspace.read_bytes() + _log_of(workspace):
        assert process.poll() is None

    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=30)

    assert (process.returncode, errors) == (0, "")
    Store.open(workspace).close()


def _log_of(workspace: Path) -> bytes:
    log = workspace.with_name(f"{workspace.name}-wal")
    return log.read_bytes() if log.exists() else b""


def test_a_start_that_was_interrupted_is_made_up_for(play, workspace) -> None:
    Store.open(workspace).close()

    async def story(program: Desktop) -> None:
        assert [pool.name for pool in program.sandbox.core.store.pools.all()] == ["demo"]

    play(story)


def test_a_workspace_emptied_on_purpose_stays_empty(play) -> None:
    async def empties(program: Desktop) -> None:
        program.sandbox.core.store.pools.remove("us-east-1_Demo00001")

    async def finds_it_empty(program: Desktop) -> None:
        assert program.sandbox.core.store.pools.all() == ()
        assert program.window._state.serving

    play(empties)
    play(finds_it_empty)


def test_a_pool_made_in_the_window_is_served_at_once(play) -> None:
    async def story(program: Desktop) -> None:
        program.window.go_to("pools")
        pools = program.window.view.pools
        pools.create_pool()
        editor = pools.sections["policy"].editor
        editor.set_draft(
            editor.draft
            | {"PoolName": "new", "Id": "us-east-1_New", "UserPoolDomain": {"Domain": "new"}}
        )
        editor.bar.save.click()

        address = f"{program.sandbox.http}/us-east-1_New/.well-known/openid-configuration"
        assert await status(address) == 200
        program.window.menus._undo.trigger()
        assert await status(address) == 404
        program.window.menus._redo.trigger()
        assert await status(address) == 200

    play(story)


def test_a_pool_seeded_while_the_window_is_open_appears_at_once(play, tmp_path) -> None:
    seed = tmp_path / "more.yaml"
    seed.write_text(
        "Resources:\n"
        "  More:\n"
        "    Type: AWS::Cognito::UserPool\n"
        "    Properties: {UserPoolName: seeded}\n"
    )

    async def story(program: Desktop) -> None:
        program.window.go_to("pools")
        tree = program.window.view.pools.tree

        await program.sandbox.seed([seed])

        await until(lambda: "seeded" in [node.title for node in tree.nodes])
        await until(program.window.top.pools.isVisible)

    play(story)

"""A workspace is made when absent, kept from others, and looked at before it is trusted."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox_app.store import (
    NewerWorkspace,
    NotAWorkspace,
    Store,
    UnreadableWorkspace,
    WorkspaceError,
    schema,
)

PLANTED = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON pool_user BEGIN DELETE FROM setting; END",
    "view": "CREATE VIEW v AS SELECT * FROM setting",
    "table": "CREATE TABLE extra (a)",
    "index": "CREATE INDEX extra ON setting (value)",
    "column": "ALTER TABLE setting ADD COLUMN more TEXT",
    "missing": "DROP TABLE login_attempt",
}


def traces(folder: Path) -> dict[str, tuple[int, bytes]]:
    # What stands in a -shm file is SQLite's scratch memory, so only its presence counts.
    return {
        path.name: (path.stat().st_mode, b"" if path.suffix.endswith("-shm") else path.read_bytes())
        for path in folder.iterdir()
        if path.is_file()
    }


def refused(path: Path, kind: type[WorkspaceError]) -> str:
    before = traces(path.parent)
    with pytest.raises(kind) as raised:
        Store.open(path)
    assert traces(path.parent) == before
    assert raised.value.path == path
    message = str(raised.value)
    assert message.startswith(str(path))
    assert message.endswith(".")
    assert "\n" not in message
    return message


def made(path: Path) -> Path:
    Store.open(path).close()
    return path


def run(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_absent_workspace_is_made_and_found_again(workspace):
    with_something = Store.open(workspace)
    with_something.settings.put("a", "b")
    with_something.close()

    again = Store.open(workspace)

    assert again.settings.get("a") == "b"
    assert again.path == workspace
    again.close()


def test_an_empty_file_becomes_a_workspace(workspace):
    workspace.touch()

    made(workspace)

    assert workspace.stat().st_size > 0


def test_every_file_is_the_owners_alone_whatever_the_umask(workspace, an_exchange):
    before = os.umask(0)
    try:
        store = Store.open(workspace)
        store.settings.put("a", "b")
        store.traffic.append(*an_exchange())
        store.traffic.flush()
        names = {path.name for path in workspace.parent.iterdir()}
        modes = {stat.S_IMODE(path.stat().st_mode) for path in workspace.parent.iterdir()}
        store.close()
    finally:
        os.umask(before)

    assert names == {workspace.name + end for end in ("", "-wal", "-shm", ".lock")}
    assert modes == {0o600}


def test_a_workspace_copied_with_wider_rights_is_closed_to_others_again(workspace):
    made(workspace).chmod(0o644)

    made(workspace)

    assert stat.S_IMODE(workspace.stat().st_mode) == 0o600


def test_connections_do_not_trust_the_file(store):
    pragmas = ("trusted_schema", "cell_size_check", "foreign_keys", "synchronous", "journal_mode")

    values = [store._database.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]

    assert values == [0, 1, 1, 1, "wal"]


def test_without_a_path_the_workspace_goes_when_it_is_closed(an_exchange):
    store = Store.open(None)
    folder = store.path.parent
    store.traffic.append(*an_exchange())
    assert store.path.exists()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    store.close()
    store.close()

    assert not folder.exists()


@pytest.mark.parametrize("content", [b"x", b"hello" * 100, b"SQLite format 3\x00"])
def test_a_file_that_is_no_database_is_left_alone(workspace, content):
    workspace.write_bytes(content)

    assert "it is not a database" in refused(workspace, NotAWorkspace)


def test_another_programs_database_is_left_alone(workspace):
    run(workspace, "CREATE TABLE bookmarks (url)")

    assert "another program" in refused(workspace, NotAWorkspace)


def test_a_damaged_workspace_is_left_alone(workspace):
    content = made(workspace).read_bytes()
    workspace.write_bytes(content[:100] + b"\xff" * (len(content) - 100))

    refused(workspace, UnreadableWorkspace)


def test_a_newer_workspace_is_left_alone(workspace):
    newer = schema.newest_version() + 1
    run(made(workspace), f"PRAGMA user_version = {newer}")

    assert f"newer version of this program (schema {newer}" in refused(workspace, NewerWorkspace)


def test_a_workspace_without_a_version_is_left_alone(workspace):
    run(made(workspace), "PRAGMA user_version = 0")

    refused(workspace, NotAWorkspace)


@pytest.mark.parametrize("planted", PLANTED)
def test_whatever_a_stranger_planted_is_named_and_refused(workspace, planted):
    run(made(workspace), PLANTED[planted])

    message = refused(workspace, NotAWorkspace)

    assert planted in message or "setting" in message or "lacks the" in message


def test_a_trigger_planted_in_the_log_beside_the_file_is_refused_too(workspace):
    made(workspace)
    # Ends without closing, so that the trigger stays in the -wal file.
    planting = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
        "c.execute(sys.argv[2]); c.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", planting, workspace, PLANTED["trigger"]], check=True)
    assert b"DELETE FROM setting" not in workspace.read_bytes()

    assert "trigger 't'" in refused(workspace, NotAWorkspace)


def test_a_journal_left_beside_the_file_is_never_played_back(workspace):
    made(workspace).with_name(workspace.name + "-journal").write_bytes(b"x" * 600)

    assert "journal" in refused(workspace, NotAWorkspace)


@pytest.mark.parametrize(
    "document", ["{", "[]", "{}", '{"Id": "p"}', "null", "[" * 100_000, '{"Id": 3, "Policies": 4}']
)
def test_configuration_that_makes_no_sense_is_refused(workspace, document):
    made(workspace)
    connection = sqlite3.connect(workspace)
    connection.execute("INSERT INTO user_pool (id, document) VALUES ('p', ?)", (document,))
    connection.commit()
    connection.close()

    with pytest.raises(UnreadableWorkspace, match="makes no sense"):
        Store.open(workspace)

    assert not workspace.with_name(workspace.name + "-wal").exists()


def test_a_folder_in_place_of_the_file_is_left_alone(workspace):
    workspace.mkdir()

    assert "not a plain file" in refused(workspace, NotAWorkspace)


def test_a_device_in_place_of_the_file_is_left_alone(workspace):
    os.mkfifo(workspace)

    assert "not a plain file" in refused(workspace, NotAWorkspace)
    assert stat.S_ISFIFO(workspace.stat().st_mode)


def test_a_missing_folder_is_named(workspace):
    with pytest.raises(UnreadableWorkspace, match="its folder does not exist"):
        Store.open(workspace / "deeper.sqlite")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_that_may_not_be_written_is_refused(workspace):
    made(workspace).chmod(0o400)

    refused(workspace, UnreadableWorkspace)


def test_a_failed_open_leaves_no_lock_behind(workspace):
    run(made(workspace), PLANTED["view"])
    workspace.with_name(workspace.name + ".lock").unlink()

    refused(workspace, NotAWorkspace)

    assert [path.name for path in workspace.parent.iterdir()] == [workspace.name]


def test_what_a_killed_beginning_left_is_tidied_away(workspace):
    workspace.with_name(workspace.name + ".0123abcd.new").write_text("half")

    made(workspace)

    assert [path.name for path in workspace.parent.glob("*.new")] == []


def test_a_half_made_workspace_never_takes_the_name(workspace, monkeypatch):
    def interrupted(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sandbox_app.store.schema.upgrade", interrupted)

    with pytest.raises(UnreadableWorkspace, match="no space left on device"):
        Store.open(workspace)

    assert list(workspace.parent.iterdir()) == []

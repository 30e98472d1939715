"""Workspace files: sound, damaged, foreign, newer, open, readable by others."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sandbox_app.app.doctor.finding import Grade
from sandbox_app.app.doctor.workspace import lock, workspace
from sandbox_app.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "w.sandbox"
    Store.open(made).close()
    return made


def beside(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


def test_a_sound_workspace_is_fine_and_left_as_it_was(path: Path) -> None:
    before = beside(path)

    found = workspace(path)
    assert [item.grade for item in found] == [Grade.FINE] * 3
    assert "0 pools, 0 users, 0 recorded requests" in found[0].says
    assert beside(path) == before


def test_one_of_a_kind_is_told_as_one(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO user_pool (id, document) VALUES ('us-east-1_One', '{}')")
    connection.close()

    assert "1 pool, 0 users, 0 recorded requests" in workspace(path)[0].says


def test_none_yet_is_fine_and_stays_none(tmp_path: Path) -> None:
    (found,) = workspace(tmp_path / "none")

    assert found.grade is Grade.FINE
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_page_is_found(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(2, size // 4096):
            file.seek(page * 4096)
            file.write(b"\xff" * 64)

    found = workspace(path)[0]
    assert found.grade is Grade.BROKEN
    assert "damaged" in found.says


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("PRAGMA user_version = 999", "has schema 999"),
        ("PRAGMA application_id = 7", "is a database of another program"),
        ("CREATE TABLE mine (x)", "holds a table 'mine'"),
        ("DROP TABLE import_link", "lacks the "),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_broken(
    path: Path, statement: str, says: str
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()

    found = workspace(path)[0]
    assert found.grade is Grade.BROKEN
    assert says in found.says


def test_a_text_file_and_a_folder_are_no_workspaces(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("x" * 200)

    assert workspace(tmp_path / "text")[0].grade is Grade.BROKEN
    assert workspace(tmp_path)[0].grade is Grade.BROKEN


def test_others_must_not_be_able_to_read_it(path: Path) -> None:
    path.chmod(0o644)

    permissions = workspace(path)[1]
    assert permissions.grade is Grade.WARNING
    assert permissions.remedy == f"chmod 600 {path}"


def test_whoever_has_it_open_is_named_and_not_disturbed(path: Path) -> None:
    assert lock(path).grade is Grade.FINE
    with closing(Store.open(path)) as store:
        store.settings.put("a", "b")
        whole, _, held = workspace(path)

        assert held.grade is Grade.WARNING
        assert held.says == f"it is open in process {os.getpid()}"
        assert whole.grade is Grade.FINE
        store.settings.put("a", "c")
    assert lock(path).grade is Grade.FINE


def test_where_locks_are_not_listed_it_cannot_be_told(path: Path, tmp_path: Path) -> None:
    assert lock(path, tmp_path / "none").says == "who has it open cannot be told on this system"

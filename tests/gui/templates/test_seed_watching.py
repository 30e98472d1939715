"""A watched template is imported again when it changes, and each time can be taken back."""

from pathlib import Path

import pytest

from sandbox_app.gui.templates.seed_watching import SeedWatching
from sandbox_app.workbench import edits

TEMPLATE = """\
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Metadata: {Sandbox: {Id: us-east-1_Shop}}
    Properties: {UserPoolName: NAME}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shop.yaml"
    path.write_text(TEMPLATE.replace("NAME", "one"))
    return path


@pytest.fixture
def watching(core, spawn, file):
    made = SeedWatching(core, spawn)
    made.watch(file, {})
    yield made
    made.stop()


def looked(watching, times: int = 2) -> list:
    told = []
    watching.told.connect(told.append)
    for _ in range(times):
        watching.look()
    watching.told.disconnect(told.append)
    return told


def test_a_file_as_it_was_is_left_alone(core, watching) -> None:
    assert looked(watching, 3) == []
    assert edits.undoable(core) == ""


def test_a_changed_file_is_imported_and_can_be_taken_back(core, watching, file) -> None:
    file.write_text(TEMPLATE.replace("NAME", "another"))

    (told,) = looked(watching)

    assert (told.created, told.error) == (1, "")
    assert core.store.pools.get("us-east-1_Shop").name == "another"
    assert edits.undo(core) == "Import shop.yaml again"
    assert core.store.pools.get("us-east-1_Shop") is None


def test_a_broken_file_changes_nothing_and_is_told(core, watching, file) -> None:
    before = core.store.pools.all()
    file.write_text("Resources: [")

    (told,) = looked(watching)

    assert "shop.yaml:1" in told.error
    assert core.store.pools.all() == before


def test_nothing_is_watched_any_more_once_stopped(core, watching, file) -> None:
    watching.stop()
    file.write_text(TEMPLATE.replace("NAME", "another"))

    assert looked(watching) == []
    assert watching.files == []


def test_a_look_that_finds_nothing_new_disturbs_nobody(core, watching) -> None:
    heard = []
    core.bus.subscribe(object, heard.append)

    looked(watching, 3)

    assert heard == []


def test_the_edit_can_be_taken_back_by_the_time_it_is_told(core, watching, file) -> None:
    file.write_text(TEMPLATE.replace("NAME", "another"))
    said = []
    watching.told.connect(lambda _: said.append(edits.undoable(core)))

    looked(watching)

    assert said == ["Import shop.yaml again"]

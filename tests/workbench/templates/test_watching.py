"""Seed files that change while a sandbox runs."""

import os
from pathlib import Path

import pytest

from sandbox_app.domain.events import SeedReloaded
from sandbox_app.operations import user_pools
from sandbox_app.operations.core import Core
from sandbox_app.workbench.templates.importing import import_templates
from sandbox_app.workbench.templates.watching import EVERY, SeedWatch
from tests.cores import writes

POOL = "us-east-1_Watched01"


def template(name: str, more: str = "") -> str:
    return (
        "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n"
        f"    Metadata: {{Sandbox: {{Id: {POOL}}}}}\n"
        f"    Properties: {{UserPoolName: {name}{more}}}\n"
    )


class Watched:
    """A watch over files in a folder, and everything that it reported."""

    def __init__(self, core: Core, *files: Path) -> None:
        self.core = core
        self.reports: list[SeedReloaded] = []
        self.watch = SeedWatch(core, files, {}, self.reports.append)

    async def looks(self, times: int = 2) -> list[SeedReloaded]:
        """What was reported during so many looks."""
        self.reports.clear()
        for _ in range(times):
            await self.watch.check_once()
        return list(self.reports)

    @property
    def name(self) -> str:
        pool = self.core.store.pools.get(POOL)
        assert pool is not None
        return pool.name


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    path = tmp_path / "seed.yaml"
    path.write_text(template("first"))
    return path


@pytest.fixture
async def watched(core: Core, seed: Path) -> Watched:
    made = Watched(core, seed)
    await import_templates([seed], {}, core)
    return made


async def test_a_file_that_stays_is_left_alone(watched: Watched) -> None:
    before = writes(watched.core)

    assert await watched.looks(5) == []
    assert writes(watched.core) == before


async def test_a_change_is_imported_once_and_told(watched: Watched, seed: Path) -> None:
    heard: list[SeedReloaded] = []
    watched.core.bus.subscribe(SeedReloaded, heard.append)
    seed.write_text(template("second"))

    assert await watched.looks(5) == [SeedReloaded((str(seed),), updated=1)]
    assert watched.name == "second"
    assert heard == [SeedReloaded((str(seed),), updated=1)]


async def test_a_file_that_is_still_being_written_is_waited_for(
    watched: Watched, seed: Path
) -> None:
    whole = template("second")
    for length in (20, 60, len(whole)):
        seed.write_text(whole[:length])
        assert await watched.looks(1) == []

    assert [told.error for told in await watched.looks(1)] == [""]
    assert watched.name == "second"


async def test_a_new_date_alone_changes_nothing(watched: Watched, seed: Path) -> None:
    os.utime(seed, (1, 1))

    assert await watched.looks(5) == []


async def test_a_change_of_the_same_length_and_at_the_same_moment_as_the_first_look_is_seen(
    watched: Watched, seed: Path
) -> None:
    before = seed.stat()
    seed.write_text(template("other"))
    os.utime(seed, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert seed.stat().st_size == before.st_size

    assert len(await watched.looks()) == 1
    assert watched.name == "other"


async def test_what_changes_during_the_first_import_is_seen(core: Core, seed: Path) -> None:
    watched = Watched(core, seed)
    await import_templates([seed], {}, core)
    seed.write_text(template("meanwhile"))

    await watched.looks()
    assert watched.name == "meanwhile"


async def test_a_mistake_is_told_once_and_the_configuration_stays(
    watched: Watched, seed: Path
) -> None:
    seed.write_text(template("second", ", Colour: blue"))

    (told,) = await watched.looks(5)
    assert told.error == f"{seed}:5: Pool.Colour: no such property"
    assert (told.created, told.updated, told.unchanged) == (0, 0, 0)
    assert watched.name == "first"


async def test_the_next_change_after_a_mistake_is_imported(watched: Watched, seed: Path) -> None:
    seed.write_text("Resources: {")
    await watched.looks()
    seed.write_text(template("third"))

    assert [told.error for told in await watched.looks()] == [""]
    assert watched.name == "third"


async def test_taking_a_mistake_back_is_told_too(watched: Watched, seed: Path) -> None:
    seed.write_text("Resources: {")
    await watched.looks()
    seed.write_text(template("first"))

    assert await watched.looks() == [SeedReloaded((str(seed),), unchanged=1)]
    assert await watched.looks() == []


async def test_a_file_that_an_editor_replaces_is_not_missed_in_between(
    watched: Watched, seed: Path
) -> None:
    seed.unlink()
    assert await watched.looks(1) == []
    seed.write_text(template("replaced"))

    assert [told.error for told in await watched.looks()] == [""]
    assert watched.name == "replaced"


async def test_a_file_that_is_gone_is_told_and_so_is_its_return(
    watched: Watched, seed: Path
) -> None:
    seed.unlink()
    assert [told.error for told in await watched.looks(5)] == [
        f"{seed} cannot be used: no such file or directory"
    ]
    assert watched.name == "first"

    seed.write_text(template("first"))
    assert await watched.looks() == [SeedReloaded((str(seed),), unchanged=1)]


async def test_only_the_changed_one_of_several_is_imported(
    core: Core, seed: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(template("x").replace(POOL, "us-east-1_Other0001"))
    watched = Watched(core, seed, other)
    await import_templates([seed, other], {}, core)
    user_pools.update_user_pool(core, {"UserPoolId": POOL, "PoolName": "by hand"})
    other.write_text(other.read_text().replace(": x", ": y"))

    assert await watched.looks() == [SeedReloaded((str(other),), updated=1)]
    assert watched.name == "by hand"


async def test_a_file_refused_together_with_another_is_tried_again_with_it(
    core: Core, seed: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(template("x").replace(POOL, "us-east-1_Other0001"))
    watched = Watched(core, seed, other)
    await import_templates([seed, other], {}, core)
    seed.write_text(template("second"))
    good = other.read_text()
    other.write_text("Resources: {")
    assert len(await watched.looks()) == 1
    assert watched.name == "first"

    other.write_text(good.replace(": x", ": y"))
    assert await watched.looks() == [SeedReloaded((str(seed), str(other)), updated=2)]
    assert watched.name == "second"


async def test_the_watch_runs_on_the_pauses_it_is_given(watched: Watched, seed: Path) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 1:
            seed.write_text(template("second"))
        if len(pauses) == 4:
            raise EOFError

    with pytest.raises(EOFError):
        await watched.watch.run(pause)
    assert pauses == [EVERY] * 4
    assert watched.name == "second"

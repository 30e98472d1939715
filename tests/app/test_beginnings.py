"""What a workspace was first filled with is what it can be reset to, however it was filled."""

import json
from pathlib import Path

import pytest

from sandbox_app.app import seeding
from sandbox_app.app.first_start import forget, seed_if_new
from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.resources import resource_path
from sandbox_app.operations import user_pools, users
from sandbox_app.store import Store
from sandbox_app.store.snapshot_files import snapshots_folder
from sandbox_app.workbench import snapshots
from sandbox_app.workbench.snapshots import Origin
from tests.conftest import DEMO_POOL

DEMO = resource_path("seeds/demo.yaml")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "new.sandbox"


@pytest.fixture
async def opened(tmp_path, workspace, clock):
    """Opens the workspace, once more if need be, and closes it in the end."""
    made: list[Sandbox] = []

    async def again() -> Sandbox:
        for before in made:
            await before.close()
        made.append(Sandbox(Settings(workspace=workspace), tmp_path, clock=clock))
        return made[-1]

    yield again
    for sandbox in made:
        await sandbox.close()


async def seeds(sandbox: Sandbox) -> list[str]:
    found = await snapshots.snapshots(sandbox.core)
    return [one.name for one in found if one.origin is Origin.SEED]


async def test_the_demo_is_remembered_when_a_new_workspace_is_filled_with_it(opened):
    sandbox = await opened()
    await seed_if_new(sandbox)
    users.admin_delete_user(sandbox.core, {"UserPoolId": DEMO_POOL, "Username": "alice"})

    again = await opened()
    await seed_if_new(again)
    await snapshots.reset_to_seed(again.core)

    assert again.core.store.users.find(DEMO_POOL, "alice") is not None


async def test_only_the_first_seed_is_the_beginning(opened, tmp_path):
    sandbox = await opened()
    await sandbox.seed([DEMO])
    (before,) = await snapshots.snapshots(sandbox.core)
    template = DEMO.read_text().replace("PoolName: demo", "PoolName: changed")
    later = tmp_path / "later.yaml"
    later.write_text(template)

    await sandbox.seed([later])

    assert await snapshots.snapshots(sandbox.core) == (before,)


async def test_a_pool_made_by_hand_is_no_seed(opened):
    sandbox = await opened()
    user_pools.create_user_pool(sandbox.core, {"PoolName": "mine"})

    await sandbox.seed([DEMO])
    await seed_if_new(sandbox)

    assert await seeds(sandbox) == []


async def test_a_full_disk_does_not_keep_a_workspace_from_being_filled(opened, monkeypatch, caplog):
    sandbox = await opened()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sandbox.core.store, "save_state", full)
    await seed_if_new(sandbox)

    assert sandbox.core.store.pools.all()
    assert "cannot be reset to how it began" in caplog.text


def test_the_seed_command_is_a_beginning_and_its_check_is_none(workspace):
    assert seeding.run(workspace, (DEMO,), {}, check=True) == 0
    assert not workspace.exists()
    assert not snapshots_folder(workspace).exists()
    assert seeding.run(workspace, (DEMO,), {}, check=False) == 0

    store = Store.open(workspace)
    (seed,) = store.snapshots.ids()
    assert store.snapshots.read_note(seed)["origin"] == "seed"
    store.close()


async def test_a_workspace_made_for_nothing_takes_its_seed_along_and_nothing_else(
    workspace, opened
):
    sandbox = await opened()
    await seed_if_new(sandbox)
    kept = await snapshots.save(sandbox.core, "of an earlier workspace of that name")
    await sandbox.close()

    forget(workspace)

    left = sorted(path.name for path in snapshots_folder(workspace).iterdir())
    assert left == [f"{kept.id}.json", f"{kept.id}.state"]
    assert json.loads((snapshots_folder(workspace) / left[0]).read_text())["origin"] == "saved"
    assert not workspace.exists()

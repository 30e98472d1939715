"""Snapshots have names, sizes and counts, and are files that only their owner may read."""

import json
import stat

import pytest

from sandbox_app.domain.events import SnapshotsChanged
from sandbox_app.store import Store, state
from sandbox_app.workbench import snapshots
from sandbox_app.workbench.snapshots import Origin, SnapshotError
from sandbox_app.workbench.snapshots import keeping as keeping_module
from tests.conftest import NOON
from tests.cores import open_core
from tests.workbench.snapshots.filled import POOL, exchanges_of, record_exchange


@pytest.fixture
def heard(core):
    told = []
    core.bus.subscribe(SnapshotsChanged, told.append)
    return told


async def names(core):
    return [one.name for one in await snapshots.snapshots(core)]


async def test_a_snapshot_says_when_it_was_saved_and_what_it_holds(core, heard):
    saved = await snapshots.save(core, "  before   lunch ")

    assert await snapshots.snapshots(core) == (saved,)
    assert (saved.name, saved.origin, saved.problem) == ("before lunch", Origin.SAVED, "")
    assert saved.saved_at == NOON.timestamp()
    assert saved.size > 100_000
    assert saved.counts == {
        "pools": 1,
        "app clients": 1,
        "groups": 1,
        "resource servers": 1,
        "users": 2,
        "sessions": 1,
        "refresh tokens": 1,
        "signing keys": 1,
    }
    assert heard == [SnapshotsChanged()]


async def test_the_newest_comes_first_also_when_the_clock_stands(core):
    for name in ("one", "two", "three"):
        await snapshots.save(core, name)

    assert await names(core) == ["three", "two", "one"]


async def test_only_the_owner_may_read_what_was_saved(core):
    await snapshots.save(core, "secret")

    folder = core.store.snapshots.folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("of_no_use", [0.0, 1.0], ids=["by pages", "by rows"])
async def test_a_snapshot_is_a_workspace_of_its_own_without_traffic(
    core, tmp_path, monkeypatch, of_no_use
):
    monkeypatch.setattr(state, "_of_no_use", lambda _: of_no_use)
    record_exchange(core, "one")
    core.store.traffic.flush()
    saved = await snapshots.save(core, "as a workspace")
    assert b"question" not in core.store.snapshots.state(saved.id).read_bytes()
    assert len(list(core.store.snapshots.folder.iterdir())) == 2
    moved = core.store.snapshots.state(saved.id).rename(tmp_path / "moved.sandbox")

    opened = Store.open(moved)

    assert [pool.id for pool in opened.pools.all()] == [POOL]
    assert opened.traffic.page(None, 10) == ()
    assert exchanges_of(core) == ["one"]
    opened.close()


async def test_it_is_found_by_its_id_and_by_its_name_in_any_case(core):
    saved = await snapshots.save(core, "Before Lunch")

    assert await snapshots.find(core, saved.id) == saved
    assert await snapshots.find(core, " before lunch ") == saved
    with pytest.raises(SnapshotError, match="no snapshot “after lunch”"):
        await snapshots.find(core, "after lunch")


async def test_it_keeps_its_id_and_content_under_another_name(core, heard):
    saved = await snapshots.save(core, "before")

    renamed = await snapshots.rename(core, saved.id, "after")

    assert await snapshots.snapshots(core) == (renamed,)
    assert (renamed.id, renamed.name, renamed.counts) == (saved.id, "after", saved.counts)
    assert len(heard) == 2
    await snapshots.rename(core, saved.id, "AFTER")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "needs a name"),
        ("   ", "needs a name"),
        ("x" * 81, "at most 80"),
        ("bell\a", "all of them visible"),
        ("TAKEN", "already"),
    ],
)
async def test_a_name_that_cannot_be_is_refused_for_old_and_new(core, name, words):
    await snapshots.save(core, "taken")
    other = await snapshots.save(core, "other")

    with pytest.raises(SnapshotError, match=words) as saving:
        await snapshots.save(core, name)
    with pytest.raises(SnapshotError, match=words) as renaming:
        await snapshots.rename(core, other.id, name)

    assert (saving.value.field, renaming.value.field) == ("name", "name")
    assert await names(core) == ["other", "taken"]


async def test_what_was_deleted_is_gone_from_the_disk(core, heard):
    saved = await snapshots.save(core, "before")

    await snapshots.delete(core, saved.id)

    assert await snapshots.snapshots(core) == ()
    assert list(core.store.snapshots.folder.iterdir()) == []
    assert len(heard) == 2
    for again in (
        snapshots.delete(core, saved.id),
        snapshots.rename(core, saved.id, "x"),
        snapshots.restore(core, saved.id),
    ):
        with pytest.raises(SnapshotError, match="no such snapshot"):
            await again


@pytest.mark.parametrize("strange", ["", "../../etc/passwd", "x" * 16, "0123456789abcdef"])
async def test_an_id_that_is_none_leads_nowhere(core, strange):
    await snapshots.save(core, "before")

    for refused in (snapshots.delete(core, strange), snapshots.restore(core, strange)):
        with pytest.raises(SnapshotError, match="no such snapshot"):
            await refused


async def test_the_seed_cannot_be_deleted_and_is_there_once(core):
    await snapshots.remember_seed(core)
    await snapshots.remember_seed(core)

    (seed,) = await snapshots.snapshots(core)
    assert (seed.name, seed.origin) == ("Seed", Origin.SEED)
    with pytest.raises(SnapshotError, match="cannot be deleted"):
        await snapshots.delete(core, seed.id)


async def test_a_damaged_one_still_says_its_name(core):
    saved = await snapshots.save(core, "before")
    core.store.snapshots.state(saved.id).write_bytes(b"")

    (found,) = await snapshots.snapshots(core)

    assert found.name == "before"
    assert found.problem == (
        "It cannot be restored: its file is not a workspace: it is not a database."
    )


@pytest.mark.parametrize("note", ["", "[]", "{", '{"name": 7, "origin": [], "counts": 3}'])
async def test_one_whose_note_is_damaged_can_still_be_restored(core, note):
    saved = await snapshots.save(core, "before")
    (core.store.snapshots.folder / f"{saved.id}.json").write_text(note)

    (found,) = await snapshots.snapshots(core)

    assert (found.id, found.origin, found.problem) == (saved.id, Origin.SAVED, "")
    await snapshots.restore(core, found.id)


async def test_a_full_disk_leaves_nothing_behind(core, monkeypatch, heard):
    def full(target):
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(core.store, "save_state", full)

    with pytest.raises(SnapshotError, match=r"cannot be written: no space left on device\."):
        await snapshots.save(core, "before")

    assert list(core.store.snapshots.folder.iterdir()) == []
    assert heard == []


async def test_what_a_killed_save_left_is_swept_at_the_next_start(core, clock):
    saved = await snapshots.save(core, "before")
    folder = core.store.snapshots.folder
    (folder / "0123456789abcdef.state").write_bytes(b"half")
    (folder / f"{saved.id}.json.abcd1234.new").write_text("{")
    core.store.close()

    again = open_core(core.store.path, clock)

    assert sorted(path.name for path in folder.iterdir()) == [
        f"{saved.id}.json",
        f"{saved.id}.state",
    ]
    assert await names(again) == ["before"]
    again.store.close()


async def test_two_workspaces_in_one_folder_have_snapshots_of_their_own(core, tmp_path, clock):
    other = open_core(tmp_path / "other.sandbox", clock)

    await snapshots.save(core, "mine")

    assert await names(other) == []
    other.store.close()


async def test_counts_are_told_in_words_for_every_table_people_count(core):
    saved = await snapshots.save(core, "before")

    note = json.loads((core.store.snapshots.folder / f"{saved.id}.json").read_text())
    assert set(keeping_module._COUNTED) <= set(note["counts"])


async def test_pages_are_copied_unless_much_of_them_is_of_no_use(core):
    size = core.store.path.stat().st_size
    assert state._of_no_use(core.store.path) == 0.0

    for number in range(40):
        record_exchange(core, str(number))
    core.store.traffic.flush()
    assert 0.0 < state._of_no_use(core.store.path) < 40 * 1000 / size
    core.store.pools.remove(POOL)
    assert state._of_no_use(core.store.path) == 1.0

"""A restored workspace is what it was, whatever was done meanwhile; or nothing happens at all."""

import asyncio
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import ConditionsChanged, EditsChanged, SnapshotRestored
from sandbox_app.domain.records.marks import RowMark
from sandbox_app.operations import (
    domains,
    groups,
    resource_servers,
    user_pool_clients,
    user_pools,
    users,
)
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.store import StoredKey, schema, state
from sandbox_app.store.deleted_pools import DeletedPools
from sandbox_app.workbench import edits, snapshots
from sandbox_app.workbench.conditions.clock import advance
from sandbox_app.workbench.conditions.switching import set_leniency
from sandbox_app.workbench.snapshots import Origin, SnapshotError
from sandbox_app.workbench.snapshots import restoring as restoring_module
from tests.conftest import NOON
from tests.cores import open_core
from tests.workbench.snapshots.filled import (
    CLIENT,
    POOL,
    a_code,
    a_grant,
    a_session,
    add_user,
    everything,
    exchanges_of,
    in_memory,
    record_exchange,
)

IN_PLACE, BY_FILE = restoring_module.FEW_ROWS, -1

ROUTES = pytest.mark.parametrize("most", [IN_PLACE, BY_FILE], ids=["in place", "by file"])
"""A few rows are exchanged where they lie; for many the whole file is exchanged."""

ALICE = {"UserPoolId": POOL, "Username": "alice"}


@pytest.fixture
def route(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    return lambda most: monkeypatch.setattr(restoring_module, "FEW_ROWS", most)


def change_a_client(core: Core) -> None:
    user_pool_clients.update_user_pool_client(
        core, {"UserPoolId": POOL, "ClientId": CLIENT, "ClientName": "renamed"}
    )


def delete_a_client(core: Core) -> None:
    user_pool_clients.delete_user_pool_client(core, {"UserPoolId": POOL, "ClientId": CLIENT})


def delete_the_pool(core: Core) -> None:
    domains.delete_user_pool_domain(core, {"UserPoolId": POOL, "Domain": "demo"})
    user_pools.delete_user_pool(core, {"UserPoolId": POOL})


def make_another_pool(core: Core) -> None:
    user_pools.create_user_pool(core, {"PoolName": "another"}, pool_id="us-east-1_Another")


def make_and_delete_another_pool(core: Core) -> None:
    make_another_pool(core)
    user_pools.delete_user_pool(core, {"UserPoolId": "us-east-1_Another"})


def change_a_user(core: Core) -> None:
    attributes = [{"Name": "email", "Value": "other@example.com"}]
    users.admin_update_user_attributes(core, {**ALICE, "UserAttributes": attributes})


def delete_a_user(core: Core) -> None:
    users.admin_delete_user(core, ALICE)


def exchange_two_users(core: Core) -> None:
    """Another user takes over the row number and the e-mail address of one that is gone."""
    users.admin_delete_user(core, {"UserPoolId": POOL, "Username": "bob"})
    add_user(core, "carol", attributes={"sub": "sub-carol", "email": "bob@example.com"})


def leave_a_group(core: Core) -> None:
    groups.admin_remove_user_from_group(core, {**ALICE, "GroupName": "admins"})


def delete_a_resource_server(core: Core) -> None:
    resource_servers.delete_resource_server(core, {"UserPoolId": POOL, "Identifier": "orders"})


def spend_everything(core: Core) -> None:
    core.store.codes.spend("code", 5.0)
    core.store.refresh_grants.revoke_family("family", 5.0)
    core.store.sessions.remove_of_user(POOL, "sub-alice")


def sign_in_again(core: Core) -> None:
    core.store.sessions.put(a_session("another"))
    core.store.codes.add(a_code("another"))
    core.store.refresh_grants.add(a_grant("another"))


def rotate_a_key(core: Core) -> None:
    core.store.keys.add(POOL, StoredKey("kid-2", "access", b"other", 2.0))


def bend_the_world(core: Core) -> None:
    advance(core, timedelta(hours=2))
    set_leniency(core, no_lockout=True)


CHANGES = (
    change_a_client,
    delete_a_client,
    delete_the_pool,
    make_another_pool,
    make_and_delete_another_pool,
    change_a_user,
    delete_a_user,
    exchange_two_users,
    leave_a_group,
    delete_a_resource_server,
    spend_everything,
    sign_in_again,
    rotate_a_key,
    bend_the_world,
)


def do(core: Core, changes: Iterable[Callable[[Core], None]]) -> None:
    """Make the changes, without those whose ground an earlier one took away."""
    for change in changes:
        with suppress(ApiError, sqlite3.IntegrityError):
            change(core)


@ROUTES
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
async def test_whatever_was_done_is_as_before(core, route, most, change):
    route(most)
    before, known = everything(core), in_memory(core)
    saved = await snapshots.save(core, "before")

    change(core)
    assert everything(core) != before
    await snapshots.restore(core, saved.id)

    assert everything(core) == before
    assert in_memory(core) == known


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    earlier=st.lists(st.sampled_from(CHANGES), max_size=4),
    later=st.lists(st.sampled_from(CHANGES), max_size=6),
    most=st.sampled_from([IN_PLACE, BY_FILE, 3]),
    of_no_use=st.sampled_from([0.0, 1.0]),
)
def test_any_changes_in_any_order_are_as_before(filled, earlier, later, most, of_no_use):
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoring_module, "FEW_ROWS", most)
        core = open_core(Path(shutil.copy(filled, Path(folder) / "a.sandbox")), ManualClock(NOON))
        try:
            do(core, earlier)
            # By pages or by rows, with what was deleted in it or not.
            patch.setattr(state, "_of_no_use", lambda _: of_no_use)
            saved = asyncio.run(snapshots.save(core, "before"))
            before, known = without_deleted_pools(core), in_memory(core)
            do(core, later)
            asyncio.run(snapshots.restore(core, saved.id, keep=False))
            assert everything(core) == before
            assert in_memory(core) == known
            assert foreign_keys_hold(core)
        finally:
            core.store.close()


def without_deleted_pools(core: Core) -> dict[str, list[Any]]:
    """Everything, once the pools that are only marked as deleted are gone from the file."""
    DeletedPools(core.store._database).purge_all()
    return everything(core)


def foreign_keys_hold(core: Core) -> bool:
    connection = core.store._database.connection
    (on,) = connection.execute("PRAGMA foreign_keys").fetchone()
    return bool(on) and connection.execute("PRAGMA foreign_key_check").fetchall() == []


@ROUTES
async def test_what_was_recorded_stays_recorded(core, route, most):
    route(most)
    record_exchange(core, "before")
    core.store.traffic.flush()
    core.store.marks.put(RowMark("before", note="stays"))
    saved = await snapshots.save(core, "empty")
    change_a_client(core)
    record_exchange(core, "after")

    await snapshots.restore(core, saved.id)
    record_exchange(core, "later")

    assert exchanges_of(core) == ["later", "after", "before"]
    assert core.store.traffic.flush()
    assert exchanges_of(core) == ["later", "after", "before"]
    assert core.store.marks.all() == (RowMark("before", note="stays"),)
    core.store.traffic.clear()
    core.store.traffic.flush()
    assert core.store.marks.all() == ()


@ROUTES
async def test_edits_are_forgotten_and_everybody_hears_of_it(core, route, most):
    route(most)
    saved = await snapshots.save(core, "before")
    with edits.step(core, "Rename web"):
        change_a_client(core)
    heard: list[object] = []
    core.bus.subscribe(object, heard.append)

    await snapshots.restore(core, saved.id, keep=False)

    assert edits.undoable(core) == ""
    assert heard[:2] == [SnapshotRestored("before"), EditsChanged("", "")]
    assert ConditionsChanged("clock") in heard
    with edits.step(core, "Delete web"):
        delete_a_client(core)
    edits.undo(core)
    assert core.store.clients.get(CLIENT) is not None


@ROUTES
async def test_an_edit_that_is_open_meanwhile_can_still_be_taken_back(core, route, most):
    route(most)
    saved = await snapshots.save(core, "before")

    with edits.step(core, "A long import"):
        change_a_user(core)
        await snapshots.restore(core, saved.id)
        delete_a_user(core)

    assert edits.undo(core) == "A long import"
    assert core.store.users.get(POOL, "sub-alice") is not None


@ROUTES
async def test_the_world_is_bent_as_it_was(core, route, most):
    route(most)
    set_leniency(core, fixed_code="123456")
    saved = await snapshots.save(core, "lenient")
    set_leniency(core, fixed_code="")
    advance(core, timedelta(hours=2))

    await snapshots.restore(core, saved.id)

    assert core.conditions.leniency.fixed_code == "123456"
    assert core.clock.now() == NOON


@ROUTES
async def test_keys_that_were_not_needed_yet_stay_when_they_were_made_since(core, route, most):
    route(most)
    core.store._database.execute("DELETE FROM signing_key")
    saved = await snapshots.save(core, "before the first token")
    core.store.keys.add(POOL, StoredKey("kid-9", "id", b"pem", 1.0))
    make_another_pool(core)
    core.store.keys.add("us-east-1_Another", StoredKey("kid-10", "id", b"pem", 1.0))

    await snapshots.restore(core, saved.id)

    assert [key.kid for key in core.store.keys.of_pool(POOL)] == ["kid-9"]
    assert core.store.keys.of_pool("us-east-1_Another") == ()


@ROUTES
async def test_the_present_is_saved_first_and_can_be_restored_in_turn(core, route, most):
    route(most)
    saved = await snapshots.save(core, "before")
    delete_a_user(core)
    present = everything(core)

    kept = await snapshots.restore(core, saved.id)
    assert (kept.name, kept.origin) == ("Before restoring before", Origin.BEFORE_RESTORE)
    await snapshots.restore(core, kept.id)

    assert everything(core) == present


async def test_only_the_newest_of_those_that_made_themselves_are_kept(core):
    saved = await snapshots.save(core, "before")

    kept = [await snapshots.restore(core, saved.id) for _ in range(7)]

    remaining = {one.id for one in await snapshots.snapshots(core)}
    assert remaining == {saved.id, *(one.id for one in kept[2:])}


async def test_an_old_one_that_is_about_to_go_is_restored_before_it_goes(core):
    saved = await snapshots.save(core, "before")
    delete_a_user(core)
    eldest = await snapshots.restore(core, saved.id)
    for _ in range(4):
        await snapshots.restore(core, saved.id)

    await snapshots.restore(core, eldest.id)

    assert core.store.users.get(POOL, "sub-alice") is None


async def test_the_seed_is_what_a_workspace_is_reset_to(core):
    await snapshots.remember_seed(core)
    before = everything(core)
    delete_a_user(core)

    await snapshots.reset_to_seed(core)

    assert everything(core) == before


async def test_a_workspace_whose_beginning_is_not_known_says_so(core):
    with pytest.raises(SnapshotError, match="not known"):
        await snapshots.reset_to_seed(core)


@ROUTES
async def test_somebody_who_changes_something_meanwhile_is_no_obstacle(core, route, most):
    route(most)
    before, saved = everything(core), await snapshots.save(core, "before")
    delete_a_user(core)
    left = [change_a_client, sign_in_again, delete_a_resource_server, rotate_a_key]

    async def beside(work):
        result = work()
        if isinstance(work, partial) and left:
            left.pop()(core)
        return result

    await snapshots.restore(with_aside(core, beside), saved.id, keep=False)

    assert everything(core) == before


async def test_a_long_search_is_waited_for(core, route):
    route(BY_FILE)
    before, saved = everything(core), await snapshots.save(core, "before")
    delete_a_user(core)
    begun, over = threading.Event(), threading.Event()

    def search() -> int:
        with core.store.reading() as connection:
            begun.set()
            over.wait(10)
            return connection.execute("SELECT count(*) FROM pool_user").fetchone()[0]

    async def aside(work):
        return await asyncio.to_thread(work)

    searching = asyncio.create_task(asyncio.to_thread(search))
    await asyncio.to_thread(begun.wait, 10)
    restoring = asyncio.create_task(snapshots.restore(with_aside(core, aside), saved.id))
    await asyncio.sleep(0)
    over.set()

    assert await searching == 1
    await restoring
    assert everything(core) == before


async def test_a_second_restore_at_the_same_time_is_refused(core):
    saved = await snapshots.save(core, "before")

    async def aside(work):
        await asyncio.sleep(0)
        return work()

    aside_core = with_aside(core, aside)
    first = asyncio.create_task(snapshots.restore(aside_core, saved.id, keep=False))
    second = asyncio.create_task(snapshots.restore(aside_core, saved.id, keep=False))

    assert await first is None
    with pytest.raises(SnapshotError, match="being restored just now"):
        await second
    await snapshots.restore(core, saved.id)


async def test_a_workspace_that_another_program_holds_open_is_left_alone(core, route):
    route(BY_FILE)
    saved = await snapshots.save(core, "before")
    delete_a_user(core)
    record_exchange(core, "one")
    present = everything(core)
    other = sqlite3.connect(core.store.path)
    other.execute("SELECT * FROM setting").fetchall()

    with pytest.raises(SnapshotError, match="is open in another program"):
        await snapshots.restore(core, saved.id, keep=False)
    other.close()

    assert everything(core) == present
    assert exchanges_of(core) == ["one"]
    await snapshots.restore(core, saved.id)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20_000])


def overwritten(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:] = b"\x55" * (len(content) - 4096)
    file.write_bytes(bytes(content))


def another_file(file: Path) -> None:
    file.write_text("not a database")


def gone(file: Path) -> None:
    file.unlink()


def of_a_newer_version(file: Path) -> None:
    _run(file, "PRAGMA user_version = 999")


def with_a_table_more(file: Path) -> None:
    _run(file, "CREATE TABLE extra (a)")


def with_a_senseless_document(file: Path) -> None:
    _run(file, "UPDATE user_pool SET document = '[1]'")


def with_a_document_cut_off(file: Path) -> None:
    _run(file, """UPDATE user_pool_client SET document = '{"ClientId":'""")


def _run(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


@ROUTES
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (cut_short, "is damaged"),
        (overwritten, "damaged"),
        (another_file, "is not a database"),
        (gone, "no such file"),
        (of_a_newer_version, "was written by a newer version"),
        (with_a_table_more, "holds a table 'extra'"),
        (with_a_senseless_document, "holds what makes no sense"),
        (with_a_document_cut_off, "holds what makes no sense"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_what_cannot_be_restored_is_refused_and_nothing_is_changed(
    core, route, most, damage, words
):
    route(most)
    saved = await snapshots.save(core, "before")
    delete_a_user(core)
    present, known = everything(core), in_memory(core)
    damage(core.store.snapshots.state(saved.id))

    with pytest.raises(SnapshotError, match="“before”") as raised:
        await snapshots.restore(core, saved.id, keep=False)

    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
    assert everything(core) == present
    assert in_memory(core) == known
    assert [path.name for path in core.store.path.parent.glob("*.new*")] == []
    record_exchange(core, "recorded still")
    assert core.store.traffic.flush()


def with_aside(core: Core, aside: Callable[[Callable[[], Any]], Any]) -> Core:
    return replace(core, aside=aside)


@ROUTES
async def test_a_snapshot_of_an_older_version_is_brought_to_the_newest_schema(
    core, route, most, tmp_path, monkeypatch
):
    route(most)
    before, saved = everything(core), await snapshots.save(core, "before")
    delete_a_user(core)
    # To a program that knows one migration more, every snapshot so far is an old one.
    later = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, later)
    (later / "9999_later.py").write_text(LATER)
    for function in (schema.newest_version, schema.upgrade, schema.expected):
        monkeypatch.setattr(function, "__defaults__", (later,))
    schema.upgrade(core.store._database)

    await snapshots.compare(core, saved.id)
    await snapshots.restore(core, saved.id, keep=False)

    assert everything(core) == {**before, "later": [("made",)]}
    connection = core.store._database.connection
    assert schema.actual(connection) == schema.expected(schema.newest_version())


LATER = """
def up(migrator, db):
    db.execute_sql("CREATE TABLE later (a TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
    db.execute_sql("INSERT INTO later VALUES ('made')")
"""


async def test_a_damage_that_only_an_index_has_is_found_before_the_file_is_exchanged(core, route):
    route(BY_FILE)
    saved = await snapshots.save(core, "before")
    delete_a_user(core)
    present, file = everything(core), core.store.snapshots.state(saved.id)
    with closing(sqlite3.connect(file)) as connection:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'pool_user_email'"
        (page,) = connection.execute(sql).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * size : page * size] = b"\x55" * size
    file.write_bytes(bytes(content))

    with pytest.raises(SnapshotError, match="is damaged"):
        await snapshots.restore(core, saved.id, keep=False)

    assert everything(core) == present

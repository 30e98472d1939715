"""A transaction keeps everything or nothing, in the file and in memory; a copy is whole."""

import sqlite3
import stat
import subprocess
import sys
import threading

import pytest

from sandbox_app.store import Store, UnreadableWorkspace, WorkspaceInUse, schema

KILLED = """
import os, sys
from pathlib import Path
from sandbox_app.store import Store
Store.open(Path(sys.argv[1])).settings.put("whose", "theirs")
os._exit(0)
"""


class Changed(Exception):
    pass


def names(store: Store) -> list[str]:
    in_memory = [pool.name for pool in store.pools.all()]
    store.pools.reload()
    assert [pool.name for pool in store.pools.all()] == in_memory
    return in_memory


def test_an_error_undoes_the_file_and_the_memory(store, a_pool, a_client):
    store.pools.put(a_pool(name="before"))
    store.clients.put(a_client())

    with pytest.raises(Changed), store.transaction():
        store.pools.put(a_pool(name="after"))
        store.pools.put(a_pool("p_2"))
        store.clients.remove("c1")
        store.settings.put("a", "b")
        raise Changed

    assert names(store) == ["before"]
    assert store.clients.get("c1") == a_client()
    assert store.settings.get("a") is None


def test_a_removed_pool_comes_back_with_its_parts(store, a_pool, a_client):
    store.pools.put(a_pool())
    store.clients.put(a_client())

    with pytest.raises(Changed), store.transaction():
        store.pools.remove("eu-west-1_One")
        assert store.clients.get("c1") is None
        raise Changed

    assert store.clients.of_pool("eu-west-1_One") == (a_client(),)


def test_an_inner_failure_is_undone_alone(store, a_pool):
    with store.transaction():
        store.pools.put(a_pool("p_1", name="outer"))
        with pytest.raises(Changed), store.transaction():
            store.pools.put(a_pool("p_1", name="inner"))
            raise Changed
        assert store.pools.get("p_1").name == "outer"
        store.pools.put(a_pool("p_2", name="last"))

    assert names(store) == ["outer", "last"]


def test_an_outer_failure_undoes_what_an_inner_block_had_kept(store, a_pool):
    with pytest.raises(Changed), store.transaction():
        with store.transaction():
            store.pools.put(a_pool())
        raise Changed

    assert names(store) == []


def test_nobody_writes_between_what_a_transaction_reads_and_what_it_writes(store, an_exchange):
    other = sqlite3.connect(store.path, timeout=0)

    with store.transaction():
        assert store.settings.get("a") is None
        store.traffic.append(*an_exchange())
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO setting VALUES ('a', 'theirs')")
        store.settings.put("a", "ours")

    other.close()
    assert store.traffic.flush()
    assert store.settings.get("a") == "ours"


def test_a_copy_holds_everything_and_is_the_owners_alone(store, a_pool, tmp_path, an_exchange):
    copy = tmp_path / "copy.sqlite"
    copy.write_text("what was there before")
    store.pools.put(a_pool())
    store.traffic.append(*an_exchange())
    store.traffic.flush()

    thread = threading.Thread(target=store.copy_to, args=(copy,))
    thread.start()
    thread.join()

    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    copied = Store.open(copy)
    assert copied.pools.all() == (a_pool(),)
    assert copied.traffic.detail("e1") is not None
    copied.close()


def test_a_copy_never_meets_a_log_left_beside_the_old_file(store, tmp_path):
    copy = tmp_path / "copy.sqlite"
    subprocess.run([sys.executable, "-c", KILLED, copy], check=True)
    assert copy.with_name("copy.sqlite-wal").stat().st_size > 0
    store.settings.put("whose", "ours")

    store.copy_to(copy)

    copied = Store.open(copy)
    assert copied.settings.get("whose") == "ours"
    copied.close()


def test_a_copy_onto_an_open_workspace_is_refused(store, tmp_path):
    other = Store.open(tmp_path / "other.sqlite")

    for path in (store.path, other.path):
        with pytest.raises(WorkspaceInUse):
            store.copy_to(path)

    other.close()


def test_a_copy_that_cannot_be_written_leaves_nothing(store, tmp_path):
    with pytest.raises(UnreadableWorkspace):
        store.copy_to(tmp_path / "absent" / "copy.sqlite")


def test_the_file_says_what_it_is(store):
    store.close()

    connection = sqlite3.connect(store.path)
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version")
    )
    connection.close()

    assert (application, version) == (0x55505342, schema.newest_version())


def test_after_many_changes_another_thread_carries_the_log_over(store, workspace, a_pool, a_user):
    """What a commit of the loop's thread would take, a request would wait for."""
    store.pools.put(a_pool())

    def add(names: range) -> None:
        with store.transaction():
            for name in names:
                store.users.add(a_user(f"u{name}"), f"u{name}")

    add(range(10))
    store.traffic.close()
    before = workspace.stat().st_size

    add(range(10, 2100))
    store.traffic.close()

    assert workspace.stat().st_size > before + 500_000

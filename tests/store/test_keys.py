"""Signing keys in the file: what older workspaces hold signs on, and of each use one key signs."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox_app.domain.records.keys import KeyState
from sandbox_app.store import Store, StoredKey, schema
from sandbox_app.store.database import Database
from sandbox_app.store.keys import Keys

POOL = "eu-west-1_One"
BEFORE = ("0001_workspace.py", "0002_journal.py", "0003_user_search.py")


def test_keys_of_an_older_workspace_sign_on(tmp_path: Path) -> None:
    older = tmp_path / "migrations"
    older.mkdir()
    for step in BEFORE:
        shutil.copy(schema.MIGRATIONS / step, older)
    database = Database(str(tmp_path / "old.sqlite"), ())
    schema.create(database, older)
    database.execute("INSERT INTO user_pool (id, document) VALUES (?, '{}')", (POOL,))
    columns = "user_pool_id, kid, use, pem, created_at"
    for kid, use in (("k1", "id"), ("k2", "access")):
        values = (POOL, kid, use, b"pem", 7.0)
        database.execute(f"INSERT INTO signing_key ({columns}) VALUES (?, ?, ?, ?, ?)", values)

    schema.upgrade(database)

    assert Keys(database).of_pool(POOL) == (
        StoredKey("k1", "id", b"pem", 7.0, KeyState.SIGNING, 7.0),
        StoredKey("k2", "access", b"pem", 7.0, KeyState.SIGNING, 7.0),
    )
    database.close()


@pytest.mark.parametrize("state", [KeyState.SIGNING, KeyState.NEXT])
def test_of_each_use_one_key_signs_and_one_is_next(
    store: Store, a_pool: Callable[..., Any], state: KeyState
) -> None:
    store.pools.put(a_pool(POOL))
    store.keys.add(POOL, StoredKey("k1", "id", b"pem", 7.0, state))
    store.keys.add(POOL, StoredKey("k2", "access", b"pem", 7.0, state))

    with pytest.raises(sqlite3.IntegrityError):
        store.keys.add(POOL, StoredKey("k3", "id", b"pem", 7.0, state))

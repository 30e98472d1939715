"""The narrow table of users follows theirs, in whatever way that is written to."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sandbox_app.store import Store, schema
from sandbox_app.store.database import Database, open_database

Make = Callable[..., Any]
_TABLES = ("user_search", "user_value")


def rows(database: Database) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for table in _TABLES:
        found += database.execute(f"SELECT * FROM {table} ORDER BY username_key").fetchall()
    return found


def test_users_of_an_older_workspace_are_taken_in(
    tmp_path: Path, a_pool: Make, a_user: Make
) -> None:
    older = tmp_path / "migrations"
    older.mkdir()
    for step in ("0001_workspace.py", "0002_journal.py"):
        shutil.copy(schema.MIGRATIONS / step, older)
    path = tmp_path / "new.sandbox"
    with_users = Store.open(path)
    with_users.pools.put(a_pool())
    attributes = {"sub": "s-1", "custom:Team": "Réd", "email_verified": "true"}
    with_users.users.add(a_user("Alice", sub="s-1", attributes=attributes), "alice")
    with_users.users.add(a_user("bob", sub="s-2", attributes={}), "bob")
    with_users.close()
    newest = open_database(path)
    columns = "user_pool_id, sub, username, username_key, status, enabled, creation_date, "
    columns += "last_modified_date, attributes, tokens_valid_from, failures, last_attempt, "
    columns += "locked_until"
    users = newest.execute(f"SELECT {columns} FROM pool_user ORDER BY seq").fetchall()
    wanted = rows(newest)
    newest.close()

    database = Database(str(tmp_path / "old.sqlite"), ())
    schema.create(database, older)
    database.execute("INSERT INTO user_pool (id, document) VALUES (?, '{}')", (users[0][0],))
    for user in users:
        marks = ", ".join("?" * len(user))
        database.execute(f"INSERT INTO pool_user ({columns}) VALUES ({marks})", user)
    schema.upgrade(database)

    assert len(wanted) == 2 + 2
    assert rows(database) == wanted
    database.close()


def test_a_user_who_goes_leaves_nothing_behind(
    store: Store, workspace: Path, a_pool: Make, a_user: Make
) -> None:
    for pool_id in ("eu-west-1_One", "eu-west-1_Two"):
        store.pools.put(a_pool(pool_id))
        store.users.add(
            a_user("alice", pool_id=pool_id, attributes={"sub": "s-1", "custom:team": "Red"}),
            "alice",
        )
    store.users.remove("eu-west-1_One", a_user("alice").sub)
    reading = open_database(workspace)
    assert [row[0] for row in rows(reading)] == ["eu-west-1_Two"] * 2

    reading.execute("DELETE FROM user_pool WHERE id = 'eu-west-1_Two'")
    assert rows(reading) == []
    reading.close()

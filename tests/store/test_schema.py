"""Each version's schema is known, and an older one is brought up to the newest."""

import shutil

import pytest
from peewee import DatabaseError

from sandbox_app.store import Store, schema
from sandbox_app.store.database import open_database
from sandbox_app.store.models import make_models

LATER = """
def up(migrator, db):
    db.execute_sql("CREATE TABLE later (a TEXT) STRICT")
"""


@pytest.fixture
def folder(tmp_path):
    copied = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, copied)
    number = schema.newest_version() + 1
    (copied / f"{number:04}_later.py").write_text(LATER)
    return copied


@pytest.fixture
def database(workspace):
    Store.open(workspace).close()
    opened = open_database(workspace)
    yield opened
    opened.close()


def test_an_older_workspace_becomes_what_a_new_one_is(database, folder):
    newest = schema.newest_version(folder)

    schema.upgrade(database, folder)

    assert schema.actual(database.connection) == schema.expected(newest, folder)
    assert database.execute("PRAGMA user_version").fetchone() == (newest,)


def test_an_upgrade_that_fails_changes_nothing(database, folder):
    before = schema.actual(database.connection)
    (folder / "0099_bad.py").write_text(LATER.replace("CREATE", "CRATE"))

    with pytest.raises(DatabaseError):
        schema.upgrade(database, folder)

    assert schema.actual(database.connection) == before
    assert database.execute("PRAGMA user_version").fetchone() == (schema.newest_version(),)


def test_every_model_fits_its_table(database):
    models = make_models(database)

    for name in models.__slots__:
        meta = getattr(models, name)._meta
        columns = {column.name for column in database.peewee.get_columns(meta.table_name)}
        assert columns == set(meta.columns)


def test_no_lookup_of_a_request_walks_a_table(database):
    for sql in (
        "SELECT * FROM pool_user WHERE user_pool_id = ? AND username_key = ?",
        "SELECT * FROM pool_user WHERE user_pool_id = ? AND email = ?",
        "SELECT * FROM user_alias WHERE user_pool_id = ? AND attribute = ? AND value_key = ?",
        "SELECT * FROM membership WHERE user_pool_id = ? AND sub = ?",
        "SELECT * FROM browser_session WHERE cookie_hash = ?",
        "SELECT * FROM authorization_code WHERE fingerprint = ?",
        "SELECT * FROM refresh_grant WHERE fingerprint = ?",
        "SELECT * FROM refresh_grant WHERE family = ?",
        "SELECT * FROM exchange WHERE id = ?",
        "DELETE FROM refresh_grant WHERE expires_at < ?",
        "DELETE FROM authorization_code WHERE expires_at < ?",
    ):
        values = ("x",) * sql.count("?")
        plan = database.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
        assert all("SEARCH" in step[3] for step in plan), (sql, plan)

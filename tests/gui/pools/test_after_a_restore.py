"""When a snapshot is restored, every list and editor of the Pools place shows what is now."""

import asyncio

import pytest

from sandbox_app.operations import groups, user_pool_clients, user_pools, users
from sandbox_app.workbench import edits, snapshots
from sandbox_app.workbench.editing.user_drafts import member_of
from sandbox_app.workbench.snapshots import restoring as restoring_module
from tests.conftest import DEMO_POOL

SPA = "7spa4k1m8v0c3n5b9x6zq2kdpa"
ALICE = {"UserPoolId": DEMO_POOL, "Username": "alice"}


@pytest.fixture(params=[restoring_module.FEW_ROWS, -1], ids=["in place", "by file"])
def restore(request, monkeypatch, core, place):
    """Restores the snapshot made now, and waits until the place has followed."""
    monkeypatch.setattr(restoring_module, "FEW_ROWS", request.param)
    saved = asyncio.run(snapshots.save(core, "before"))

    def run() -> None:
        asyncio.run(snapshots.restore(core, saved.id))
        assert place._settle.waiting
        place._settle.stop()
        place._take_in()

    return run


def names(section) -> list[str]:
    return [section._model.record(row).cells["name"] for row in range(section._model.rowCount())]


def test_a_deleted_client_stands_in_the_list_again(core, place, restore):
    place.open(DEMO_POOL, "clients")
    section = place.sections["clients"]
    before = names(section)
    user_pool_clients.delete_user_pool_client(core, {"UserPoolId": DEMO_POOL, "ClientId": SPA})
    place._take_in()
    assert names(section) != before

    restore()

    assert names(section) == before


def test_an_open_editor_shows_what_was_restored(core, place, restore):
    place.open(DEMO_POOL, "clients", SPA)
    editor = place.sections["clients"].editor
    user_pool_clients.update_user_pool_client(
        core, {"UserPoolId": DEMO_POOL, "ClientId": SPA, "ClientName": "renamed"}
    )
    place._take_in()
    assert editor.draft["ClientName"] == "renamed"

    restore()

    assert editor.draft["ClientName"] == "spa"
    assert not editor.bar.save.isEnabled()


def test_a_draft_is_kept_and_told_that_it_is_not_up_to_date(core, place, restore, write):
    place.open(DEMO_POOL, "clients", SPA)
    editor = place.sections["clients"].editor
    user_pool_clients.update_user_pool_client(
        core, {"UserPoolId": DEMO_POOL, "ClientId": SPA, "ClientName": "renamed"}
    )
    place._take_in()
    write(editor, "ClientName", "my draft")

    restore()

    assert editor.draft["ClientName"] == "my draft"
    assert "changed elsewhere" in editor.message.text


def test_users_are_looked_for_again(core, place, restore):
    place.open(DEMO_POOL, "users")
    section = place.sections["users"]
    users.admin_delete_user(core, ALICE)
    section._search.stop()
    section.load()
    assert not section.people.stale

    restore()

    assert not section.people.stale
    found = [section.model.record(row) for row in range(section.model.rowCount())]
    assert [record.cells["username"] for record in found] == ["alice", "bob", "carol"]


def test_a_user_looked_at_stands_as_restored(core, place, restore):
    place.open(DEMO_POOL, "users")
    section = place.sections["users"]
    section.open(core.store.users.find(DEMO_POOL, "alice").sub)
    changed = [{"Name": "name", "Value": "Somebody Else"}]
    users.admin_update_user_attributes(core, {**ALICE, "UserAttributes": changed})
    place._take_in()

    restore()

    name = core.store.users.find(DEMO_POOL, "alice").attributes["name"]
    assert section.editor.form_of(member_of("name")).input(member_of("name")).read() == name


def test_a_pool_that_was_not_there_is_left_for_one_that_was(core, place, restore):
    made = user_pools.create_user_pool(core, {"PoolName": "later"})["UserPool"]["Id"]
    place._take_in()
    place.open(made, "clients")

    restore()

    shown = {node.pool_id for node in place._nodes.made(place._section)}
    assert made not in shown
    assert DEMO_POOL in shown


def test_nothing_can_be_undone_any_more(core, place, restore):
    with edits.step(core, "Create group guests"):
        groups.create_group(core, {"UserPoolId": DEMO_POOL, "GroupName": "guests"})

    restore()

    assert edits.undoable(core) == ""

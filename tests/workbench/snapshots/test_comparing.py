"""What differs between two states is told thing by thing and field by field, without secrets."""

from datetime import timedelta

import pytest

from sandbox_app.domain.events import Change
from sandbox_app.operations import groups, user_pool_clients, users
from sandbox_app.store import StoredKey
from sandbox_app.store.state import state_tables
from sandbox_app.workbench import snapshots
from sandbox_app.workbench.conditions.clock import advance
from sandbox_app.workbench.snapshots import FieldChange, SnapshotError
from sandbox_app.workbench.snapshots import comparing as comparing_module
from sandbox_app.workbench.snapshots.kinds import KINDS
from tests.workbench.snapshots.filled import CLIENT, POOL, a_session, add_user


@pytest.fixture
async def before(core):
    return (await snapshots.save(core, "before")).id


async def the_one(core, before, after=None):
    """The only difference there is."""
    (kind,) = await snapshots.compare(core, before, after)
    assert kind.created + kind.changed + kind.deleted == 1
    (difference,) = kind.listed
    assert difference.kind == kind.kind
    return difference


async def test_two_states_that_are_the_same_have_no_differences(core, before):
    after = await snapshots.save(core, "after")

    assert await snapshots.compare(core, before) == ()
    assert await snapshots.compare(core, before, after.id) == ()


async def test_a_changed_client_shows_the_fields_by_their_names_in_the_api(core, before):
    user_pool_clients.update_user_pool_client(
        core,
        {
            "UserPoolId": POOL,
            "ClientId": CLIENT,
            "ClientName": "renamed",
            "CallbackURLs": ["https://a.example/", "https://b.example/"],
            "TokenValidityUnits": {"AccessToken": "minutes"},
            "AccessTokenValidity": 10,
        },
    )

    found = await the_one(core, before)

    assert (found.kind, found.change) == ("app client", Change.UPDATED)
    assert (found.pool_id, found.identifier, found.name) == (POOL, CLIENT, "renamed")
    assert FieldChange("ClientName", "web", "renamed") in found.fields
    assert FieldChange("CallbackURLs", "", "https://a.example/, https://b.example/") in found.fields
    assert FieldChange("TokenValidityUnits.AccessToken", "hours", "minutes") in found.fields
    assert "LastModifiedDate" not in {field.name for field in found.fields}


async def test_a_changed_user_shows_attributes_and_status(core, before):
    request = {"UserPoolId": POOL, "Username": "alice"}
    attributes = [{"Name": "name", "Value": "Alice"}]
    users.admin_update_user_attributes(core, {**request, "UserAttributes": attributes})
    users.admin_disable_user(core, request)

    kinds = {kind.kind: kind for kind in await snapshots.compare(core, before)}

    (alice,) = kinds["user"].listed
    assert (alice.identifier, alice.name) == ("sub-alice", "alice")
    assert alice.fields == (
        FieldChange("Enabled", "true", "false"),
        FieldChange("name", "", "Alice"),
    )
    assert (kinds["session"].deleted, kinds["refresh token"].changed) == (1, 1)


async def test_created_and_deleted_things_are_told_with_their_names(core, before):
    groups.create_group(core, {"UserPoolId": POOL, "GroupName": "guests"})
    users.admin_delete_user(core, {"UserPoolId": POOL, "Username": "bob"})

    found = {
        (kind.kind, one.change): one
        for kind in await snapshots.compare(core, before)
        for one in kind.listed
    }

    assert found["group", Change.CREATED].name == "guests"
    assert found["user", Change.DELETED].name == "bob"
    assert len(found) == 2


async def test_the_other_way_round_what_was_created_is_what_is_deleted(core, before):
    add_user(core, "carol")
    after = (await snapshots.save(core, "after")).id

    assert (await the_one(core, before, after)).change is Change.CREATED
    assert (await the_one(core, after, before)).change is Change.DELETED


async def test_a_pool_that_is_only_marked_as_deleted_is_deleted(core, before):
    core.store.pools.remove(POOL)

    kinds = {kind.kind: kind for kind in await snapshots.compare(core, before)}

    assert kinds["user pool"].deleted == 1
    assert kinds["user"].deleted == 2
    assert "group" in kinds


async def test_bent_conditions_are_differences(core, before):
    advance(core, timedelta(hours=2))

    found = await the_one(core, before)

    assert (found.kind, found.change) == ("setting", Change.CREATED)
    assert found.identifier == "condition.clock"


async def test_no_secret_is_told(core, before):
    client = core.store.clients.get(CLIENT)
    secret = client.client_secrets[0].client_secret_value
    user_pool_clients.add_user_pool_client_secret(core, {"UserPoolId": POOL, "ClientId": CLIENT})
    await users.admin_set_user_password(
        core,
        {"UserPoolId": POOL, "Username": "alice", "Password": "Hunter-22!", "Permanent": True},
    )
    core.store.keys.add(POOL, StoredKey("kid-2", "access", b"-----BEGIN-----", 1.0))
    core.store.sessions.put(a_session("a-cookie-hash-that-is-long"))

    told = repr(await snapshots.compare(core, before))

    fresh = core.store.clients.get(CLIENT).client_secrets[1].client_secret_value
    for hidden in (secret, fresh, "argon2", "BEGIN", "a-cookie-hash-that-is-long"):
        assert hidden not in told
    assert "FieldChange(name='ClientSecrets', before='••••', after='••••')" in told
    assert "FieldChange(name='Password', before='••••', after='••••')" in told


async def test_secrets_that_a_provider_brings_are_masked_too(core):
    first, second = {"Kept": {"a": {"client_secret": "s1"}}, "L": [{"client_secret": "s1"}]}, {}

    told = repr(comparing_module.field_changes(first, second))

    assert "s1" not in told


async def test_of_very_many_differences_the_first_are_listed_and_all_are_counted(
    core, before, monkeypatch
):
    monkeypatch.setattr(comparing_module, "MOST_LISTED", 2)
    for number in range(5):
        add_user(core, f"user-{number}")

    (users_kind,) = await snapshots.compare(core, before)

    assert users_kind.created == 5
    assert [one.name for one in users_kind.listed] == ["user-0", "user-1"]


async def test_a_snapshot_that_is_gone_or_damaged_cannot_be_compared(core, before):
    with pytest.raises(SnapshotError, match="no such snapshot"):
        await snapshots.compare(core, "0" * 16)
    with pytest.raises(SnapshotError, match="no such snapshot"):
        await snapshots.compare(core, before, "../..")
    core.store.snapshots.state(before).write_bytes(b"")
    with pytest.raises(SnapshotError, match=r"“before” cannot be compared: its file is not a w"):
        await snapshots.compare(core, before)


async def test_only_what_was_left_out_on_purpose_is_not_compared(core, before):
    tables = {table.name for table in state_tables(core.store._database.connection)}

    assert tables - {kind.table for kind in KINDS} == {
        "schema_migration",
        "user_search",  # follows the users
        "user_value",  # as well
        "user_alias",  # follows their attributes
        "login_attempt",  # forms under way
        "code_try",  # counted for an hour
    }

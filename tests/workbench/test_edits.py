"""Edits are taken back and made again, each kind of them, and never over somebody else's work."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextvars import copy_context
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import Change, ConfigurationChanged, EditsChanged, Kind
from sandbox_app.domain.records.grants import BrowserSession, RefreshGrant
from sandbox_app.domain.records.users import Lockout
from sandbox_app.operations import (
    domains,
    groups,
    resource_servers,
    user_pool_clients,
    user_pools,
    users,
)
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import InvalidParameterException
from sandbox_app.operations.sign_in_names import find_user
from sandbox_app.workbench import edits
from sandbox_app.workbench.edits import CannotUndo
from tests.cores import open_core

POOL, CLIENT, ALICE = "us-east-1_Edits", "client00", "11111111-1111-4111-8111-111111111111"
PASSWORD = "Correct-Horse-1"


@pytest.fixture
async def core(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Core]:
    opened = open_core(tmp_path / "workspace.sandbox", clock)
    user_pools.create_user_pool(
        opened, {"PoolName": "demo", "AliasAttributes": ["email"]}, pool_id=POOL
    )
    domains.create_user_pool_domain(opened, {"UserPoolId": POOL, "Domain": "demo"})
    user_pool_clients.create_user_pool_client(
        opened,
        {"UserPoolId": POOL, "ClientName": "web", "GenerateSecret": True},
        client_id=CLIENT,
    )
    resource_servers.create_resource_server(
        opened, {"UserPoolId": POOL, "Identifier": "orders", "Name": "Orders"}
    )
    groups.create_group(opened, {"UserPoolId": POOL, "GroupName": "admins", "Precedence": 3})
    await users.admin_create_user(opened, _alice(), sub=ALICE)
    groups.admin_add_user_to_group(opened, _of_alice(GroupName="admins"))
    opened.store.sessions.put(
        BrowserSession(
            cookie_hash="h", user_pool_id=POOL, sub=ALICE, started_at=1.0, login_id="login"
        )
    )
    opened.store.refresh_grants.add(_grant())
    yield opened
    opened.store.close()


@pytest.fixture
def heard(core: Core) -> list[object]:
    told: list[object] = []
    core.bus.subscribe(ConfigurationChanged, told.append)
    core.bus.subscribe(EditsChanged, told.append)
    return told


def everything(core: Core) -> dict[str, list[Any]]:
    """What lies in the file, table by table, dates of change and order of making included."""
    tables = (
        "user_pool",
        "deleted_pool",
        "user_pool_client",
        "user_pool_domain",
        "resource_server",
        "user_group",
        "pool_user",
        "user_alias",
        "membership",
        "import_link",
        "browser_session",
        "refresh_grant",
    )
    execute = core.store._database.execute
    rows = {name: execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    return {name: sorted(found, key=repr) for name, found in rows.items()}


def in_memory(core: Core) -> tuple[Any, ...]:
    """What is read from memory: it must say the same as the file."""
    store = core.store
    pools = store.pools.all()
    parts = (store.clients, store.resource_servers, store.groups)
    return (
        pools,
        [part.of_pool(pool.id) for pool in pools for part in parts],
        [store.domains.of_pool(pool.id) for pool in pools],
        [store.clients.get(client_id) for client_id in (CLIENT, "client01")],
    )


Edit = Callable[[Core], Any]

EDITS: dict[str, Edit] = {
    "a pool made": lambda core: user_pools.create_user_pool(core, {"PoolName": "other"}),
    "a pool changed": lambda core: user_pools.update_user_pool(
        core, {"UserPoolId": POOL, "PoolName": "renamed", "DeletionProtection": "ACTIVE"}
    ),
    "a pool's schema extended": lambda core: user_pools.add_custom_attributes(
        core,
        {"UserPoolId": POOL, "CustomAttributes": [{"Name": "t", "AttributeDataType": "String"}]},
    ),
    "a pool deleted": lambda core: (
        domains.delete_user_pool_domain(core, {"UserPoolId": POOL, "Domain": "demo"}),
        user_pools.delete_user_pool(core, {"UserPoolId": POOL}),
    ),
    "a client made": lambda core: user_pool_clients.create_user_pool_client(
        core, {"UserPoolId": POOL, "ClientName": "spa"}, client_id="client01"
    ),
    "a client changed": lambda core: user_pool_clients.update_user_pool_client(
        core, {"UserPoolId": POOL, "ClientId": CLIENT, "CallbackURLs": ["https://a.example"]}
    ),
    "a secret added": lambda core: user_pool_clients.add_user_pool_client_secret(
        core, {"UserPoolId": POOL, "ClientId": CLIENT}
    ),
    "a client deleted": lambda core: user_pool_clients.delete_user_pool_client(
        core, {"UserPoolId": POOL, "ClientId": CLIENT}
    ),
    "a domain changed": lambda core: domains.update_user_pool_domain(
        core, {"UserPoolId": POOL, "Domain": "demo", "ManagedLoginVersion": 2}
    ),
    "a domain deleted": lambda core: domains.delete_user_pool_domain(
        core, {"UserPoolId": POOL, "Domain": "demo"}
    ),
    "a resource server made": lambda core: resource_servers.create_resource_server(
        core, {"UserPoolId": POOL, "Identifier": "stock", "Name": "Stock"}
    ),
    "a resource server changed": lambda core: resource_servers.update_resource_server(
        core, {"UserPoolId": POOL, "Identifier": "orders", "Name": "All orders"}
    ),
    "a resource server deleted": lambda core: resource_servers.delete_resource_server(
        core, {"UserPoolId": POOL, "Identifier": "orders"}
    ),
    "a group made": lambda core: groups.create_group(
        core, {"UserPoolId": POOL, "GroupName": "staff"}
    ),
    "a group changed": lambda core: groups.update_group(
        core, {"UserPoolId": POOL, "GroupName": "admins", "Precedence": 1}
    ),
    "a group deleted": lambda core: (
        groups.admin_remove_user_from_group(core, _of_alice(GroupName="admins")),
        groups.delete_group(core, {"UserPoolId": POOL, "GroupName": "admins"}),
    ),
    "a user made": lambda core: users.admin_create_user(core, _alice(Username="bob", mail="b")),
    "a user's attributes changed": lambda core: users.admin_update_user_attributes(
        core, _of_alice(UserAttributes=[{"Name": "email", "Value": "new@example.com"}])
    ),
    "a user's password set": lambda core: users.admin_set_user_password(
        core, _of_alice(Password="Another-Horse-2", Permanent=True)
    ),
    "a user disabled": lambda core: users.admin_disable_user(core, _of_alice()),
    "a user signed out": lambda core: users.admin_user_global_sign_out(core, _of_alice()),
    "a user deleted": lambda core: users.admin_delete_user(core, _of_alice()),
    "a user taken out of a group": lambda core: groups.admin_remove_user_from_group(
        core, _of_alice(GroupName="admins")
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
async def test_each_kind_of_edit_is_taken_back_and_made_again(
    core: Core, clock: ManualClock, edit: Edit
) -> None:
    before, remembered = everything(core), in_memory(core)
    clock.advance(timedelta(minutes=1))
    with edits.step(core, "Do it"):
        await _settled(edit(core))
    after, changed = everything(core), in_memory(core)
    assert after != before

    for _ in range(2):
        clock.advance(timedelta(minutes=1))
        assert edits.undo(core) == "Do it"
        assert _but_made_pools(everything(core)) == _but_made_pools(before)
        assert in_memory(core) == remembered

        assert edits.redo(core) == "Do it"
        assert everything(core) == after
        assert in_memory(core) == changed


async def test_a_deleted_pool_comes_back_whole(core: Core) -> None:
    keys = await core.keys.of(POOL)
    with edits.step(core, "Delete pool demo"):
        EDITS["a pool deleted"](core)
    assert core.store.pools.get(POOL) is None

    edits.undo(core)

    alice = find_user(core, core.store.pools.get(POOL), "alice@example.com")
    assert alice is not None
    assert await core.passwords.matches(alice.password, PASSWORD)
    assert [group.group_name for group in core.store.memberships.groups_of(POOL, ALICE)] == [
        "admins"
    ]
    assert core.store.clients.get(CLIENT).confidential
    assert core.store.domains.get("demo").user_pool_id == POOL
    assert core.store.refresh_grants.find("f1").revoked_at is None
    assert [key.kid for key in (await core.keys.of(POOL)).all] == [key.kid for key in keys.all]


async def test_what_was_put_into_a_new_pool_survives_its_being_taken_back(core: Core) -> None:
    with edits.step(core, "Create pool other"):
        made = user_pools.create_user_pool(core, {"PoolName": "other"})["UserPool"]["Id"]
    user_pool_clients.create_user_pool_client(
        core, {"UserPoolId": made, "ClientName": "spa"}, client_id="client01"
    )

    edits.undo(core)
    assert core.store.clients.get("client01") is None
    edits.redo(core)

    assert core.store.clients.get("client01").user_pool_id == made


async def test_a_new_pool_that_is_taken_back_comes_again_with_the_same_keys(core: Core) -> None:
    with edits.step(core, "Create pool other"):
        user_pools.create_user_pool(core, {"PoolName": "other"}, pool_id="us-east-1_Other")
    before = (await core.keys.of("us-east-1_Other")).id_key.kid

    edits.undo(core)
    edits.redo(core)

    assert (await core.keys.of("us-east-1_Other")).id_key.kid == before


async def test_a_pool_made_in_place_of_one_taken_back_has_keys_of_its_own(core: Core) -> None:
    with edits.step(core, "Create pool other"):
        user_pools.create_user_pool(core, {"PoolName": "other"}, pool_id="us-east-1_Other")
    before = (await core.keys.of("us-east-1_Other")).id_key.kid
    edits.undo(core)

    user_pools.create_user_pool(core, {"PoolName": "again"}, pool_id="us-east-1_Other")

    assert (await core.keys.of("us-east-1_Other")).id_key.kid != before


async def test_an_address_taken_over_goes_back_to_whoever_had_it(core: Core) -> None:
    await users.admin_create_user(core, _alice("bob", "bob"))
    with edits.step(core, "Give bob the address of alice"):
        users.admin_update_user_attributes(
            core,
            {
                "UserPoolId": POOL,
                "Username": "bob",
                "UserAttributes": [
                    {"Name": "email", "Value": "alice@example.com"},
                    {"Name": "email_verified", "Value": "true"},
                ],
            },
        )
    assert _name(core, "alice@example.com") == "bob"

    edits.undo(core)

    assert _name(core, "alice@example.com") == "alice"
    assert _name(core, "bob@example.com") == "bob"


async def test_an_edit_goes_on_after_a_part_of_it_failed(core: Core) -> None:
    with edits.step(core, "Do much"):
        with pytest.raises(InvalidParameterException), core.change():
            EDITS["a client made"](core)
            EDITS["a domain deleted"](core)
            user_pools.create_user_pool(core, {"PoolName": ";"})
        EDITS["a group made"](core)

    assert core.store.groups.get(POOL, "staff") is not None
    assert edits.undo(core) == "Do much"
    assert core.store.groups.get(POOL, "staff") is None
    assert core.store.clients.get("client01") is None


async def test_a_browser_that_signed_in_anew_keeps_its_session(core: Core) -> None:
    with edits.step(core, "Delete user alice"):
        EDITS["a user deleted"](core)
    newer = BrowserSession(
        cookie_hash="h", user_pool_id=POOL, sub="somebody", started_at=9.0, login_id="newer"
    )
    core.store.sessions.put(newer)

    edits.undo(core)

    assert core.store.sessions.find("h", POOL) == newer
    assert core.store.users.get(POOL, ALICE) is not None


async def test_edits_are_taken_back_newest_first_and_made_again_oldest_first(core: Core) -> None:
    for name in ("one", "two", "three"):
        with edits.step(core, f"Call it {name}"):
            user_pools.update_user_pool(core, {"UserPoolId": POOL, "PoolName": name})

    assert [edits.undo(core), edits.undo(core)] == ["Call it three", "Call it two"]
    assert core.store.pools.get(POOL).name == "one"
    assert (edits.undoable(core), edits.redoable(core)) == ("Call it one", "Call it two")
    assert [edits.redo(core), edits.redo(core)] == ["Call it two", "Call it three"]
    assert core.store.pools.get(POOL).name == "three"


async def test_a_new_edit_leaves_nothing_to_make_again(core: Core) -> None:
    for name in ("one", "two"):
        with edits.step(core, f"Call it {name}"):
            user_pools.update_user_pool(core, {"UserPoolId": POOL, "PoolName": name})
    edits.undo(core)

    with edits.step(core, "Make a group"):
        EDITS["a group made"](core)

    assert edits.redoable(core) == ""
    with pytest.raises(CannotUndo, match="nothing to be made again"):
        edits.redo(core)


async def test_the_hundred_newest_edits_can_be_taken_back(core: Core) -> None:
    for number in range(103):
        with edits.step(core, f"Call it {number}"):
            user_pools.update_user_pool(core, {"UserPoolId": POOL, "PoolName": f"p{number}"})

    for _ in range(100):
        edits.undo(core)

    assert core.store.pools.get(POOL).name == "p2"
    assert edits.undoable(core) == ""


async def test_an_edit_of_several_things_is_one(core: Core) -> None:
    before = in_memory(core)
    with edits.step(core, "Do much"):
        EDITS["a client made"](core)
        await EDITS["a user made"](core)
        with edits.step(core, "A part of it"):
            EDITS["a group made"](core)

    assert edits.undo(core) == "Do much"
    assert in_memory(core) == before
    assert core.store.users.count(POOL) == 1
    assert edits.undoable(core) == ""


async def test_what_fails_or_changes_nothing_is_no_edit(core: Core, heard: list[object]) -> None:
    with pytest.raises(InvalidParameterException), edits.step(core, "Fail"), core.change():
        EDITS["a client made"](core)
        user_pool_clients.update_user_pool_client(
            core, {"UserPoolId": POOL, "ClientId": CLIENT, "CallbackURLs": ["nonsense"]}
        )
    with edits.step(core, "Change nothing"):
        groups.update_group(core, {"UserPoolId": POOL, "GroupName": "admins", "Precedence": 3})

    assert edits.undoable(core) == ""
    assert set(heard) == {EditsChanged("", "")}


async def test_the_part_of_a_failed_edit_that_was_done_can_be_taken_back(core: Core) -> None:
    before = in_memory(core)
    with pytest.raises(InvalidParameterException), edits.step(core, "Half of it"):
        EDITS["a client made"](core)
        user_pool_clients.update_user_pool_client(
            core, {"UserPoolId": POOL, "ClientId": CLIENT, "CallbackURLs": ["nonsense"]}
        )

    edits.undo(core)

    assert in_memory(core) == before


async def test_listeners_hear_of_what_is_taken_back(core: Core, heard: list[object]) -> None:
    with edits.step(core, "Delete pool demo"):
        EDITS["a pool deleted"](core)
    heard.clear()

    edits.undo(core)

    assert heard == [
        ConfigurationChanged(Kind.USER_POOL, Change.CREATED, POOL, POOL),
        ConfigurationChanged(Kind.DOMAIN, Change.CREATED, POOL, "demo"),
        EditsChanged("", "Delete pool demo"),
    ]


async def test_what_others_do_meanwhile_is_not_part_of_the_edit(core: Core) -> None:
    """A sign-in is served while the hash of a new password is awaited."""
    intruded = replace(core, passwords=Intruding(core))

    with edits.step(core, "Set password of alice"):
        await users.admin_set_user_password(
            intruded, _of_alice(Password="Another-Horse-2", Permanent=True)
        )
    edits.undo(core)

    assert core.store.groups.get(POOL, "somebody-elses") is not None
    alice = core.store.users.get(POOL, ALICE)
    assert await core.passwords.matches(alice.password, PASSWORD)


async def test_somebody_elses_change_of_the_same_is_not_overwritten(core: Core) -> None:
    with edits.step(core, "Change web"):
        EDITS["a client changed"](core)
    user_pool_clients.update_user_pool_client(
        core, {"UserPoolId": POOL, "ClientId": CLIENT, "CallbackURLs": ["https://b.example"]}
    )
    before = everything(core)

    with pytest.raises(CannotUndo) as refused:
        edits.undo(core)

    assert str(refused.value) == (
        "“Change web” cannot be taken back: the app client client00 was changed by something "
        "else since."
    )
    assert everything(core) == before
    assert core.store.clients.get(CLIENT).callback_urls == ("https://b.example",)
    assert edits.undoable(core) == "Change web"


async def test_somebody_elses_change_of_something_else_stays(
    core: Core, clock: ManualClock
) -> None:
    clock.advance(timedelta(minutes=1))
    with edits.step(core, "Change web"):
        EDITS["a client changed"](core)
    clock.advance(timedelta(minutes=1))
    user_pool_clients.update_user_pool_client(
        core,
        {
            "UserPoolId": POOL,
            "ClientId": CLIENT,
            "CallbackURLs": ["https://a.example"],
            "AuthSessionValidity": 9,
        },
    )

    edits.undo(core)

    client = core.store.clients.get(CLIENT)
    assert (client.callback_urls, client.auth_session_validity) == ((), 9)


async def test_failed_sign_ins_do_not_keep_an_edit_from_being_taken_back(core: Core) -> None:
    """A new password forgets the failures before it; those after it are not forgotten again."""
    core.store.users.set_lockout(POOL, ALICE, Lockout(failures=1))
    with edits.step(core, "Change alice"):
        await EDITS["a user's password set"](core)
    core.store.users.set_lockout(POOL, ALICE, Lockout(failures=3))

    edits.undo(core)

    alice = core.store.users.get(POOL, ALICE)
    assert alice.lockout.failures == 3
    assert await core.passwords.matches(alice.password, PASSWORD)


async def test_a_name_taken_meanwhile_keeps_a_thing_from_coming_back(core: Core) -> None:
    with edits.step(core, "Delete user alice"):
        EDITS["a user deleted"](core)
    await users.admin_create_user(core, _alice())
    before = everything(core)

    with pytest.raises(CannotUndo, match="Delete user alice"):
        edits.undo(core)

    assert everything(core) == before


async def test_a_thing_comes_back_beside_one_that_took_its_place_in_the_order(core: Core) -> None:
    with edits.step(core, "Delete web"):
        EDITS["a client deleted"](core)
    EDITS["a client made"](core)

    edits.undo(core)

    names = {client.client_name for client in core.store.clients.of_pool(POOL)}
    assert names == {"web", "spa"}


async def test_a_token_spent_meanwhile_stays_spent(core: Core) -> None:
    with edits.step(core, "Disable alice"):
        EDITS["a user disabled"](core)
    core.store.refresh_grants.purge(before=10_000)

    edits.undo(core)

    assert core.store.users.get(POOL, ALICE).enabled
    assert core.store.refresh_grants.find("f1") is None


async def test_edits_of_an_earlier_start_cannot_be_taken_back(
    core: Core, clock: ManualClock, tmp_path: Path
) -> None:
    with edits.step(core, "Delete pool demo"):
        EDITS["a pool deleted"](core)
    core.store.close()

    again = open_core(tmp_path / "workspace.sandbox", clock)

    assert edits.undoable(again) == ""
    assert not any(everything(again).values())
    again.store.close()


class Intruding:
    """Passwords whose making gives somebody else a turn: a task begun without any edit open."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._outside = copy_context()

    async def make(self, pool_id: str, username: str, password: str) -> Any:
        request = {"UserPoolId": POOL, "GroupName": "somebody-elses"}
        self._outside.run(groups.create_group, self._core, request)
        return await self._core.passwords.make(pool_id, username, password)

    async def matches(self, secret: Any, password: str) -> bool:
        return await self._core.passwords.matches(secret, password)


def _alice(Username: str = "alice", mail: str = "alice") -> dict[str, Any]:  # noqa: N803
    return {
        "UserPoolId": POOL,
        "Username": Username,
        "TemporaryPassword": PASSWORD,
        "UserAttributes": [
            {"Name": "email", "Value": f"{mail}@example.com"},
            {"Name": "email_verified", "Value": "true"},
        ],
    }


def _of_alice(**more: Any) -> dict[str, Any]:
    return {"UserPoolId": POOL, "Username": ALICE, **more}


def _name(core: Core, typed: str) -> str:
    pool = core.store.pools.get(POOL)
    assert pool is not None
    found = find_user(core, pool, typed)
    return "" if found is None else found.username


def _grant() -> RefreshGrant:
    return RefreshGrant(
        fingerprint="f1",
        user_pool_id=POOL,
        client_id=CLIENT,
        sub=ALICE,
        family="family-1",
        scopes=("openid",),
        issued_at=100.0,
        expires_at=1000.0,
        auth_time=99,
        login_id="login-1",
        event_id="event-1",
    )


async def _settled(outcome: Any) -> None:
    if isinstance(outcome, Awaitable):
        await outcome


def _but_made_pools(tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Without a pool that is marked as deleted: it is seen by nobody."""
    marked = {row[0] for row in tables["deleted_pool"]}
    pools = [row for row in tables["user_pool"] if row[1] not in marked]
    return tables | {"user_pool": pools, "deleted_pool": []}

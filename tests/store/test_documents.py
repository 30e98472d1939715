"""Configuration is read from memory, written through, and comes back from the file unchanged."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox_app.domain.records.clients import ClientSecret, TokenValidityUnits, UserPoolClient
from sandbox_app.domain.records.pools import (
    Group,
    Membership,
    Policies,
    ResourceServer,
    ResourceServerScope,
    SchemaAttribute,
    UserPool,
    UserPoolDomain,
)
from sandbox_app.store import Store, StoredKey

FROZEN = {"json": st.dictionaries(st.text(), st.integers() | st.text() | st.booleans())}
dates = st.floats(0, 4e9, allow_nan=False)
kept = st.fixed_dictionaries({}, optional={"EmailConfiguration": FROZEN["json"]})
pools = st.builds(
    UserPool,
    id=st.just("eu-west-1_One"),
    creation_date=dates,
    last_modified_date=dates,
    policies=st.builds(Policies, sign_in_policy=st.none() | FROZEN["json"]),
    schema_attributes=st.lists(st.builds(SchemaAttribute, name=st.text())).map(tuple),
    user_pool_tags=st.none() | st.dictionaries(st.text(), st.text()),
    kept=kept,
)
clients = st.builds(
    UserPoolClient,
    user_pool_id=st.just("eu-west-1_One"),
    client_id=st.just("c1"),
    creation_date=dates,
    last_modified_date=dates,
    client_secrets=st.lists(st.builds(ClientSecret, client_secret_create_date=dates)).map(tuple),
    token_validity_units=st.builds(TokenValidityUnits),
    read_attributes=st.none() | st.lists(st.text()).map(tuple),
    callback_urls=st.lists(st.text()).map(tuple),
    kept=kept,
)


def reopened(store: Store) -> Store:
    store.close()
    return Store.open(store.path)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(pool=pools, client=clients)
def test_pools_and_clients_survive_the_file_to_the_last_member(store, pool, client):
    store.pools.put(pool)
    store.clients.put(client)
    assert store.pools.get(pool.id) is pool

    store.pools.reload()
    store.clients.reload()

    assert store.pools.get(pool.id) == pool
    assert store.clients.get("c1") == client


def test_everything_is_there_when_the_workspace_is_opened_again(
    workspace, a_pool, a_client, a_group
):
    store = Store.open(workspace)
    server = ResourceServer(
        user_pool_id="eu-west-1_One",
        identifier="https://api.example",
        name="api",
        scopes=(ResourceServerScope(scope_name="read", scope_description="reads"),),
    )
    domain = UserPoolDomain(domain="demo", user_pool_id="eu-west-1_One")
    key = StoredKey("kid", "id", b"-----BEGIN", 5.0)
    store.pools.put(a_pool())
    store.clients.put(a_client())
    store.resource_servers.put(server)
    store.domains.put(domain)
    store.groups.put(a_group())
    store.keys.add("eu-west-1_One", key)
    store.settings.put("theme", "dark")
    store.settings.put("theme", "light")
    store.imports.put("demo.yaml", "Pool", "AWS::Cognito::UserPool", "old")
    store.imports.put("demo.yaml", "Pool", "AWS::Cognito::UserPool", "eu-west-1_One")

    store = reopened(store)

    assert store.pools.all() == (a_pool(),)
    assert store.clients.of_pool("eu-west-1_One") == (a_client(),)
    assert store.resource_servers.get("eu-west-1_One", "https://api.example") == server
    assert store.resource_servers.of_pool("eu-west-1_One") == (server,)
    assert store.domains.get("demo") == store.domains.of_pool("eu-west-1_One") == domain
    assert store.groups.of_pool("eu-west-1_One") == (a_group(),)
    assert store.keys.of_pool("eu-west-1_One") == (key,)
    assert store.settings.get("theme") == "light"
    assert store.settings.get("absent") is None
    assert store.imports.get("demo.yaml", "Pool", "AWS::Cognito::UserPool") == "eu-west-1_One"
    assert store.imports.get("other.yaml", "Pool", "AWS::Cognito::UserPool") is None
    assert store.imports.all("demo.yaml") == (("Pool", "AWS::Cognito::UserPool", "eu-west-1_One"),)
    store.close()


def test_things_keep_their_place_when_they_are_replaced(store, a_pool):
    for name in ("p_3", "p_1", "p_2"):
        store.pools.put(a_pool(name))
    store.pools.put(a_pool("p_3", name="renamed"))

    in_memory = store.pools.all()
    store.pools.reload()

    assert [pool.id for pool in in_memory] == ["p_3", "p_1", "p_2"]
    assert in_memory[0].name == "renamed"
    assert store.pools.all() == in_memory


def test_a_client_that_moves_to_another_pool_leaves_the_first(store, a_pool, a_client):
    store.pools.put(a_pool("p_1"))
    store.pools.put(a_pool("p_2"))
    store.clients.put(a_client(pool_id="p_1"))

    store.clients.put(a_client(pool_id="p_2"))

    assert store.clients.of_pool("p_1") == ()
    assert store.clients.of_pool("p_2") == (a_client(pool_id="p_2"),)


def test_a_removed_pool_takes_everything_along_and_leaves_the_others(
    store, workspace, a_pool, a_client, a_group, a_user, a_session, a_code, a_grant
):
    for pool_id in ("p_1", "p_2"):
        store.pools.put(a_pool(pool_id))
        store.clients.put(a_client(f"c-{pool_id}", pool_id))
        store.domains.put(UserPoolDomain(domain=f"d-{pool_id}", user_pool_id=pool_id))
        store.groups.put(a_group(pool_id=pool_id))
        store.users.add(a_user(pool_id=pool_id), "alice")
        store.users.claim_alias(pool_id, "email", "a@b", "sub-alice")
        store.memberships.add(Membership(pool_id, "admins", "sub-alice", 1.0))
        store.keys.add(pool_id, StoredKey("kid", "id", b"pem", 1.0))
        store.sessions.put(a_session(pool_id=pool_id))
        store.codes.add(a_code(f"code-{pool_id}", user_pool_id=pool_id))
        store.refresh_grants.add(a_grant(f"f-{pool_id}", user_pool_id=pool_id))

    store.pools.remove("p_1")
    store.close()
    store = Store.open(workspace)

    for pool_id, expected in (("p_1", False), ("p_2", True)):
        left = (
            store.pools.get(pool_id),
            store.clients.get(f"c-{pool_id}"),
            store.domains.of_pool(pool_id),
            store.groups.get(pool_id, "admins"),
            store.users.find(pool_id, "alice"),
            store.users.find_by_alias(pool_id, "email", "a@b"),
            store.memberships.users_in(pool_id, "admins", 10) or None,
            store.keys.of_pool(pool_id) or None,
            store.sessions.find("h1", pool_id),
            store.codes.find(f"code-{pool_id}"),
            store.refresh_grants.find(f"f-{pool_id}"),
        )
        assert [thing is not None for thing in left] == [expected] * len(left)
    store.close()


@pytest.mark.parametrize("through_the_file", [False, True])
def test_what_a_removed_pool_was_configured_with_is_gone_at_once(
    store, a_pool, a_client, a_group, through_the_file
):
    store.pools.put(a_pool("p_1"))
    store.clients.put(a_client("c", "p_1"))
    store.domains.put(UserPoolDomain(domain="d", user_pool_id="p_1"))
    store.groups.put(a_group(pool_id="p_1"))

    store.pools.remove("p_1")
    if through_the_file:
        for collection in (store.pools, store.clients, store.domains, store.groups):
            collection.reload()

    assert store.pools.all() == ()
    assert store.clients.get("c") is None
    assert (store.domains.get("d"), store.domains.of_pool("p_1")) == (None, None)
    assert store.groups.of_pool("p_1") == ()


@pytest.mark.parametrize("taken", ["pool id", "client id", "domain"])
def test_what_a_removed_pool_was_called_can_be_taken_again(
    store, workspace, a_pool, a_client, a_user, taken
):
    for pool_id in ("p_1", "p_2"):
        store.pools.put(a_pool(pool_id))
    store.clients.put(a_client("c", "p_1"))
    store.domains.put(UserPoolDomain(domain="d", user_pool_id="p_1"))
    store.users.add(a_user(pool_id="p_1"), "alice")
    store.pools.remove("p_1")

    if taken == "pool id":
        store.pools.put(a_pool("p_1"))
    elif taken == "client id":
        store.clients.put(a_client("c", "p_2"))
    else:
        store.domains.put(UserPoolDomain(domain="d", user_pool_id="p_2"))

    assert store.users.count("p_1") == 0
    store.close()
    store = Store.open(workspace)
    assert (store.pools.get("p_1") is not None) == (taken == "pool id")
    assert (store.clients.get("c") is not None) == (taken == "client id")
    assert (store.domains.get("d") is not None) == (taken == "domain")
    store.close()


def test_single_things_can_be_removed(store, a_pool, a_client, a_group):
    store.pools.put(a_pool())
    store.clients.put(a_client())
    store.groups.put(a_group())
    store.domains.put(UserPoolDomain(domain="demo", user_pool_id="eu-west-1_One"))
    store.resource_servers.put(
        ResourceServer(user_pool_id="eu-west-1_One", identifier="api", name="api")
    )

    store.clients.remove("c1")
    store.clients.remove("never-was")
    store.groups.remove("eu-west-1_One", "admins")
    store.domains.remove("demo")
    store.resource_servers.remove("eu-west-1_One", "api")

    def left() -> list[object]:
        parts = (store.clients, store.groups, store.domains, store.resource_servers)
        return [part.of_pool("eu-west-1_One") for part in parts]

    assert left() == [(), (), None, ()]
    for collection in (store.clients, store.groups, store.domains, store.resource_servers):
        collection.reload()
    assert left() == [(), (), None, ()]


def test_two_stores_in_one_process_share_nothing(tmp_path, a_pool):
    first, second = Store.open(tmp_path / "one"), Store.open(tmp_path / "two")
    first.pools.put(a_pool("p_1"))
    second.pools.put(a_pool("p_2"))
    first.pools.put(a_pool("p_1", name="again"))

    for store in (first, second):
        store.pools.reload()

    assert [pool.id for pool in first.pools.all()] == ["p_1"]
    assert [pool.id for pool in second.pools.all()] == ["p_2"]
    first.close()
    second.pools.put(a_pool("p_3"))
    second.close()


def test_the_groups_of_a_user_come_in_the_order_they_began(store, a_pool, a_user):
    store.pools.put(a_pool())
    store.users.add(a_user(), "alice")
    for name in ("a", "b", "c"):
        store.groups.put(
            Group(
                group_name=name,
                user_pool_id="eu-west-1_One",
                creation_date=1.0,
                last_modified_date=1.0,
            )
        )
    for name, since in (("c", 5.0), ("a", 5.0), ("b", 3.0), ("c", 1.0)):
        store.memberships.add(Membership("eu-west-1_One", name, "sub-alice", since))

    def names() -> list[str]:
        groups = store.memberships.groups_of("eu-west-1_One", "sub-alice")
        return [group.group_name for group in groups]

    assert names() == ["b", "c", "a"]
    store.memberships.remove("eu-west-1_One", "c", "sub-alice")
    store.groups.remove("eu-west-1_One", "b")
    assert names() == ["a"]
    store.users.remove("eu-west-1_One", "sub-alice")
    assert names() == []


def test_the_users_of_a_group_come_in_pages(store, a_pool, a_user, a_group):
    store.pools.put(a_pool())
    store.groups.put(a_group())
    for name in "edcba":
        store.users.add(a_user(name), name)
        store.memberships.add(Membership("eu-west-1_One", "admins", f"sub-{name}", 1.0))

    first = store.memberships.users_in("eu-west-1_One", "admins", 3)
    second = store.memberships.users_in("eu-west-1_One", "admins", 3, first[-1])

    assert first == ("sub-a", "sub-b", "sub-c")
    assert second == ("sub-d", "sub-e")

"""A pool as one draft: saved by several operations, all of them or none."""

import pytest

from sandbox_app.operations import groups, resource_servers, user_pool_clients, user_pools
from sandbox_app.operations.errors import ApiError, InvalidParameterException
from sandbox_app.workbench.editing.pool_copy import copy_pool
from sandbox_app.workbench.editing.pool_drafts import (
    create_pool,
    delete_pool,
    new_pool_draft,
    pool_draft,
    update_pool,
)

POOL = "us-east-1_Drafts"


def pool(core):
    return core.store.pools.get(POOL)


def test_saving_a_draft_as_it_is_changes_nothing(core, clock) -> None:
    before = pool(core)

    update_pool(core, before, pool_draft(core, before))

    assert pool(core) == before


def test_what_governs_nothing_here_is_kept_over_an_edit(core) -> None:
    update_pool(core, pool(core), pool_draft(core, pool(core)) | {"PoolName": "other"})

    shown = user_pools.describe_user_pool(core, {"UserPoolId": POOL})["UserPool"]
    assert (shown["Name"], shown["EmailVerificationSubject"]) == ("other", "Hello")


def test_a_fault_in_the_domain_leaves_the_pool_alone(core) -> None:
    draft = pool_draft(core, pool(core)) | {
        "PoolName": "other",
        "UserPoolDomain": {"Domain": "my-aws"},
    }

    with pytest.raises(InvalidParameterException) as refused:
        update_pool(core, pool(core), draft)

    assert refused.value.field == "UserPoolDomain.Domain"
    assert pool(core).name == "demo"
    assert core.store.domains.of_pool(POOL).domain == "demo"


def test_a_new_pool_is_made_whole_or_not_at_all(core) -> None:
    draft = new_pool_draft() | {"PoolName": "new", "UserPoolDomain": {"Domain": "demo"}}

    with pytest.raises(InvalidParameterException):
        create_pool(core, draft)

    assert [found.name for found in core.store.pools.all()] == ["demo"]


def test_a_protected_pool_keeps_its_domain_too(core) -> None:
    update_pool(core, pool(core), pool_draft(core, pool(core)) | {"DeletionProtection": "ACTIVE"})

    with pytest.raises(InvalidParameterException):
        delete_pool(core, POOL)

    assert core.store.domains.of_pool(POOL).domain == "demo"


def test_a_copy_has_everything_but_users_ids_and_secrets(core) -> None:
    server = {"UserPoolId": POOL, "Identifier": "orders", "Name": "Orders"}
    scopes = [{"ScopeName": "read", "ScopeDescription": "Read"}]
    resource_servers.create_resource_server(core, server | {"Scopes": scopes})
    groups.create_group(core, {"UserPoolId": POOL, "GroupName": "admins", "Precedence": 3})
    user_pool_clients.create_user_pool_client(
        core,
        {
            "UserPoolId": POOL,
            "ClientName": "web",
            "GenerateSecret": True,
            "AllowedOAuthFlows": ["client_credentials"],
            "AllowedOAuthFlowsUserPoolClient": True,
            "AllowedOAuthScopes": ["orders/read"],
        },
    )

    made = copy_pool(core, pool(core))
    again = copy_pool(core, pool(core))

    copied = core.store.pools.get(made)
    assert copied.schema_attributes == pool(core).schema_attributes
    assert core.store.domains.of_pool(made).domain == "demo-copy"
    assert core.store.domains.of_pool(again).domain == "demo-copy2"
    (before,), (client,) = (core.store.clients.of_pool(one) for one in (POOL, made))
    assert client.allowed_oauth_scopes == before.allowed_oauth_scopes
    assert client.client_id != before.client_id
    assert client.client_secrets[0].client_secret_value != (
        before.client_secrets[0].client_secret_value
    )
    assert core.store.groups.get(made, "admins").precedence == 3


def test_a_copy_that_cannot_be_made_leaves_nothing(core, monkeypatch) -> None:
    def full(*_arguments: object) -> None:
        raise ApiError("no room")

    groups.create_group(core, {"UserPoolId": POOL, "GroupName": "admins"})
    monkeypatch.setattr("sandbox_app.workbench.editing.pool_copy.groups.create_group", full)

    with pytest.raises(ApiError):
        copy_pool(core, pool(core))

    assert len(core.store.pools.all()) == 1

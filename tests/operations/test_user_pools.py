"""User pools: made, read, changed, listed and deleted as the API does it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.operations import domains, user_pools
from sandbox_app.operations.core import Core
from tests.cores import refusal, writes

INVALID = "InvalidParameterException"


def described(core: Core, pool_id: str) -> dict[str, Any]:
    answer = user_pools.describe_user_pool(core, {"UserPoolId": pool_id})
    return dict(answer["UserPool"])


def test_a_new_pool_has_the_defaults_of_the_real_service(core: Core, pool_id: str) -> None:
    pool = described(core, pool_id)

    assert pool["Policies"]["PasswordPolicy"] == {
        "MinimumLength": 8,
        "RequireUppercase": True,
        "RequireLowercase": True,
        "RequireNumbers": True,
        "RequireSymbols": True,
        "TemporaryPasswordValidityDays": 7,
    }
    assert pool["UsernameConfiguration"] == {"CaseSensitive": True}
    assert pool["MfaConfiguration"] == "OFF"
    assert pool["EstimatedNumberOfUsers"] == 0
    assert pool["Arn"] == f"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{pool_id}"
    assert "Domain" not in pool


def test_a_pool_gets_an_id_of_the_sandbox_region(core: Core) -> None:
    pool = user_pools.create_user_pool(core, {"PoolName": "p"})["UserPool"]

    region, _, rest = pool["Id"].partition("_")
    assert (region, len(rest), rest.isalnum()) == ("us-east-1", 9, True)


@pytest.mark.parametrize(
    "pool_id",
    [
        "us-east-1_A",
        "us-gov-west-1_AbCdEfGhI",
        "us-iso-east-1_AbCdEfGhI",
        "eusc-de-east-1_AbCdEfGhI",
        f"eu-west-1_{'a' * 45}",
    ],
)
def test_a_chosen_id_may_have_any_real_shape(core: Core, pool_id: str) -> None:
    user_pools.create_user_pool(core, {"PoolName": "p"}, pool_id=pool_id)

    assert described(core, pool_id)["Id"] == pool_id


@pytest.mark.parametrize(
    "pool_id", ["useast1_A", "us-east-1", "us-east-1_", "us-east-1_a-b", "US-EAST-1_A", "us-e-1_Ä"]
)
async def test_a_chosen_id_of_another_shape_is_refused(core: Core, pool_id: str) -> None:
    assert await refusal(user_pools.create_user_pool, core, {"PoolName": "p"}, pool_id=pool_id) == (
        INVALID,
        f"{pool_id} is no pool id: region, underscore, letters and digits",
    )


async def test_a_taken_id_is_refused(core: Core, pool_id: str) -> None:
    assert await refusal(user_pools.create_user_pool, core, {"PoolName": "p"}, pool_id=pool_id) == (
        "ResourceConflictException",
        f"User pool {pool_id} already exists.",
    )


@pytest.mark.parametrize(
    ("rule", "members", "message"),
    [
        (
            "users 1 type chosen at creation",
            {"AliasAttributes": ["email"], "UsernameAttributes": ["email"]},
            "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.",
        ),
        (
            "users 1 preferred_username",
            {
                "AliasAttributes": ["preferred_username"],
                "Schema": [{"Name": "preferred_username", "Required": True}],
            },
            "Alias attribute preferred_username cannot be required.",
        ),
    ],
)
async def test_settings_that_contradict_each_other_are_refused(
    core: Core, rule: str, members: dict[str, Any], message: str
) -> None:
    refused = await refusal(user_pools.create_user_pool, core, {"PoolName": "p"} | members)

    assert refused == (INVALID, message)
    assert core.store.pools.all() == ()


def test_an_update_puts_what_it_omits_back_to_the_default(
    core: Core, a_pool: Callable[..., str]
) -> None:
    pool_id = a_pool(
        Policies={"PasswordPolicy": {"MinimumLength": 20}},
        UserPoolTags={"team": "blue"},
        EmailVerificationSubject="Welcome",
    )

    user_pools.update_user_pool(core, {"UserPoolId": pool_id, "MfaConfiguration": "OPTIONAL"})

    pool = described(core, pool_id)
    assert pool["Policies"]["PasswordPolicy"]["MinimumLength"] == 8
    assert pool["MfaConfiguration"] == "OPTIONAL"
    assert "UserPoolTags" not in pool
    assert "EmailVerificationSubject" not in pool
    assert pool["Name"] == "people"


def test_what_governs_nothing_here_is_given_back_as_it_came(
    core: Core, a_pool: Callable[..., str]
) -> None:
    recovery = {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]}
    pool_id = a_pool(AccountRecoverySetting=recovery)

    assert described(core, pool_id)["AccountRecoverySetting"] == recovery


def test_an_update_leaves_alone_what_is_chosen_at_creation(
    core: Core, a_pool: Callable[..., str]
) -> None:
    """Contract users 1: the type of a pool never changes."""
    pool_id = a_pool(
        AliasAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
        Schema=[{"Name": "team", "AttributeDataType": "String"}],
    )
    before = described(core, pool_id)

    user_pools.update_user_pool(core, {"UserPoolId": pool_id, "PoolName": "renamed"})

    after = described(core, pool_id)
    assert after["Name"] == "renamed"
    for name in ("AliasAttributes", "UsernameConfiguration", "SchemaAttributes", "CreationDate"):
        assert after[name] == before[name]


def test_an_update_that_changes_nothing_writes_and_tells_nothing(
    core: Core, pool_id: str, clock: ManualClock, events: list[ConfigurationChanged]
) -> None:
    before, wrote = described(core, pool_id), writes(core)
    clock.advance(timedelta(minutes=1))

    user_pools.update_user_pool(core, {"UserPoolId": pool_id})

    assert (described(core, pool_id), writes(core), events) == (before, wrote, [])


def test_every_change_is_told_once(core: Core, events: list[ConfigurationChanged]) -> None:
    user_pools.create_user_pool(core, {"PoolName": "p"}, pool_id="eu-west-1_A")
    user_pools.update_user_pool(core, {"UserPoolId": "eu-west-1_A", "PoolName": "q"})
    user_pools.delete_user_pool(core, {"UserPoolId": "eu-west-1_A"})

    assert events == [
        ConfigurationChanged(Kind.USER_POOL, change, "eu-west-1_A", "eu-west-1_A")
        for change in (Change.CREATED, Change.UPDATED, Change.DELETED)
    ]


async def test_a_deleted_pool_is_gone_with_everything_in_it(
    core: Core,
    pool_id: str,
    a_client: Callable[..., dict[str, Any]],
    a_user: Callable[..., Any],
) -> None:
    client = a_client(pool_id)
    await a_user(pool_id)

    user_pools.delete_user_pool(core, {"UserPoolId": pool_id})

    assert core.store.clients.get(client["ClientId"]) is None
    assert await refusal(user_pools.describe_user_pool, core, {"UserPoolId": pool_id}) == (
        "ResourceNotFoundException",
        f"User pool {pool_id} does not exist.",
    )


async def test_a_pool_made_in_place_of_a_deleted_one_begins_empty(
    core: Core, pool_id: str, a_user: Callable[..., Any]
) -> None:
    await a_user(pool_id)
    before = (await core.keys.of(pool_id)).id_key.kid
    user_pools.delete_user_pool(core, {"UserPoolId": pool_id})

    user_pools.create_user_pool(core, {"PoolName": "again"}, pool_id=pool_id)

    assert core.store.users.count(pool_id) == 0
    assert (await core.keys.of(pool_id)).id_key.kid != before


async def test_a_protected_pool_cannot_be_deleted(core: Core, a_pool: Callable[..., str]) -> None:
    pool_id = a_pool(DeletionProtection="ACTIVE")

    assert await refusal(user_pools.delete_user_pool, core, {"UserPoolId": pool_id}) == (
        INVALID,
        "The user pool cannot be deleted because deletion protection is activated. "
        "Deletion protection must be inactivated first.",
    )


async def test_a_pool_with_a_domain_cannot_be_deleted(core: Core, pool_id: str) -> None:
    domains.create_user_pool_domain(core, {"UserPoolId": pool_id, "Domain": "people"})

    assert described(core, pool_id)["Domain"] == "people"
    assert await refusal(user_pools.delete_user_pool, core, {"UserPoolId": pool_id}) == (
        INVALID,
        "User pool cannot be deleted. It has a domain configured that should be deleted first.",
    )


@pytest.mark.parametrize(
    "operation",
    [user_pools.describe_user_pool, user_pools.update_user_pool, user_pools.delete_user_pool],
)
async def test_a_pool_that_is_not_there_is_not_found(
    core: Core, operation: Callable[..., Any]
) -> None:
    assert await refusal(operation, core, {"UserPoolId": "eu-west-1_None"}) == (
        "ResourceNotFoundException",
        "User pool eu-west-1_None does not exist.",
    )


def test_pools_are_listed_in_pages_in_the_order_they_were_made(
    core: Core, a_pool: Callable[..., str]
) -> None:
    made = [a_pool(f"eu-west-1_{letter}") for letter in "CAB"]

    first = user_pools.list_user_pools(core, {"MaxResults": 2})
    rest = user_pools.list_user_pools(core, {"MaxResults": 2, "NextToken": first["NextToken"]})

    assert [pool["Id"] for pool in (*first["UserPools"], *rest["UserPools"])] == made
    assert "NextToken" not in rest


def test_a_pool_survives_closing_the_workspace(core: Core, a_pool: Callable[..., str]) -> None:
    pool_id = a_pool(Policies={"PasswordPolicy": {"MinimumLength": 12}}, UserPoolTags={"a": "b"})
    before = core.store.pools.get(pool_id)

    core.store.pools.reload()

    assert core.store.pools.get(pool_id) == before

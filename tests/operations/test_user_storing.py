"""Users and the names they are found by: who has a name, and who may take it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.operations import users
from sandbox_app.operations.core import Core
from tests.cores import refusal, writes

MakeUser = Callable[..., Awaitable[dict[str, Any]]]
Attributes = Callable[[str, str], dict[str, str]]
MAIL = "shared@example.com"
VERIFIED = {"email": MAIL, "email_verified": "true"}
INSENSITIVE = {"UsernameConfiguration": {"CaseSensitive": False}}


def request(pool_id: str, username: str, **attributes: str) -> dict[str, Any]:
    listed = [{"Name": name, "Value": value} for name, value in attributes.items()]
    return {"UserPoolId": pool_id, "Username": username, "UserAttributes": listed}


def holder(core: Core, pool_id: str, name: str) -> str:
    answer = users.admin_get_user(core, {"UserPoolId": pool_id, "Username": name})
    return str(answer["Username"])


async def test_a_username_is_taken_once(core: Core, pool_id: str, a_user: MakeUser) -> None:
    await a_user(pool_id)

    assert await refusal(users.admin_create_user, core, request(pool_id, "alice")) == (
        "UsernameExistsException",
        "User account already exists",
    )
    assert (await a_user(pool_id, "Alice"))["Username"] == "Alice"


async def test_a_username_is_taken_in_every_case_where_case_does_not_matter(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    pool_id = a_pool(**INSENSITIVE)
    await a_user(pool_id)

    assert await refusal(users.admin_create_user, core, request(pool_id, "ALICE")) == (
        "UsernameExistsException",
        "User account already exists",
    )


async def test_a_username_is_free_again_after_deletion_with_another_sub(
    core: Core, pool_id: str, a_user: MakeUser
) -> None:
    """Contract users 1."""
    first = await a_user(pool_id)
    users.admin_delete_user(core, {"UserPoolId": pool_id, "Username": "alice"})

    second = await a_user(pool_id)

    assert first["Attributes"][0]["Name"] == "sub"
    assert first["Attributes"] != second["Attributes"]


async def test_a_chosen_sub_is_taken_once(core: Core, pool_id: str) -> None:
    await users.admin_create_user(core, request(pool_id, "alice"), sub="s-1")

    assert await refusal(users.admin_create_user, core, request(pool_id, "bob"), sub="s-1") == (
        "UsernameExistsException",
        "The sub s-1 is taken.",
    )


@pytest.mark.parametrize(
    ("attribute", "value"), [("email", "a@example.com"), ("phone_number", "+12065551212")]
)
async def test_a_username_attribute_is_unique_even_unverified(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser, attribute: str, value: str
) -> None:
    """Contract users 1."""
    pool_id = a_pool(UsernameAttributes=["email", "phone_number"])
    await a_user(pool_id, value)

    assert await refusal(users.admin_create_user, core, request(pool_id, value)) == (
        "UsernameExistsException",
        f"An account with the given {attribute} already exists.",
    )
    assert core.store.users.count(pool_id) == 1


async def test_a_username_attribute_is_unique_without_case_where_that_does_not_matter(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    pool_id = a_pool(UsernameAttributes=["email"], **INSENSITIVE)
    await a_user(pool_id, "a@example.com")

    assert await refusal(users.admin_create_user, core, request(pool_id, "A@Example.com")) == (
        "UsernameExistsException",
        "An account with the given email already exists.",
    )


async def test_a_username_attribute_can_be_changed_to_a_free_value_and_to_no_other(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    """Contract users 1: it can be changed to another of the same kind."""
    pool_id = a_pool(UsernameAttributes=["email"])
    alice = await a_user(pool_id, "alice@example.com")
    await a_user(pool_id, "bob@example.com")

    taken = request(pool_id, "alice@example.com", email="bob@example.com")
    assert await refusal(users.admin_update_user_attributes, core, taken) == (
        "AliasExistsException",
        "An account with the given email already exists.",
    )
    free = request(pool_id, "alice@example.com", email="new@example.com")
    users.admin_update_user_attributes(core, free)

    assert holder(core, pool_id, "new@example.com") == alice["Username"]
    await a_user(pool_id, "alice@example.com")


async def test_a_username_attribute_cannot_be_deleted(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    pool_id = a_pool(UsernameAttributes=["email"])
    await a_user(pool_id, MAIL)

    named = {"UserPoolId": pool_id, "Username": MAIL, "UserAttributeNames": ["email"]}
    assert await refusal(users.admin_delete_user_attributes, core, named) == (
        "InvalidParameterException",
        "Cannot delete required attribute email.",
    )


async def test_several_users_may_have_one_unverified_alias(
    a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    """Contract users 1: a duplicate is accepted at sign-up."""
    pool_id = a_pool(AliasAttributes=["email"])

    await a_user(pool_id, "alice", email=MAIL)
    await a_user(pool_id, "bob", email=MAIL)


async def test_a_new_user_takes_a_verified_alias_from_nobody_unless_forced(
    core: Core,
    a_pool: Callable[..., str],
    a_user: MakeUser,
    attributes_of: Attributes,
    events: list[ConfigurationChanged],
) -> None:
    """Contract users 1: with ForceAliasCreation the alias moves, the old one is unverified."""
    pool_id = a_pool(AliasAttributes=["email"])
    alice = await a_user(pool_id, "alice", **VERIFIED)

    taken = request(pool_id, "bob", **VERIFIED)
    assert await refusal(users.admin_create_user, core, taken) == (
        "AliasExistsException",
        "An account with the email already exists.",
    )
    assert (core.store.users.count(pool_id), holder(core, pool_id, MAIL)) == (1, "alice")

    events.clear()
    await a_user(pool_id, "bob", force=True, **VERIFIED)
    assert holder(core, pool_id, MAIL) == "bob"
    assert attributes_of(pool_id, "alice")["email_verified"] == "false"
    sub = alice["Attributes"][0]["Value"]
    assert ConfigurationChanged(Kind.USER, Change.UPDATED, pool_id, sub) in events


async def test_the_last_who_verified_an_alias_signs_in_with_it(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser, attributes_of: Attributes
) -> None:
    """Contract users 1."""
    pool_id = a_pool(AliasAttributes=["email"])
    await a_user(pool_id, "alice", **VERIFIED)
    await a_user(pool_id, "bob", email=MAIL)

    users.admin_update_user_attributes(core, request(pool_id, "bob", email_verified="true"))

    assert holder(core, pool_id, MAIL) == "bob"
    assert attributes_of(pool_id, "alice")["email_verified"] == "false"


async def test_a_preferred_name_counts_at_once_and_is_taken_from_nobody(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    pool_id = a_pool(AliasAttributes=["preferred_username"])
    await a_user(pool_id, "alice", preferred_username="ally")
    await a_user(pool_id, "bob")
    refused = ("AliasExistsException", "An account with the preferred_username already exists.")

    wanted = request(pool_id, "bob", preferred_username="ally")
    assert await refusal(users.admin_update_user_attributes, core, wanted) == refused
    forced = request(pool_id, "carol", preferred_username="ally") | {"ForceAliasCreation": True}
    assert await refusal(users.admin_create_user, core, forced) == refused
    assert holder(core, pool_id, "ally") == "alice"


async def test_a_deleted_users_names_are_free(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    pool_id = a_pool(AliasAttributes=["email"])
    await a_user(pool_id, "alice", **VERIFIED)

    users.admin_delete_user(core, {"UserPoolId": pool_id, "Username": "alice"})
    await a_user(pool_id, "bob", **VERIFIED)

    assert holder(core, pool_id, MAIL) == "bob"


async def test_a_change_that_changes_nothing_writes_and_tells_nothing(
    core: Core, pool_id: str, a_user: MakeUser, events: list[ConfigurationChanged]
) -> None:
    await a_user(pool_id, name="Alice")
    events.clear()
    wrote = writes(core)

    users.admin_update_user_attributes(core, request(pool_id, "alice", name="Alice"))
    users.admin_enable_user(core, {"UserPoolId": pool_id, "Username": "alice"})

    assert (writes(core), events) == (wrote, [])

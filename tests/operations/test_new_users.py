"""A user to be: names, attributes and passwords that a pool accepts."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from sandbox_app.factors.policy import broken_rule
from sandbox_app.operations import users
from sandbox_app.operations.core import Core
from sandbox_app.operations.new_users import made_up_password
from tests.cores import refusal

MakeUser = Callable[..., Awaitable[dict[str, Any]]]
INVALID = "InvalidParameterException"
POLICY = "Password did not conform with policy: "


def asked(pool_id: str, username: str, **attributes: str) -> dict[str, Any]:
    return {
        "UserPoolId": pool_id,
        "Username": username,
        "UserAttributes": [{"Name": n, "Value": v} for n, v in attributes.items()],
    }


@pytest.mark.parametrize(
    "name", ["alice", "Ålice", "a", "x" * 128, "名前", "a@b.example", "+1", "🦊"]
)
async def test_a_username_is_any_text_without_spaces(
    core: Core, pool_id: str, a_user: MakeUser, name: str
) -> None:
    """Contract users 1: 1-128 characters, no spaces or tabs."""
    assert (await a_user(pool_id, name))["Username"] == name


@pytest.mark.parametrize("name", ["", "two words", "tab\tbed", "a\n", "x" * 129, "a\x00b"])
async def test_any_other_username_is_refused(core: Core, pool_id: str, name: str) -> None:
    code, message = await refusal(users.admin_create_user, core, asked(pool_id, name))

    assert code == INVALID
    assert "Value at 'username' failed to satisfy constraint" in message


@pytest.mark.parametrize(
    ("aliases", "name", "message"),
    [
        (
            ["email"],
            "a@b.example",
            "Username cannot be of email format, since user pool is configured for email alias.",
        ),
        (
            ["phone_number"],
            "+12065551212",
            "Username cannot be of phone number format, since user pool is configured for "
            "phone number alias.",
        ),
    ],
)
async def test_a_username_that_looks_like_an_alias_is_refused(
    core: Core, a_pool: Callable[..., str], aliases: list[str], name: str, message: str
) -> None:
    """Contract users 1."""
    pool_id = a_pool(AliasAttributes=aliases)

    refused = await refusal(users.admin_create_user, core, asked(pool_id, name))
    assert refused == (INVALID, message)


@pytest.mark.parametrize(
    ("attributes", "name", "message"),
    [
        (["email"], "alice", "Username should be an email."),
        (["email"], "+12065551212", "Username should be an email."),
        (["phone_number"], "a@b.example", "Username should be a phone number."),
        (
            ["email", "phone_number"],
            "alice",
            "Username should be either an email or a phone number.",
        ),
    ],
)
async def test_where_addresses_are_names_a_name_must_be_one(
    core: Core, a_pool: Callable[..., str], attributes: list[str], name: str, message: str
) -> None:
    """Contract users 1."""
    pool_id = a_pool(UsernameAttributes=attributes)

    refused = await refusal(users.admin_create_user, core, asked(pool_id, name))
    assert refused == (INVALID, message)


async def test_a_typed_address_fills_the_attribute_and_the_name_is_the_sub(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    """Contract users 1."""
    pool_id = a_pool(UsernameAttributes=["email", "phone_number"])

    user = await a_user(pool_id, "alice@example.com", phone_number="+1")

    attributes = {item["Name"]: item["Value"] for item in user["Attributes"]}
    assert user["Username"] == attributes["sub"]
    assert attributes["email"] == "alice@example.com"
    assert attributes["phone_number"] == "+1"


async def test_a_typed_address_and_the_attribute_are_one(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    loose = a_pool(UsernameAttributes=["email"], UsernameConfiguration={"CaseSensitive": False})
    await a_user(loose, "Alice@example.com", email="alice@EXAMPLE.com")

    request = asked(loose, "bob@example.com", email="carol@example.com")
    assert await refusal(users.admin_create_user, core, request) == (
        INVALID,
        "Username and the attribute email must be the same.",
    )


async def test_a_name_is_stored_as_typed_or_lowered_by_the_pools_case(
    a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    strict = a_pool("eu-west-1_A")
    loose = a_pool("eu-west-1_B", UsernameConfiguration={"CaseSensitive": False})

    assert (await a_user(strict, "Straße"))["Username"] == "Straße"
    assert (await a_user(loose, "Straße"))["Username"] == "straße"


async def test_required_attributes_may_be_left_out_by_an_administrator(
    a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    """Contract users 7."""
    pool_id = a_pool(Schema=[{"Name": "email", "Required": True}])

    assert (await a_user(pool_id))["UserStatus"] == "FORCE_CHANGE_PASSWORD"


@pytest.mark.parametrize(
    ("password", "broken"),
    [
        ("Aa1!", "Password not long enough"),
        ("Aa1!Aa1", "Password not long enough"),
        ("aa1!aa1!", "Password must have uppercase characters"),
        ("AA1!AA1!", "Password must have lowercase characters"),
        ("Aaa!Aaa!", "Password must have numeric characters"),
        ("Aa11Aa11", "Password must have symbol characters"),
        ("aaaaaaaa", "Password must have uppercase characters"),
        ("ÄÄa1!a1!", "Password must have uppercase characters"),
    ],
)
async def test_a_temporary_password_obeys_the_policy(
    core: Core, pool_id: str, password: str, broken: str
) -> None:
    """Contract users 6: one rule is reported at a time."""
    request = asked(pool_id, "alice") | {"TemporaryPassword": password}

    assert await refusal(users.admin_create_user, core, request) == (
        "InvalidPasswordException",
        POLICY + broken,
    )
    assert core.store.users.count(pool_id) == 0


@pytest.mark.parametrize("password", ["Aa1!Aa1!", "A a1AAaa", "Aa1!" + "x" * 252])
async def test_a_password_of_the_policy_is_accepted(
    core: Core, pool_id: str, password: str
) -> None:
    request = asked(pool_id, "alice") | {"TemporaryPassword": password}

    await users.admin_create_user(core, request)


@pytest.mark.parametrize(
    "policy",
    [
        {},
        {"MinimumLength": 99},
        {"MinimumLength": 6, "RequireSymbols": False, "RequireNumbers": False},
    ],
)
def test_a_made_up_password_obeys_every_policy(
    core: Core, a_pool: Callable[..., str], policy: dict[str, Any]
) -> None:
    pool = core.store.pools.get(a_pool(Policies={"PasswordPolicy": policy}))
    assert pool is not None

    made = {made_up_password(pool) for _ in range(50)}

    assert len(made) == 50
    assert {broken_rule(pool.policies.password_policy, password) for password in made} == {None}

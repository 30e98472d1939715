"""What values a user's attributes may have (contract users 1 and 7)."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from sandbox_app.operations import users
from sandbox_app.operations.core import Core
from tests.cores import refusal

MakeUser = Callable[..., Awaitable[dict[str, Any]]]
Attributes = Callable[[str, str], dict[str, str]]
INVALID = "InvalidParameterException"
SCHEMA = "Attributes did not conform to the schema: "
LENGTHS = {"MinLength": "2", "MaxLength": "5"}
VALUES = {"MinValue": "1", "MaxValue": "99"}


@pytest.fixture
def pool_id(a_pool: Callable[..., str]) -> str:
    return a_pool(
        Schema=[
            {"Name": "team", "StringAttributeConstraints": LENGTHS},
            {"Name": "free"},
            {"Name": "born", "Mutable": False},
            {
                "Name": "age",
                "AttributeDataType": "Number",
                "NumberAttributeConstraints": VALUES,
            },
            {"Name": "vip", "AttributeDataType": "Boolean"},
            {"Name": "mark", "DeveloperOnlyAttribute": True},
            {"Name": "family_name", "Required": True},
        ]
    )


def changes(pool_id: str, attributes: dict[str, str]) -> dict[str, Any]:
    listed = [{"Name": name, "Value": value} for name, value in attributes.items()]
    return {"UserPoolId": pool_id, "Username": "alice", "UserAttributes": listed}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("email", "alice@example.com"),
        ("email", ""),
        ("phone_number", "+12065551212"),
        ("phone_number", ""),
        ("birthdate", "1990-12-31"),
        ("updated_at", "0"),
        ("updated_at", "1790000000"),
        ("name", ""),
        ("name", "x" * 2048),
        ("name", "Zoë 🦊"),
        ("custom:team", "ab"),
        ("custom:team", "abcde"),
        ("custom:team", "äb"),
        ("custom:age", "1"),
        ("custom:age", "99"),
        ("custom:vip", "true"),
        ("custom:free", "anything"),
        ("dev:mark", "set by an administrator"),
    ],
)
async def test_a_value_of_the_schema_is_kept_as_it_came(
    core: Core,
    pool_id: str,
    a_user: MakeUser,
    attributes_of: Attributes,
    name: str,
    value: str,
) -> None:
    await a_user(pool_id)

    users.admin_update_user_attributes(core, changes(pool_id, {name: value}))

    assert attributes_of(pool_id, "alice")[name] == value


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("email", "alice", "Invalid email address format."),
        ("email", "alice@example", "Invalid email address format."),
        ("phone_number", "2065551212", "Invalid phone number format."),
        ("phone_number", "+1 206 5551212", "Invalid phone number format."),
        ("birthdate", "31/12/1990", "Invalid birthdate format. Please use YYYY-MM-DD."),
        ("birthdate", "1990-12-3", "Invalid birthdate format. Please use YYYY-MM-DD."),
        ("email_verified", "yes", f"{SCHEMA}email_verified: Attribute must be true or false."),
        ("updated_at", "-1", f"{SCHEMA}updated_at: Number must not be less than 0"),
        ("updated_at", "now", f"{SCHEMA}updated_at: Attribute must be a number."),
        ("updated_at", "١٢", f"{SCHEMA}updated_at: Attribute must be a number."),
        ("updated_at", "9" * 2000, f"{SCHEMA}updated_at: Attribute must be a number."),
        ("name", "ä" * 1025, f"{SCHEMA}name: String must be no longer than 2048 bytes"),
        ("custom:team", "a", f"{SCHEMA}custom:team: String must be no shorter than 2 bytes"),
        ("custom:team", "abcdef", f"{SCHEMA}custom:team: String must be no longer than 5 bytes"),
        ("custom:team", "äää", f"{SCHEMA}custom:team: String must be no longer than 5 bytes"),
        ("custom:age", "0", f"{SCHEMA}custom:age: Number must not be less than 1"),
        ("custom:age", "100", f"{SCHEMA}custom:age: Number must not be greater than 99"),
        ("custom:age", "1.5", f"{SCHEMA}custom:age: Attribute must be a number."),
        ("custom:vip", "1", f"{SCHEMA}custom:vip: Attribute must be true or false."),
        ("team", "ab", f"{SCHEMA}team: Attribute does not exist in the schema."),
        ("custom:mark", "x", f"{SCHEMA}custom:mark: Attribute does not exist in the schema."),
        ("Email", "a@b.example", f"{SCHEMA}Email: Attribute does not exist in the schema."),
        ("sub", "another", "Cannot modify the non-mutable attribute sub"),
        ("identities", "[]", "Cannot modify the non-mutable attribute identities"),
        ("custom:born", "again", "user.custom:born: Attribute cannot be updated."),
        ("email_verified", "true", "email is required to verify/auto-verify email"),
        (
            "phone_number_verified",
            "true",
            "phone_number is required to verify/auto-verify phone_number",
        ),
    ],
)
async def test_a_value_that_the_schema_forbids_is_refused(
    core: Core,
    pool_id: str,
    a_user: MakeUser,
    attributes_of: Attributes,
    name: str,
    value: str,
    message: str,
) -> None:
    await a_user(pool_id, family_name="Archer")

    request = changes(pool_id, {"name": "Alice", name: value})
    assert await refusal(users.admin_update_user_attributes, core, request) == (INVALID, message)
    assert attributes_of(pool_id, "alice") == {"family_name": "Archer"}


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"email": "alice"}, "Invalid email address format."),
        ({"email_verified": "true"}, "email is required to verify/auto-verify email"),
        ({"email": "", "email_verified": "true"}, "email is required to verify/auto-verify email"),
        ({"sub": "chosen"}, "Cannot modify the non-mutable attribute sub"),
        ({"colour": "red"}, f"{SCHEMA}colour: Attribute does not exist in the schema."),
    ],
)
async def test_a_new_user_is_held_to_the_same_schema(
    core: Core, pool_id: str, attributes: dict[str, str], message: str
) -> None:
    request = changes(pool_id, attributes)

    assert await refusal(users.admin_create_user, core, request) == (INVALID, message)
    assert core.store.users.count(pool_id) == 0


async def test_an_immutable_attribute_is_set_at_creation_and_never_again(
    core: Core, pool_id: str, a_user: MakeUser, attributes_of: Attributes
) -> None:
    await a_user(pool_id, **{"custom:born": "1990"})

    refused = ("InvalidParameterException", "user.custom:born: Attribute cannot be updated.")
    same = changes(pool_id, {"custom:born": "1990"})
    assert await refusal(users.admin_update_user_attributes, core, same) == refused
    named = {"UserPoolId": pool_id, "Username": "alice", "UserAttributeNames": ["custom:born"]}
    assert await refusal(users.admin_delete_user_attributes, core, named) == refused
    assert attributes_of(pool_id, "alice") == {"custom:born": "1990"}


@pytest.mark.parametrize("text", ["True", "TRUE", "true"])
async def test_a_flag_counts_in_any_case(
    core: Core,
    a_pool: Callable[..., str],
    a_user: MakeUser,
    attributes_of: Attributes,
    text: str,
) -> None:
    pool_id = a_pool("eu-west-1_Other", AliasAttributes=["email"])

    await a_user(pool_id, email="alice@example.com", email_verified=text)

    assert attributes_of(pool_id, "alice@example.com")["email_verified"] == "true"


async def test_a_changed_address_is_unverified_unless_said_otherwise(
    core: Core, pool_id: str, a_user: MakeUser, attributes_of: Attributes
) -> None:
    await a_user(pool_id, email="old@example.com", email_verified="true")

    def change(**attributes: str) -> str:
        users.admin_update_user_attributes(core, changes(pool_id, attributes))
        return attributes_of(pool_id, "alice")["email_verified"]

    assert change(email="old@example.com") == "true"
    assert change(email="new@example.com") == "false"
    assert change(email="newer@example.com", email_verified="true") == "true"
    assert change(name="Alice") == "true"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("colour", "colour: Attribute does not exist in the schema."),
        ("family_name", "Cannot delete required attribute family_name."),
        ("sub", "Cannot delete required attribute sub."),
    ],
)
async def test_what_must_stay_cannot_be_deleted(
    core: Core,
    pool_id: str,
    a_user: MakeUser,
    attributes_of: Attributes,
    name: str,
    message: str,
) -> None:
    await a_user(pool_id, name="Alice", family_name="Archer")

    request = {"UserPoolId": pool_id, "Username": "alice", "UserAttributeNames": ["name", name]}
    assert await refusal(users.admin_delete_user_attributes, core, request) == (INVALID, message)
    assert attributes_of(pool_id, "alice") == {"name": "Alice", "family_name": "Archer"}


async def test_a_deleted_address_takes_its_flag_along_and_is_no_name_any_more(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser, attributes_of: Attributes
) -> None:
    pool_id = a_pool("eu-west-1_Other", AliasAttributes=["email"])
    await a_user(pool_id, email="alice@example.com", email_verified="true", name="Alice")

    request = {"UserPoolId": pool_id, "Username": "alice", "UserAttributeNames": ["email"]}
    users.admin_delete_user_attributes(core, request)

    assert attributes_of(pool_id, "alice") == {"name": "Alice"}
    asked = {"UserPoolId": pool_id, "Username": "alice@example.com"}
    assert await refusal(users.admin_get_user, core, asked) == (
        "UserNotFoundException",
        "User does not exist.",
    )

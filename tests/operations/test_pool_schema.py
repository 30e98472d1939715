"""The schema of a pool: standard attributes, custom ones, and what may be asked of them."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox_app.operations import user_pools
from sandbox_app.operations.core import Core
from tests.cores import refusal

INVALID = "InvalidParameterException"


def bounded(name: str, least: str, most: str) -> dict[str, Any]:
    return {
        "Name": name,
        "StringAttributeConstraints": {"MinLength": least, "MaxLength": most},
    }


def schema_of(core: Core, pool_id: str) -> dict[str, dict[str, Any]]:
    pool = user_pools.describe_user_pool(core, {"UserPoolId": pool_id})["UserPool"]
    return {attribute["Name"]: attribute for attribute in pool["SchemaAttributes"]}


def test_every_pool_has_the_standard_attributes(core: Core, pool_id: str) -> None:
    """Contract users 7."""
    schema = schema_of(core, pool_id)

    assert schema["sub"]["Required"] is True
    assert schema["sub"]["Mutable"] is False
    assert schema["birthdate"]["StringAttributeConstraints"] == {
        "MinLength": "10",
        "MaxLength": "10",
    }
    assert schema["email_verified"]["AttributeDataType"] == "Boolean"
    assert schema["updated_at"]["NumberAttributeConstraints"] == {"MinValue": "0"}
    assert {name for name, item in schema.items() if item["Required"]} == {"sub"}


def test_a_standard_attribute_can_be_required_and_keeps_the_rest(
    core: Core, a_pool: Callable[..., str]
) -> None:
    pool_id = a_pool(Schema=[{"Name": "email", "Required": True}])

    email = schema_of(core, pool_id)["email"]
    assert email["Required"] is True
    assert email["StringAttributeConstraints"] == {"MinLength": "0", "MaxLength": "2048"}


def test_custom_attributes_get_their_prefix(core: Core, a_pool: Callable[..., str]) -> None:
    pool_id = a_pool(
        Schema=[
            {"Name": "team", "AttributeDataType": "String"},
            {"Name": "team", "DeveloperOnlyAttribute": True, "Mutable": False},
            {
                "Name": "age",
                "AttributeDataType": "Number",
                "NumberAttributeConstraints": {"MinValue": "-5", "MaxValue": "-1"},
            },
        ]
    )

    schema = schema_of(core, pool_id)
    assert {"custom:team", "dev:team", "custom:age"} <= set(schema)
    assert schema["custom:team"]["Mutable"] is True
    assert schema["dev:team"]["Mutable"] is False


@pytest.mark.parametrize(
    ("rule", "schema", "message"),
    [
        (
            "users 7 custom is never required",
            [{"Name": "team", "Required": True}],
            "Required custom attributes are not supported currently.",
        ),
        (
            "one name, one attribute",
            [{"Name": "team"}, {"Name": "team"}],
            "custom:team: Duplicate attribute name.",
        ),
        (
            "one standard name, one wish",
            [{"Name": "email"}, {"Name": "email", "Required": True}],
            "email: Duplicate attribute name.",
        ),
        ("a name is needed", [{"Required": True}], "Schema attribute needs a name."),
        (
            "users 7 types",
            [{"Name": "email", "AttributeDataType": "Number"}],
            "email: Required attribute data type is String.",
        ),
        (
            "users 7 sub",
            [{"Name": "sub", "Mutable": True}],
            "sub: is always required and never mutable.",
        ),
        (
            "bounds are numbers",
            [{"Name": "team", "StringAttributeConstraints": {"MaxLength": "many"}}],
            "custom:team: 'many' is not a whole number.",
        ),
        (
            "bounds are numbers Python would read in time",
            [
                {
                    "Name": "age",
                    "AttributeDataType": "Number",
                    "NumberAttributeConstraints": {"MaxValue": "9" * 5000},
                }
            ],
            f"custom:age: {'9' * 40!r} is not a whole number.",
        ),
        (
            "lengths are not negative",
            [{"Name": "team", "StringAttributeConstraints": {"MinLength": "-1"}}],
            "custom:team: A length is not less than 0.",
        ),
        (
            "bounds are in order",
            [
                {
                    "Name": "team",
                    "StringAttributeConstraints": {"MinLength": "9", "MaxLength": "10"},
                },
                {
                    "Name": "code",
                    "StringAttributeConstraints": {"MinLength": "9", "MaxLength": "8"},
                },
            ],
            "custom:code: The lower bound is above the upper one.",
        ),
    ],
)
async def test_a_schema_that_cannot_be_is_refused(
    core: Core, rule: str, schema: list[dict[str, Any]], message: str
) -> None:
    request = {"PoolName": "p", "Schema": schema}

    assert await refusal(user_pools.create_user_pool, core, request) == (INVALID, message)


@pytest.mark.parametrize("length", [0, 21])
async def test_a_custom_name_has_one_to_twenty_characters(core: Core, length: int) -> None:
    """Contract users 7 and 12."""
    request = {"PoolName": "p", "Schema": [{"Name": "x" * length}]}

    code, message = await refusal(user_pools.create_user_pool, core, request)

    assert code == INVALID
    assert "'schema.1.member.name' failed to satisfy constraint" in message


async def test_attributes_can_be_added_and_never_again_under_the_same_name(
    core: Core, pool_id: str
) -> None:
    request = {"UserPoolId": pool_id, "CustomAttributes": [{"Name": "team"}]}

    user_pools.add_custom_attributes(core, request)

    assert "custom:team" in schema_of(core, pool_id)
    assert await refusal(user_pools.add_custom_attributes, core, request) == (
        INVALID,
        "custom:team: Existing attribute already has name custom:team.",
    )


async def test_attributes_added_together_need_names_of_their_own(core: Core, pool_id: str) -> None:
    twice = {"UserPoolId": pool_id, "CustomAttributes": [{"Name": "team"}, {"Name": "team"}]}

    assert await refusal(user_pools.add_custom_attributes, core, twice) == (
        INVALID,
        "custom:team: Existing attribute already has name custom:team.",
    )
    assert "custom:team" not in schema_of(core, pool_id)


async def test_a_pool_has_at_most_fifty_custom_attributes(core: Core, pool_id: str) -> None:
    """Contract users 12."""
    for start in (0, 25):
        added = [{"Name": f"a{number}"} for number in range(start, start + 25)]
        user_pools.add_custom_attributes(core, {"UserPoolId": pool_id, "CustomAttributes": added})

    one_more = {"UserPoolId": pool_id, "CustomAttributes": [{"Name": "last"}]}
    assert await refusal(user_pools.add_custom_attributes, core, one_more) == (
        INVALID,
        "A user pool can have at most 50 custom attributes.",
    )

"""Requests are held against the API's own model before anything looks at them."""

import pytest

from sandbox_app.operations import shapes, user_pools
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import InvalidParameterException
from tests.cores import refusal

POOL = "eu-west-1_Pool00001"


@pytest.mark.parametrize(
    ("constraint", "operation", "request_", "field", "message"),
    [
        (
            "required",
            "CreateUserPool",
            {},
            "PoolName",
            "Value at 'poolName' failed to satisfy constraint: Member must not be null",
        ),
        (
            "null is absent",
            "CreateUserPool",
            {"PoolName": None},
            "PoolName",
            "Value at 'poolName' failed to satisfy constraint: Member must not be null",
        ),
        (
            "min length",
            "AddCustomAttributes",
            {"UserPoolId": POOL, "CustomAttributes": []},
            "CustomAttributes",
            "Value '[]' at 'customAttributes' failed to satisfy constraint: "
            "Member must have length greater than or equal to 1",
        ),
        (
            "max length",
            "CreateGroup",
            {"UserPoolId": POOL, "GroupName": "g" * 129},
            "GroupName",
            f"Value '{'g' * 129}' at 'groupName' failed to satisfy constraint: "
            "Member must have length less than or equal to 128",
        ),
        (
            "pattern",
            "CreateGroup",
            {"UserPoolId": POOL, "GroupName": "two words"},
            "GroupName",
            "Value 'two words' at 'groupName' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
        ),
        (
            "pattern to the very end",
            "CreateGroup",
            {"UserPoolId": POOL, "GroupName": "admins\n"},
            "GroupName",
            "Value 'admins\n' at 'groupName' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
        ),
        (
            "enum",
            "CreateUserPool",
            {"PoolName": "p", "MfaConfiguration": "MAYBE"},
            "MfaConfiguration",
            "Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: "
            "Member must satisfy enum value set: [OFF, ON, OPTIONAL]",
        ),
        (
            "min value",
            "CreateGroup",
            {"UserPoolId": POOL, "GroupName": "g", "Precedence": -1},
            "Precedence",
            "Value '-1' at 'precedence' failed to satisfy constraint: "
            "Member must have value greater than or equal to 0",
        ),
        (
            "max value, users 6",
            "CreateUserPool",
            {"PoolName": "p", "Policies": {"PasswordPolicy": {"MinimumLength": 100}}},
            "Policies",
            "Value '100' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: "
            "Member must have value less than or equal to 99",
        ),
        (
            "min value, users 6",
            "CreateUserPool",
            {"PoolName": "p", "Policies": {"PasswordPolicy": {"MinimumLength": 5}}},
            "Policies",
            "Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: "
            "Member must have value greater than or equal to 6",
        ),
        (
            "inside a list",
            "CreateUserPool",
            {"PoolName": "p", "AliasAttributes": ["email", "name"]},
            "AliasAttributes",
            "Value 'name' at 'aliasAttributes.2.member' failed to satisfy constraint: "
            "Member must satisfy enum value set: [phone_number, email, preferred_username]",
        ),
        (
            "unknown member",
            "CreateUserPool",
            {"PoolName": "p", "Colour": "red"},
            "colour",
            "Unknown member 'colour'",
        ),
        (
            "unknown member inside",
            "CreateUserPool",
            {"PoolName": "p", "Policies": {"Password": {}}},
            "Policies",
            "Unknown member 'policies.password'",
        ),
        (
            "a text where a number belongs",
            "CreateGroup",
            {"UserPoolId": POOL, "GroupName": "g", "Precedence": "1"},
            "Precedence",
            "Value at 'precedence' must be of type integer",
        ),
        (
            "a number of more than 32 bits",
            "CreateGroup",
            {"UserPoolId": POOL, "GroupName": "g", "Precedence": 2**31},
            "Precedence",
            "Value at 'precedence' must be of type integer",
        ),
        (
            "true is no number",
            "CreateGroup",
            {"UserPoolId": POOL, "GroupName": "g", "Precedence": True},
            "Precedence",
            "Value at 'precedence' must be of type integer",
        ),
        (
            "one is not true",
            "CreateUserPoolClient",
            {"UserPoolId": POOL, "ClientName": "c", "GenerateSecret": 1},
            "GenerateSecret",
            "Value at 'generateSecret' must be of type boolean",
        ),
        (
            "a text where a list belongs",
            "CreateUserPool",
            {"PoolName": "p", "AliasAttributes": "email"},
            "AliasAttributes",
            "Value at 'aliasAttributes' must be of type list",
        ),
        (
            "a list where a table belongs",
            "CreateUserPool",
            {"PoolName": "p", "Policies": []},
            "Policies",
            "Value at 'policies' must be of type structure",
        ),
        (
            "half a character",
            "CreateGroup",
            {"UserPoolId": POOL, "GroupName": "g", "Description": "\ud83d"},
            "Description",
            "Value at 'description' must be text without half characters",
        ),
        (
            "a secret is not repeated",
            "AdminSetUserPassword",
            {"UserPoolId": POOL, "Username": "alice", "Password": " "},
            "Password",
            "Value at 'password' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
        ),
    ],
)
def test_a_request_that_the_model_forbids_is_refused_in_its_words(
    constraint: str, operation: str, request_: dict[str, object], field: str, message: str
) -> None:
    with pytest.raises(InvalidParameterException) as refused:
        shapes.check(operation, request_)

    assert refused.value.message == f"1 validation error detected: {message}"
    assert refused.value.field == field


def test_several_faults_are_told_together_and_the_first_names_the_field() -> None:
    request = {"UserPoolId": POOL, "GroupName": "", "Precedence": -1}

    with pytest.raises(InvalidParameterException) as refused:
        shapes.check("CreateGroup", request)

    assert refused.value.message.startswith("3 validation errors detected: Value '' at 'groupName'")
    assert refused.value.message.endswith("greater than or equal to 0")
    assert refused.value.field == "GroupName"


@pytest.mark.parametrize("password", ["Inner Space-1", "Übermäßig-1", "x" * 256])
def test_a_password_may_hold_inner_spaces_and_any_script(password: str) -> None:
    """Contract users 6: an inner space counts as a symbol."""
    shapes.check(
        "AdminSetUserPassword",
        {"UserPoolId": POOL, "Username": "alice", "Password": password},
    )


def test_a_password_of_the_longest_kind_is_matched_at_once() -> None:
    # Three ways of splitting it would each be tried some thousand times over.
    request = {"UserPoolId": POOL, "Username": "alice", "Password": "x" * 255 + " "}

    with pytest.raises(InvalidParameterException):
        shapes.check("AdminSetUserPassword", request)


async def test_an_operation_checks_its_request_before_it_looks_for_the_pool(core: Core) -> None:
    code, message = await refusal(user_pools.describe_user_pool, core, {"UserPoolId": "no pool"})

    assert code == "InvalidParameterException"
    assert message.startswith("1 validation error detected: Value 'no pool' at 'userPoolId'")


def test_an_operation_the_api_does_not_have_is_a_callers_bug() -> None:
    with pytest.raises(ValueError, match="the API has no operation CreateTeapot"):
        shapes.input_members("CreateTeapot")

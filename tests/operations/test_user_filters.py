"""ListUsers: one attribute, `=` or `^=`, and pages by name."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from sandbox_app.operations import users
from sandbox_app.operations.core import Core
from tests.cores import refusal

MakeUser = Callable[..., Awaitable[dict[str, Any]]]
INVALID = "InvalidParameterException"


@pytest.fixture
async def people(core: Core, pool_id: str, a_user: MakeUser) -> str:
    """A pool with four users."""
    await a_user(pool_id, "alice", name="Alice", given_name="Al", email="alice@example.com")
    await a_user(pool_id, "Albert", name="Bertie", family_name='O"Hara', phone_number="+1206")
    await a_user(pool_id, "bob", name="Bob", preferred_username="bobby", email="bob@example.com")
    await a_user(pool_id, "zoë", name="Zoë 100%")
    users.admin_disable_user(core, {"UserPoolId": pool_id, "Username": "bob"})
    await users.admin_set_user_password(
        core,
        {"UserPoolId": pool_id, "Username": "zoë", "Password": "Aa1!Aa1!", "Permanent": True},
    )
    return pool_id


def found(core: Core, pool_id: str, **members: Any) -> list[str]:
    answer = users.list_users(core, {"UserPoolId": pool_id} | members)
    return [user["Username"] for user in answer["Users"]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (None, ["Albert", "alice", "bob", "zoë"]),
        ("", ["Albert", "alice", "bob", "zoë"]),
        ('username = "alice"', ["alice"]),
        ('username="alice"', ["alice"]),
        ('  username  ^=  "al"  ', ["alice"]),
        ('username = "Alice"', []),
        ('username ^= ""', ["Albert", "alice", "bob", "zoë"]),
        ('name ^= "A"', ["alice"]),
        ('name = "Zoë 100%"', ["zoë"]),
        ('name ^= "%"', []),
        ('name = "_ob"', []),
        ('given_name = "Al"', ["alice"]),
        ('family_name = "O\\"Hara"', ["Albert"]),
        ('preferred_username ^= "bob"', ["bob"]),
        ('email = "bob@example.com"', ["bob"]),
        ('phone_number ^= "+1"', ["Albert"]),
        ('status = "Disabled"', ["bob"]),
        ('status = "Enabled"', ["Albert", "alice", "zoë"]),
        ('cognito:user_status = "CONFIRMED"', ["zoë"]),
        ('cognito:user_status ^= "FORCE"', ["Albert", "alice", "bob"]),
        ('sub = "nobody"', []),
    ],
)
def test_a_filter_finds_who_fulfils_it(
    core: Core, people: str, text: str | None, names: list[str]
) -> None:
    assert found(core, people, Filter=text) == names


def test_a_filter_by_sub_finds_one(core: Core, people: str) -> None:
    (user,) = users.list_users(core, {"UserPoolId": people, "Filter": 'username = "bob"'})["Users"]
    (sub,) = [item["Value"] for item in user["Attributes"] if item["Name"] == "sub"]

    assert found(core, people, Filter=f'sub = "{sub}"') == ["bob"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("username", "Error while parsing filter."),
        ("username = alice", "Error while parsing filter."),
        ("username = 'alice'", "Error while parsing filter."),
        ('username == "alice"', "Error while parsing filter."),
        ('username != "alice"', "Error while parsing filter."),
        ('username = "alice" or name = "x"', "Error while parsing filter."),
        ('username = "ali"ce"', "Error while parsing filter."),
        ('custom:team = "x"', "One or more requested attributes are not searchable: custom:team"),
        ('address = "x"', "One or more requested attributes are not searchable: address"),
        ('Username = "x"', "One or more requested attributes are not searchable: Username"),
    ],
)
async def test_a_filter_that_cannot_be_is_refused(
    core: Core, people: str, text: str, message: str
) -> None:
    request = {"UserPoolId": people, "Filter": text}

    assert await refusal(users.list_users, core, request) == (INVALID, message)


async def test_a_filter_by_name_folds_where_names_fold(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    pool_id = a_pool(UsernameConfiguration={"CaseSensitive": False})
    await a_user(pool_id, "Alice")

    assert found(core, pool_id, Filter='username = "ALICE"') == ["alice"]
    assert found(core, pool_id, Filter='username ^= "AL"') == ["alice"]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 60])
def test_pages_hold_everybody_once_and_the_last_has_no_token(
    core: Core, people: str, limit: int
) -> None:
    names: list[str] = []
    request: dict[str, Any] = {"UserPoolId": people, "Limit": limit}
    while True:
        answer = users.list_users(core, request)
        assert answer["Users"]
        names += [user["Username"] for user in answer["Users"]]
        if "PaginationToken" not in answer:
            break
        request["PaginationToken"] = answer["PaginationToken"]

    assert names == ["Albert", "alice", "bob", "zoë"]


def test_a_page_goes_on_behind_somebody_who_is_gone(core: Core, people: str) -> None:
    request = {"UserPoolId": people, "Limit": 2}
    token = users.list_users(core, request)["PaginationToken"]

    users.admin_delete_user(core, {"UserPoolId": people, "Username": "alice"})

    assert found(core, people, PaginationToken=token) == ["bob", "zoë"]


def test_pages_and_filters_go_together(core: Core, people: str) -> None:
    request = {"UserPoolId": people, "Filter": 'status = "Enabled"', "Limit": 2}

    answer = users.list_users(core, request)

    rest = users.list_users(core, request | {"PaginationToken": answer["PaginationToken"]})
    assert [user["Username"] for user in rest["Users"]] == ["zoë"]
    assert "PaginationToken" not in rest


def test_a_limit_of_nothing_is_no_limit(core: Core, people: str) -> None:
    assert len(found(core, people, Limit=0)) == 4


async def test_a_page_holds_at_most_sixty(core: Core, people: str) -> None:
    code, message = await refusal(users.list_users, core, {"UserPoolId": people, "Limit": 61})

    assert code == INVALID
    assert "less than or equal to 60" in message


def test_only_the_asked_attributes_are_shown(core: Core, people: str) -> None:
    request = {"UserPoolId": people, "AttributesToGet": ["email", "name"], "Limit": 2}

    shown = [user["Attributes"] for user in users.list_users(core, request)["Users"]]

    assert shown == [
        [{"Name": "name", "Value": "Bertie"}],
        [{"Name": "name", "Value": "Alice"}, {"Name": "email", "Value": "alice@example.com"}],
    ]


async def test_an_empty_pool_lists_nobody_and_an_unknown_one_is_not_found(
    core: Core, pool_id: str
) -> None:
    assert users.list_users(core, {"UserPoolId": pool_id}) == {"Users": []}
    assert await refusal(users.list_users, core, {"UserPoolId": "eu-west-1_None"}) == (
        "ResourceNotFoundException",
        "User pool eu-west-1_None does not exist.",
    )

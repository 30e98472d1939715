"""Groups and who is in them (contract users 9)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.operations import groups, users
from sandbox_app.operations.core import Core
from tests.cores import refusal, writes

MakeUser = Callable[..., Awaitable[dict[str, Any]]]
NOBODY = ("UserNotFoundException", "User does not exist.")
NO_GROUP = ("ResourceNotFoundException", "Group not found.")


@pytest.fixture
def admins(core: Core, pool_id: str) -> dict[str, Any]:
    """The group's name and pool, as most requests about it say."""
    named = {"UserPoolId": pool_id, "GroupName": "admins"}
    groups.create_group(core, named | {"Description": "May do everything", "Precedence": 0})
    return named


def members(core: Core, group: dict[str, Any], **more: Any) -> list[str]:
    answer = groups.list_users_in_group(core, group | more)
    return sorted(user["Username"] for user in answer["Users"])


def test_a_group_is_given_back_as_it_was_made(
    core: Core, admins: dict[str, Any], clock: ManualClock
) -> None:
    group = groups.get_group(core, admins)["Group"]

    now = clock.now().timestamp()
    assert group == admins | {
        "Description": "May do everything",
        "Precedence": 0,
        "CreationDate": now,
        "LastModifiedDate": now,
    }


async def test_a_name_is_unique_in_its_pool_by_case(core: Core, admins: dict[str, Any]) -> None:
    groups.create_group(core, admins | {"GroupName": "Admins"})

    assert await refusal(groups.create_group, core, admins) == (
        "GroupExistsException",
        "A group with the name already exists.",
    )


def test_an_update_takes_away_what_it_omits_and_keeps_the_beginning(
    core: Core, admins: dict[str, Any], clock: ManualClock
) -> None:
    began = clock.now().timestamp()
    clock.advance(timedelta(hours=1))

    groups.update_group(core, admins | {"Precedence": 3})

    group = groups.get_group(core, admins)["Group"]
    assert group == admins | {
        "Precedence": 3,
        "CreationDate": began,
        "LastModifiedDate": began + 3600,
    }


def test_an_update_that_changes_nothing_writes_and_tells_nothing(
    core: Core, admins: dict[str, Any], clock: ManualClock, events: list[ConfigurationChanged]
) -> None:
    wrote = writes(core)
    clock.advance(timedelta(hours=1))

    same = admins | {"Description": "May do everything", "Precedence": 0}
    groups.update_group(core, same)

    assert (writes(core), events) == (wrote, [])


def test_groups_are_listed_in_pages(core: Core, pool_id: str) -> None:
    for name in "cab":
        groups.create_group(core, {"UserPoolId": pool_id, "GroupName": name})
    asked = {"UserPoolId": pool_id, "Limit": 2}

    page = groups.list_groups(core, asked)
    rest = groups.list_groups(core, asked | {"NextToken": page["NextToken"]})

    assert [group["GroupName"] for group in (*page["Groups"], *rest["Groups"])] == ["c", "a", "b"]
    assert "NextToken" not in rest


def test_a_limit_of_nothing_is_no_limit(core: Core, admins: dict[str, Any]) -> None:
    answer = groups.list_groups(core, {"UserPoolId": admins["UserPoolId"], "Limit": 0})

    assert [group["GroupName"] for group in answer["Groups"]] == ["admins"]
    assert "NextToken" not in answer


async def test_members_come_and_go_and_a_second_time_changes_nothing(
    core: Core, admins: dict[str, Any], a_user: MakeUser, events: list[ConfigurationChanged]
) -> None:
    user = await a_user(admins["UserPoolId"])
    events.clear()
    asked = admins | {"Username": "alice"}

    for verb in (groups.admin_add_user_to_group, groups.admin_remove_user_from_group):
        assert verb(core, asked) == {}
        there, wrote = members(core, admins), writes(core)
        assert verb(core, asked) == {}
        assert (members(core, admins), writes(core)) == (there, wrote)

    sub = user["Attributes"][0]["Value"]
    assert events == [
        ConfigurationChanged(Kind.MEMBERSHIP, change, admins["UserPoolId"], sub)
        for change in (Change.CREATED, Change.DELETED)
    ]


async def test_a_users_groups_are_listed_in_the_order_they_were_joined(
    core: Core, pool_id: str, a_user: MakeUser, clock: ManualClock
) -> None:
    await a_user(pool_id)
    for name in "cab":
        named = {"UserPoolId": pool_id, "GroupName": name}
        groups.create_group(core, named)
        groups.admin_add_user_to_group(core, named | {"Username": "alice"})
        clock.advance(timedelta(seconds=1))
    asked = {"UserPoolId": pool_id, "Username": "alice", "Limit": 2}

    page = groups.admin_list_groups_for_user(core, asked)
    rest = groups.admin_list_groups_for_user(core, asked | {"NextToken": page["NextToken"]})

    assert [group["GroupName"] for group in (*page["Groups"], *rest["Groups"])] == ["c", "a", "b"]


async def test_members_are_listed_in_pages_without_an_empty_last_one(
    core: Core, admins: dict[str, Any], a_user: MakeUser
) -> None:
    for name in ("alice", "bob", "carol", "dave"):
        await a_user(admins["UserPoolId"], name)
        groups.admin_add_user_to_group(core, admins | {"Username": name})

    page = groups.list_users_in_group(core, admins | {"Limit": 2})
    rest = groups.list_users_in_group(core, admins | {"Limit": 2, "NextToken": page["NextToken"]})

    found = {user["Username"] for user in (*page["Users"], *rest["Users"])}
    assert found == {"alice", "bob", "carol", "dave"}
    assert "NextToken" not in rest
    assert members(core, admins, Limit=0) == sorted(found)


async def test_only_an_empty_group_can_be_deleted(
    core: Core, admins: dict[str, Any], a_user: MakeUser
) -> None:
    await a_user(admins["UserPoolId"])
    groups.admin_add_user_to_group(core, admins | {"Username": "alice"})

    assert await refusal(groups.delete_group, core, admins) == (
        "InvalidParameterException",
        "Group admins has members; only an empty group can be deleted.",
    )
    groups.admin_remove_user_from_group(core, admins | {"Username": "alice"})
    groups.delete_group(core, admins)
    assert await refusal(groups.get_group, core, admins) == NO_GROUP


async def test_a_deleted_user_is_no_member(
    core: Core, admins: dict[str, Any], a_user: MakeUser
) -> None:
    await a_user(admins["UserPoolId"])
    asked = {"UserPoolId": admins["UserPoolId"], "Username": "alice"}
    groups.admin_add_user_to_group(core, admins | asked)

    users.admin_delete_user(core, asked)

    assert members(core, admins) == []
    groups.delete_group(core, admins)


@pytest.mark.parametrize(
    ("operation", "named", "refused"),
    [
        (groups.get_group, {"GroupName": "none"}, NO_GROUP),
        (groups.update_group, {"GroupName": "none"}, NO_GROUP),
        (groups.delete_group, {"GroupName": "none"}, NO_GROUP),
        (groups.list_users_in_group, {"GroupName": "none"}, NO_GROUP),
        (groups.admin_add_user_to_group, {"GroupName": "none", "Username": "alice"}, NO_GROUP),
        (groups.admin_add_user_to_group, {"GroupName": "admins", "Username": "nobody"}, NOBODY),
        (groups.admin_remove_user_from_group, {"GroupName": "admins", "Username": "x"}, NOBODY),
        (groups.admin_list_groups_for_user, {"Username": "nobody"}, NOBODY),
    ],
)
async def test_what_is_not_there_is_not_found(
    core: Core,
    admins: dict[str, Any],
    a_user: MakeUser,
    operation: Callable[..., Any],
    named: dict[str, str],
    refused: tuple[str, str],
) -> None:
    await a_user(admins["UserPoolId"])

    asked = {"UserPoolId": admins["UserPoolId"]} | named
    assert await refusal(operation, core, asked) == refused


async def test_a_user_is_in_at_most_a_hundred_groups(
    core: Core, pool_id: str, a_user: MakeUser
) -> None:
    await a_user(pool_id)
    with core.change():
        for number in range(101):
            groups.create_group(core, {"UserPoolId": pool_id, "GroupName": f"g{number}"})
        for number in range(100):
            named = {"UserPoolId": pool_id, "GroupName": f"g{number}", "Username": "alice"}
            groups.admin_add_user_to_group(core, named)

    one_more = {"UserPoolId": pool_id, "GroupName": "g100", "Username": "alice"}
    assert await refusal(groups.admin_add_user_to_group, core, one_more) == (
        "InvalidParameterException",
        "A user can be in at most 100 groups.",
    )

"""Groups and who is in them (contract users 9)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.members import from_members, to_members
from sandbox_app.domain.records.pools import Group, Membership
from sandbox_app.operations import shapes
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import (
    GroupExistsException,
    InvalidParameterException,
    LimitExceededException,
)
from sandbox_app.operations.finding import group_of, pool_of, user_of
from sandbox_app.operations.paging import page, read_token, write_token
from sandbox_app.operations.users import listed

_MOST_GROUPS = 10_000
_MOST_GROUPS_OF_USER = 100
_DEFAULT_LIMIT = 60


@shapes.checked("CreateGroup")
def create_group(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Make a group; its name is unique in the pool."""
    pool = pool_of(core, request)
    if core.store.groups.get(pool.id, request["GroupName"]) is not None:
        raise GroupExistsException("A group with the name already exists.", field="GroupName")
    if len(core.store.groups.of_pool(pool.id)) >= _MOST_GROUPS:
        raise LimitExceededException(f"At most {_MOST_GROUPS} groups per user pool.")
    now = core.timestamp()
    group = _from_request(request, created=now, now=now)
    with core.change():
        _save(core, group, Change.CREATED)
    return {"Group": to_members(group)}


@shapes.checked("GetGroup")
def get_group(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Everything about a group."""
    return {"Group": to_members(group_of(core, request))}


@shapes.checked("UpdateGroup")
def update_group(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Replace description, role and precedence; what is omitted is taken away."""
    before = group_of(core, request)
    group = _from_request(request, created=before.creation_date, now=core.timestamp())
    if replace(group, last_modified_date=before.last_modified_date) != before:
        with core.change():
            _save(core, group, Change.UPDATED)
    return {"Group": to_members(group)}


@shapes.checked("DeleteGroup")
def delete_group(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take a group away; it must be empty.

    Raises:
        InvalidParameterException: it has members. Source: contract users 9.
    """
    group = group_of(core, request)
    if core.store.memberships.users_in(group.user_pool_id, group.group_name, limit=1):
        raise InvalidParameterException(
            f"Group {group.group_name} has members; only an empty group can be deleted.",
            field="GroupName",
        )
    with core.change():
        core.store.groups.remove(group.user_pool_id, group.group_name)
        core.bus.publish(
            ConfigurationChanged(Kind.GROUP, Change.DELETED, group.user_pool_id, group.group_name)
        )
    return {}


@shapes.checked("ListGroups")
def list_groups(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """The pool's groups, `Limit` at a time."""
    pool = pool_of(core, request)
    return _groups_page(core.store.groups.of_pool(pool.id), request, f"ListGroups {pool.id}")


@shapes.checked("AdminAddUserToGroup")
def admin_add_user_to_group(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Put a user into a group; being in it already is no error."""
    group, user = group_of(core, request), user_of(core, request)
    present = core.store.memberships.groups_of(group.user_pool_id, user.sub)
    if any(item.group_name == group.group_name for item in present):
        return {}
    if len(present) >= _MOST_GROUPS_OF_USER:
        # The API lists no exception for limits here.
        raise InvalidParameterException(
            f"A user can be in at most {_MOST_GROUPS_OF_USER} groups.", field="GroupName"
        )
    with core.change():
        core.store.memberships.add(
            Membership(group.user_pool_id, group.group_name, user.sub, core.timestamp())
        )
        _publish_membership(core, group, Change.CREATED, user.sub)
    return {}


@shapes.checked("AdminRemoveUserFromGroup")
def admin_remove_user_from_group(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take a user out of a group; not being in it is no error."""
    group, user = group_of(core, request), user_of(core, request)
    if not _is_member(core, group, user.sub):
        return {}
    with core.change():
        core.store.memberships.remove(group.user_pool_id, group.group_name, user.sub)
        _publish_membership(core, group, Change.DELETED, user.sub)
    return {}


@shapes.checked("AdminListGroupsForUser")
def admin_list_groups_for_user(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """The user's groups in the order they were joined, `Limit` at a time."""
    user = user_of(core, request)
    groups = core.store.memberships.groups_of(user.user_pool_id, user.sub)
    listing = f"AdminListGroupsForUser {user.user_pool_id} {user.sub}"
    return _groups_page(groups, request, listing)


@shapes.checked("ListUsersInGroup")
def list_users_in_group(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """The group's members, `Limit` at a time."""
    group = group_of(core, request)
    limit = _limit(request)
    token = request.get("NextToken")
    listing = f"ListUsersInGroup {group.user_pool_id} {group.group_name}"
    subs = core.store.memberships.users_in(
        group.user_pool_id,
        group.group_name,
        limit=limit + 1,
        after=None if token is None else read_token(token, listing),
    )
    users = (core.store.users.get(group.user_pool_id, sub) for sub in subs[:limit])
    answer: dict[str, Any] = {"Users": [listed(user) for user in users if user is not None]}
    if len(subs) > limit:
        answer["NextToken"] = write_token(subs[limit - 1], listing)
    return answer


def _groups_page(
    groups: tuple[Group, ...], request: Mapping[str, Any], listing: str
) -> dict[str, Any]:
    found, token = page(groups, _limit(request), request.get("NextToken"), listing)
    answer: dict[str, Any] = {"Groups": [to_members(group) for group in found]}
    if token is not None:
        answer["NextToken"] = token
    return answer


def _limit(request: Mapping[str, Any]) -> int:
    # The model allows a limit of 0, which asks for nothing in particular.
    limit: int = request.get("Limit") or _DEFAULT_LIMIT
    return limit


def _is_member(core: Core, group: Group, sub: str) -> bool:
    present = core.store.memberships.groups_of(group.user_pool_id, sub)
    return any(item.group_name == group.group_name for item in present)


def _from_request(request: Mapping[str, Any], *, created: float, now: float) -> Group:
    return from_members(Group, {**request, "CreationDate": created, "LastModifiedDate": now})


def _save(core: Core, group: Group, change: Change) -> None:
    core.store.groups.put(group)
    core.bus.publish(ConfigurationChanged(Kind.GROUP, change, group.user_pool_id, group.group_name))


def _publish_membership(core: Core, group: Group, change: Change, sub: str) -> None:
    core.bus.publish(ConfigurationChanged(Kind.MEMBERSHIP, change, group.user_pool_id, sub))

"""Pools, clients and groups by their ids, or the exception that the API raises without them."""

from collections.abc import Mapping
from typing import Any

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import Group, UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ResourceNotFoundException, UserNotFoundException
from sandbox_app.operations.sign_in_names import find_user


def pool_of(core: Core, request: Mapping[str, Any]) -> UserPool:
    """The pool that `UserPoolId` names.

    Raises:
        ResourceNotFoundException: there is none.
    """
    pool_id = request["UserPoolId"]
    pool = core.store.pools.get(pool_id)
    if pool is None:
        raise ResourceNotFoundException(f"User pool {pool_id} does not exist.", field="UserPoolId")
    return pool


def client_of(core: Core, request: Mapping[str, Any]) -> UserPoolClient:
    """The client that `ClientId` names in the pool that `UserPoolId` names.

    Raises:
        ResourceNotFoundException: pool or client is not there.
    """
    pool = pool_of(core, request)
    client = core.store.clients.get(request["ClientId"])
    if client is None or client.user_pool_id != pool.id:
        raise ResourceNotFoundException(
            f"User pool client {request['ClientId']} does not exist.", field="ClientId"
        )
    return client


def group_of(core: Core, request: Mapping[str, Any]) -> Group:
    """The group that `GroupName` names in the pool that `UserPoolId` names.

    Raises:
        ResourceNotFoundException: pool or group is not there.
    """
    pool = pool_of(core, request)
    group = core.store.groups.get(pool.id, request["GroupName"])
    if group is None:
        raise ResourceNotFoundException("Group not found.", field="GroupName")
    return group


def user_of(core: Core, request: Mapping[str, Any]) -> User:
    """The user that `Username` names, by user name, alias or `sub`.

    Raises:
        ResourceNotFoundException: no such pool.
        UserNotFoundException: no such user.
    """
    pool = pool_of(core, request)
    typed = request["Username"]
    user = find_user(core, pool, typed) or core.store.users.get(pool.id, typed)
    if user is None:
        raise UserNotFoundException("User does not exist.", field="Username")
    return user

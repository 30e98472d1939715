"""CreateUserPool, DescribeUserPool, UpdateUserPool, DeleteUserPool, ListUserPools and schema."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.members import from_members, member_names, to_members
from sandbox_app.domain.records.pools import PoolSandbox, UserPool
from sandbox_app.operations import shapes
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import (
    InvalidParameterException,
    ResourceConflictException,
)
from sandbox_app.operations.finding import pool_of
from sandbox_app.operations.paging import page
from sandbox_app.operations.pool_issuer import check_issuer
from sandbox_app.operations.pool_schema import check_count, pool_schema, with_custom_attributes
from sandbox_app.tokens.identifiers import new_pool_id

_POOL_ID = re.compile(
    r"(eusc-[a-z]{2}|[a-z]{2})(-gov|-iso[a-z]?)?-[a-z]+-\d_[A-Za-z0-9]{1,45}", re.ASCII
)
_FIXED_AT_CREATION = (
    "alias_attributes",
    "username_attributes",
    "username_configuration",
    "schema_attributes",
    "attached",
    "sandbox",
)
_OWN = {"PoolName", "Schema"}


@shapes.checked("CreateUserPool")
def create_user_pool(
    core: Core,
    request: Mapping[str, Any],
    *,
    pool_id: str | None = None,
    sandbox: PoolSandbox | None = None,
) -> dict[str, Any]:
    """Make a pool.

    Args:
        pool_id: chosen instead of a random one.
        sandbox: settings the real service does not have.

    Raises:
        InvalidParameterException: members that contradict each other, or a malformed `pool_id`.
        ResourceConflictException: `pool_id` is taken.
    """
    pool_id = pool_id or new_pool_id(core.region)
    if not _POOL_ID.fullmatch(pool_id):
        raise InvalidParameterException(
            f"{pool_id} is no pool id: region, underscore, letters and digits", field="Id"
        )
    if core.store.pools.get(pool_id) is not None:
        raise ResourceConflictException(f"User pool {pool_id} already exists.", field="Id")
    now = core.timestamp()
    pool = _from_request(request, pool_id, created=now, now=now)
    pool = replace(
        pool,
        schema_attributes=pool_schema(request.get("Schema") or ()),
        sandbox=sandbox or PoolSandbox(),
    )
    _check(pool)
    with core.change():
        _save(core, pool, Change.CREATED)
    return {"UserPool": described(core, pool)}


@shapes.checked("DescribeUserPool")
def describe_user_pool(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Everything about a pool."""
    return {"UserPool": described(core, pool_of(core, request))}


@shapes.checked("UpdateUserPool")
def update_user_pool(
    core: Core, request: Mapping[str, Any], *, sandbox: PoolSandbox | None = None
) -> dict[str, Any]:
    """Replace a pool's settings; what the request omits goes back to its default."""
    before = pool_of(core, request)
    now = core.timestamp()
    wanted = {"PoolName": before.name, **request}
    pool = _from_request(wanted, before.id, created=before.creation_date, now=now)
    pool = replace(pool, **{name: getattr(before, name) for name in _FIXED_AT_CREATION})
    pool = replace(pool, sandbox=sandbox or before.sandbox)
    _check(pool)
    if replace(pool, last_modified_date=before.last_modified_date) != before:
        with core.change():
            _save(core, pool, Change.UPDATED)
    return {}


@shapes.checked("DeleteUserPool")
def delete_user_pool(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Delete a pool with everything in it, unless it is protected or still has a domain."""
    pool = pool_of(core, request)
    if pool.deletion_protection == "ACTIVE":
        raise InvalidParameterException(
            "The user pool cannot be deleted because deletion protection is activated. "
            "Deletion protection must be inactivated first.",
            field="DeletionProtection",
        )
    if core.store.domains.of_pool(pool.id) is not None:
        raise InvalidParameterException(
            "User pool cannot be deleted. It has a domain configured that should be deleted first.",
            field="UserPoolId",
        )
    with core.change():
        core.store.pools.remove(pool.id)
        core.bus.publish(ConfigurationChanged(Kind.USER_POOL, Change.DELETED, pool.id, pool.id))
    core.keys.forget(pool.id)
    return {}


@shapes.checked("ListUserPools")
def list_user_pools(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Pools in the order they were made, `MaxResults` at a time."""
    pools, token = page(
        core.store.pools.all(), request["MaxResults"], request.get("NextToken"), "ListUserPools"
    )
    answer: dict[str, Any] = {
        "UserPools": [
            {
                "Id": pool.id,
                "Name": pool.name,
                "LastModifiedDate": pool.last_modified_date,
                "CreationDate": pool.creation_date,
            }
            for pool in pools
        ]
    }
    if token is not None:
        answer["NextToken"] = token
    return answer


@shapes.checked("AddCustomAttributes")
def add_custom_attributes(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Add attributes to a pool's schema; they can never be changed or removed again."""
    before = pool_of(core, request)
    pool = replace(
        before,
        schema_attributes=with_custom_attributes(
            before.schema_attributes, request["CustomAttributes"]
        ),
        last_modified_date=core.timestamp(),
    )
    _check(pool)
    with core.change():
        _save(core, pool, Change.UPDATED)
    return {}


def described(core: Core, pool: UserPool) -> dict[str, Any]:
    """A pool as DescribeUserPool shows it."""
    shape = to_members(pool)
    shape |= shape.pop("Kept")
    shape.pop("Attached")
    shape.pop("Sandbox")
    shape |= {
        "Arn": f"arn:aws:cognito-idp:{pool.region}:123456789012:userpool/{pool.id}",
        "EstimatedNumberOfUsers": core.store.users.count(pool.id),
    }
    domain = core.store.domains.of_pool(pool.id)
    if domain is not None:
        shape["Domain"] = domain.domain
    return shape


def _from_request(
    request: Mapping[str, Any], pool_id: str, *, created: float, now: float
) -> UserPool:
    own = member_names(UserPool)
    kept = {
        name: value
        for name, value in request.items()
        if name not in own and name not in _OWN and name != "UserPoolId" and value is not None
    }
    shape = {name: value for name, value in request.items() if name in own}
    return from_members(
        UserPool,
        {
            **shape,
            "Id": pool_id,
            "Name": request["PoolName"],
            "CreationDate": created,
            "LastModifiedDate": now,
            "Kept": kept,
        },
    )


def _save(core: Core, pool: UserPool, change: Change) -> None:
    core.store.pools.put(pool)
    core.bus.publish(ConfigurationChanged(Kind.USER_POOL, change, pool.id, pool.id))


def _check(pool: UserPool) -> None:
    if pool.alias_attributes and pool.username_attributes:
        raise InvalidParameterException(
            "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.",
            field="AliasAttributes",
        )
    preferred = pool.attribute("preferred_username")
    if "preferred_username" in pool.alias_attributes and preferred and preferred.required:
        raise InvalidParameterException(
            "Alias attribute preferred_username cannot be required.", field="Schema"
        )
    check_count(pool.schema_attributes)
    check_issuer(pool.sandbox.issuer)

"""A pool as one draft: its settings, its schema and its domain, saved by their own operations."""

from collections.abc import Mapping
from typing import Any

from sandbox_app.domain.members import from_members, to_members
from sandbox_app.domain.records.pools import PoolSandbox, SchemaAttribute, UserPool
from sandbox_app.operations import domains, shapes, user_pools
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.standard_attributes import STANDARD_NAMES
from sandbox_app.workbench.editing.requests import Request, pool_request

_PREFIXES = ("custom:", "dev:")


def pool_draft(core: Core, pool: UserPool) -> Request:
    """The pool's request with `Required`, `CustomAttributes` and `UserPoolDomain` besides.

    `Required` are the standard attributes that every user must have, `CustomAttributes` the
    custom ones without their prefix, `UserPoolDomain` the domain's members.
    """
    domain = core.store.domains.of_pool(pool.id)
    return pool_request(pool) | {
        "Required": required_of(pool.schema_attributes),
        "CustomAttributes": [
            _without_prefix(item)
            for item in pool.schema_attributes
            if item.name.startswith(_PREFIXES)
        ],
        "UserPoolDomain": {} if domain is None else _domain_members(to_members(domain)),
    }


def new_pool_draft() -> Request:
    """What a new pool begins with."""
    return {
        "PoolName": "",
        "DeletionProtection": "INACTIVE",
        "Required": [],
        "CustomAttributes": [],
        "UserPoolDomain": {},
        "Sandbox": to_members(PoolSandbox()),
        "UsernameConfiguration": {"CaseSensitive": False},
    }


def required_of(schema: tuple[SchemaAttribute, ...]) -> list[str]:
    """The standard attributes that the schema requires, `sub` aside."""
    return [
        item.name
        for item in schema
        if item.required and item.name in STANDARD_NAMES and item.name != "sub"
    ]


def create_pool(core: Core, draft: Mapping[str, Any]) -> str:
    """Make the pool a draft describes, with its schema and domain; its id.

    Raises:
        ApiError: the first thing that is wrong.
    """
    asked = _only_known("CreateUserPool", draft)
    schema = [
        *({"Name": name, "Required": True} for name in draft["Required"]),
        *draft["CustomAttributes"],
    ]
    if schema:
        asked["Schema"] = schema
    sandbox = from_members(PoolSandbox, draft.get("Sandbox", {}))
    with core.change():
        made = _created(core, asked, draft.get("Id"), sandbox)
        _save_domain(core, made, {}, draft["UserPoolDomain"])
    return made


def update_pool(core: Core, pool: UserPool, draft: Mapping[str, Any]) -> None:
    """Change a pool into what a draft says.

    Raises:
        ApiError: the first thing that is wrong; nothing was changed.
    """
    before = pool_draft(core, pool)
    with core.change():
        user_pools.update_user_pool(
            core,
            _only_known("UpdateUserPool", draft),
            sandbox=from_members(PoolSandbox, draft.get("Sandbox", {})),
        )
        added = [
            item for item in draft["CustomAttributes"] if item not in before["CustomAttributes"]
        ]
        if added:
            user_pools.add_custom_attributes(
                core, {"UserPoolId": pool.id, "CustomAttributes": added}
            )
        _save_domain(core, pool.id, before["UserPoolDomain"], draft["UserPoolDomain"])


def delete_pool(core: Core, pool_id: str) -> None:
    """Delete a pool and the domain it may have.

    Raises:
        ApiError: the pool is protected against deletion; nothing was changed.
    """
    with core.change():
        domain = core.store.domains.of_pool(pool_id)
        if domain is not None:
            domains.delete_user_pool_domain(core, {"UserPoolId": pool_id, "Domain": domain.domain})
        user_pools.delete_user_pool(core, {"UserPoolId": pool_id})


def _created(core: Core, asked: Request, chosen: str | None, sandbox: PoolSandbox) -> str:
    try:
        made = user_pools.create_user_pool(core, asked, pool_id=chosen or None, sandbox=sandbox)
    except ApiError as error:
        # What a draft can get wrong in the schema are the attributes of its own.
        error.field = "CustomAttributes" if error.field == "Schema" else error.field
        raise
    return str(made["UserPool"]["Id"])


def _save_domain(
    core: Core, pool_id: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    if before == after:
        return
    try:
        if before and before.get("Domain") != after.get("Domain"):
            domains.delete_user_pool_domain(
                core, {"UserPoolId": pool_id, "Domain": before["Domain"]}
            )
            before = {}
        if before:
            domains.update_user_pool_domain(core, {"UserPoolId": pool_id, **after})
        elif after.get("Domain"):
            domains.create_user_pool_domain(core, {"UserPoolId": pool_id, **after})
    except ApiError as error:
        # `Domain` alone would be taken for a member of the pool itself.
        error.field = f"UserPoolDomain.{error.field}" if error.field else "UserPoolDomain"
        raise


def _domain_members(shape: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in shape.items() if name != "UserPoolId"}


def _only_known(operation: str, draft: Mapping[str, Any]) -> Request:
    known = shapes.input_members(operation)
    return {name: value for name, value in draft.items() if name in known and name != "Schema"}


def _without_prefix(item: SchemaAttribute) -> dict[str, Any]:
    return to_members(item) | {"Name": item.name.partition(":")[2]}

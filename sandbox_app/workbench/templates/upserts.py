"""One wanted resource made, or brought to what the template says, through the operations."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sandbox_app.domain.records.clients import ClientSandbox
from sandbox_app.domain.records.pools import PoolSandbox
from sandbox_app.operations import (
    domains,
    groups,
    resource_servers,
    shapes,
    user_pool_clients,
    user_pools,
)
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import InvalidParameterException
from sandbox_app.workbench.templates import template as kinds
from sandbox_app.workbench.templates.wanted import Wanted

_FIXED = ("AliasAttributes", "UsernameAttributes")
_CUSTOM = ("custom:", "dev:")
_TRUTH = {"true": True, "false": False}


class Outcome(StrEnum):
    """What became of one resource."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


def upsert(item: Wanted, core: Core) -> Outcome:
    """Make the resource or change it; the same as before means nothing is written.

    Raises:
        ApiError: what the operation says against it.
    """
    return _UPSERTS[item.resource.kind](item, core)


def _pool(item: Wanted, core: Core) -> Outcome:
    sandbox = PoolSandbox(
        issuer=item.sandbox.get("Issuer", "local"),
        advertise_pkce=_truth(item.sandbox.get("AdvertisePkce", "false"), "AdvertisePkce"),
    )
    before = core.store.pools.get(item.id)
    if before is None:
        user_pools.create_user_pool(core, item.request, pool_id=item.id, sandbox=sandbox)
        return Outcome.CREATED
    for name, now in zip(
        _FIXED, (before.alias_attributes, before.username_attributes), strict=True
    ):
        if tuple(item.request.get(name, ())) != now:
            raise InvalidParameterException("cannot be changed once the pool is made", field=name)
    request = _only_known("UpdateUserPool", {**item.request, "UserPoolId": item.id})
    user_pools.update_user_pool(core, request, sandbox=sandbox)
    _add_new_attributes(item, core)
    return _compared(before, core.store.pools.get(item.id))


def _add_new_attributes(item: Wanted, core: Core) -> None:
    pool = core.store.pools.get(item.id)
    assert pool is not None
    known = {attribute.name for attribute in pool.schema_attributes}
    new = [
        attribute
        for attribute in item.request.get("Schema", ())
        if not known & {attribute.get("Name"), *(f"{p}{attribute.get('Name')}" for p in _CUSTOM)}
    ]
    if new:
        request = {"UserPoolId": pool.id, "CustomAttributes": new}
        user_pools.add_custom_attributes(core, request)


def _domain(item: Wanted, core: Core) -> Outcome:
    before = core.store.domains.get(item.id)
    if before is None:
        domains.create_user_pool_domain(core, item.request)
        return Outcome.CREATED
    domains.update_user_pool_domain(core, _only_known("UpdateUserPoolDomain", item.request))
    return _compared(before, core.store.domains.get(item.id))


def _resource_server(item: Wanted, core: Core) -> Outcome:
    pool_id = item.request.get("UserPoolId", "")
    before = core.store.resource_servers.get(pool_id, item.id)
    if before is None:
        resource_servers.create_resource_server(core, item.request)
        return Outcome.CREATED
    resource_servers.update_resource_server(core, item.request)
    return _compared(before, core.store.resource_servers.get(pool_id, item.id))


def _client(item: Wanted, core: Core) -> Outcome:
    sandbox = ClientSandbox(demo_app=_truth(item.sandbox.get("DemoApp", "false"), "DemoApp"))
    before = core.store.clients.get(item.id)
    secret = item.sandbox.get("ClientSecret")
    if before is None:
        request = dict(item.request)
        if secret is not None:
            request["ClientSecret"] = secret
        user_pool_clients.create_user_pool_client(core, request, client_id=item.id, sandbox=sandbox)
        return Outcome.CREATED
    if secret is not None and all(
        secret != item.client_secret_value for item in before.client_secrets
    ):
        raise InvalidParameterException(
            "the client already has another secret", field="ClientSecret"
        )
    request = _only_known("UpdateUserPoolClient", {**item.request, "ClientId": item.id})
    user_pool_clients.update_user_pool_client(core, request, sandbox=sandbox)
    return _compared(before, core.store.clients.get(item.id))


def _group(item: Wanted, core: Core) -> Outcome:
    pool_id = item.request.get("UserPoolId", "")
    before = core.store.groups.get(pool_id, item.id)
    if before is None:
        groups.create_group(core, item.request)
        return Outcome.CREATED
    groups.update_group(core, item.request)
    return _compared(before, core.store.groups.get(pool_id, item.id))


def _attachment(item: Wanted, core: Core) -> Outcome:
    shapes.check("AdminAddUserToGroup", item.request)
    listed = {name: item.request[name] for name in ("UserPoolId", "Username")}
    before = groups.admin_list_groups_for_user(core, listed)
    groups.admin_add_user_to_group(core, item.request)
    after = groups.admin_list_groups_for_user(core, listed)
    return Outcome.UNCHANGED if before == after else Outcome.CREATED


def _compared(before: Any, after: Any) -> Outcome:
    if before == after:
        return Outcome.UNCHANGED
    dated = hasattr(before, "last_modified_date")
    if dated and replace(after, last_modified_date=before.last_modified_date) == before:
        return Outcome.UNCHANGED
    return Outcome.UPDATED


def _only_known(operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
    known = shapes.input_members(operation)
    return {name: value for name, value in request.items() if name in known}


def _truth(text: str, field: str) -> bool:
    if text.lower() not in _TRUTH:
        raise InvalidParameterException("true or false is expected", field=field)
    return _TRUTH[text.lower()]


_UPSERTS: Mapping[str, Callable[[Wanted, Core], Outcome]] = MappingProxyType(
    {
        kinds.USER_POOL: _pool,
        kinds.DOMAIN: _domain,
        kinds.RESOURCE_SERVER: _resource_server,
        kinds.CLIENT: _client,
        kinds.GROUP: _group,
        kinds.ATTACHMENT: _attachment,
    }
)

"""One wanted resource made, or brought to what the template says, through the operations."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from sandbox_app.domain.records.clients import ClientSandbox, UserPoolClient
from sandbox_app.domain.records.pools import PoolSandbox, UserPool
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
from sandbox_app.operations.pool_schema import custom_attribute, pool_schema
from sandbox_app.operations.standard_attributes import STANDARD_NAMES
from sandbox_app.workbench import demo
from sandbox_app.workbench.templates import kinds
from sandbox_app.workbench.templates.outcome import Outcome
from sandbox_app.workbench.templates.wanted import Wanted

__all__ = ["Outcome", "upsert"]

_TRUTH = {"true": True, "false": False}


def upsert(item: Wanted, core: Core) -> Outcome:
    """Make the resource or change it; the same as before means nothing is written.

    Raises:
        ApiError: what the operation says against it.
    """
    return _UPSERTS[item.resource.kind](item, core)


def _pool(item: Wanted, core: Core) -> Outcome:
    sandbox = PoolSandbox(
        issuer=_issuer(item.sandbox.get("Issuer", "local")),
        advertise_pkce=_truth(item.sandbox.get("AdvertisePkce", "false"), "AdvertisePkce"),
    )
    before = core.store.pools.get(item.id)
    if before is None:
        user_pools.create_user_pool(core, item.request, pool_id=item.id, sandbox=sandbox)
        return Outcome.CREATED
    shapes.check("CreateUserPool", item.request)
    _refuse_fixed(item.request, before)
    request = _only_known("UpdateUserPool", {**item.request, "UserPoolId": item.id})
    user_pools.update_user_pool(core, request, sandbox=sandbox)
    _add_new_attributes(item.request, before, core)
    return _compared(before, core.store.pools.get(item.id))


def _refuse_fixed(request: Mapping[str, Any], before: UserPool) -> None:
    """What is chosen when a pool is made stays so (contract users 1 and 7)."""
    case = request.get("UsernameConfiguration", {}).get("CaseSensitive", True)
    differs = {
        "AliasAttributes": set(request.get("AliasAttributes", ())) != {*before.alias_attributes},
        "UsernameAttributes": set(request.get("UsernameAttributes", ()))
        != {*before.username_attributes},
        "UsernameConfiguration": case != before.case_sensitive,
    }
    for name, different in differs.items():
        if different:
            raise InvalidParameterException("cannot be changed once the pool is made", field=name)
    for attribute in pool_schema(request.get("Schema", ())):
        if before.attribute(attribute.name) not in (None, attribute):
            raise InvalidParameterException(
                f"{attribute.name} cannot be changed once it is made", field="Schema"
            )


def _add_new_attributes(request: Mapping[str, Any], before: UserPool, core: Core) -> None:
    known = {attribute.name for attribute in before.schema_attributes}
    new = [
        asked
        for asked in request.get("Schema", ())
        if asked["Name"] not in STANDARD_NAMES and custom_attribute(asked).name not in known
    ]
    # The API takes 25 at a time.
    for start in range(0, len(new), 25):
        added = {"UserPoolId": before.id, "CustomAttributes": new[start : start + 25]}
        user_pools.add_custom_attributes(core, added)


def _domain(item: Wanted, core: Core) -> Outcome:
    pool_id = item.request.get("UserPoolId", "")
    former = core.store.domains.get(item.remembered) if item.remembered else None
    before = core.store.domains.get(item.id)
    # Another pool's is not updated, and creating it says whose it is.
    if before is None or before.user_pool_id != pool_id:
        renamed = former is not None and former.user_pool_id == pool_id
        if renamed:
            # A pool has one domain, so another name takes the place of the one before.
            request = {"UserPoolId": pool_id, "Domain": item.remembered}
            domains.delete_user_pool_domain(core, request)
        domains.create_user_pool_domain(core, item.request)
        return Outcome.UPDATED if renamed else Outcome.CREATED
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
            request |= {"ClientSecret": secret, "GenerateSecret": False}
        user_pool_clients.create_user_pool_client(core, request, client_id=item.id, sandbox=sandbox)
        _add_second_secret(item, core)
        return Outcome.CREATED
    shapes.check("CreateUserPoolClient", item.request)
    _refuse_another_secret(item, secret, before)
    request = _only_known("UpdateUserPoolClient", {**item.request, "ClientId": item.id})
    if sandbox.demo_app:
        request |= demo.kept_urls(before, request)
    user_pool_clients.update_user_pool_client(core, request, sandbox=sandbox)
    _add_second_secret(item, core)
    return _compared(before, core.store.clients.get(item.id))


def _refuse_another_secret(item: Wanted, secret: str | None, before: UserPoolClient) -> None:
    held = [known.client_secret_value for known in before.client_secrets]
    if secret is not None and secret not in held:
        raise InvalidParameterException(
            "the client already has another secret" if held else "the client was made without one",
            field="ClientSecret",
        )
    if item.request.get("GenerateSecret") and not held:
        raise InvalidParameterException("the client was made without one", field="GenerateSecret")


def _add_second_secret(item: Wanted, core: Core) -> None:
    """A client may hold two secrets; the one for a rotation under way is stated beside the first.

    Raises:
        ApiError: the client was made without any, or has two others.
    """
    stated, client = item.sandbox.get("SecondSecret"), core.store.clients.get(item.id)
    held = client.client_secrets if client is not None else ()
    if stated is None or any(known.client_secret_value == stated for known in held):
        return
    if not held:
        raise InvalidParameterException("the client has no first one", field="SecondSecret")
    asked = {"UserPoolId": item.request.get("UserPoolId", ""), "ClientId": item.id}
    user_pool_clients.add_user_pool_client_secret(core, {**asked, "ClientSecret": stated})


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
    # The operations leave a thing and its date alone where nothing else changes.
    return Outcome.UNCHANGED if before == after else Outcome.UPDATED


def _only_known(operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
    known = shapes.input_members(operation)
    return {name: value for name, value in request.items() if name in known}


def _issuer(text: str) -> str:
    if text in ("local", "aws"):
        return text
    try:
        parts = urlsplit(text)
        bad = parts.scheme not in ("http", "https") or not parts.hostname
    except ValueError:
        bad = True
    if bad or not text.isprintable() or set(text) & set(" ?#"):
        raise InvalidParameterException("Issuer is local, aws or a URL", field="Issuer")
    return text


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

"""A pool made after another: its settings, clients, groups and resource servers, not its users."""

from dataclasses import replace

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.operations import groups, resource_servers, user_pool_clients
from sandbox_app.operations.core import Core
from sandbox_app.workbench.editing.pool_drafts import create_pool, pool_draft
from sandbox_app.workbench.editing.requests import (
    client_request,
    group_request,
    resource_server_request,
)

_NOT_ASKED = ("ClientId", "Sandbox")


def copy_pool(core: Core, pool: UserPool) -> str:
    """Make a pool like this one under another name, id and domain; its id.

    Its clients get ids and secrets of their own, because a client id names one client in the
    whole workspace.

    Raises:
        ApiError: something in the pool could not be made anew; nothing was made.
    """
    draft = pool_draft(core, pool)
    draft.pop("Id", None)
    draft["PoolName"] = f"{pool.name}-copy"
    domain = draft["UserPoolDomain"]
    draft["UserPoolDomain"] = domain | {"Domain": _free(core, domain["Domain"])} if domain else {}
    with core.change():
        made = create_pool(core, draft)
        _attach(core, pool, made)
        own = {"UserPoolId": made}
        for server in core.store.resource_servers.of_pool(pool.id):
            request = resource_server_request(server) | own
            resource_servers.create_resource_server(core, request)
        for group in core.store.groups.of_pool(pool.id):
            groups.create_group(core, group_request(group) | own)
        for client in core.store.clients.of_pool(pool.id):
            request = client_request(client) | own | {"GenerateSecret": client.confidential}
            for name in _NOT_ASKED:
                request.pop(name, None)
            user_pool_clients.create_user_pool_client(core, request)
    return made


def _attach(core: Core, pool: UserPool, made: str) -> None:
    """Give the copy what is only kept with the pool, except for what belongs to one client."""
    attached = {
        kind: {
            logical_id: shape
            for logical_id, shape in of_kind.items()
            if shape.get("ClientId", "ALL") == "ALL"
        }
        for kind, of_kind in pool.attached.items()
    }
    attached = {kind: of_kind for kind, of_kind in attached.items() if of_kind}
    copy = core.store.pools.get(made)
    if copy is not None and attached:
        core.store.pools.put(replace(copy, attached=attached))


def _free(core: Core, domain: str) -> str:
    number, name = 1, f"{domain}-copy"
    while core.store.domains.get(name) is not None:
        number += 1
        name = f"{domain}-copy{number}"
    return name

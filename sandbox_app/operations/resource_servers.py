"""Resource servers and their custom scopes."""

from collections.abc import Mapping
from typing import Any

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.members import from_members, to_members
from sandbox_app.domain.records.pools import ResourceServer
from sandbox_app.operations import shapes
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import InvalidParameterException, ResourceNotFoundException
from sandbox_app.operations.finding import pool_of
from sandbox_app.operations.paging import page

_MOST_SCOPES = 100


@shapes.checked("CreateResourceServer")
def create_resource_server(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Make a resource server; its identifier is unique in the pool."""
    pool = pool_of(core, request)
    identifier = request["Identifier"]
    if core.store.resource_servers.get(pool.id, identifier) is not None:
        raise InvalidParameterException(
            f"{identifier} already exists in user pool {pool.id}.", field="Identifier"
        )
    server = _from_request(request)
    with core.change():
        _save(core, server, Change.CREATED)
    return {"ResourceServer": to_members(server)}


@shapes.checked("DescribeResourceServer")
def describe_resource_server(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Everything about a resource server."""
    return {"ResourceServer": to_members(_server_of(core, request))}


@shapes.checked("UpdateResourceServer")
def update_resource_server(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Replace name and scopes; a scope that goes stays listed at clients, without effect (TM-3)."""
    before = _server_of(core, request)
    server = _from_request(request)
    if server != before:
        with core.change():
            _save(core, server, Change.UPDATED)
    return {"ResourceServer": to_members(server)}


@shapes.checked("DeleteResourceServer")
def delete_resource_server(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take a resource server away with its scopes."""
    server = _server_of(core, request)
    with core.change():
        core.store.resource_servers.remove(server.user_pool_id, server.identifier)
        core.bus.publish(
            ConfigurationChanged(
                Kind.RESOURCE_SERVER, Change.DELETED, server.user_pool_id, server.identifier
            )
        )
    return {}


@shapes.checked("ListResourceServers")
def list_resource_servers(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """The pool's resource servers, `MaxResults` at a time."""
    pool = pool_of(core, request)
    servers, token = page(
        core.store.resource_servers.of_pool(pool.id),
        request.get("MaxResults", 50),
        request.get("NextToken"),
        f"ListResourceServers {pool.id}",
    )
    answer: dict[str, Any] = {"ResourceServers": [to_members(server) for server in servers]}
    if token is not None:
        answer["NextToken"] = token
    return answer


def _server_of(core: Core, request: Mapping[str, Any]) -> ResourceServer:
    pool = pool_of(core, request)
    server = core.store.resource_servers.get(pool.id, request["Identifier"])
    if server is None:
        raise ResourceNotFoundException(
            f"Resource server {request['Identifier']} does not exist.", field="Identifier"
        )
    return server


def _from_request(request: Mapping[str, Any]) -> ResourceServer:
    server = from_members(ResourceServer, request)
    names = [scope.scope_name for scope in server.scopes]
    if len(names) > _MOST_SCOPES:
        raise InvalidParameterException(f"At most {_MOST_SCOPES} scopes.", field="Scopes")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidParameterException(f"Duplicate scope name: {twice}", field="Scopes")
    return server


def _save(core: Core, server: ResourceServer, change: Change) -> None:
    core.store.resource_servers.put(server)
    core.bus.publish(
        ConfigurationChanged(Kind.RESOURCE_SERVER, change, server.user_pool_id, server.identifier)
    )

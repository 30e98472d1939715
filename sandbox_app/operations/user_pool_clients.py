"""App clients: create, describe, update, list, delete, and their one or two secrets."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.members import from_members, member_names, to_members
from sandbox_app.domain.records.clients import (
    ClientSandbox,
    ClientSecret,
    TokenValidityUnits,
    UserPoolClient,
)
from sandbox_app.operations import shapes
from sandbox_app.operations.client_rules import check_client
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import (
    InvalidParameterException,
    LimitExceededException,
    ResourceConflictException,
    ResourceNotFoundException,
)
from sandbox_app.operations.finding import client_of, pool_of
from sandbox_app.operations.paging import page
from sandbox_app.tokens.identifiers import new_client_id, new_client_secret, new_uuid

_OF_REQUEST_ONLY = {"UserPoolId", "ClientId", "GenerateSecret", "ClientSecret"}
_MOST_SECRETS = 2
_THIRTY_DAYS = MappingProxyType(
    {"seconds": 30 * 86400, "minutes": 30 * 1440, "hours": 30 * 24, "days": 30}
)


@shapes.checked("CreateUserPoolClient")
def create_user_pool_client(
    core: Core,
    request: Mapping[str, Any],
    *,
    client_id: str | None = None,
    sandbox: ClientSandbox | None = None,
) -> dict[str, Any]:
    """Make an app client; `ClientSecret` chooses its secret, `GenerateSecret` makes one up.

    Args:
        client_id: chosen instead of a random one; unique in the whole workspace.

    Raises:
        ApiError: settings that contradict each other (see `client_rules`).
        ResourceConflictException: `client_id` is taken.
    """
    pool = pool_of(core, request)
    client_id = client_id or new_client_id()
    if core.store.clients.get(client_id) is not None:
        raise ResourceConflictException(f"Client {client_id} already exists.", field="ClientId")
    if request.get("GenerateSecret") and request.get("ClientSecret") is not None:
        raise InvalidParameterException(
            "GenerateSecret and ClientSecret cannot be set together.", field="ClientSecret"
        )
    now = core.timestamp()
    client = _from_request(request, client_id, created=now, now=now)
    client = replace(
        client,
        client_secrets=_first_secret(request, now),
        sandbox=sandbox or ClientSandbox(),
    )
    shapes.check("DescribeUserPoolClient", {"UserPoolId": pool.id, "ClientId": client_id})
    check_client(core, pool, client)
    with core.change():
        _save(core, client, Change.CREATED)
    return {"UserPoolClient": described(client)}


@shapes.checked("DescribeUserPoolClient")
def describe_user_pool_client(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Everything about a client, its secret included."""
    return {"UserPoolClient": described(client_of(core, request))}


@shapes.checked("UpdateUserPoolClient")
def update_user_pool_client(
    core: Core, request: Mapping[str, Any], *, sandbox: ClientSandbox | None = None
) -> dict[str, Any]:
    """Replace a client's settings; what the request omits goes back to its default."""
    before = client_of(core, request)
    wanted = {"ClientName": before.client_name, **request}
    client = _from_request(
        wanted, before.client_id, created=before.creation_date, now=core.timestamp()
    )
    client = replace(
        client, client_secrets=before.client_secrets, sandbox=sandbox or before.sandbox
    )
    check_client(core, pool_of(core, request), client)
    if replace(client, last_modified_date=before.last_modified_date) != before:
        with core.change():
            _save(core, client, Change.UPDATED)
    return {"UserPoolClient": described(client)}


@shapes.checked("DeleteUserPoolClient")
def delete_user_pool_client(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Delete a client; its codes and refresh tokens are worth nothing from then on."""
    client = client_of(core, request)
    with core.change():
        core.store.clients.remove(client.client_id)
        core.bus.publish(
            ConfigurationChanged(Kind.CLIENT, Change.DELETED, client.user_pool_id, client.client_id)
        )
    return {}


@shapes.checked("ListUserPoolClients")
def list_user_pool_clients(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """The pool's clients, `MaxResults` at a time."""
    pool = pool_of(core, request)
    clients, token = page(
        core.store.clients.of_pool(pool.id),
        request.get("MaxResults", 60),
        request.get("NextToken"),
        f"ListUserPoolClients {pool.id}",
    )
    answer: dict[str, Any] = {
        "UserPoolClients": [
            {
                "ClientId": client.client_id,
                "UserPoolId": pool.id,
                "ClientName": client.client_name,
            }
            for client in clients
        ]
    }
    if token is not None:
        answer["NextToken"] = token
    return answer


@shapes.checked("AddUserPoolClientSecret")
def add_user_pool_client_secret(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Give a client a second secret; the first keeps working until it is deleted."""
    client = client_of(core, request)
    if len(client.client_secrets) >= _MOST_SECRETS:
        raise LimitExceededException(
            f"A client can have at most {_MOST_SECRETS} secrets.", field="ClientSecret"
        )
    secret = _secret(request.get("ClientSecret") or new_client_secret(), core.timestamp())
    changed = replace(
        client,
        client_secrets=(*client.client_secrets, secret),
        last_modified_date=core.timestamp(),
    )
    with core.change():
        _save(core, changed, Change.UPDATED)
    return {"ClientSecretDescriptor": to_members(secret)}


@shapes.checked("DeleteUserPoolClientSecret")
def delete_user_pool_client_secret(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take one of two secrets away; the last one stays."""
    client = client_of(core, request)
    wanted = request["ClientSecretId"]
    left = tuple(item for item in client.client_secrets if item.client_secret_id != wanted)
    if len(left) == len(client.client_secrets):
        raise ResourceNotFoundException("Client secret not found.", field="ClientSecretId")
    if not left:
        raise InvalidParameterException(
            "The last client secret cannot be deleted.", field="ClientSecretId"
        )
    changed = replace(client, client_secrets=left, last_modified_date=core.timestamp())
    with core.change():
        _save(core, changed, Change.UPDATED)
    return {}


@shapes.checked("ListUserPoolClientSecrets")
def list_user_pool_client_secrets(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """The client's secrets without their values, as the API lists them."""
    secrets = client_of(core, request).client_secrets
    return {
        "ClientSecrets": [
            {
                "ClientSecretId": item.client_secret_id,
                "ClientSecretCreateDate": item.client_secret_create_date,
            }
            for item in secrets
        ]
    }


def described(client: UserPoolClient) -> dict[str, Any]:
    """A client as DescribeUserPoolClient shows it, with its first secret."""
    shape = to_members(client)
    shape |= shape.pop("Kept")
    shape.pop("Sandbox")
    secrets = shape.pop("ClientSecrets")
    if secrets:
        shape["ClientSecret"] = secrets[0]["ClientSecretValue"]
    return shape


def _from_request(
    request: Mapping[str, Any], client_id: str, *, created: float, now: float
) -> UserPoolClient:
    own = member_names(UserPoolClient)
    kept = {
        name: value
        for name, value in request.items()
        if name not in own and name not in _OF_REQUEST_ONLY and value is not None
    }
    return from_members(
        UserPoolClient,
        {
            "RefreshTokenValidity": _thirty_days(request),
            **{name: value for name, value in request.items() if name in own and value is not None},
            "ClientId": client_id,
            "CreationDate": created,
            "LastModifiedDate": now,
            "Kept": kept,
        },
    )


def _thirty_days(request: Mapping[str, Any]) -> int:
    """The default is thirty days in whatever unit is asked for (contract oidc 11)."""
    units = from_members(TokenValidityUnits, request.get("TokenValidityUnits") or {})
    return _THIRTY_DAYS.get(units.refresh_token, 30)


def _first_secret(request: Mapping[str, Any], now: float) -> tuple[ClientSecret, ...]:
    chosen = request.get("ClientSecret")
    if chosen is not None:
        return (_secret(chosen, now),)
    return (_secret(new_client_secret(), now),) if request.get("GenerateSecret") else ()


def _secret(value: str, now: float) -> ClientSecret:
    return ClientSecret(
        client_secret_id=new_uuid(), client_secret_value=value, client_secret_create_date=now
    )


def _save(core: Core, client: UserPoolClient, change: Change) -> None:
    core.store.clients.put(client)
    core.bus.publish(
        ConfigurationChanged(Kind.CLIENT, change, client.user_pool_id, client.client_id)
    )

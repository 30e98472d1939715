"""An app client as a draft: what the operations take, with each validity next to its unit."""

from collections.abc import Mapping
from typing import Any

from sandbox_app.domain.members import from_members, to_members
from sandbox_app.domain.records.clients import (
    RefreshTokenRotation,
    TokenValidityUnits,
    UserPoolClient,
)
from sandbox_app.operations import user_pool_clients
from sandbox_app.operations.core import Core
from sandbox_app.workbench.editing.requests import Request, client_request

VALIDITIES = (
    ("AccessTokenValidity", "AccessToken"),
    ("IdTokenValidity", "IdToken"),
    ("RefreshTokenValidity", "RefreshToken"),
)
"""The members of a draft that are `[number or None, unit]`, and their names among the units."""

_OF_NEW_ONLY = ("ClientId", "ClientSecret")
_UNITS = "TokenValidityUnits"


def client_draft(client: UserPoolClient) -> Request:
    """The client as UpdateUserPoolClient takes it, with the validities as `VALIDITIES` says."""
    shape = client_request(client)
    units = shape.pop(_UNITS)
    return shape | {name: [shape.get(name), units[unit]] for name, unit in VALIDITIES}


def new_client_draft(pool_id: str) -> Request:
    """What a new client begins with; `ClientSecret` is a text, or true for one to be made up."""
    request: Request = {
        "UserPoolId": pool_id,
        "ClientName": "",
        "AllowedOAuthFlowsUserPoolClient": True,
        "SupportedIdentityProviders": ["COGNITO"],
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": True,
        "AuthSessionValidity": 3,
        "RefreshTokenRotation": to_members(RefreshTokenRotation()),
        "CallbackURLs": [],
        "LogoutURLs": [],
        "AllowedOAuthFlows": [],
        "AllowedOAuthScopes": [],
    }
    units = to_members(TokenValidityUnits())
    return request | {
        name: [30 if unit == "RefreshToken" else None, units[unit]] for name, unit in VALIDITIES
    }


def client_copy(client: UserPoolClient) -> Request:
    """What a duplicate begins with: an id and a secret of its own, the same settings."""
    draft = client_draft(client)
    draft.pop("Sandbox", None)
    draft.pop("ClientId", None)
    secret = {"ClientSecret": True} if client.confidential else {}
    return draft | secret | {"ClientName": f"{client.client_name}-copy"}


def create_client(core: Core, draft: Mapping[str, Any]) -> str:
    """Make the client of a draft; its id.

    Raises:
        ApiError: the first thing that is wrong.
    """
    request = asked(draft)
    secret = draft.get("ClientSecret")
    if secret is True:
        request["GenerateSecret"] = True
    elif secret is not None:
        request["ClientSecret"] = secret
    made = user_pool_clients.create_user_pool_client(
        core, request, client_id=draft.get("ClientId") or None
    )
    return str(made["UserPoolClient"]["ClientId"])


def update_client(core: Core, client_id: str, draft: Mapping[str, Any]) -> None:
    """Change a client into what a draft says; its secrets stay.

    Raises:
        ApiError: the first thing that is wrong; nothing was changed.
    """
    user_pool_clients.update_user_pool_client(core, asked(draft) | {"ClientId": client_id})


def client_of(draft: Mapping[str, Any], client_id: str = "") -> UserPoolClient:
    """The client that saving a faultless draft would bring, without its secrets."""
    shape = asked(draft) | {
        "ClientId": client_id or draft.get("ClientId") or "",
        "CreationDate": 0,
        "LastModifiedDate": 0,
    }
    return from_members(UserPoolClient, shape)


def is_confidential(draft: Mapping[str, Any], saved: UserPoolClient | None) -> bool:
    """Whether the client has a secret, or will have one once it is made."""
    return saved.confidential if saved is not None else draft.get("ClientSecret") is not None


def asked(draft: Mapping[str, Any]) -> Request:
    """The draft as UpdateUserPoolClient takes it, but for the client's id."""
    validities = dict(VALIDITIES)
    request: Request = {
        name: value
        for name, value in draft.items()
        if name not in validities and name not in _OF_NEW_ONLY and name != "Sandbox"
    }
    request[_UNITS] = {}
    for name, unit in VALIDITIES:
        number, chosen = draft.get(name) or (None, None)
        if number is not None:
            request[name] = number
        if chosen:
            request[_UNITS][unit] = chosen
    return request

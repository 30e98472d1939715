"""Changes to a pool in the middle of a journey, made as an editor makes them."""

from typing import Any

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.members import to_members
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.operations import domains, user_pool_clients, user_pools, users
from sandbox_app.operations.core import Core
from tests.visitor import Visitor

_NOT_IN_REQUESTS = ("ClientSecrets", "CreationDate", "LastModifiedDate", "Kept", "Sandbox")


def reconfigure(sandbox: Sandbox, visitor: Visitor, name: str, **changes: Any) -> None:
    """Update the client of that name and keep what is not changed."""
    change_client(sandbox.core, visitor.client(name), **changes)


def change_client(core: Core, client: UserPoolClient, **changes: Any) -> None:
    """Update a client and keep what is not changed, as an editor does."""
    request = to_members(client)
    for member in _NOT_IN_REQUESTS:
        request.pop(member)
    user_pool_clients.update_user_pool_client(core, {**request, **changes})


async def a_second_pool(sandbox: Sandbox) -> str:
    """A pool beside the demo pool, with one client `other` and one user `olga`."""
    core = sandbox.core
    made = user_pools.create_user_pool(core, {"PoolName": "other"})
    pool_id = str(made["UserPool"]["Id"])
    domains.create_user_pool_domain(core, {"UserPoolId": pool_id, "Domain": "second"})
    user_pool_clients.create_user_pool_client(
        core,
        {
            "UserPoolId": pool_id,
            "ClientName": "other",
            "AllowedOAuthFlowsUserPoolClient": True,
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid", "email"],
            "CallbackURLs": ["http://localhost:7000/callback"],
            "LogoutURLs": ["http://localhost:7000/"],
        },
    )
    olga = {"UserPoolId": pool_id, "Username": "olga"}
    await users.admin_create_user(core, olga)
    password = {**olga, "Password": "Sandbox-1", "Permanent": True}
    await users.admin_set_user_password(core, password)
    return pool_id

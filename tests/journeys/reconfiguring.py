"""Changes to a client's settings in the middle of a journey."""

from typing import Any

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.members import to_members
from sandbox_app.operations.user_pool_clients import update_user_pool_client
from tests.visitor import Visitor

_NOT_IN_REQUESTS = ("ClientSecrets", "CreationDate", "LastModifiedDate", "Kept", "Sandbox")


def reconfigure(sandbox: Sandbox, visitor: Visitor, name: str, **changes: Any) -> None:
    """Update a client and keep what is not changed, as an editor does."""
    request = to_members(visitor.client(name))
    for member in _NOT_IN_REQUESTS:
        request.pop(member)
    update_user_pool_client(sandbox.core, {**request, **changes})

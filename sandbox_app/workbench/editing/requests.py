"""Records as the requests that would make them, with what only a sandbox has under `Sandbox`.

What an update request leaves out goes back to its default, so an editor begins with all of it.
"""

from collections.abc import Mapping
from typing import Any

from sandbox_app.domain.members import to_members
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import Group, ResourceServer, UserPool

Request = dict[str, Any]

_OF_POOL = (
    "Id",
    "Name",
    "CreationDate",
    "LastModifiedDate",
    "SchemaAttributes",
    "Kept",
    "Attached",
)
_OF_CLIENT = ("CreationDate", "LastModifiedDate", "ClientSecrets", "Kept")
_OF_GROUP = ("CreationDate", "LastModifiedDate")

FIXED_POOL_MEMBERS = ("AliasAttributes", "UsernameAttributes", "UsernameConfiguration")
"""What can be chosen for a pool only when it is made."""


def pool_request(pool: UserPool) -> Request:
    """The pool as UpdateUserPool takes it; `FIXED_POOL_MEMBERS` are there too, to be shown."""
    shape = to_members(pool)
    settings = {key: shape[key] for key in shape if key not in _OF_POOL}
    return {**shape["Kept"], **settings, "UserPoolId": pool.id, "PoolName": pool.name}


def client_request(client: UserPoolClient) -> Request:
    """The client as UpdateUserPoolClient takes it."""
    shape = to_members(client)
    return {**shape["Kept"], **{key: shape[key] for key in shape if key not in _OF_CLIENT}}


def group_request(group: Group) -> Request:
    """The group as UpdateGroup takes it."""
    shape = to_members(group)
    return {key: shape[key] for key in shape if key not in _OF_GROUP}


def resource_server_request(server: ResourceServer) -> Request:
    """The resource server as UpdateResourceServer takes it."""
    return to_members(server)


def member_at(shape: Mapping[str, Any], path: str) -> Any:
    """The value at a path such as `Policies.PasswordPolicy.MinimumLength`; `None` if absent."""
    found: Any = shape
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


def with_member(shape: Mapping[str, Any], path: str, value: Any) -> Request:
    """The shape with another value at the path; `None` takes the member away."""
    name, _, rest = path.partition(".")
    inner = shape.get(name)
    if rest:
        value = with_member(inner if isinstance(inner, Mapping) else {}, rest, value)
    changed = {key: shape[key] for key in shape if key != name or value is not None}
    return changed if value is None else changed | {name: value}

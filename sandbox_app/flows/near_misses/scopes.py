"""What became of scopes that a client still lists and no resource server defines."""

from collections.abc import Iterable
from difflib import get_close_matches

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.operations.core import Core

_MOST = 4


def why_left_out(scopes: Iterable[str], client: UserPoolClient, core: Core) -> str:
    """Why each of them is no scope any more, in one clause."""
    gone = list(scopes)
    told = [_why_gone(scope, client, core) for scope in gone[:_MOST]]
    more = [f"{len(gone) - _MOST} more"] if len(gone) > _MOST else []
    return "; ".join((*told, *more))


def _why_gone(scope: str, client: UserPoolClient, core: Core) -> str:
    identifier, _, short = scope.rpartition("/")
    servers = core.store.resource_servers.of_pool(client.user_pool_id)
    living = [known for server in servers for known in server.full_scopes]
    if any(server.identifier == identifier for server in servers):
        why = f"the resource server {identifier} has no scope {short} any more"
    else:
        why = f"there is no resource server {identifier} any more"
    near = get_close_matches(scope, living, 1, 0.8)
    return f"{scope} was left out: {why}" + (f", but there is {near[0]}" if near else "")

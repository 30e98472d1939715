"""Which scopes a request is granted (contract oidc 12)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.store import Store
from sandbox_app.tokens.scopes import parsed

STANDARD = frozenset({"openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"})
_BEHIND: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "email": ("email", "email_verified"),
        "phone": ("phone_number", "phone_number_verified"),
    }
)


def requested(text: str | None) -> tuple[str, ...]:
    """The scopes of a parameter, duplicates collapsed, in the order sent; case matters."""
    return parsed(text)


def enabled(client: UserPoolClient, store: Store) -> tuple[str, ...]:
    """The client's scopes that still exist; one deleted from its resource server is left out.

    Source: contract TM-3.
    """
    living = custom(client, store)
    return tuple(
        scope for scope in client.allowed_oauth_scopes if scope in STANDARD or scope in living
    )


def of_machine(client: UserPoolClient) -> tuple[str, ...]:
    """The scopes a machine may ask for: all of the client's but the standard ones (TM-2)."""
    return tuple(scope for scope in client.allowed_oauth_scopes if scope not in STANDARD)


def unreadable(scopes: Iterable[str], readable: frozenset[str]) -> tuple[str, ...]:
    """Attributes that the scopes promise and the client may not read (contract TC-7)."""
    return tuple(
        name for scope in scopes for name in _BEHIND.get(scope, ()) if name not in readable
    )


def custom(client: UserPoolClient, store: Store) -> frozenset[str]:
    """Every custom scope that a resource server of the client's pool defines."""
    servers = store.resource_servers.of_pool(client.user_pool_id)
    return frozenset(scope for server in servers for scope in server.full_scopes)

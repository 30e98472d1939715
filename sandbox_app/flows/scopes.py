"""Which scopes a request is granted (contract oidc 12)."""

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.store import Store
from sandbox_app.tokens.scopes import parsed

STANDARD = frozenset({"openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"})


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


def custom(client: UserPoolClient, store: Store) -> frozenset[str]:
    """Every custom scope that a resource server of the client's pool defines."""
    servers = store.resource_servers.of_pool(client.user_pool_id)
    return frozenset(scope for server in servers for scope in server.full_scopes)

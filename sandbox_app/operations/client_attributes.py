"""Which attributes a client may read and write (contract oidc 12, users 7)."""

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.operations.standard_attributes import STANDARD_NAMES


def readable_attributes(pool: UserPool, client: UserPoolClient) -> frozenset[str]:
    """What tokens and userInfo may show: every standard attribute unless the client says less.

    Custom attributes are never in the default set.
    """
    if client.read_attributes is None:
        return STANDARD_NAMES
    return frozenset(client.read_attributes)


def writable_attributes(pool: UserPool, client: UserPoolClient) -> frozenset[str]:
    """What the client may set for a user; required attributes always are among them."""
    required = {item.name for item in pool.schema_attributes if item.required}
    if client.write_attributes is None:
        mutable = {item.name for item in pool.schema_attributes if item.mutable}
        return frozenset((STANDARD_NAMES & mutable) | required)
    return frozenset(client.write_attributes) | required

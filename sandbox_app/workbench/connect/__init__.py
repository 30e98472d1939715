"""What a person needs to connect an app of their own: addresses, ids and snippets to copy."""

from sandbox_app.workbench.connect.addresses import (
    ClientAddresses,
    PoolAddresses,
    client_addresses,
    pool_addresses,
)
from sandbox_app.workbench.connect.snippets import LIBRARIES, Snippet, snippet

__all__ = [
    "LIBRARIES",
    "ClientAddresses",
    "PoolAddresses",
    "Snippet",
    "client_addresses",
    "pool_addresses",
    "snippet",
]

"""What a person needs to connect an app of their own: addresses, ids and snippets to copy."""

from sandbox_app.workbench.connect.addresses import (
    ClientAddresses,
    PoolAddresses,
    client_addresses,
    pool_addresses,
)
from sandbox_app.workbench.connect.snippets import LIBRARIES, snippet
from sandbox_app.workbench.connect.snippets.told import Library, Snippet
from sandbox_app.workbench.connect.surroundings import behind_a_proxy, from_a_container

__all__ = [
    "LIBRARIES",
    "ClientAddresses",
    "Library",
    "PoolAddresses",
    "Snippet",
    "behind_a_proxy",
    "client_addresses",
    "from_a_container",
    "pool_addresses",
    "snippet",
]

"""How an app reaches the sandbox from a container or behind a proxy, and what it is then told."""

from urllib.parse import urlsplit

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.operations.core import Core
from sandbox_app.workbench.connect.addresses import (
    PoolAddresses,
    client_addresses,
    pool_addresses,
)
from sandbox_app.workbench.connect.snippets.literals import shell
from sandbox_app.workbench.connect.snippets.told import Snippet

CONTAINER_NAME = "host.docker.internal"
"""What Docker calls the machine it runs on, as seen from a container."""

PROXY_NAME = "login.example.test"
"""A name for the examples; RFC 2606 keeps .test free."""


def from_a_container(core: Core, pool: UserPool, client: UserPoolClient, origin: str) -> Snippet:
    """What to start, and what an app in a container is told about this client.

    Args:
        origin: where the sandbox serves now; its port is kept.
    """
    port = _port(origin)
    told = pool_addresses(core, pool, f"http://{CONTAINER_NAME}:{port}")
    started = f"--host 0.0.0.0 --name {CONTAINER_NAME}"
    lines = [
        *_started(core, f"{started} --port {port}"),
        "# On Linux, give the container that name for this machine:",
        f"#   docker run --add-host={CONTAINER_NAME}:host-gateway ...",
        "",
        *_told(told, client),
    ]
    note = (
        "The issuer follows the name an app uses: one that asks for tokens by another name than "
        "it checks them with refuses them, so give the container the values above throughout. "
        "0.0.0.0 lets the whole network in; other names than these are answered with 421. "
        f"A browser on this machine signs in at localhost, or at {CONTAINER_NAME} where that "
        "name leads here."
    )
    return Snippet("\n".join(lines), _live(told, client), note)


def behind_a_proxy(core: Core, pool: UserPool, client: UserPoolClient, origin: str) -> Snippet:
    """What to start behind a proxy that ends TLS, what it must forward, and what an app is told.

    Args:
        origin: where the sandbox serves now; its port is kept.
    """
    port = _port(origin)
    told = pool_addresses(core, pool, f"https://{PROXY_NAME}")
    lines = [
        *_started(core, f"--name {PROXY_NAME} --trust-proxy 127.0.0.1 --port {port}"),
        "# The proxy has to pass on what the browser asked for; in nginx:",
        f"#   proxy_pass http://localhost:{port};",
        "#   proxy_set_header X-Forwarded-Proto $scheme;",
        "#   proxy_set_header X-Forwarded-Host $http_host;",
        "",
        *_told(told, client),
    ]
    note = (
        f"Put your proxy's own name in place of {PROXY_NAME}, and its address in place of "
        "127.0.0.1. From any other address these headers are ignored, and without --name the "
        "forwarded host is answered with 421."
    )
    return Snippet("\n".join(lines), _live(told, client), note)


def _started(core: Core, options: str) -> list[str]:
    """The command; the window has to let go of the workspace before."""
    return [
        "# Close this window first: one program at a time serves a workspace.",
        f"userpool-sandbox serve --workspace {shell(str(core.store.path))} \\",
        f"  {options}",
    ]


def _told(pool: PoolAddresses, client: UserPoolClient) -> list[str]:
    domain = [
        f"Authorize   {pool.authorize}",
        f"Token       {pool.token}",
        f"User info   {pool.user_info}",
    ]
    return [
        "# What an app is told then:",
        f"#   Client ID   {client.client_id}",
        f"#   Issuer      {pool.issuer}",
        f"#   Discovery   {pool.discovery}",
        f"#   Keys        {pool.keys}",
        *[f"#   {line}" for line in domain if pool.sign_in],
    ]


def _live(pool: PoolAddresses, client: UserPoolClient) -> tuple[str, ...]:
    own = client_addresses(client, pool.origin)
    domain = (pool.authorize, pool.token, pool.user_info)
    return (pool.discovery, pool.keys, *domain, pool.issuer, own.client_id)


def _port(origin: str) -> int:
    parts = urlsplit(origin)
    return parts.port or {"https": 443}.get(parts.scheme, 80)

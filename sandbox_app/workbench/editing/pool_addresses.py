"""Where a pool would be found with settings that are not saved yet."""

from dataclasses import replace

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.flows import addresses
from sandbox_app.operations.core import Core
from sandbox_app.workbench.connect.addresses import pool_addresses


def issuer_with(pool: UserPool | None, mode: str, origin: str) -> str | None:
    """The issuer that the pool would have; `None` where it is not known yet.

    Args:
        mode: `PoolSandbox.issuer`.
        pool: `None` for one still to be made.
        origin: empty while the sandbox is stopped.
    """
    if mode not in ("local", "aws", ""):
        return mode
    if pool is None or (mode != "aws" and not origin):
        return None
    shown = replace(pool, sandbox=replace(pool.sandbox, issuer=mode or "local"))
    return addresses.issuer(shown, origin)


def sign_in_with(core: Core, pool: UserPool | None, domain: str, origin: str) -> str | None:
    """Where the sign-in pages would be with that domain; `None` where there are none."""
    if not domain or not origin:
        return None
    saved = core.store.domains.of_pool(pool.id) if pool is not None else None
    if pool is not None and saved is not None and saved.domain == domain:
        return pool_addresses(core, pool, origin).sign_in
    scheme, _, authority = origin.partition("://")
    _, colon, port = authority.rpartition(":")
    return f"{scheme}://{domain}.auth.localhost{colon}{port}"

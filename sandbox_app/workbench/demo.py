"""The demo app's place in a workspace: which client it uses, and callbacks that follow it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import UserStatus
from sandbox_app.operations.client_rules import why_not_a_callback
from sandbox_app.operations.core import Core
from sandbox_app.operations.sign_in_names import find_user

HOME = "/_demo/"
CALLBACK = "/_demo/callback"
USERNAME = "alice"
PASSWORD = "Sandbox-1"
"""Whom the demo template signs in, and how."""

_MOST_ORIGINS = 20
"""Origins whose callbacks are remembered at a time; any program on this machine can name one."""


@dataclass(frozen=True, slots=True)
class DemoClients:
    """The pool and client the demo app signs in with, and a machine client beside it, if any."""

    pool: UserPool
    client: UserPoolClient
    machine: UserPoolClient | None


def demo_clients(core: Core) -> DemoClients | None:
    """The first client marked as the demo app's; `None` in a workspace without one."""
    for pool in core.store.pools.all():
        clients = core.store.clients.of_pool(pool.id)
        client = next((client for client in clients if client.sandbox.demo_app), None)
        if client is not None:
            machine = next((item for item in clients if item.may_use("client_credentials")), None)
            return DemoClients(pool, client, machine)
    return None


async def credentials_work(core: Core, pool_id: str) -> bool:
    """Whether the demo user can sign in to the pool with the password of the demo template."""
    pool = core.store.pools.get(pool_id)
    user = find_user(core, pool, USERNAME) if pool is not None else None
    if user is None or not user.enabled or user.status is not UserStatus.CONFIRMED:
        return False
    return await core.passwords.matches(user.password, PASSWORD)


def follow_origins(core: Core, origins: tuple[str, ...]) -> None:
    """Register the demo app's callbacks for these origins alone; those of before are dropped.

    Ports change from start to start, and a callback that leads to another program's port is none
    to keep.
    """
    found = demo_clients(core)
    if found is None:
        return
    client = found.client
    kept = tuple(url for url in client.callback_urls if not url.endswith(CALLBACK))
    kept_logout = tuple(url for url in client.logout_urls if not url.endswith(HOME))
    _save(
        core,
        client,
        callbacks=(*kept, *(f"{origin}{CALLBACK}" for origin in origins)),
        logouts=(*kept_logout, *(f"{origin}{HOME}" for origin in origins)),
    )


def follow_origin(core: Core, origin: str) -> str | None:
    """Register the demo app's callback for one more origin; what keeps it from being one, if so."""
    found = demo_clients(core)
    if found is None:
        return None
    client, callback = found.client, f"{origin}{CALLBACK}"
    fault = why_not_a_callback(callback)
    if fault is None and callback not in client.callback_urls:
        _save(
            core,
            client,
            callbacks=_with_newest(client.callback_urls, callback, CALLBACK),
            logouts=_with_newest(client.logout_urls, f"{origin}{HOME}", HOME),
        )
    return fault


def _with_newest(urls: tuple[str, ...], url: str, ending: str) -> tuple[str, ...]:
    """The URLs and one more; of the demo app's own the oldest go, for a client has at most 100."""
    own = [known for known in urls if known.endswith(ending)]
    gone = set(own[: max(0, len(own) + 1 - _MOST_ORIGINS)])
    return (*(known for known in urls if known not in gone), url)


def kept_urls(client: UserPoolClient, asked: Mapping[str, Any]) -> dict[str, list[str]]:
    """The URLs a template asks for, followed by those that were registered for the demo app.

    Without them an import into a running sandbox would cut the demo app off, and every import
    would change the client back and forth.
    """
    callbacks = [url for url in client.callback_urls if url.endswith(CALLBACK)]
    logouts = [url for url in client.logout_urls if url.endswith(HOME)]
    return {
        "CallbackURLs": list(dict.fromkeys([*asked.get("CallbackURLs", ()), *callbacks])),
        "LogoutURLs": list(dict.fromkeys([*asked.get("LogoutURLs", ()), *logouts])),
    }


def _save(
    core: Core, client: UserPoolClient, *, callbacks: tuple[str, ...], logouts: tuple[str, ...]
) -> None:
    changed = replace(client, callback_urls=callbacks, logout_urls=logouts)
    if changed == client:
        return
    with core.change():
        core.store.clients.put(changed)
        core.bus.publish(
            ConfigurationChanged(Kind.CLIENT, Change.UPDATED, client.user_pool_id, client.client_id)
        )

"""Pools, clients and users found by the names that people give them, or by their ids."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.operations.core import Core
from sandbox_app.operations.sign_in_names import find_user

ThingT = TypeVar("ThingT")


class NotNamed(LookupError):
    """Nothing, or more than one thing, has that name; the message says which names there are.

    `kind` is `pool`, `client` or `user`.
    """

    def __init__(self, message: str, *, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


def pool_named(core: Core, text: str | None = None) -> UserPool:
    """The pool of that id or name; without either the only one there is.

    Raises:
        NotNamed: there is none, or several are meant.
    """
    pools = core.store.pools.all()
    if text is None:
        return _only("pool", pools, lambda pool: f"{pool.name} ({pool.id})")
    by_id = core.store.pools.get(text)
    named = [by_id] if by_id is not None else [pool for pool in pools if pool.name == text]
    return _one("pool", text, named, (pool.name for pool in pools))


def client_named(core: Core, text: str, pool: str | None = None) -> UserPoolClient:
    """The app client of that id or name, in the pool so named or in any.

    Raises:
        NotNamed: there is none, or several are meant.
    """
    pools = core.store.pools.all() if pool is None else (pool_named(core, pool),)
    clients = [client for each in pools for client in core.store.clients.of_pool(each.id)]
    named = [client for client in clients if client.client_id == text] or [
        client for client in clients if client.client_name == text
    ]
    return _one("client", text, named, (client.client_name for client in clients))


def user_named(core: Core, pool: UserPool, text: str) -> User:
    """The user of that name, alias or `sub`.

    Raises:
        NotNamed: there is none.
    """
    user = find_user(core, pool, text) or core.store.users.get(pool.id, text)
    if user is None:
        message = f"The pool {pool.name} has no user {_quoted(text)}."
        raise NotNamed(message, kind="user")
    return user


def _one(kind: str, text: str, found: list[ThingT], known: Iterable[str]) -> ThingT:
    if len(found) == 1:
        return found[0]
    if found:
        message = f"{len(found)} {kind}s are called {_quoted(text)}; name the one meant by its id."
    else:
        names = ", ".join(sorted(set(known))) or "none"
        message = f"There is no {kind} {_quoted(text)}; there is {names}."
    raise NotNamed(message, kind=kind)


def _only(kind: str, found: tuple[ThingT, ...], shown: Callable[[ThingT], str]) -> ThingT:
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotNamed(f"There is no {kind}.", kind=kind)
    names = ", ".join(map(shown, found))
    raise NotNamed(f"Which {kind}? There are {names}.", kind=kind)


def _quoted(text: str) -> str:
    return f"“{text[:60]}”"

"""A core on a real workspace file, without a server or threads."""

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.clock import BendableClock, Clock
from sandbox_app.domain.ports import at_once
from sandbox_app.domain.records.users import PasswordSecret
from sandbox_app.factors.passwords import verify_password
from sandbox_app.operations import shapes
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.keys import KeyRing
from sandbox_app.server.threads import TurnsOnLoop, make_secret
from sandbox_app.store import Store

NOT_IN_THE_API = {
    # Ids can be chosen here alone, so the API has no word for one that is taken.
    ("CreateUserPool", "ResourceConflictException"),
    ("CreateUserPoolClient", "ResourceConflictException"),
    # Its own documentation says so, its list of errors does not (ForceAliasCreation).
    ("AdminCreateUser", "AliasExistsException"),
}


class PasswordsAtOnce:
    """The real arithmetic, done where it is asked for; `made` counts the hashes."""

    def __init__(self) -> None:
        self.made = 0

    async def make(self, pool_id: str, username: str, password: str) -> PasswordSecret:
        self.made += 1
        return make_secret(pool_id, username, password)

    async def matches(self, secret: PasswordSecret | None, password: str) -> bool:
        return secret is not None and verify_password(secret.argon2id, password)


def open_core(path: Path, clock: Clock) -> Core:
    """A core whose store the caller closes."""
    store, bendable = Store.open(path), BendableClock(clock)
    return Core(
        store,
        bendable,
        EventBus(),
        PasswordsAtOnce(),
        KeyRing(store, bendable, at_once, TurnsOnLoop()),
    )


def blank_workspace(folder: Path) -> Path:
    """A workspace without anything in it, to be copied: that takes half the time of making one."""
    path = folder / "blank.sandbox"
    Store.open(path).close()
    return path


def writes(core: Core) -> int:
    """How many rows were written since the workspace was opened."""
    return core.store._database.connection.total_changes


async def done(operation: Callable[..., Any], core: Core, request: Mapping[str, Any]) -> Any:
    """The operation's answer, awaited where it must be."""
    answer = operation(core, request)
    return await answer if inspect.isawaitable(answer) else answer


async def refusal(
    operation: Callable[..., Any], core: Core, request: Mapping[str, Any], **chosen: Any
) -> tuple[str, str]:
    """The exception's name and message; it must be one that the API lists."""
    with pytest.raises(ApiError) as raised:
        answer = operation(core, request, **chosen)
        if inspect.isawaitable(answer):
            await answer
    error = raised.value
    name = "".join(word.title() for word in operation.__name__.split("_"))
    listed = {shape.name for shape in shapes.model().operation_model(name).error_shapes}
    assert error.code in listed or (name, error.code) in NOT_IN_THE_API
    assert not core.store._database.in_transaction
    return error.code, error.message

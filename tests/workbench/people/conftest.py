"""A pool with 2,000 users in a real file, and what a window hands to the engine."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import PasswordSecret, User, UserStatus
from sandbox_app.operations import groups, user_pools
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import KeyRing
from sandbox_app.operations.user_storing import store_new_user
from sandbox_app.store import Store

NAMES = ("Ana", "ben", "Cléo", "ÉMILE", "Fay")


class QuickPasswords:
    """Passwords without the slow arithmetic; what is checked here is around it."""

    async def make(self, pool_id: str, username: str, password: str) -> PasswordSecret:
        await asyncio.sleep(0)
        return PasswordSecret(f"hash of {password}", "salt", f"for {username}")

    async def matches(self, secret: PasswordSecret | None, password: str) -> bool:
        return secret is not None and secret.argon2id == f"hash of {password}"


async def pause() -> None:
    await asyncio.sleep(0)


def aside(work: Callable[[], Any]) -> Awaitable[Any]:
    return asyncio.get_running_loop().run_in_executor(None, work)


@pytest.fixture
def core(tmp_path: Path, clock: ManualClock) -> Iterator[Core]:
    store = Store.open(tmp_path / "people.sandbox")
    keys = KeyRing(store, clock, aside)
    yield Core(store=store, clock=clock, bus=EventBus(), passwords=QuickPasswords(), keys=keys)
    store.close()


@pytest.fixture
def pool(core: Core) -> UserPool:
    request = {
        "PoolName": "people",
        "AliasAttributes": ["email"],
        "UsernameConfiguration": {"CaseSensitive": False},
        "Schema": [
            {"Name": "team", "AttributeDataType": "String", "Mutable": True},
            {"Name": "level", "AttributeDataType": "Number", "Mutable": True},
        ],
    }
    pool_id = user_pools.create_user_pool(core, request)["UserPool"]["Id"]
    for name in ("admins", "readers"):
        groups.create_group(core, {"UserPoolId": pool_id, "GroupName": name})
    found = core.store.pools.get(pool_id)
    assert found is not None
    return found


@pytest.fixture
def people(core: Core, pool: UserPool) -> tuple[User, ...]:
    """2,000 users, stored in an order that no list shows."""
    made = tuple(a_user(pool, number) for number in range(2000))
    with core.change():
        for number in range(2000):
            store_new_user(core, pool, made[number * 7 % 2000])
    for number in range(0, 2000, 100):
        request = {"UserPoolId": pool.id, "Username": f"user{number:04}", "GroupName": "admins"}
        groups.admin_add_user_to_group(core, request)
    return made


def a_user(pool: UserPool, number: int, **values: Any) -> User:
    first = NAMES[number % 5]
    attributes = {
        "sub": f"{number:032x}",
        "email": f"{first.lower()}{number}@example.com",
        "email_verified": "true" if number % 2 else "false",
        "name": f"{first} Müller-{number}",
    }
    if number % 4 == 0:
        attributes["custom:team"] = "red" if number % 8 else "Redder"
    user = User(
        user_pool_id=pool.id,
        sub=attributes["sub"],
        username=f"user{number:04}",
        status=tuple(UserStatus)[number % 4],
        enabled=number % 10 > 0,
        creation_date=float(number * 13 % 2000),
        last_modified_date=float(number * 17 % 2000),
        attributes=attributes,
    )
    return replace(user, **values)

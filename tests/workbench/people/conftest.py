"""A pool with 2,000 users in a real file, and what a window hands to the engine."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.clock import BendableClock, ManualClock
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import PasswordSecret, User, UserStatus
from sandbox_app.operations import groups, user_pools
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import KeyRing
from sandbox_app.operations.user_storing import store_new_user
from sandbox_app.server.threads import TurnsOnLoop
from sandbox_app.store import Store
from tests.conftest import NOON

NAMES = ("Ana", "ben", "Cléo", "ÉMILE", "Fay")


class QuickPasswords:
    """Passwords without the slow arithmetic; what is checked here is around it."""

    async def make(self, pool_id: str, username: str, password: str) -> PasswordSecret:
        await asyncio.sleep(0)
        return PasswordSecret(f"hash of {password}", "salt", f"for {username}")

    async def matches(self, secret: PasswordSecret | None, password: str) -> bool:
        return secret is not None and secret.argon2id == f"hash of {password}"


def aside(work: Callable[[], Any]) -> Awaitable[Any]:
    return asyncio.get_running_loop().run_in_executor(None, work)


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with 2,000 users, stored in an order that no list shows; to be copied."""
    path = tmp_path_factory.mktemp("crowd") / "people.sandbox"
    core = a_core(path, ManualClock(NOON))
    pool = a_pool(core)
    made = the_people(pool)
    with core.change():
        for number in range(2000):
            store_new_user(core, pool, made[number * 7 % 2000])
        for number in range(0, 2000, 100):
            request = {"UserPoolId": pool.id, "Username": f"user{number:04}", "GroupName": "admins"}
            groups.admin_add_user_to_group(core, request)
    core.store.close()
    return path


@pytest.fixture
def core(tmp_path: Path, clock: ManualClock, request: pytest.FixtureRequest) -> Iterator[Core]:
    path = tmp_path / "people.sandbox"
    if "people" in request.fixturenames:
        shutil.copyfile(request.getfixturevalue("crowded"), path)
        path.chmod(0o600)
    opened = a_core(path, clock)
    yield opened
    opened.store.close()


@pytest.fixture
def pool(core: Core) -> UserPool:
    present = core.store.pools.all()
    return present[0] if present else a_pool(core)


@pytest.fixture
def people(pool: UserPool) -> tuple[User, ...]:
    """The 2,000 users of the pool, by name."""
    return the_people(pool)


def a_core(path: Path, clock: ManualClock) -> Core:
    store, bendable = Store.open(path), BendableClock(clock)
    keys = KeyRing(store, bendable, aside, TurnsOnLoop())
    return Core(store=store, clock=bendable, bus=EventBus(), passwords=QuickPasswords(), keys=keys)


def a_pool(core: Core) -> UserPool:
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


def the_people(pool: UserPool) -> tuple[User, ...]:
    return tuple(a_user(pool, number) for number in range(2000))


def a_user(pool: UserPool, number: int) -> User:
    first = NAMES[number % 5]
    attributes = {
        "sub": f"{number:032x}",
        "email": f"{first.lower()}{number}@example.com",
        "email_verified": "true" if number % 2 else "false",
        "name": f"{first} Müller-{number}",
    }
    if number % 4 == 0:
        attributes["custom:team"] = "red" if number % 8 else "Redder"
    return User(
        user_pool_id=pool.id,
        sub=attributes["sub"],
        username=f"user{number:04}",
        status=tuple(UserStatus)[number % 4],
        enabled=number % 10 > 0,
        creation_date=float(number * 13 % 2000),
        last_modified_date=float(number * 17 % 2000),
        attributes=attributes,
    )

"""A core on a real file, what it told its listeners, and things to begin with."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import ConfigurationChanged
from sandbox_app.operations import user_pool_clients, user_pools, users
from sandbox_app.operations.core import Core
from tests.cores import blank_workspace, open_core

PASSWORD = "Correct-Horse-1"


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return blank_workspace(tmp_path_factory.mktemp("blank"))


@pytest.fixture
def core(tmp_path: Path, blank: Path, clock: ManualClock) -> Iterator[Core]:
    opened = open_core(copy(blank, tmp_path / "workspace.sandbox"), clock)
    yield opened
    opened.store.close()


@pytest.fixture
def events(core: Core) -> list[ConfigurationChanged]:
    """Everything that was told about the configuration."""
    heard: list[ConfigurationChanged] = []
    core.bus.subscribe(ConfigurationChanged, heard.append)
    return heard


@pytest.fixture
def a_pool(core: Core) -> Callable[..., str]:
    """Makes a pool; its id."""

    def make(pool_id: str = "eu-west-1_Pool00001", **members: Any) -> str:
        request = {"PoolName": "people"} | members
        user_pools.create_user_pool(core, request, pool_id=pool_id)
        return pool_id

    return make


@pytest.fixture
def pool_id(a_pool: Callable[..., str]) -> str:
    """A pool as it is made without any wishes."""
    return a_pool()


@pytest.fixture
def a_client(core: Core) -> Callable[..., dict[str, Any]]:
    """Makes a client; its description."""

    def make(pool_id: str, **members: Any) -> dict[str, Any]:
        request = {"UserPoolId": pool_id, "ClientName": "web"} | members
        answer = user_pool_clients.create_user_pool_client(core, request)
        return dict(answer["UserPoolClient"])

    return make


@pytest.fixture
def a_user(core: Core) -> Callable[..., Awaitable[dict[str, Any]]]:
    """Makes a user with attributes by name; what the operation answers about them."""

    async def make(
        pool_id: str, username: str = "alice", force: bool = False, **attributes: str
    ) -> dict[str, Any]:
        request = {
            "UserPoolId": pool_id,
            "Username": username,
            "TemporaryPassword": PASSWORD,
            "ForceAliasCreation": force,
            "UserAttributes": [{"Name": n, "Value": v} for n, v in attributes.items()],
        }
        answer = await users.admin_create_user(core, request)
        return dict(answer["User"])

    return make


@pytest.fixture
def attributes_of(core: Core) -> Callable[[str, str], dict[str, str]]:
    """A user's attributes by name, without `sub`."""

    def read(pool_id: str, username: str) -> dict[str, str]:
        answer = users.admin_get_user(core, {"UserPoolId": pool_id, "Username": username})
        found = {item["Name"]: item["Value"] for item in answer["UserAttributes"]}
        del found["sub"]
        return found

    return read

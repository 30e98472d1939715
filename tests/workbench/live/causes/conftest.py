"""The demo workspace for each of many tests, seeded once and copied."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.resources import resource_path
from sandbox_app.tokens.keys import SigningKey
from tests.conftest import DEMO_POOL, NOON, give_keys
from tests.visitor import Visitor
from tests.workbench.live.causes.stage import Stage


@pytest.fixture(scope="session")
def seeded(
    tmp_path_factory: pytest.TempPathFactory, signing_keys: tuple[SigningKey, SigningKey]
) -> Path:
    """A closed workspace file with the demo in it."""
    folder = tmp_path_factory.mktemp("seeded")

    async def seed() -> Path:
        opened = Sandbox(_settings(folder), folder, clock=ManualClock(NOON))
        await opened.seed([resource_path("seeds/demo.yaml")])
        give_keys(opened, DEMO_POOL, signing_keys)
        await opened.close()
        return folder / "demo.sandbox"

    return asyncio.run(seed())


@pytest.fixture
async def sandbox(tmp_path: Path, clock: ManualClock, seeded: Path) -> AsyncIterator[Sandbox]:
    """A copy of it, serving over HTTP on a free port."""
    shutil.copy(seeded, tmp_path / "demo.sandbox")
    opened = Sandbox(_settings(tmp_path), tmp_path, clock=clock)
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
def stage(visitor: Visitor, sandbox: Sandbox, clock: ManualClock) -> Stage:
    return Stage(visitor, sandbox, clock)


def _settings(folder: Path) -> Settings:
    return Settings(workspace=folder / "demo.sandbox", port=0, tls_port=None)

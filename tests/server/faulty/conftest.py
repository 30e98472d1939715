"""The demo workspace with faults, where time passes only when a test lets it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.resources import resource_path
from sandbox_app.tokens.keys import SigningKey
from tests.conftest import DEMO_POOL, give_keys


class Passing:
    """Time that passes when it is let: `asked` has every wait in seconds."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.begun = asyncio.Event()
        self._over = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        self.begun.set()
        await self._over.wait()

    def let_pass(self) -> None:
        self._over.set()


@pytest.fixture
async def passing() -> Passing:
    return Passing()


@pytest.fixture
async def sandbox(
    tmp_path: Path,
    clock: ManualClock,
    signing_keys: tuple[SigningKey, SigningKey],
    passing: Passing,
) -> AsyncIterator[Sandbox]:
    """The demo workspace, serving over HTTP on free ports."""
    opened = Sandbox(
        Settings(workspace=tmp_path / "demo.sandbox", port=0, tls_port=None),
        tmp_path,
        clock=clock,
        sleep=passing,
    )
    await opened.seed([resource_path("seeds/demo.yaml")])
    give_keys(opened, DEMO_POOL, signing_keys)
    await opened.start()
    yield opened
    await opened.close()

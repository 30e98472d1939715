"""What many tests share: a real sandbox over real HTTP, with a clock that moves when told to."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.clock import Clock, ManualClock
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.domain.resources import resource_path
from sandbox_app.store import StoredKey
from sandbox_app.tokens.keys import SigningKey, generate_key, to_pem
from tests.visitor import Visitor, new_session

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
"""When every test begins."""

DEMO_POOL = "us-east-1_Demo00001"

_OWED = pytest.StashKey[int]()
"""Tests with widgets whose leavings only a full collection finds."""

_MOST_OWED = 10


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Throw away what a test with widgets leaves behind, in the thread that made it.

    Python would do so in whichever thread makes the one object too many, and a worker that
    destroys a widget with a running timer takes the whole suite with it.
    """
    if not has_widgets(item):
        return (yield)
    full = full_collections()
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect(1)
        owing = item.session.stash
        # What a full collection saw during the test is not young any more.
        owing[_OWED] = owing.get(_OWED, 0) + (full_collections() > full)
        # To look through everything takes as long as such a test; the next one will not collect.
        if owing[_OWED] and (owing[_OWED] == _MOST_OWED or not has_widgets(nextitem)):
            gc.collect()
            owing[_OWED] = 0
        gc.enable()


def has_widgets(item: pytest.Item | None) -> bool:
    """Whether a test uses Qt's application."""
    return "qapp" in getattr(item, "fixturenames", ())


def full_collections() -> int:
    """How often everything was looked through so far."""
    return gc.get_stats()[2]["collections"]


@pytest.fixture(scope="session")
def signing_keys() -> tuple[SigningKey, SigningKey]:
    """Two real keys, made once, because making one takes longer than most tests."""
    return generate_key(), generate_key()


@pytest.fixture
def clock() -> ManualClock:
    """A clock at noon that moves when told to."""
    return ManualClock(NOON)


@pytest.fixture(scope="session")
def seeded(
    tmp_path_factory: pytest.TempPathFactory, signing_keys: tuple[SigningKey, SigningKey]
) -> Path:
    """The folder of the demo workspace as a first start leaves it, but for its keys; to be copied.

    Filling one takes longer than most tests.
    """
    folder = tmp_path_factory.mktemp("seeded")
    seed_demo(folder, signing_keys, ManualClock(NOON))
    return folder


@pytest.fixture
async def sandbox(tmp_path: Path, clock: ManualClock, seeded: Path) -> AsyncIterator[Sandbox]:
    """The demo workspace, serving over HTTP on free ports."""
    shutil.copytree(seeded, tmp_path, dirs_exist_ok=True)
    settings = Settings(workspace=tmp_path / "demo.sandbox", port=0, tls_port=None)
    opened = Sandbox(settings, tmp_path, clock=clock)
    await opened.start()
    yield opened
    await opened.close()


def seed_demo(
    folder: Path, keys: tuple[SigningKey, SigningKey], clock: Clock | None = None
) -> None:
    """Make the demo workspace in a folder; by the system's clock if no other is given."""

    async def fill() -> None:
        opened = Sandbox(Settings(workspace=folder / "demo.sandbox"), folder, clock=clock)
        await opened.seed([resource_path("seeds/demo.yaml")])
        give_keys(opened, DEMO_POOL, keys)
        await opened.close()

    asyncio.run(fill())


def give_keys(sandbox: Sandbox, pool_id: str, keys: tuple[SigningKey, SigningKey]) -> None:
    """Put ready-made keys into a pool."""
    for use, key in zip(("id", "access"), keys, strict=True):
        sandbox.core.store.keys.add(pool_id, StoredKey(key.kid, use, to_pem(key), 0.0))


@pytest.fixture
async def visitors(sandbox: Sandbox) -> AsyncIterator[Callable[[], Visitor]]:
    """Makes browsers, each with cookies of its own, that all visit the one sandbox."""
    made: list[Visitor] = []

    def visit() -> Visitor:
        visitor = Visitor(sandbox, new_session())
        sandbox.core.bus.subscribe(
            ExchangeFinished, lambda event: visitor.seen.append((event.exchange, event.detail))
        )
        made.append(visitor)
        return visitor

    yield visit
    for visitor in made:
        await visitor.session.close()


@pytest.fixture
async def visitor(visitors: Callable[[], Visitor]) -> Visitor:
    """One browser."""
    return visitors()

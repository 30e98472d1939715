"""A core on a workspace with something of everything in it."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.operations.core import Core
from tests.conftest import NOON
from tests.cores import open_core
from tests.workbench.snapshots.filled import fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace file with something of everything in it, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "filled.sandbox"
    core = open_core(path, ManualClock(NOON))
    fill(core)
    core.store.close()
    return path


@pytest.fixture
def core(tmp_path: Path, filled: Path, clock: ManualClock) -> Iterator[Core]:
    opened = open_core(copy(filled, tmp_path / "workspace.sandbox"), clock)
    yield opened
    opened.store.close()

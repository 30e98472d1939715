"""Plays the whole program: server and window on one loop, short of a real screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.playing import played


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's user is read or written."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture
def play(qapp, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """See `playing.played`."""
    yield from played(qapp, tmp_path / "demo.sandbox", tmp_path)

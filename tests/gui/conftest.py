"""What the tests of places and frame share: a theme, a demo workspace, and a spawn that waits."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.clock import BendableClock, ManualClock
from sandbox_app.domain.resources import resource_path
from sandbox_app.gui.serving import Phase, ServerState
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import KeyRing
from sandbox_app.server.threads import ThreadedPasswords, Threads, TurnsOnLoop
from sandbox_app.store import Store
from sandbox_app.workbench.templates.importing import import_templates
from tests.conftest import NOON

SERVING = ServerState(
    phase=Phase.SERVING,
    http="http://localhost:9400",
    https="https://localhost:9443",
    token_file="/data/control-1.token",
)


@pytest.fixture
def serving() -> ServerState:
    """A server on the default ports."""
    return SERVING


@pytest.fixture(scope="session")
def one_theme(qapp) -> Theme:
    """The theme of all tests."""
    theme = Theme(qapp, mode="light")
    theme.motion = False
    return theme


@pytest.fixture
def theme(qapp, one_theme: Theme) -> Iterator[Theme]:
    """The light theme at its designed size, applied, standing still."""
    one_theme.apply()
    yield one_theme
    one_theme.motion = False
    one_theme.set_mode("light")
    one_theme.set_scale(1.0)


@pytest.fixture
def qtbot(qtbot: QtBot, theme: Theme) -> QtBot:
    """Dresses what it is given, as the program dresses its window."""
    add = qtbot.addWidget

    def add_dressed(widget: QWidget, **given: Any) -> None:
        if widget.isWindow() and not widget.styleSheet():
            theme.dress(widget)
        add(widget, **given)

    qtbot.addWidget = add_dressed
    return qtbot


@pytest.fixture(autouse=True)
def the_windows_of_the_last_test_are_gone(qapp) -> None:
    """Without an event loop Qt keeps what was to be deleted, and dresses it again every time."""
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def spawn() -> Callable[[Coroutine[Any, Any, None]], None]:
    """Runs a coroutine to its end at once."""
    return asyncio.run


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo workspace, closed; filling one takes longer than most tests."""
    path = tmp_path_factory.mktemp("demo") / "demo.sandbox"
    with _opened(path, ManualClock(NOON)) as core:
        asyncio.run(import_templates([resource_path("seeds/demo.yaml")], {}, core))
    return path


@pytest.fixture
def make_core(clock: ManualClock, demo_file: Path) -> Iterator[Callable[..., Core]]:
    """Opens workspaces; with the demo in them unless told otherwise."""
    with ExitStack() as opened:

        def make(path: Path, *, demo: bool = True) -> Core:
            if demo:
                shutil.copy(demo_file, path)
            return opened.enter_context(_opened(path, clock))

        yield make


@contextmanager
def _opened(path: Path, clock: ManualClock) -> Iterator[Core]:
    store, threads, bendable = Store.open(path), Threads(), BendableClock(clock)
    try:
        passwords, keys = (
            ThreadedPasswords(threads),
            KeyRing(store, bendable, threads, TurnsOnLoop()),
        )
        yield Core(store, bendable, EventBus(), passwords, keys)
    finally:
        threads.close()
        store.close()


@pytest.fixture
def core(make_core: Callable[..., Core], tmp_path: Path) -> Core:
    """The demo workspace without a server."""
    return make_core(tmp_path / "demo.sandbox")

"""Runs the program with its window, and a story that plays beside it on the same loop."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from sandbox_app.app.desktop import Desktop
from sandbox_app.app.settings import Settings
from sandbox_app.app.window_loop import WindowLoop
from sandbox_app.gui.window import Remembered


def played(qapp: QApplication, workspace: Path, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """A function that plays a story and closes the window at its end."""
    hook = sys.excepthook
    quits = qapp.quitOnLastWindowClosed()
    qapp.setQuitOnLastWindowClosed(False)

    def run(story: Callable[[Desktop], Coroutine[Any, Any, None]], **changes: Any) -> None:
        loop = WindowLoop(qapp)
        settings = Settings(**{"workspace": workspace, "port": 0, "tls_port": None, **changes})

        async def play_beside() -> None:
            program = Desktop(qapp, loop, settings, remembered=Remembered(tmp_path / "window.ini"))
            running = asyncio.ensure_future(program.run())
            try:
                await until(lambda: "starting" not in program.window._state.phase.value)
                await story(program)
            finally:
                program.window.close()
                await running
                # Every widget that is left is dressed again when the next window opens.
                program.window.deleteLater()
                qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

        with loop:
            asyncio.set_event_loop(loop)
            loop.run_until_complete(asyncio.wait_for(play_beside(), 30))

    yield run
    asyncio.set_event_loop(None)
    qapp.setQuitOnLastWindowClosed(quits)
    assert sys.excepthook is hook


async def until(holds: Callable[[], object]) -> None:
    """Let the loop turn until something is so; the test's own time limit ends it otherwise."""
    while not holds():
        await asyncio.sleep(0.01)

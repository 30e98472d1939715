"""The program with its window: server and window on one loop in one thread."""

import asyncio
import linecache
import os
import sys
from collections.abc import Coroutine
from dataclasses import replace
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from typing import Any

# Read by qasync when it is imported.
os.environ.setdefault("QT_API", "pyside6")

import PySide6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from sandbox_app import __version__
from sandbox_app.app.collecting import Collecting
from sandbox_app.app.control_token import ControlTokenFile
from sandbox_app.app.crash_log import CrashLog
from sandbox_app.app.first_start import seed_if_new
from sandbox_app.app.help_pages import help_pages
from sandbox_app.app.platform import (
    certificates_folder,
    default_workspace,
    give_memory_back,
    log_file,
    on_termination,
    window_settings_file,
    write_private,
)
from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.app.spawning import Spawner
from sandbox_app.app.stdout import write_out
from sandbox_app.app.window_loop import WindowLoop
from sandbox_app.gui.serving import Phase, ServerState
from sandbox_app.gui.theme import Theme
from sandbox_app.gui.window import MainWindow, Remembered
from sandbox_app.store import WorkspaceError
from sandbox_app.store.snapshot_files import snapshots_folder
from sandbox_app.workbench import demo

REFUSED = 2

_SERVER_PARTS = (
    "aiohttp.client",
    "aiohttp.web",
    "cryptography.x509",
    "sandbox_app.server.gateway",
    "sandbox_app.app.serving",
)
"""What takes long to import, in pieces."""


def _forget_sources() -> None:
    """Free what PySide has read: the source of every module imported after it, 16 MB in all."""
    linecache.clearcache()


def run(settings: Settings) -> int:
    """Open the window and serve until it is closed; returns the exit status."""
    give_memory_back()
    _forget_sources()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("Userpool Sandbox")
    application.setApplicationVersion(__version__)
    # Qt ending the loop by itself would leave the server no time to say goodbye.
    application.setQuitOnLastWindowClosed(False)
    loop = WindowLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        try:
            desktop = Desktop(application, loop, settings)
        except WorkspaceError as error:
            print(f"userpool-sandbox: {error}", file=sys.stderr)
            return REFUSED
        loop.run_until_complete(desktop.run())
    return 0


class Desktop:
    """Connects the window to the sandbox behind it, and exchanges that sandbox for another.

    Raises:
        WorkspaceError: the workspace asked for cannot be used; no window was opened.
    """

    def __init__(
        self,
        application: QApplication,
        loop: asyncio.AbstractEventLoop,
        settings: Settings,
        *,
        remembered: Remembered | None = None,
    ) -> None:
        self._loop = loop
        self._settings = settings
        self.sandbox = Sandbox(settings, certificates_folder())
        self._log = CrashLog(log_file(), self._tell)
        self._spawn = Spawner(loop, self._log.report)
        self._token_file = ControlTokenFile()
        self._token_told = False
        self._remembered = remembered or Remembered(window_settings_file())
        theme = Theme(application, mode=self._remembered.mode, scale=self._remembered.scale)
        theme.apply()
        application.setWindowIcon(theme.icon("logo", "accent", 64))
        self.window = MainWindow(
            theme,
            application,
            self._spawn,
            self._remembered,
            help_pages=help_pages(
                lambda: self.sandbox.ca_certificate, self._log.file, self._token_file.path
            ),
            versions=(
                f"Userpool Sandbox {__version__}",
                f"Python {sys.version.split()[0]}, Qt {PySide6.__version__}",
            ),
        )
        self._collecting = Collecting(lambda: application.activeWindow() is not None)
        # One change of server or workspace at a time.
        self._changing = asyncio.Lock()
        self._closing = asyncio.Event()
        self._connect()

    async def run(self) -> None:
        """Show the window, serve, and clean up once it is closed."""
        on_termination(self._loop, self._quit)
        self.window.closed.connect(self._closing.set)
        self._show(self.sandbox)
        self.window.show()
        self._spawn(self._first_start())
        await self._closing.wait()
        await self._spawn.close()
        self._token_file.remove()
        await self.sandbox.close()
        self._collecting.end()
        self._log.close()

    def _quit(self) -> None:
        self.window.close()

    def _connect(self) -> None:
        window = self.window
        window.start_wanted.connect(lambda: self._do(self._start()))
        window.stop_wanted.connect(lambda: self._do(self._stop()))
        window.demo_wanted.connect(lambda: self._do(self._run_demo()))
        window.new_wanted.connect(lambda path: self._do(self._make(path)))
        window.open_wanted.connect(lambda path: self._do(self._open(path)))
        window.demo_workspace_wanted.connect(lambda: self._do(self._open(default_workspace())))
        window.url_wanted.connect(self._open_url)
        window.write_wanted.connect(self._write)
        window.copy_wanted.connect(lambda path: self._spawn(self._copy(path)))
        window.reset_wanted.connect(lambda: self._do(self._reset()))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        self._spawn(self._in_turn(work))

    async def _in_turn(self, work: Coroutine[Any, Any, None]) -> None:
        async with self._changing:
            await work

    async def _first_start(self) -> None:
        async with self._changing:
            # The window stands already: it is drawn between one part of the server and the next.
            # In a thread they would take 20 MB more, by memory that is kept per thread.
            for part in _SERVER_PARTS:
                import_module(part)
                _forget_sources()
                await asyncio.sleep(0)
            await self._fill_and_start()
            self._collecting.begin()

    # The server.

    async def _start(self) -> None:
        if self.sandbox.bound is not None:
            return
        self._show_state(Phase.STARTING)
        try:
            await self.sandbox.start()
        except OSError as error:
            self._show_state(Phase.STOPPED)
            self.window.error.show_message(
                str(error), action=("Start on free ports", lambda: self._do(self._start_anywhere()))
            )
            return
        self._leave_token()
        self._show_state(Phase.SERVING)

    def _leave_token(self) -> None:
        """Each workspace that is opened has another token; the file's name stays."""
        try:
            self._token_file.write(self.sandbox.control_token)
        except OSError as error:
            self.window.error.show_message(
                f"Scripts cannot reach this sandbox: {self._token_file.path} cannot be written "
                f"({error.strerror}).",
                severity="warn",
            )
            return
        if not self._token_told:
            self._token_told = True
            write_out(f"control token file: {self._token_file.path}\n")

    async def _start_anywhere(self) -> None:
        settings = self.sandbox.settings
        tls_port = None if settings.tls_port is None else 0
        self.sandbox.settings = replace(settings, port=0, tls_port=tls_port)
        await self._start()

    async def _stop(self) -> None:
        await self.sandbox.stop()
        self._show_state(Phase.STOPPED)

    async def _run_demo(self) -> None:
        await self._start()
        if self.sandbox.http is None:
            return
        self._open_url(f"{self.sandbox.http}{demo.HOME}")

    def _open_url(self, address: str) -> None:
        if not QDesktopServices.openUrl(QUrl(address)):
            self.window.error.show_message(
                f"No browser could be started. Open {address} in one yourself.",
                severity="warn",
                action=("Copy the address", lambda: QGuiApplication.clipboard().setText(address)),
            )

    # Workspaces.

    async def _make(self, path: Path) -> None:
        if path.exists():
            self.window.error.show_message(
                f"{path.name} exists already; a new workspace needs a name of its own.",
                action=("Open it instead", lambda: self._do(self._open(path))),
            )
            return
        await self._open(path)

    async def _open(self, path: Path) -> None:
        path = path.resolve()
        if path == self.sandbox.core.store.path:
            self.window.error.show_message(f"{path.name} is open already.", severity="warn")
            return
        try:
            opened = Sandbox(replace(self.sandbox.settings, workspace=path), certificates_folder())
        except WorkspaceError as error:
            self.window.error.show_message(str(error))
            return
        before, self.sandbox = self.sandbox, opened
        self._show(opened)
        await before.close()
        await self._fill_and_start()

    async def _copy(self, path: Path) -> None:
        try:
            await asyncio.to_thread(self.sandbox.core.store.copy_to, path)
        except WorkspaceError as error:
            self.window.error.show_message(str(error))
            return
        self.window.error.show_message(f"A copy was saved as {path}.", severity="ok")

    def _write(self, path: Path, data: str | bytes) -> None:
        try:
            write_private(path, data)
        except OSError as error:
            self.window.error.show_message(f"{path} cannot be written: {error.strerror}.")
            return
        self.window.error.show_message(f"Saved as {path}.", severity="ok")

    async def _reset(self) -> None:
        path = self.sandbox.core.store.path
        moment = self.sandbox.core.now().astimezone()
        kept = path.with_name(f"{path.stem}-before-reset-{moment:%Y%m%d-%H%M%S}{path.suffix}")
        self._show_state(Phase.STARTING)
        await self.sandbox.stop()
        # From here to the new workspace nothing may come in between: the window still shows
        # the old one.
        await self.sandbox.close()
        problem = _moved(path, kept)
        self.sandbox = Sandbox(self.sandbox.settings, certificates_folder())
        self._show(self.sandbox)
        await self._fill_and_start()
        if problem:
            self.window.error.show_message(problem)
            return
        self.window.error.show_message(
            f"This is the demo workspace again. What it was before is kept as {kept.name}.",
            severity="ok",
        )

    async def _fill_and_start(self) -> None:
        await seed_if_new(self.sandbox)
        await self._start()

    # The window.

    def _show(self, sandbox: Sandbox) -> None:
        store = sandbox.core.store
        self._show_state(Phase.STARTING)
        self.window.show_workspace(sandbox.core)
        self._remembered.opened(store.path)
        self.window.show_recent(self._remembered.recent)

    def _show_state(self, phase: Phase) -> None:
        sandbox = self.sandbox
        addresses = sandbox.bound.addresses if sandbox.bound is not None else ()
        expected = f"http://localhost:{sandbox.settings.port}"
        self.window.show_server(
            ServerState(
                phase=phase,
                http=sandbox.http or expected,
                https=sandbox.https or "",
                exposed_on=tuple(one for one in addresses if not ip_address(one).is_loopback),
                token_file=str(self._token_file.path) if self._is_token_left(phase) else "",
            )
        )

    def _is_token_left(self, phase: Phase) -> bool:
        return phase is Phase.SERVING and self._token_file.path.exists()

    def _tell(self, sentence: str, detail: str) -> None:
        self.window.error.show_message(sentence, detail=detail)


def _moved(path: Path, kept: Path) -> str:
    """Rename a closed workspace, its snapshots too; what keeps it from being renamed, if so."""
    try:
        path.rename(kept)
        if (folder := snapshots_folder(path)).is_dir():
            folder.rename(snapshots_folder(kept))
    except OSError as error:
        return f"{path.name} was not reset: it cannot be renamed ({error.strerror})."
    return ""

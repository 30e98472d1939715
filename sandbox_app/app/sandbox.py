"""One sandbox wired together: its workspace, its core and, once it starts, its server."""

import asyncio
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox_app.app.allowances import KeptAllowances
from sandbox_app.app.platform import allowances_folder
from sandbox_app.app.settings import Settings
from sandbox_app.domain.allowances import Allowances, AllowancesInMemory
from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.clock import BendableClock, Clock, SystemClock
from sandbox_app.domain.events import SnapshotRestored
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import KeyRing
from sandbox_app.server.threads import ThreadedPasswords, Threads, TurnsOnLoop
from sandbox_app.store import Store
from sandbox_app.workbench.beginning import begin, has_begun
from sandbox_app.workbench.conditions.parts import recall
from sandbox_app.workbench.demo import follow_origins
from sandbox_app.workbench.housekeeping import purge

if TYPE_CHECKING:
    from sandbox_app.app.serving import Serving
    from sandbox_app.server.edge.listeners import Bound
    from sandbox_app.server.faulty.waiting import Sleep
    from sandbox_app.workbench.templates.importing import ImportResult

_PURGE_EVERY = 600.0
"""Seconds between two clearings of what expired long ago."""


class Sandbox:
    """An open workspace and, between `start` and `stop`, its listeners.

    Args:
        certificates: the folder of this installation's certificate authority.
        sleep: how the time passes that faults hold an answer back; real time in use.

    Attributes:
        control_token: opens the control interface; it stays the same until the program ends.
    """

    def __init__(
        self,
        settings: Settings,
        certificates: Path,
        clock: Clock | None = None,
        sleep: "Sleep" = asyncio.sleep,
    ) -> None:
        self.settings = settings
        self.bound: Bound | None = None
        self.control_token = secrets.token_urlsafe(32)
        self._certificates = certificates
        self._sleep = sleep
        self._threads = Threads()
        # One, so that what is done to files is done one after the other.
        self._files = Threads(1, "files")
        store = Store.open(settings.workspace)
        bendable = BendableClock(clock or SystemClock())
        self.core = Core(
            store=store,
            clock=bendable,
            bus=EventBus(),
            passwords=ThreadedPasswords(self._threads),
            keys=KeyRing(store, bendable, self._threads, TurnsOnLoop()),
            aside=self._files,
            allowances=_allowances(settings),
        )
        recall(self.core)
        self.core.bus.subscribe(SnapshotRestored, lambda _: self._follow())
        self._serving: Serving | None = None
        self._purging: asyncio.TimerHandle | None = None

    @property
    def ca_certificate(self) -> Path:
        """The certificate to trust, made now if there is none yet."""
        from sandbox_app.app.serving import ca_certificate

        return ca_certificate(self.settings, self._certificates, self.core)

    @property
    def http(self) -> str | None:
        """The address to name to people, while listening."""
        return f"http://localhost:{self.bound.http_port}" if self.bound else None

    @property
    def https(self) -> str | None:
        """The same over TLS; `None` where that is switched off."""
        port = self.bound.https_port if self.bound else None
        return f"https://localhost:{port}" if port else None

    async def seed(self, files: Sequence[Path]) -> "ImportResult":
        """Import templates as one change; see `import_templates` for what it raises.

        The first ones are what the workspace can be reset to.
        """
        # Only now: the reader of templates and the API's model cost a tenth of a second.
        from sandbox_app.workbench.templates.importing import import_templates

        first = not has_begun(self.core)
        result = await import_templates(files, self.settings.parameters, self.core)
        if first:
            await begin(self.core)
        return result

    async def start(self) -> "Bound":
        """Listen.

        Raises:
            PortTaken: a port cannot be had; nothing stays bound.
        """
        from sandbox_app.app.serving import Serving

        serving = Serving(
            self.core, self.settings, self._certificates, self.control_token, self._sleep
        )
        self.bound = await serving.open()
        self._serving = serving
        self._follow()
        self._purge()
        return self.bound

    async def stop(self) -> None:
        """Stop listening; running requests get a moment to end."""
        if self._purging is not None:
            self._purging.cancel()
        if self._serving is not None:
            await self._serving.close()
        self._serving, self.bound = None, None

    async def close(self) -> None:
        """Stop, and let the workspace go."""
        await self.stop()
        self._threads.close()
        self._files.close()
        self.core.store.close()

    def _follow(self) -> None:
        """Let the demo app's callbacks lead to where it is served now."""
        if self.bound is not None:
            follow_origins(self.core, self._origins())

    def _origins(self) -> tuple[str, ...]:
        assert self.bound is not None
        plain = [f"http://{host}:{self.bound.http_port}" for host in ("localhost", "127.0.0.1")]
        return (*plain, self.https) if self.https else tuple(plain)

    def _purge(self) -> None:
        purge(self.core)
        loop = asyncio.get_running_loop()
        self._purging = loop.call_later(_PURGE_EVERY, self._purge)


def _allowances(settings: Settings) -> Allowances:
    if settings.workspace is None:
        return AllowancesInMemory()
    return KeptAllowances(allowances_folder)

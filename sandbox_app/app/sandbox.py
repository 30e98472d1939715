"""One sandbox wired together: workspace, core, gateway and listeners; the same for every face."""

import asyncio
import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox_app.app.settings import Settings
from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.clock import Clock, SystemClock
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import KeyRing
from sandbox_app.server.demo_app import DemoApp
from sandbox_app.server.edge.authority import AuthorityReader
from sandbox_app.server.edge.certificates import TlsNames, ensure_authority
from sandbox_app.server.edge.connection import EdgeServer, ErrorAnswers
from sandbox_app.server.edge.listeners import Bound, Listeners
from sandbox_app.server.gateway import Gateway
from sandbox_app.server.hosted.site import Site
from sandbox_app.server.own_pages import OwnPages
from sandbox_app.server.threads import ThreadedPasswords, Threads
from sandbox_app.store import Store
from sandbox_app.workbench.demo import follow_origins
from sandbox_app.workbench.housekeeping import purge

if TYPE_CHECKING:
    from sandbox_app.workbench.templates.importing import Imported

_PURGE_EVERY = 600.0
"""Seconds between two clearings of what expired long ago."""


class Sandbox:
    """An open workspace and, between `start` and `stop`, its listeners.

    Args:
        certificates: the folder of this installation's certificate authority.
    """

    def __init__(self, settings: Settings, certificates: Path, clock: Clock | None = None) -> None:
        self.settings = settings
        self.bound: Bound | None = None
        self._certificates = certificates
        self._threads = Threads()
        store = Store.open(settings.workspace)
        clock = clock or SystemClock()
        self.core = Core(
            store=store,
            clock=clock,
            bus=EventBus(),
            passwords=ThreadedPasswords(self._threads),
            keys=KeyRing(store, clock, self._threads),
        )
        self._demo = DemoApp(self.core)
        names = (*settings.names, *settings.hosts)
        self._gateway = Gateway(
            Site(self.core),
            AuthorityReader(names, settings.trusted_proxies),
            OwnPages(self._demo.handle),
        )
        self._listeners = Listeners()
        self._server: EdgeServer | None = None
        self._purging: asyncio.TimerHandle | None = None

    @property
    def ca_certificate(self) -> Path:
        """The certificate to trust, made now if there is none yet."""
        return ensure_authority(self._certificates, self._vouched, self.core.now()).pem

    @property
    def http(self) -> str | None:
        """The address to name to people, while listening."""
        return f"http://localhost:{self.bound.http_port}" if self.bound else None

    @property
    def https(self) -> str | None:
        """The same over TLS; `None` where that is switched off."""
        port = self.bound.https_port if self.bound else None
        return f"https://localhost:{port}" if port else None

    async def seed(self, files: Sequence[Path]) -> "tuple[Imported, ...]":
        """Import templates as one change; see `import_templates` for what it raises."""
        # Only now: the reader of templates and the API's model cost a tenth of a second.
        from sandbox_app.workbench.templates.importing import import_templates

        return await import_templates(files, self.settings.parameters, self.core)

    async def start(self) -> Bound:
        """Listen.

        Raises:
            PortTaken: a port cannot be had; nothing stays bound.
        """
        settings = self.settings
        answers = ErrorAnswers(self._gateway.unreadable, self._gateway.fault)
        self._server = EdgeServer(self._gateway.handle, answers)
        self.bound = await self._listeners.open(
            self._server,
            hosts=settings.hosts,
            port=settings.port,
            tls_port=settings.tls_port,
            tls=self._tls() if settings.tls_port is not None else None,
        )
        self._demo.base_url = f"http://{_bracketed(self.bound.addresses[0])}:{self.bound.http_port}"
        follow_origins(self.core, self._origins())
        self._purge()
        return self.bound

    async def stop(self) -> None:
        """Stop listening; running requests get a moment to end."""
        if self._purging is not None:
            self._purging.cancel()
        await self._listeners.close()
        if self._server is not None:
            await self._server.shutdown(timeout=1.0)
        self._server, self.bound = None, None

    async def close(self) -> None:
        """Stop, and let the workspace go."""
        await self.stop()
        self._threads.close()
        self.core.store.close()

    @property
    def _vouched(self) -> tuple[str, ...]:
        wildcards = ("0.0.0.0", "::")
        addresses = (host for host in self.settings.hosts if host not in wildcards)
        return (*self.settings.names, *addresses)

    def _tls(self) -> ssl.SSLContext:
        authority = ensure_authority(self._certificates, self._vouched, self.core.now())
        return TlsNames(authority, self._vouched, self.core.now, self._certificates).context()

    def _origins(self) -> tuple[str, ...]:
        assert self.bound is not None
        plain = [f"http://{host}:{self.bound.http_port}" for host in ("localhost", "127.0.0.1")]
        return (*plain, self.https) if self.https else tuple(plain)

    def _purge(self) -> None:
        purge(self.core)
        loop = asyncio.get_running_loop()
        self._purging = loop.call_later(_PURGE_EVERY, self._purge)


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address

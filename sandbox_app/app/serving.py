"""The server side of a sandbox: gateway, demo app, certificates and listeners.

Imported when a sandbox starts to listen: it brings most of what takes long to import, and the
window can stand before that.
"""

import asyncio
import ssl
from datetime import datetime
from pathlib import Path

from sandbox_app.app.settings import Settings
from sandbox_app.operations.core import Core
from sandbox_app.server.control.control import Control
from sandbox_app.server.demo_app import DemoApp
from sandbox_app.server.edge.authority import AuthorityReader
from sandbox_app.server.edge.certificates import TlsNames, ensure_authority
from sandbox_app.server.edge.connection import EdgeServer, ErrorAnswers
from sandbox_app.server.edge.listeners import Bound, Listeners
from sandbox_app.server.faulty.handshakes import Handshakes
from sandbox_app.server.faulty.trouble import Troubles
from sandbox_app.server.faulty.waiting import Sleep
from sandbox_app.server.gateway import Gateway
from sandbox_app.server.holding import AnswerHold
from sandbox_app.server.hosted.site import Site
from sandbox_app.server.own_pages import OwnPages
from sandbox_app.server.sending_again import LoopbackSender


class Serving:
    """One start of the server.

    Args:
        certificates: the folder of this installation's certificate authority.
        control_token: opens the control interface.
        sleep: how the time passes that faults hold an answer back.
    """

    def __init__(
        self,
        core: Core,
        settings: Settings,
        certificates: Path,
        control_token: str,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._core = core
        self._settings = settings
        self._certificates = certificates
        self._demo = DemoApp(core)
        site = Site(core)
        self._troubles = Troubles(site, sleep)
        self._control = Control(core, control_token)
        gateway = Gateway(
            site,
            AuthorityReader((*settings.names, *settings.hosts), settings.trusted_proxies),
            OwnPages(self._demo.handle, self._control.handle),
            AnswerHold(core),
            self._troubles,
        )
        self._server = EdgeServer(gateway.handle, ErrorAnswers(gateway.unreadable, gateway.fault))
        self._listeners = Listeners()

    async def open(self) -> Bound:
        """Listen; see `Listeners.open` for what it raises."""
        settings = self._settings
        bound = await self._listeners.open(
            self._server,
            hosts=settings.hosts,
            port=settings.port,
            tls_port=settings.tls_port,
            tls=self._tls() if settings.tls_port is not None else None,
        )
        self._demo.base_url = f"http://{_bracketed(bound.addresses[0])}:{bound.http_port}"
        self._core.resends.sender = LoopbackSender(self._core.resends, bound)
        return bound

    async def close(self) -> None:
        """Stop listening; running requests get a moment to end, held ones are let go."""
        self._core.resends.sender = None
        await self._listeners.close()
        self._core.holds.release_all()
        self._troubles.close()
        self._control.close()
        await self._server.shutdown(timeout=1.0)

    def _tls(self) -> ssl.SSLContext:
        names, clock = vouched_names(self._settings), self._core.clock
        authority = ensure_authority(self._certificates, names, clock.true_now)

        def now() -> datetime:
            return clock.true_now

        defect = Handshakes(self._core).defect
        return TlsNames(authority, names, now, self._certificates, defect).context()


def ca_certificate(settings: Settings, certificates: Path, core: Core) -> Path:
    """The certificate to trust, made now if there is none yet."""
    return ensure_authority(certificates, vouched_names(settings), core.clock.true_now).pem


def vouched_names(settings: Settings) -> tuple[str, ...]:
    """What the authority may vouch for besides localhost and loopback addresses."""
    wildcards = ("0.0.0.0", "::")
    addresses = (host for host in settings.hosts if host not in wildcards)
    return (*settings.names, *addresses)


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address

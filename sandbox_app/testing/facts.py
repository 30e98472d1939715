"""What both faces of a sandbox have in common: where it is, and everything that is quick."""

from pathlib import Path

from sandbox_app.flows import addresses
from sandbox_app.operations.core import Core
from sandbox_app.testing import parts
from sandbox_app.testing.opening import Opened
from sandbox_app.testing.parts import Do
from sandbox_app.testing.signed_in import Client
from sandbox_app.workbench.named import client_named, pool_named, user_named
from sandbox_app.workbench.people.codes import CodeSeen, codes_of


class Facts:
    """An open sandbox, seen from a test.

    Attributes:
        http: where it listens, "http://localhost:40123".
        https: the same over TLS; `None` unless asked for.
        control_token: opens the control interface under `/_sandbox/`.
        logins: every login so far, oldest first.
        conditions: everything that is bent, in words, and one way back.
    """

    def _begin(self, opened: Opened, do: Do) -> None:
        """Take an opened sandbox on."""
        running, core = opened.sandbox, opened.sandbox.core
        self._opened = opened
        self._do = do
        self.http = running.http or ""
        self.https = running.https
        self.control_token = running.control_token
        self.clock = parts.Clock(core, do)
        self.faults = parts.Faults(core, do)
        self.leniency = parts.Leniency(core, do)
        self.logins = parts.Logins(core, do)
        self.conditions = parts.Conditions(core, do)

    @property
    def issuer(self) -> str:
        """The issuer of the only pool; where there are several see `issuer_of`.

        Raises:
            NotNamed: there are several, or none.
        """
        return self.issuer_of(None)

    def issuer_of(self, pool: str | None) -> str:
        """The issuer of the pool of that id or name.

        Raises:
            NotNamed: there is none.
        """
        return self._do(lambda: addresses.issuer(pool_named(self._core, pool), self.http))

    def client(self, name: str, pool: str | None = None) -> Client:
        """The app client of that name or id: id, secret, redirect URIs.

        Raises:
            NotNamed: there is none, or several pools have one.
        """
        return self._do(lambda: Client.of(client_named(self._core, name, pool)))

    def codes(self, user: str, pool: str | None = None) -> tuple[CodeSeen, ...]:
        """The confirmation codes that were sent to a user and are not used yet, newest first.

        Raises:
            NotNamed: there is no such user.
        """

        def work() -> tuple[CodeSeen, ...]:
            found = pool_named(self._core, pool)
            return codes_of(self._core, found.id, user_named(self._core, found, user).sub)

        return self._do(work)

    @property
    def ca_certificate(self) -> Path:
        """The certificate that a client of `https` has to trust."""
        return self._do(lambda: self._opened.sandbox.ca_certificate)

    @property
    def _core(self) -> Core:
        return self._opened.sandbox.core

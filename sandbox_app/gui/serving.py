"""What the window knows of the server behind it."""

from dataclasses import dataclass
from enum import Enum


class Phase(Enum):
    """Where between two starts the server is."""

    STARTING = "starting"
    SERVING = "serving"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerState:
    """Whether the sandbox answers, and where.

    `http` and `https` are origins. While stopped they are those it will have once started, as
    far as that is known; `https` is empty where TLS is off. `exposed_on` names the addresses
    that other machines can reach, none by default. `token_file` opens the control interface to
    scripts; it is empty while there is none to read.
    """

    phase: Phase
    http: str
    https: str = ""
    exposed_on: tuple[str, ...] = ()
    token_file: str = ""

    @property
    def serving(self) -> bool:
        """Whether requests are answered now."""
        return self.phase is Phase.SERVING

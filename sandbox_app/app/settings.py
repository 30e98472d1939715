"""What the command line can set, with the defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HTTP_PORT = 9400
HTTPS_PORT = 9443


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a sandbox is opened and where it listens.

    Args:
        workspace: `None` for one in a temporary folder that goes when it closes.
        watch: import the seeds again when they change.
        recipe: conditions to begin with, see `workbench.conditions.recipes`.
        hosts: addresses to bind; empty means loopback, IPv4 and IPv6.
        names: further host names answered, besides localhost and its own.
        trusted_proxies: peers whose forwarding headers are believed.
        tls_port: `None` switches HTTPS off; 0 means any free port, as for `port`.
    """

    workspace: Path | None
    seeds: tuple[Path, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    watch: bool = False
    recipe: Path | None = None
    hosts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    port: int = HTTP_PORT
    tls_port: int | None = HTTPS_PORT
    ready_file: Path | None = None

"""What every endpoint is handed: the core and the renderer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sandbox_app.domain.trace import Trace
from sandbox_app.operations.core import Core
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.reply import Renderer, Reply


@dataclass(frozen=True, slots=True)
class Site:
    """One sandbox's endpoints and what they render with."""

    core: Core
    renderer: Renderer = field(default_factory=Renderer)


Handler = Callable[[Incoming, Site, Trace], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One path of the domain or issuer.

    `step` is its name in the window. `for_programs` decides how bad input is answered (JSON or
    a page) and whether other origins may read the answer (contract CO-1).
    """

    step: str
    methods: tuple[str, ...]
    handler: Handler
    for_programs: bool = False
    logs_in: bool = True

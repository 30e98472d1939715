"""One route of the control interface: its name, what it takes and gives, what does its work."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox_app.operations.core import Core
from sandbox_app.server.control.schema import Schema


class Mistake(Exception):
    """Something asked for cannot be done; answered as `error`, `message` and `field`.

    Args:
        error: a word for programs, such as `invalid`.
        message: one sentence for a person.
        field: the member it is about, `None` where it is about no one of them.
    """

    def __init__(
        self, error: str, message: str, *, field: str | None = None, status: int = 400
    ) -> None:
        super().__init__(message)
        self.error = error
        self.message = message
        self.field = field
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request let in and found to be as its route says.

    Args:
        named: the parts of the path that stand for something, decoded.
        query: the parameters given; numbers as numbers.
        origin: scheme, host and port as the script sees them.
    """

    request: web.BaseRequest
    core: Core
    origin: str
    named: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)


Handler = Callable[[Asked], Awaitable[Any]]
"""Awaits to what is answered as JSON, or to an answer of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A method and a path, in which `{name}` stands for one part.

    Args:
        summary: one line for the document.
        calls: the functions that do the work, which the window calls as well; none where a route
            only reads.
        takes: the body; `None` for a route that takes none.
        query: what may be asked in the query, all of it optional.
        named: what the parts in braces mean.
        media_type: of the answer.
    """

    method: str
    path: str
    summary: str
    handler: Handler
    calls: tuple[Callable[..., Any], ...]
    gives: Schema
    takes: Schema | None = None
    query: Mapping[str, Schema] = field(default_factory=dict)
    named: Mapping[str, Schema] = field(default_factory=dict)
    media_type: str = "application/json"

    @property
    def name(self) -> str:
        """Method and path, as one writes them."""
        return f"{self.method} {self.path}"

    @property
    def area(self) -> str:
        """The first part of the path, by which routes are grouped."""
        return self.path.removeprefix("/_sandbox/").partition("/")[0]

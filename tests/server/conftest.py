"""A sandbox spoken to in bytes, with everything it recorded at hand."""

from dataclasses import dataclass, field

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from tests.fuzz.raw import RawAnswer, speak

SPA = "7spa4k1m8v0c3n5b9x6zq2kdpa"


@dataclass(slots=True, repr=False)
class Wire:
    """Says bytes to a sandbox; `recorded` holds what the sandbox noted about each request."""

    port: int
    recorded: list[tuple[Exchange, ExchangeDetail]] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"Wire({self.port})"

    async def say(self, sent: bytes) -> RawAnswer:
        answer = await speak(self.port, sent)
        assert answer is not None, f"no answer to {sent[:200]!r}"
        return answer

    async def ask(self, method: str, target: str, *headers: str, body: bytes = b"") -> RawAnswer:
        """A request with proper framing and whatever headers."""
        length = (f"Content-Length: {len(body)}",) if body else ()
        lines = (f"{method} {target} HTTP/1.1", "Host: localhost", *length, *headers, "", "")
        return await self.say("\r\n".join(lines).encode("latin-1") + body)

    async def form(self, target: str, form: str | bytes, *headers: str) -> RawAnswer:
        body = form.encode("latin-1") if isinstance(form, str) else form
        kind = "Content-Type: application/x-www-form-urlencoded"
        return await self.ask("POST", target, kind, *headers, body=body)

    @property
    def last(self) -> Exchange:
        return self.recorded[-1][0]

    @property
    def detail(self) -> ExchangeDetail:
        return self.recorded[-1][1]


@pytest.fixture
def wire(sandbox: Sandbox) -> Wire:
    """The demo workspace as a socket sees it."""
    assert sandbox.bound is not None
    made = Wire(sandbox.bound.http_port)
    sandbox.core.bus.subscribe(
        ExchangeFinished, lambda event: made.recorded.append((event.exchange, event.detail))
    )
    return made

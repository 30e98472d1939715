"""What flows and operations wait for; the outside ends live in `server` and `app`."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

from sandbox_app.domain.holding import Answer, Decision
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.domain.records.users import PasswordSecret

ResultT = TypeVar("ResultT")


class Passwords(Protocol):
    """Slow password arithmetic, done away from the loop."""

    async def make(self, pool_id: str, username: str, password: str) -> PasswordSecret:
        """Hash a password and derive its SRP salt and verifier."""
        ...

    async def matches(self, secret: PasswordSecret | None, password: str) -> bool:
        """Whether the password is right; takes as long when there is no secret to compare."""
        ...


class Aside(Protocol):
    """Runs a plain function where it cannot hold up the loop (a thread, or at once in a test)."""

    def __call__(self, work: Callable[[], ResultT]) -> Awaitable[ResultT]:
        """The function's result, once it is there; its exceptions come through."""
        ...


class Turns(Protocol):
    """Lets one after the other do what must not be done by several at a time."""

    def __call__(self, name: str) -> AbstractAsyncContextManager[object]:
        """Waits until nobody else is at what goes by that name; a block has it to itself."""
        ...


async def at_once(work: Callable[[], ResultT]) -> ResultT:
    """An `Aside` where there is nothing to hold up."""
    return work()


class Hold(Protocol):
    """Keeps a finished answer back until somebody lets it go (presenter, breakpoints)."""

    @property
    def watched(self) -> bool:
        """Whether it is worth asking at all; asked for every answer."""
        ...

    async def __call__(
        self,
        exchange: Exchange,
        detail: ExchangeDetail,
        answer: Answer,
        gone: Callable[[], Awaitable[object]],
    ) -> Decision:
        """Wait where somebody wants it, and say what becomes of the answer.

        Args:
            exchange, detail: as they would be recorded.
            gone: an awaitable that is done once the client has gone away.
        """
        ...

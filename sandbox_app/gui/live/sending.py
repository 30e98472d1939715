"""Lets the server's side send a request again, beside everything else that the loop does."""

import asyncio
from collections.abc import Callable

from sandbox_app.domain.sending_again import Heard, NotSent, Outgoing, SentAgain
from sandbox_app.gui.home.place import Spawn
from sandbox_app.operations.core import Core

Told = Callable[[Heard | NotSent], None]

STOPPED = "The sandbox is stopped: start it, then send again."
GIVEN_UP = "Given up; what was on its way is in the list."


class Sending:
    """One request at a time for whoever asks.

    Args:
        spawn: runs a coroutine on the loop and reports what goes wrong in it.
    """

    def __init__(self, core: Core, spawn: Spawn) -> None:
        self._core = core
        self._spawn = spawn

    def send(self, request: Outgoing, again: SentAgain, told: Told) -> Callable[[], None]:
        """Send it; `told` hears what came back. Returns the way to give up."""
        trip = _Trip()
        self._spawn(trip.make(self._core, request, again, told))
        return trip.give_up


class _Trip:
    """One request on its way."""

    def __init__(self) -> None:
        self._task: asyncio.Future[Heard] | None = None

    def give_up(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def make(self, core: Core, request: Outgoing, again: SentAgain, told: Told) -> None:
        sender = core.resends.sender
        if sender is None:
            told(NotSent(STOPPED))
            return
        self._task = asyncio.ensure_future(sender(request, again))
        try:
            await asyncio.wait([self._task])
        finally:
            # Waiting is ended by the program; being given up by the person ends the task alone.
            self._task.cancel()
        told(self._outcome(self._task))

    def _outcome(self, task: "asyncio.Future[Heard]") -> Heard | NotSent:
        if task.cancelled():
            return Heard(0, GIVEN_UP)
        error = task.exception()
        if isinstance(error, NotSent):
            return error
        return task.result()

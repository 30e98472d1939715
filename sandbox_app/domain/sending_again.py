"""A recorded request that the window sends once more: what goes out, and how it is known again."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol

from sandbox_app.domain.records.traffic import Headers

Socket = tuple[str, int]
"""Address and port of the end that asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A request as it shall go over the wire, without what every client makes anew.

    `target` begins with a slash; `secure` says over which of the two listeners it goes.
    """

    method: str
    target: str
    headers: Headers
    body: bytes = b""
    secure: bool = False


@dataclass(slots=True)
class SentAgain:
    """What makes an exchange a repetition.

    Args:
        of: the id of the exchange that is repeated.
        at: when that one began, in epoch seconds of the sandbox's clock.
        edited: what was changed before it was sent, in words; empty where nothing was.
        exchange_id: the id of the repetition itself; empty until it is recorded.
    """

    of: str
    at: float
    edited: str = ""
    exchange_id: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back: a status, or 0 and a sentence about why nothing did."""

    status: int
    trouble: str = ""


class NotSent(Exception):
    """The request never left; the message is one sentence for a person."""


class Sender(Protocol):
    """Sends to the sandbox's own listeners over real HTTP, and nowhere else."""

    def __call__(self, request: Outgoing, again: SentAgain) -> Awaitable[Heard]:
        """What came back, once all of it did.

        Raises:
            NotSent: nothing was sent.
        """
        ...


class Resends:
    """Who sends, and which connections are the window's own.

    A repetition is known by the socket it comes from. Nothing extra travels, and nobody else can
    claim to be one.

    Attributes:
        sender: `None` while nothing listens.
    """

    def __init__(self) -> None:
        self.sender: Sender | None = None
        self._connections: dict[Socket, SentAgain] = {}

    def begin(self, socket: Socket, again: SentAgain) -> None:
        """What comes from there is this repetition."""
        self._connections[socket] = again

    def end(self, socket: Socket) -> None:
        """The connection is gone."""
        self._connections.pop(socket, None)

    def coming_from(self, peer: object) -> SentAgain | None:
        """The repetition that comes from a peer, as a transport names it."""
        if not self._connections or not isinstance(peer, tuple) or len(peer) < 2:
            return None
        return self._connections.get((str(peer[0]), peer[1]))

"""The tokens that were signed lately, so that their ends are known."""

from collections import deque

from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.events import TokensMinted

MOST = 1000
"""Answers with tokens that are remembered."""


class RecentTokens:
    """Remembers the last answers that held signed tokens; what they said, not the tokens."""

    def __init__(self) -> None:
        self._minted: deque[TokensMinted] = deque(maxlen=MOST)

    def follow(self, bus: EventBus) -> None:
        """Remember from now on."""
        bus.subscribe(TokensMinted, self._minted.append)

    def newest_first(self) -> tuple[TokensMinted, ...]:
        """All that is remembered."""
        return tuple(reversed(self._minted))

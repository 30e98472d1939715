"""Codes as they were sent, in the clear; kept in memory alone until there is mail to keep them."""

from collections import deque
from dataclasses import dataclass

from sandbox_app.domain.records.confirmations import Purpose

_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCode:
    """A code on its way to a user."""

    user_pool_id: str
    sub: str
    purpose: Purpose
    code: str


class Outbox:
    """What was sent since the program started; the oldest goes first."""

    def __init__(self) -> None:
        self._sent: deque[SentCode] = deque(maxlen=_REMEMBERED)

    def put(self, sent: SentCode) -> None:
        """Send it."""
        self._sent.append(sent)

    def newest_to(self, pool_id: str, sub: str) -> tuple[SentCode, ...]:
        """What was sent to the user, newest first."""
        return tuple(
            sent
            for sent in reversed(self._sent)
            if sent.user_pool_id == pool_id and sent.sub == sub
        )

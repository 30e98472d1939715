"""One-time tickets that open a browser session without a password; kept in memory alone."""

import hashlib
import secrets
from dataclasses import dataclass

LIFETIME = 60
"""Seconds in which a ticket can be spent."""

_REMEMBERED = 600
"""Seconds a ticket is remembered beyond its end, to say what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Whom a ticket signs in, and where to; `expires_at` in epoch seconds."""

    pool_id: str
    client_id: str
    sub: str
    target: str
    expires_at: float


class Tickets:
    """The tickets of one sandbox. Only their hashes are kept, and they end with the program."""

    def __init__(self) -> None:
        self._open: dict[str, Ticket] = {}
        self._spent: dict[str, float] = {}

    def issue(self, ticket: Ticket, now: float) -> str:
        """A new text for the ticket, 43 characters that fit a URL; it is not kept anywhere."""
        self._forget(now)
        text = secrets.token_urlsafe(32)
        self._open[_hashed(text)] = ticket
        return text

    def spend(self, text: str, now: float) -> Ticket | str:
        """The ticket, for the one caller who spends it in time; otherwise why not, in words."""
        key = _hashed(text)
        if key in self._spent:
            return "the link was opened before"
        ticket = self._open.pop(key, None)
        if ticket is None:
            return "no such link was made since the program started"
        self._spent[key] = ticket.expires_at
        if ticket.expires_at <= now:
            return f"the link is {LIFETIME + now - ticket.expires_at:.0f} s old"
        return ticket

    def _forget(self, now: float) -> None:
        gone = now - _REMEMBERED
        self._open = {key: it for key, it in self._open.items() if it.expires_at > gone}
        self._spent = {key: end for key, end in self._spent.items() if end > gone}


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

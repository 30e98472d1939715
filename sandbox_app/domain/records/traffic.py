"""What one HTTP exchange was: the narrow row for lists, and everything else for its details."""

from dataclasses import dataclass

from sandbox_app.domain.checks import Check

Headers = tuple[tuple[str, str], ...]

BODY_CAP = 64 * 1024
"""Bytes of a body that are recorded; the rest is counted, not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer, as a list shows it.

    `id` is also the `x-amz-cognito-request-id` of the answer. `started_at` is in epoch seconds
    of the sandbox's clock, `duration` in milliseconds. `step` names the procedure (`authorize`,
    `token`, …), `rule` the first rule that refused it, empty when nothing did. `fault` is the
    name or sentence of what the sandbox did wrong on purpose, empty when nothing; where no answer
    went out because of it, `status` is 0. Where the window sent it again, `again_of` is the id of
    the exchange it repeats and `again_at` when that one began; else empty and 0.
    """

    id: str
    started_at: float
    duration: float
    method: str
    path: str
    status: int
    step: str = ""
    login_id: str = ""
    pool_id: str = ""
    client_id: str = ""
    client_name: str = ""
    username: str = ""
    grant: str = ""
    rule: str = ""
    error: str = ""
    fault: str = ""
    again_of: str = ""
    again_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Headers and body of one direction; `size` counts the whole body, `body` may be capped."""

    headers: Headers = ()
    body: bytes = b""
    size: int = 0

    @property
    def capped(self) -> bool:
        """Whether only the beginning of the body was kept."""
        return self.size > len(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeDetail:
    """All that is shown once a row is chosen; secrets are masked before it is made."""

    exchange_id: str
    target: str
    http_version: str
    peer: str
    origin: str
    request: Message
    response: Message
    checks: tuple[Check, ...] = ()
    because: str = ""

"""What a fault does: nothing good."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sandbox_app.domain.conditions.fault_bounds import between, breaks_a_word

LONGEST_WAIT = timedelta(hours=1)
"""The longest that an answer can be delayed; *hang* is longer."""

_MOST_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer instead of the pool's, which never sees the request: no code is spent.

    Attributes:
        status: 400 to 599, or 302 on authorize with an `error`, which then goes to the callback.
        error: the protocol's word (`invalid_grant`, `UserNotFoundException`); empty means the
            usual one. On the JSON API 429 is sent as the service sends it, a 400 of the type
            TooManyRequestsException.
    """

    status: int
    error: str = ""

    def __post_init__(self) -> None:
        if self.status != 302 and not 400 <= self.status <= 599:
            raise ValueError(f"{self.status} is no status of a fault; take 400 to 599")
        if self.status == 302 and not self.error:
            raise ValueError("302 takes an error to the callback: write it like 302 server_error")
        if not all(sign.isascii() and (sign.isalnum() or sign in "_-.") for sign in self.error):
            raise ValueError(f"“{self.error[:40]}” is no error's name")


@dataclass(frozen=True, slots=True)
class Hang:
    """No answer, until the client leaves, the fault is switched off or the sandbox stops."""


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection is reset instead of an answer."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection is closed after `size` bytes of the body; Content-Length stays honest."""

    size: int = 0

    def __post_init__(self) -> None:
        between("cut after", self.size, 0, _MOST_BYTES)


@dataclass(frozen=True, slots=True)
class WrongType:
    """The answer with another Content-Type."""

    media_type: str = "text/html"

    def __post_init__(self) -> None:
        kind, slash, rest = self.media_type.partition("/")
        if not (kind and slash and rest) or any(map(breaks_a_word, self.media_type)):
            raise ValueError(f"“{self.media_type[:40]}” is no media type such as text/html")


@dataclass(frozen=True, slots=True)
class MalformedJson:
    """The answer's body with its last quarter missing, length and type as if it were whole."""


@dataclass(frozen=True, slots=True)
class LostCookie:
    """The answer without its `Set-Cookie` of that name; empty means without any."""

    name: str = ""

    def __post_init__(self) -> None:
        if any(map(breaks_a_word, self.name)) or any(sign in '"=;' for sign in self.name):
            raise ValueError(f"“{self.name[:40]}” is no cookie's name")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The answer's bytes twice on one connection."""


class BadCertificate(StrEnum):
    """What is wrong with the certificate that a handshake gets to see."""

    EXPIRED = "expired"
    WRONG_NAME = "wrong name"
    UNTRUSTED = "untrusted"


Effect = (
    Answer
    | Hang
    | Reset
    | Cut
    | WrongType
    | MalformedJson
    | LostCookie
    | Duplicate
    | BadCertificate
)


@dataclass(frozen=True, slots=True)
class Delay:
    """Time that passes before the answer goes out, in real time; whole milliseconds.

    Attributes:
        wait: the time in the middle.
        jitter: how much shorter or longer, evenly spread; not more than `wait`.
        seed: of the spread, as in `WithProbability`.
    """

    wait: timedelta
    jitter: timedelta = timedelta(0)
    seed: int = 0

    def __post_init__(self) -> None:
        for span in (self.wait, self.jitter):
            if span % timedelta(milliseconds=1):
                raise ValueError("a delay is in whole milliseconds")
        if not timedelta(0) < self.wait <= LONGEST_WAIT:
            raise ValueError("a delay is from 1ms to 1h")
        if not timedelta(0) <= self.jitter <= self.wait:
            raise ValueError("a delay cannot vary by more than itself")
        if self.seed and not self.jitter:
            raise ValueError("a delay that does not vary needs no seed")
        between("a seed", self.seed, 0, 2**63 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What is done wrong: a delay, an effect, or the one before the other."""

    delay: Delay | None = None
    effect: Effect | None = None

    def __post_init__(self) -> None:
        if self.delay is None and self.effect is None:
            raise ValueError("a fault does something: a delay, a status, a reset …")
        if self.delay is not None and isinstance(self.effect, BadCertificate):
            raise ValueError("a handshake cannot be delayed")

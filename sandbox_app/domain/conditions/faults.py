"""Faults: what a sandbox does wrong on purpose, when, how often, and to whom.

Records alone; `workbench.conditions.faults` reads and writes them as sentences and lists them, and
`server.faulty` commits them. None of them can be made with a value that has no sentence.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
"""The methods that a fault can be narrowed to."""

LONGEST_WAIT = timedelta(hours=1)
"""The longest that an answer can be delayed; *hang* is longer."""

_MOST = 1_000_000
_LONGEST_NAME = 200
_MOST_BYTES = 1_000_000_000


def _between(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise ValueError(f"{name}: {value} is not from {least} to {most}")


def _known_method(method: str) -> None:
    if method and method not in METHODS:
        raise ValueError(f"{method[:20]} is none of the methods {', '.join(METHODS)}")


def _breaks_a_word(sign: str) -> bool:
    return not sign.isprintable() or sign.isspace()


class Step(StrEnum):
    """The endpoints by the names that Live gives them, whatever their path."""

    AUTHORIZE = "authorize"
    LOGIN = "login"
    LOGOUT = "logout"
    ERROR_PAGE = "error page"
    TOKEN = "token"
    REVOKE = "revoke"
    USERINFO = "userInfo"
    DISCOVERY = "discovery"
    KEY_SET = "key set"


@dataclass(frozen=True, slots=True)
class AnyRequest:
    """Every request that Live shows, save preflights; `method` narrows it when not empty."""

    method: str = ""

    def __post_init__(self) -> None:
        _known_method(self.method)


@dataclass(frozen=True, slots=True)
class AtPath:
    """A path, letter by letter; `*` stands for any characters. `method` as in `AnyRequest`."""

    path: str
    method: str = ""

    def __post_init__(self) -> None:
        if not self.path.startswith("/") or any(map(_breaks_a_word, self.path)):
            raise ValueError(f"“{self.path[:40]}” is no path; it begins with a slash")
        _known_method(self.method)


@dataclass(frozen=True, slots=True)
class AtStep:
    """An endpoint by its name; `method` as in `AnyRequest`."""

    step: Step
    method: str = ""

    def __post_init__(self) -> None:
        _known_method(self.method)


@dataclass(frozen=True, slots=True)
class AtOperation:
    """A call of the JSON API by the name in `X-Amz-Target`; empty means every operation."""

    operation: str = ""

    def __post_init__(self) -> None:
        if self.operation and not (self.operation.isascii() and self.operation.isalnum()):
            raise ValueError(f"“{self.operation[:40]}” is no operation such as InitiateAuth")


@dataclass(frozen=True, slots=True)
class AtHandshake:
    """A TLS handshake, before there is a request: it has no client and no user."""


Place = AnyRequest | AtPath | AtStep | AtOperation | AtHandshake


@dataclass(frozen=True, slots=True)
class Always:
    """Each time."""


@dataclass(frozen=True, slots=True)
class EveryNth:
    """The nth time, the 2nth time, …"""

    nth: int

    def __post_init__(self) -> None:
        _between("every nth", self.nth, 2, _MOST)


@dataclass(frozen=True, slots=True)
class FirstN:
    """The first `count` times, then never again until the counters are reset."""

    count: int = 1

    def __post_init__(self) -> None:
        _between("first", self.count, 1, _MOST)


@dataclass(frozen=True, slots=True)
class AfterFirstN:
    """Every time but the first `count` times."""

    count: int = 1

    def __post_init__(self) -> None:
        _between("after the first", self.count, 1, _MOST)


@dataclass(frozen=True, slots=True)
class WithProbability:
    """By chance; the same `seed` gives the same sequence on every machine.

    Attributes:
        percent: above 0, at most 100, to a thousandth.
    """

    percent: float
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0.001 <= self.percent <= 100 or round(self.percent, 3) != self.percent:
            raise ValueError("a probability is from 0.001% to 100%, in steps of 0.001%")
        _between("a seed", self.seed, 0, 2**63 - 1)


Cadence = Always | EveryNth | FirstN | AfterFirstN | WithProbability


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Which requests, and how often among them.

    Attributes:
        client: id or name of an app client; empty means any.
        user: username, `sub` or another sign-in name; empty means any.
        cadence: counts only what the other members let through.
    """

    place: Place = AnyRequest()
    client: str = ""
    user: str = ""
    cadence: Cadence = Always()

    def __post_init__(self) -> None:
        for value in (self.client, self.user):
            if len(value) > _LONGEST_NAME or not value.isprintable():
                raise ValueError("a client or user has at most 200 characters, all printable")


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
        _between("cut after", self.size, 0, _MOST_BYTES)


@dataclass(frozen=True, slots=True)
class WrongType:
    """The answer with another Content-Type."""

    media_type: str = "text/html"

    def __post_init__(self) -> None:
        kind, slash, rest = self.media_type.partition("/")
        if not (kind and slash and rest) or any(map(_breaks_a_word, self.media_type)):
            raise ValueError(f"“{self.media_type[:40]}” is no media type such as text/html")


@dataclass(frozen=True, slots=True)
class MalformedJson:
    """The answer's body with its last quarter missing, length and type as if it were whole."""


@dataclass(frozen=True, slots=True)
class LostCookie:
    """The answer without its `Set-Cookie` of that name; empty means without any."""

    name: str = ""

    def __post_init__(self) -> None:
        if any(map(_breaks_a_word, self.name)) or any(sign in '"=;' for sign in self.name):
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
        _between("a seed", self.seed, 0, 2**63 - 1)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault of the list.

    Attributes:
        id: its own, for switches and counters; never shown.
        name: what a person calls it; empty where its sentence says enough.
        enabled: whether its switch is on.
    """

    id: str
    when: When
    then: Then
    name: str = ""
    enabled: bool = True

    def __post_init__(self) -> None:
        at_handshake = isinstance(self.when.place, AtHandshake)
        if at_handshake != isinstance(self.then.effect, BadCertificate):
            raise ValueError("bad certificates belong to TLS, and TLS has no other faults")
        if at_handshake and (self.when.client or self.when.user):
            raise ValueError("a TLS handshake does not tell client or user")


@dataclass(slots=True)
class Tally:
    """How often a fault was asked (`seen`) and how often it was committed (`hits`)."""

    seen: int = 0
    hits: int = 0


@dataclass(slots=True)
class Faults:
    """The list of one sandbox, changed by `workbench.conditions.faults` alone.

    Attributes:
        listed: all of them, in the order in which they are asked.
        at_requests: those switched on that concern requests; empty costs a request nothing.
        at_handshakes: those switched on that concern TLS handshakes.
        tallies: by fault id.
    """

    listed: tuple[Fault, ...] = ()
    at_requests: tuple[Fault, ...] = ()
    at_handshakes: tuple[Fault, ...] = ()
    tallies: dict[str, Tally] = field(default_factory=dict)

    def replace(self, listed: tuple[Fault, ...]) -> None:
        """Take a new list; counters of faults that are still in it go on."""
        active = [fault for fault in listed if fault.enabled]
        self.listed = listed
        self.at_handshakes = tuple(
            fault for fault in active if isinstance(fault.when.place, AtHandshake)
        )
        self.at_requests = tuple(fault for fault in active if fault not in self.at_handshakes)
        kept = {fault.id for fault in listed}
        self.tallies = {key: tally for key, tally in self.tallies.items() if key in kept}

    def tally(self, fault_id: str) -> Tally:
        """The counters of a fault."""
        return self.tallies.setdefault(fault_id, Tally())

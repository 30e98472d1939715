"""Faults: what a sandbox does wrong on purpose, when, how often, and to whom.

Records alone; `workbench.conditions.faults` reads and writes them as sentences and lists them, and
`server.faulty` commits them. None of them can be made with a value that has no sentence.
"""

from dataclasses import dataclass, field

from sandbox_app.domain.conditions.fault_cadences import (
    AfterFirstN,
    Always,
    Cadence,
    EveryNth,
    FirstN,
    WithProbability,
)
from sandbox_app.domain.conditions.fault_effects import (
    Answer,
    BadCertificate,
    Cut,
    Delay,
    Duplicate,
    Effect,
    Hang,
    LostCookie,
    MalformedJson,
    Reset,
    Then,
    WrongType,
)
from sandbox_app.domain.conditions.fault_places import (
    METHODS,
    AnyRequest,
    AtHandshake,
    AtOperation,
    AtPath,
    AtStep,
    Place,
    Step,
)

__all__ = [
    "METHODS",
    "AfterFirstN",
    "Always",
    "Answer",
    "AnyRequest",
    "AtHandshake",
    "AtOperation",
    "AtPath",
    "AtStep",
    "BadCertificate",
    "Cadence",
    "Cut",
    "Delay",
    "Duplicate",
    "Effect",
    "EveryNth",
    "Fault",
    "Faults",
    "FirstN",
    "Hang",
    "LostCookie",
    "MalformedJson",
    "Place",
    "Reset",
    "Step",
    "Tally",
    "Then",
    "When",
    "WithProbability",
    "WrongType",
]

ANY_REQUEST, ALWAYS = AnyRequest(), Always()
_LONGEST_NAME = 200
_PAGES = (Step.AUTHORIZE, Step.LOGIN)
_PAGE_PATHS = ("/oauth2/authorize", "/authorize", "/login", "/login/continue")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Which requests, and how often among them.

    Attributes:
        client: id or name of an app client; empty means any.
        user: username, `sub` or another sign-in name; empty means any.
        cadence: counts only what the other members let through.
    """

    place: Place = ANY_REQUEST
    client: str = ""
    user: str = ""
    cadence: Cadence = ALWAYS

    def __post_init__(self) -> None:
        for value in (self.client, self.user):
            if len(value) > _LONGEST_NAME or not value.isprintable():
                raise ValueError("a client or user has at most 200 characters, all printable")


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
        goes_back = isinstance(self.then.effect, Answer) and self.then.effect.status == 302
        if goes_back and not _knows_a_callback(self.when.place):
            raise ValueError("only authorize and login can send an error to the app (302)")


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


def _knows_a_callback(place: Place) -> bool:
    if isinstance(place, AtStep):
        return place.step in _PAGES
    return isinstance(place, AtPath) and place.path in _PAGE_PATHS

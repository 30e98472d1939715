"""Everything a fault can be made of, as choices for a form that makes the same without the text.

A form shows the labels of `PLACES`, `EFFECTS` and `CADENCES`, one field per entry of the chosen
choice, and calls `Choice.make` with what was filled in; `choice_of` leads back from a record.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from sandbox_app.domain.conditions.faults import (
    METHODS,
    AfterFirstN,
    Always,
    Answer,
    AnyRequest,
    AtHandshake,
    AtOperation,
    AtPath,
    AtStep,
    BadCertificate,
    Cadence,
    Cut,
    Delay,
    Duplicate,
    Effect,
    EveryNth,
    FirstN,
    Hang,
    LostCookie,
    MalformedJson,
    Place,
    Reset,
    Step,
    WithProbability,
    WrongType,
)

MadeT = TypeVar("MadeT")


class FieldKind(Enum):
    """What a field takes, and so which type its value has."""

    TEXT = auto()
    """A text; empty where the field is optional and nothing is wanted."""
    METHOD = auto()
    """One of `METHODS`, or empty for any."""
    COUNT = auto()
    """A whole number."""
    PERCENT = auto()
    """A number from 0.001 to 100."""
    SPAN = auto()
    """A `timedelta` in whole milliseconds."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: `name` is the record's attribute, `default` what a form begins with."""

    name: str
    label: str
    kind: FieldKind
    default: Any
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Choice(Generic[MadeT]):
    """One entry of a list: `key` stays the same for good, `label` is for people.

    `make` takes a value per field, by name, and raises a `ValueError` in words where one is wrong.
    """

    key: str
    label: str
    hint: str
    make: Callable[..., MadeT]
    fields: tuple[Field, ...] = ()

    def defaults(self) -> dict[str, Any]:
        """What a form begins with."""
        return {field.name: field.default for field in self.fields}


_METHOD = Field("method", "Method", FieldKind.METHOD, "", "any method but a browser's OPTIONS")
_SEED = Field("seed", "Seed", FieldKind.COUNT, 0, "the same seed gives the same sequence")

_STEP_HINTS = {
    Step.AUTHORIZE: "GET /oauth2/authorize",
    Step.LOGIN: "GET and POST /login, the sign-in page",
    Step.LOGOUT: "GET /logout",
    Step.ERROR_PAGE: "GET /error, where a browser ends when the app cannot be told",
    Step.TOKEN: "POST /oauth2/token",
    Step.REVOKE: "POST /oauth2/revoke",
    Step.USERINFO: "GET /oauth2/userInfo",
    Step.DISCOVERY: "GET {issuer}/.well-known/openid-configuration",
    Step.KEY_SET: "GET {issuer}/.well-known/jwks.json",
}


def _at_step(step: Step) -> Choice[Place]:
    def make(method: str = "") -> AtStep:
        return AtStep(step, method)

    return Choice(f"step {step}", step[:1].upper() + step[1:], _STEP_HINTS[step], make, (_METHOD,))


PLACES: tuple[Choice[Place], ...] = (
    Choice("any", "Any request", "everything that Live shows", AnyRequest, (_METHOD,)),
    *map(_at_step, Step),
    Choice(
        "path",
        "Path",
        "compared letter by letter; * stands for any characters",
        AtPath,
        (Field("path", "Path", FieldKind.TEXT, "/oauth2/token", "begins with a slash"), _METHOD),
    ),
    Choice(
        "operation",
        "API operation",
        "a call of the JSON API, by its X-Amz-Target",
        AtOperation,
        (Field("operation", "Operation", FieldKind.TEXT, "", "such as InitiateAuth; empty: any"),),
    ),
    Choice("handshake", "TLS handshake", "before there is a request", AtHandshake),
)
"""Where a fault lies in wait; `step` is named as in Live."""

DELAY: Choice[Delay] = Choice(
    "delay",
    "Delay",
    "time that passes before the answer goes out",
    Delay,
    (
        Field("wait", "For", FieldKind.SPAN, timedelta(seconds=2), "1 ms to 1 h"),
        Field("jitter", "Give or take", FieldKind.SPAN, timedelta(0), "not more than the delay"),
        Field("seed", "Seed", FieldKind.COUNT, 0, "of what is given or taken"),
    ),
)
"""It goes before any effect but a bad certificate, or stands alone."""


def _certificate(defect: BadCertificate, label: str, hint: str) -> Choice[Effect]:
    return Choice(f"certificate {defect}", label, hint, lambda: defect)


EFFECTS: tuple[Choice[Effect], ...] = (
    Choice(
        "answer",
        "Answer with a status",
        "in the pool's place, which never sees the request: no code is spent",
        Answer,
        (
            Field("status", "Status", FieldKind.COUNT, 503, "400 to 599; 302 tells the app"),
            Field("error", "Error", FieldKind.TEXT, "", "such as invalid_grant; empty: the usual"),
        ),
    ),
    Choice("hang", "Hang", "no answer until the client leaves or the fault is off", Hang),
    Choice("reset", "Reset the connection", "instead of an answer", Reset),
    Choice(
        "cut",
        "Cut the answer off",
        "close after some bytes of the body; Content-Length stays honest",
        Cut,
        (Field("size", "After bytes", FieldKind.COUNT, 20),),
    ),
    Choice(
        "content type",
        "Wrong content type",
        "the answer itself stays as it is",
        WrongType,
        (Field("media_type", "Content-Type", FieldKind.TEXT, "text/html"),),
    ),
    Choice("malformed", "Malformed JSON", "the last quarter of it is missing", MalformedJson),
    Choice(
        "lost cookie",
        "Lost cookie",
        "the answer without its Set-Cookie",
        LostCookie,
        (Field("name", "Cookie", FieldKind.TEXT, "cognito", "empty: all of them"),),
    ),
    Choice("duplicate", "Duplicated response", "the same bytes twice on one connection", Duplicate),
    _certificate(BadCertificate.EXPIRED, "Expired certificate", "it ended yesterday"),
    _certificate(BadCertificate.WRONG_NAME, "Certificate of another name", "otherwise good"),
    _certificate(BadCertificate.UNTRUSTED, "Untrusted certificate", "by an unknown authority"),
)
"""What is done wrong; the three certificates go with `TLS handshake` and with nothing else."""

CADENCES: tuple[Choice[Cadence], ...] = (
    Choice("always", "Always", "each time", Always),
    Choice(
        "every",
        "Every nth time",
        "the nth, the 2nth, and so on",
        EveryNth,
        (Field("nth", "n", FieldKind.COUNT, 3, "2 or more"),),
    ),
    Choice(
        "first",
        "The first times",
        "then never again until the counters are reset",
        FirstN,
        (Field("count", "Times", FieldKind.COUNT, 1),),
    ),
    Choice(
        "after",
        "After the first times",
        "every time but the first ones",
        AfterFirstN,
        (Field("count", "Times", FieldKind.COUNT, 1),),
    ),
    Choice(
        "probability",
        "With a probability",
        "by chance, the same for the same seed",
        WithProbability,
        (Field("percent", "Percent", FieldKind.PERCENT, 10.0, "0.001 to 100"), _SEED),
    ),
)
"""How often."""


def choice_of(record: Place | Effect | Cadence | Delay) -> tuple[Choice[Any], Mapping[str, Any]]:
    """The choice that makes such a record, and the values it takes for it."""
    for choice in _all():
        names = [field.name for field in choice.fields]
        if all(hasattr(record, name) for name in names):
            values = {name: getattr(record, name) for name in names}
            if choice.make(**values) == record:
                return choice, values
    raise LookupError(f"no choice makes {record!r}")


def _all() -> Iterable[Choice[Any]]:
    return (*PLACES, DELAY, *EFFECTS, *CADENCES)


__all__ = ["CADENCES", "DELAY", "EFFECTS", "METHODS", "PLACES", "Choice", "Field", "FieldKind"]

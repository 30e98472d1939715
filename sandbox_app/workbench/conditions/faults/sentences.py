"""The language of faults: records into the one sentence for them; `parsing` reads it back.

    POST /oauth2/token for client web → 400 invalid_grant, first 2
    jwks → delay 2s ± 500ms seed 7, 503 with probability 10%
    TLS → expired certificate every 2nd

`where [for client C] [and user U] → what [how often]`; `->` and `=>` are arrows too.
"""

from dataclasses import dataclass
from datetime import timedelta

from sandbox_app.domain.conditions.faults import (
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
    Fault,
    FirstN,
    Hang,
    LostCookie,
    MalformedJson,
    Place,
    Reset,
    Step,
    Then,
    When,
    WithProbability,
    WrongType,
)
from sandbox_app.workbench.conditions.faults.words import as_word


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a sentence says."""

    when: When
    then: Then

    def __str__(self) -> str:
        return write(self.when, self.then)


STEP_WORDS = {step: step.replace(" ", "-") for step in Step} | {Step.KEY_SET: "jwks"}
"""The endpoints as a sentence names them."""

CERTIFICATE_WORDS = {defect: defect.replace(" ", "-") for defect in BadCertificate}
"""What is wrong with a certificate as a sentence names it, before the word `certificate`."""


def sentence_of(fault: Fault) -> str:
    """The sentence for a fault, without its name and switch."""
    return write(fault.when, fault.then)


def write(when: When, then: Then) -> str:
    """The sentence that `parse` reads as these two."""
    parts = (_place(when.place), _who(when), "→", _what(then), _cadence(when.cadence))
    return " ".join(part for part in parts if part)


def span_text(span: timedelta) -> str:
    """A duration to the millisecond: `1m30s`, `500ms`."""
    left, parts = span // timedelta(milliseconds=1), []
    for unit, size in (("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def ordinal(number: int) -> str:
    """`2nd`, `3rd`, `11th`."""
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _place(place: Place) -> str:
    match place:
        case AnyRequest(method):
            return f"{method} any".strip()
        case AtPath(path, method):
            return f"{method} {as_word(path)}".strip()
        case AtStep(step, method):
            return f"{method} {STEP_WORDS[step]}".strip()
        case AtOperation(""):
            return "any operation"
        case AtOperation(operation):
            return f"operation {as_word(operation)}"
        case AtHandshake():
            return "TLS"


def _who(when: When) -> str:
    named = [
        f"{kind} {as_word(value)}"
        for kind, value in (("client", when.client), ("user", when.user))
        if value
    ]
    return f"for {' and '.join(named)}" if named else ""


def _what(then: Then) -> str:
    parts = [_delay(then.delay)] if then.delay is not None else []
    if then.effect is not None:
        parts.append(_effect(then.effect))
    return ", ".join(parts)


def _delay(delay: Delay) -> str:
    spread = f" ± {span_text(delay.jitter)}" if delay.jitter else ""
    return f"delay {span_text(delay.wait)}{spread}{_seed(delay.seed)}"


def _effect(effect: Effect) -> str:
    match effect:
        case Answer(status, error):
            return f"{status} {as_word(error)}" if error else str(status)
        case Hang():
            return "hang"
        case Reset():
            return "reset"
        case Cut(size):
            return f"cut after {size} bytes"
        case WrongType(media_type):
            return f"content type {as_word(media_type)}"
        case MalformedJson():
            return "malformed JSON"
        case LostCookie(name):
            return f"lost cookie {as_word(name)}" if name else "lost cookies"
        case Duplicate():
            return "duplicated response"
        case BadCertificate():
            return f"{CERTIFICATE_WORDS[effect]} certificate"


def _cadence(cadence: Cadence) -> str:
    match cadence:
        case Always():
            return ""
        case EveryNth(nth):
            return f"every {ordinal(nth)}"
        case FirstN(count):
            return f"first {count}"
        case AfterFirstN(count):
            return f"after the first {count}"
        case WithProbability(percent, seed):
            return f"with probability {percent_text(percent)}%{_seed(seed)}"


def percent_text(percent: float) -> str:
    """`10`, `0.5`, `33.333`."""
    return f"{percent:.3f}".rstrip("0").rstrip(".")


def _seed(seed: int) -> str:
    return f" seed {seed}" if seed else ""

"""A fault as a sentence whose words can be changed: what stands in each place, and what else may.

Whatever has no choice of its own here is still shown, and is written as text.
"""

from collections.abc import Sequence
from dataclasses import replace
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
from sandbox_app.domain.durations import duration_words
from sandbox_app.workbench.conditions.faults import vocabulary
from sandbox_app.workbench.conditions.faults.sentences import ordinal, percent_text

PLACES: Sequence[Place] = (
    AtPath("/oauth2/token", "POST"),
    AtPath("/oauth2/authorize", "GET"),
    AtPath("/login", "GET"),
    AtPath("/login", "POST"),
    AtStep(Step.USERINFO),
    AtPath("/oauth2/revoke", "POST"),
    AtPath("/logout", "GET"),
    AtStep(Step.KEY_SET),
    AtStep(Step.DISCOVERY),
    AtOperation(),
    AnyRequest(),
    AtHandshake(),
)
CADENCES: Sequence[Cadence] = (
    Always(),
    EveryNth(2),
    EveryNth(3),
    EveryNth(10),
    FirstN(1),
    FirstN(2),
    FirstN(3),
    AfterFirstN(1),
    AfterFirstN(5),
    WithProbability(10.0, 42),
    WithProbability(50.0, 42),
)
EFFECTS: Sequence[Effect] = (
    Answer(503),
    Answer(500),
    Answer(429),
    Answer(400, "invalid_grant"),
    Answer(400, "invalid_client"),
    Hang(),
    Reset(),
    Cut(0),
    Cut(512),
    WrongType(),
    MalformedJson(),
    LostCookie(),
    Duplicate(),
)
CERTIFICATES: Sequence[Effect] = tuple(BadCertificate)
DELAYS: Sequence[Delay | None] = (
    None,
    Delay(timedelta(milliseconds=500)),
    Delay(timedelta(seconds=2)),
    Delay(timedelta(seconds=2), timedelta(seconds=1)),
    Delay(timedelta(seconds=10)),
    Delay(timedelta(seconds=60)),
)

_STEP_WORDS = {Step.KEY_SET: "GET jwks.json", Step.DISCOVERY: "GET openid-configuration"}


def place_words(place: Place) -> str:
    """`POST /oauth2/token`, `any request`, `a TLS handshake`."""
    match place:
        case AnyRequest(method):
            return f"any {method} request" if method else "any request"
        case AtPath(path, method):
            return f"{method} {path}".strip()
        case AtStep(step, method):
            return f"{method} {_STEP_WORDS.get(step, step)}".strip()
        case AtOperation(operation):
            return f"operation {operation}" if operation else "any API operation"
        case AtHandshake():
            return "a TLS handshake"


def cadence_words(cadence: Cadence) -> str:
    """`every 3rd time`, `the first 2 times`, `10% of the time`."""
    match cadence:
        case Always():
            return "every time"
        case EveryNth(nth):
            return f"every {ordinal(nth)} time"
        case FirstN(1):
            return "the first time"
        case FirstN(count):
            return f"the first {count} times"
        case AfterFirstN(1):
            return "from the 2nd time on"
        case AfterFirstN(count):
            return f"from the {ordinal(count + 1)} time on"
        case WithProbability(percent, seed):
            return f"{percent_text(percent)}% of the time, seed {seed}"


def effect_words(effect: Effect | None) -> str:
    """`answer 503`, `reset the connection`, `show an expired certificate`."""
    match effect:
        case None:
            return "answer as usual"
        case Answer(status, error):
            return f"answer {status} {error}".strip()
        case Hang():
            return "never answer"
        case Reset():
            return "reset the connection"
        case Cut(size):
            return f"cut the body after {size} bytes"
        case WrongType(media_type):
            return f"call it {media_type}"
        case MalformedJson():
            return "send malformed JSON"
        case LostCookie(name):
            return f"lose the cookie {name}" if name else "lose its cookies"
        case Duplicate():
            return "answer twice"
        case BadCertificate.EXPIRED:
            return "show an expired certificate"
        case BadCertificate.WRONG_NAME:
            return "show another name’s certificate"
        case BadCertificate.UNTRUSTED:
            return "show an untrusted certificate"


def delay_words(delay: Delay | None) -> str:
    """`at once`, `after 2 s`, `after 2 s ± 1 s`."""
    if delay is None:
        return "at once"
    spread = f" ± {duration_words(delay.jitter)}" if delay.jitter else ""
    return f"after {duration_words(delay.wait)}{spread}"


def effects_at(place: Place, delay: Delay | None) -> Sequence[Effect | None]:
    """What can be done wrong there; nothing but a delay, where there is one."""
    if isinstance(place, AtHandshake):
        return CERTIFICATES
    return (*EFFECTS, None) if delay is not None else EFFECTS


def effect_choices(place: Place) -> Sequence[vocabulary.Choice[Effect]]:
    """The kinds of effects for a form: certificates at a handshake, the others elsewhere."""
    at_handshake = isinstance(place, AtHandshake)
    return [
        choice
        for choice in vocabulary.EFFECTS
        if isinstance(choice.make(**choice.defaults()), BadCertificate) == at_handshake
    ]


def delays_with(then: Then) -> Sequence[Delay | None]:
    """How long it may be held back; not at all where only a delay or a handshake is left."""
    if isinstance(then.effect, BadCertificate):
        return ()
    return DELAYS if then.effect is not None else DELAYS[1:]


def moved(when: When, then: Then, place: Place) -> tuple[When, Then]:
    """The fault at another place, with what else must change there."""
    at_handshake = isinstance(place, AtHandshake)
    if at_handshake:
        when = replace(when, client="", user="")
        if not isinstance(then.effect, BadCertificate):
            then = Then(effect=BadCertificate.EXPIRED)
    elif isinstance(then.effect, BadCertificate):
        then = Then(effect=Answer(503))
    return replace(when, place=place), then

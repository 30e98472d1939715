"""Short words for people: what refused a request, how long ago, which grant."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from sandbox_app.domain.records.traffic import Exchange

_MINUTE, _HOUR, _DAY = 60, 3600, 86400

REFUSAL_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "AZ-1": ("no client_id", "client_id is missing"),
        "AZ-2": ("unknown client", "there is no such app client"),
        "AZ-3": ("no redirect_uri", "redirect_uri is missing"),
        "AZ-4": ("redirect mismatch", "the callback URL does not match"),
        "AZ-5": ("no response_type", "response_type is missing"),
        "AZ-6": ("bad response_type", "response_type is neither code nor token"),
        "AZ-7": ("flow not allowed", "the client may not use this flow"),
        "AZ-8": ("no S256", "code_challenge_method is not S256"),
        "AZ-9": ("no code_challenge", "code_challenge is missing"),
        "AZ-10": ("scope not enabled", "a scope is not enabled on the client"),
        "AZ-11": ("bad resource", "resource is not a permitted URL"),
        "AZ-12": ("provider not enabled", "the identity provider is not enabled on the client"),
        "AZ-13": ("no session", "prompt=none found no session"),
        "LG-2": ("CSRF mismatch", "the form's _csrf is not the cookie's"),
        "HU-G8": ("form too old", "the sign-in form was older than five minutes"),
        "HU-4.1-2": ("empty form", "username or password is empty"),
        "HU-4.1-3": ("locked out", "too many failed tries"),
        "HU-4.1-5": ("unknown user", "the pool has no such user"),
        "HU-4.1-6": ("user disabled", "the user is disabled"),
        "HU-4.1-8": ("wrong password", "the password is wrong"),
        "HU-4.1-9": ("not confirmed", "the user is not confirmed"),
        "HU-4.1-10": ("password too old", "the temporary password has expired"),
        "HU-4.1-11": ("new password needed", "the temporary password must be changed first"),
        "HU-4.1-12": ("reset needed", "the password must be reset first"),
        "US-S1": ("not from here", "only a browser on this machine may open the link"),
        "US-S2": ("link not usable", "the link was opened before, is too old or unknown"),
        "US-F1": ("on purpose", "a fault of the sandbox answered in the pool's place"),
        "US-F2": ("no answer", "a fault of the sandbox kept the answer away"),
        "US-F3": ("bad certificate", "a fault of the sandbox showed a bad certificate"),
        "US-S3": ("no way to the app", "the client cannot sign anybody in"),
        "US-K1": ("no keys", "the conditions let the key set fail"),
        "TK-1": ("no grant_type", "grant_type is missing"),
        "TK-2": ("unknown grant_type", "the endpoint does not know this grant_type"),
        "TK-3": ("no client", "the client does not name itself"),
        "TK-4": ("unknown client", "there is no such app client"),
        "TK-5": ("bad secret", "the client secret is missing or wrong"),
        "TK-6": ("needless secret", "a client without a secret sent one"),
        "TK-7": ("parameter missing", "a parameter of the grant is missing"),
        "TC-1": ("code not usable", "the code is unknown, expired or used"),
        "TC-2": ("other client's code", "the code was made for another client"),
        "TC-3": ("redirect mismatch", "redirect_uri is not the one of the authorize request"),
        "TC-4": ("wrong verifier", "code_verifier does not answer the code_challenge"),
        "TC-5": ("needless verifier", "code_verifier came without a code_challenge"),
        "TC-6": ("flow not allowed", "the client may not use the code flow"),
        "TC-7": ("unreadable attribute", "a scope's attribute is not readable by the client"),
        "TR-1": ("refresh refused", "the refresh token is not usable"),
        "TM-1": ("grant not allowed", "the client may not use client_credentials"),
        "TM-2": ("scope not enabled", "a scope is not a custom one of the client"),
        "LO-2": ("logout mismatch", "the sign-out URL does not match"),
        "LO-3": ("nowhere to go", "neither logout_uri nor redirect_uri was sent"),
        "TR-2": ("flow not allowed", "the client may no longer use the session's flow"),
    }
)
"""Per rule: two or three words for a list, and half a sentence for a headline."""

_GRANTS = {
    "authorization_code": "code",
    "refresh_token": "refresh",
    "client_credentials": "client credentials",
}


def short_refusal(rule: str, error: str, status: int) -> str:
    """A refusal as a list shows it: "AZ-4 redirect mismatch"."""
    words = REFUSAL_WORDS[rule][0] if rule in REFUSAL_WORDS else spaced(error)
    return " ".join(word for word in (rule, words) if word) or f"status {status}"


def long_refusal(rule: str, error: str, status: int) -> str:
    """The same for a headline, without the rule: "the callback URL does not match"."""
    if rule in REFUSAL_WORDS:
        return REFUSAL_WORDS[rule][1]
    return spaced(error) or f"answered with status {status}"


def status_words(status: int) -> str:
    """A status as people say it; 0 stands for an answer that never went out."""
    return str(status) if status else "no answer"


def fault_words(fault: str) -> str:
    """That the sandbox did something wrong on purpose, and what; empty where it did not."""
    return f"fault: {fault}" if fault else ""


def again_words(exchange: Exchange) -> str:
    """That the window sent it again, and of when the first was; empty where it did not."""
    return f"sent again from {local_clock(exchange.again_at)}" if exchange.again_of else ""


def grant_words(grant: str) -> str:
    """A grant type as people say it."""
    return _GRANTS.get(grant, spaced(grant))


def spaced(name: str) -> str:
    """An identifier as words."""
    return name.replace("_", " ")


def duration_words(milliseconds: float) -> str:
    """ "4 ms", "6.4 s", "341 s", "12 min 0 s"; the next unit from where rounding reaches it."""
    if milliseconds < 1:
        return "under 1 ms"
    if milliseconds < 999.5:
        return f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1000
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 599.5 else span_words(round(seconds))


def span_words(seconds: float) -> str:
    """A length of time in its two largest units: "3 min 12 s", "29 d 23 h"."""
    left = int(abs(seconds))
    if left < _MINUTE:
        return f"{left} s"
    if left < _HOUR:
        return f"{left // _MINUTE} min {left % _MINUTE} s"
    if left < _DAY:
        return f"{left // _HOUR} h {left % _HOUR // _MINUTE} min"
    return f"{left // _DAY} d {left % _DAY // _HOUR} h"


def relative_words(moment: float, now: float) -> str:
    """How far a moment is from now: "3 min 12 s ago", "in 52 min 0 s"."""
    if abs(moment - now) < 1:
        return "now"
    return f"in {span_words(moment - now)}" if moment > now else f"{span_words(now - moment)} ago"


def local_clock(moment: float) -> str:
    """Time of day on this machine; the epoch itself where it lies outside the calendar."""
    local = _local(moment)
    if local is None:
        return f"{moment:.0f}"
    # A tenth of the time that a format string takes; each row of a list has one.
    return f"{local.hour:02}:{local.minute:02}:{local.second:02}"


def listed_clock(moment: float, now: float) -> str:
    """The time of day, behind the day if it is another one than now."""
    local, present = _local(moment), _local(now)
    if local is None or present is None or local.date() == present.date():
        return local_clock(moment)
    if local.year != present.year:
        return date_words(moment)
    return f"{local.day} {local:%b} {local.hour:02}:{local.minute:02}"


def local_date(moment: float) -> str:
    """Date and time of day on this machine."""
    local = _local(moment)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local is not None else f"{moment:.0f}"


def date_words(moment: float) -> str:
    """The day on this machine: "3 Nov 2026"; the epoch itself outside the calendar."""
    local = _local(moment)
    return f"{local.day} {local:%b %Y}" if local is not None else f"{moment:.0f}"


def count_words(count: int, thing: str) -> str:
    """ "1 request", "2 requests"."""
    return f"{grouped(count)} {thing}{'' if count == 1 else 's'}"


def grouped(count: int) -> str:
    """A number as it is read: "5 000 000"."""
    return f"{count:,}".replace(",", " ")


def passed_words(passed: int) -> str:
    """What became of the requests that came while recording was paused."""
    if not passed:
        return "Requests are answered as always, and not recorded."
    were = "was" if passed == 1 else "were"
    return f"{count_words(passed, 'request')} {were} answered and not recorded."


def as_sentence(words: str) -> str:
    """A clause as a sentence; the name of a parameter keeps its letters."""
    if not words:
        return ""
    first = words.partition(" ")[0]
    begun = words if "_" in first else f"{words[0].upper()}{words[1:]}"
    return begun + ("" if words.endswith((".", "”")) else ".")


def showable(text: str) -> str:
    """The text with half surrogate pairs as escapes; a toolkit would swallow them."""
    return text.encode("utf-8", "backslashreplace").decode()


def _local(moment: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(moment, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None

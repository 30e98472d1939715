"""The few words beside an arrow, and on a pause."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sandbox_app.workbench.live.sequence.reading import Goal, Reading
from sandbox_app.workbench.live.sequence.telling import Known
from sandbox_app.workbench.live.words import REFUSAL_WORDS, count_words, showable, spaced

_LONGEST_ERROR = 60


def answer_words(reading: Reading) -> str:
    """What an answer is, beside its status."""
    if reading.goal is not Goal.NOWHERE:
        return f"→ {reading.goal_words}"
    if reading.refused:
        return _refusal(reading)
    if reading.is_preflight:
        return "allowed"
    words = _ANSWERS.get(reading.step)
    return words(reading) if words is not None else ""


def pause_words(reading: Reading, known: Known) -> str:
    """What happens while nothing is sent, as far as the next request tells."""
    who = known.user or "somebody"
    if reading.step == "login" and reading.exchange.method == "POST":
        return f"{who} fills the form in"
    if reading.exchange.path.endswith("/idpresponse"):
        return f"{who} signs in at {known.provider or 'the identity provider'}"
    if reading.step == "token" and reading.grant == "refresh_token":
        return "the app uses its tokens"
    if reading.step == "logout":
        return f"{who} is signed in"
    return "nothing is sent"


def _refusal(reading: Reading) -> str:
    exchange = reading.exchange
    if reading.body.get("error"):
        return showable(str(reading.body["error"]))[:_LONGEST_ERROR]
    if exchange.rule in REFUSAL_WORDS:
        return REFUSAL_WORDS[exchange.rule][0]
    return spaced(exchange.error)[:_LONGEST_ERROR] or _page(reading)


def _page(reading: Reading) -> str:
    return {"error page": "error page", "login": "sign-in page"}.get(reading.step, "")


def _claims(reading: Reading) -> str:
    return count_words(len(reading.body), "claim") if reading.body else ""


def _keys(reading: Reading) -> str:
    keys = reading.body.get("keys")
    return count_words(len(keys), "key") if isinstance(keys, list) else ""


_ANSWERS: Mapping[str, Callable[[Reading], str]] = MappingProxyType(
    {
        "login": _page,
        "error page": _page,
        "userInfo": _claims,
        "key set": _keys,
        "discovery": lambda reading: count_words(len(reading.body), "member"),
        "revoke": lambda reading: "done",
    }
)

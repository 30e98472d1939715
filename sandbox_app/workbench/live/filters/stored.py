"""A filter as conditions on stored exchanges, so that the workspace itself finds what may pass.

What cannot be said so, such as what a body holds, is left open: whoever reads what was found
asks the filter itself again. The conditions never leave out what passes.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from sandbox_app.store.traffic_conditions import (
    EVERYTHING,
    AboutAny,
    AtMost,
    Between,
    Condition,
    Every,
    Filled,
    Has,
    LoginBegins,
    SentAgain,
    Some,
    StatusIn,
    Without,
)
from sandbox_app.workbench.live.filters.nodes import And, Node, Not, Or, Term, Word
from sandbox_app.workbench.live.filters.terms import granted, named, path_spellings, statuses
from sandbox_app.workbench.live.login import Outcome
from sandbox_app.workbench.live.marks import Marks
from sandbox_app.workbench.live.words import (
    REFUSAL_WORDS,
    fault_words,
    grant_words,
    status_words,
)

_OPEN: Condition = AtMost(EVERYTHING)
_STATUSES = range(1000)
_SHOWN = ("method", "path", "client_name", "client_id", "username", "step", "error")
"""Members that are searched for plain words as they are."""

_AGAIN = ("sent", "again", "from")
_CLOCK = re.compile(r"[-0-9:]+")


def of_requests(node: Node | None, marks: Marks | None = None) -> Condition:
    """What an exchange must fulfil to pass by itself."""
    match node:
        case None:
            return EVERYTHING
        case Word(text):
            return _word(text)
        case Term():
            return _term(node, marks)
        case Not(inner):
            return Without(of_requests(inner, marks))
        case And(parts):
            return Every(tuple(of_requests(part, marks) for part in parts))
        case Or(parts):
            return Some(tuple(of_requests(part, marks) for part in parts))


def of_logins(node: Node | None, marks: Marks | None = None) -> tuple[Condition, ...]:
    """What a login must fulfil to pass: each of these by one of its exchanges, whichever."""
    if node is None:
        return ()
    return tuple(_of_login(part, marks, wanted=True) for part in _parts(node, wanted=True))


def _parts(node: Node, *, wanted: bool) -> tuple[Node, ...]:
    """What must hold, or with `wanted` false must not hold, all together."""
    if wanted and isinstance(node, And):
        return tuple(part for it in node.parts for part in _parts(it, wanted=True))
    return (node,)


def _of_login(node: Node, marks: Marks | None, *, wanted: bool) -> Condition:
    """What one exchange of the login surely fulfils if the login passes (or does not)."""
    match node:
        case Not(inner):
            return _of_login(inner, marks, wanted=not wanted)
        case Word(text) if wanted:
            named_so = "\n" in text or any(text in outcome for outcome in Outcome)
            return _OPEN if named_so else _word(text)
        case Term(detail=test) if test is not None:
            return _OPEN
        case Word() | Term():
            condition = of_requests(node, marks)
            return condition if wanted else Without(condition)
        case And(parts) | Or(parts):
            each = tuple(_of_login(part, marks, wanted=wanted) for part in parts)
            if isinstance(node, Or) == wanted:
                return Some(each)
            # Different exchanges may fulfil them; the first that says anything must do.
            return next((part for part in each if part != _OPEN), _OPEN)


def _word(text: str) -> Condition:
    """A word lies within one member; with spaces in it, it may reach over several."""
    if " " in text:
        return AtMost(Every(tuple(_word(part) for part in text.split(" ") if part)))
    if not text:
        return EVERYTHING
    again: tuple[Condition, ...] = ()
    if any(text in word for word in _AGAIN):
        again = (SentAgain(),)
    elif _CLOCK.fullmatch(text):
        again = (AtMost(SentAgain()),)
    said = tuple(status for status in _STATUSES if text in status_words(status))
    return Some(
        (
            *(Has(field, text) for field in _SHOWN),
            StatusIn(said),
            Has("grant", check=lambda value: text in f"{value} {grant_words(value)}".lower()),
            Has("rule", check=lambda value: text in _rule_words(value)),
            Has("fault", check=lambda value: text in fault_words(value).lower()),
            *again,
        )
    )


def _rule_words(rule: str) -> str:
    words = REFUSAL_WORDS.get(rule)
    return f"{rule} {words[0] if words else ''}".lower()


def _term(term: Term, marks: Marks | None) -> Condition:
    if term.operator.mark is not None and marks is not None:
        test = term.operator.mark(term.argument)
        return AboutAny(marks.ids(test, of_logins=False), marks.ids(test, of_logins=True))
    make = _TERMS.get(term.operator.name)
    return _OPEN if make is None else make(term.argument)


def _named(*fields: str) -> Callable[[str], Condition]:
    def make(wanted: str) -> Condition:
        low = wanted.lower()
        if "*" not in low:
            return Some(tuple(Has(field, low, whole=True) for field in fields))
        longest = max(low.split("*"), key=len)
        return Some(tuple(Has(field, longest, check=named(wanted)) for field in fields))

    return make


def _status(wanted: str) -> Condition:
    return Between("status", *statuses(wanted))


def _login(wanted: str) -> Condition:
    return LoginBegins(wanted)


_REFUSED = Some((Filled("rule"), Filled("error"), Between("status", 400)))
_TERMS: Mapping[str, Callable[[str], Condition]] = MappingProxyType(
    {
        "client": _named("client_name", "client_id"),
        "user": _named("username"),
        "pool": _named("pool_id"),
        "grant": lambda wanted: Has("grant", check=granted(wanted)),
        "err": lambda _: _REFUSED,
        "rule": _named("rule"),
        "login": _login,
        "m": lambda wanted: Has("method", wanted.lower(), whole=True),
        "u": lambda wanted: Some(tuple(Has("path", it) for it in path_spellings(wanted))),
        "c": _status,
        "s": _named("step"),
        "slow": lambda wanted: Between("duration", int(wanted)),
        "fault": lambda _: Filled("fault"),
    }
)

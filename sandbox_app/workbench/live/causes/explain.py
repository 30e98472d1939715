"""From a refused request to its explanation."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.causes import (
    authorize,
    code,
    logout,
    sign_in,
    token_endpoint,
    tokens,
    wire,
)
from sandbox_app.workbench.live.causes.case import Case, sent_with
from sandbox_app.workbench.live.causes.explanation import Cause, Explanation, Found
from sandbox_app.workbench.live.causes.places import governing
from sandbox_app.workbench.live.differences import Comparison, compare, mark_words
from sandbox_app.workbench.live.libraries import Library, recognise, traps

_URL_LISTS = frozenset({"AZ-4", "LO-2"})
"""Rules whose `expected` lists several acceptable URLs."""

_WORD_LISTS = frozenset({"AZ-10", "TM-2"})

RULES: Mapping[str, Callable[[Case], Found]] = MappingProxyType(
    {
        **wire.RULES,
        **authorize.RULES,
        **sign_in.RULES,
        **token_endpoint.RULES,
        **code.RULES,
        **tokens.RULES,
        **logout.RULES,
    }
)
"""The analysis of each rule that has one."""


def refused_check(exchange: Exchange, detail: ExchangeDetail) -> Check | None:
    """The first check that failed; made up where the request was refused outside of the list."""
    found = next((one for one in detail.checks if one.verdict is Verdict.REFUSED), None)
    if found is None and exchange.rule:
        return Check(exchange.rule, Verdict.REFUSED, because=detail.because)
    return found


def explain(
    exchange: Exchange,
    detail: ExchangeDetail,
    core: Core,
    *,
    login: Iterable[Exchange] = (),
    library: Library | None = None,
) -> Explanation | None:
    """Why a request was refused; `None` where it was not.

    Args:
        core: the configuration as it is now; fixes and places are about it.
        login: the requests of its login, oldest first, this one included.
        library: what the login is made with; the request itself may tell more.
    """
    check = refused_check(exchange, detail)
    if check is None:
        return None
    case = Case(
        exchange=exchange,
        detail=detail,
        check=check,
        core=core,
        sent=sent_with(detail),
        login=tuple(login),
        library=_more_telling(recognise(exchange, detail), library),
    )
    look = RULES.get(check.rule)
    found = look(case) if look is not None else Found()
    stumbled = tuple(Cause(*words) for words in traps(case.library, check, case.sent))
    return Explanation(
        comparison=compared(check),
        because=_because(check, detail),
        causes=(*found.causes, *stumbled),
        fixes=found.fixes,
        place=found.place or governing(case),
        settled=found.settled,
    )


def compared(check: Check) -> Comparison:
    """What came beside what was expected, with the characters that differ."""
    if check.rule in _WORD_LISTS and check.because:
        strange = check.because.partition(": ")[2].split()
        return Comparison(check.got, check.expected, mark_words(check.got, strange))
    if not check.got or not check.expected:
        return Comparison(check.got, check.expected)
    return compare(check.got, check.expected, several=", " if check.rule in _URL_LISTS else "")


def _more_telling(own: Library | None, of_login: Library | None) -> Library | None:
    if own is None or of_login is None:
        return own or of_login
    return own if own.rank >= of_login.rank else of_login


def _because(check: Check, detail: ExchangeDetail) -> str:
    return check.because or (detail.because if detail.because != check.got else "")

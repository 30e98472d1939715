"""From a refused request to its explanation."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.causes import (
    authorize,
    code,
    logout,
    on_purpose,
    sign_in,
    token_endpoint,
    tokens,
    wire,
)
from sandbox_app.workbench.live.causes.case import Case, sent_with
from sandbox_app.workbench.live.causes.comparing import because, compared
from sandbox_app.workbench.live.causes.explanation import Cause, Explanation, Found
from sandbox_app.workbench.live.causes.on_purpose import by_the_clock
from sandbox_app.workbench.live.causes.places import governing
from sandbox_app.workbench.live.libraries import Library, recognise, traps
from sandbox_app.workbench.live.reasons import refused_check

RULES: Mapping[str, Callable[[Case], Found]] = MappingProxyType(
    {
        **wire.RULES,
        **on_purpose.RULES,
        **authorize.RULES,
        **sign_in.RULES,
        **token_endpoint.RULES,
        **code.RULES,
        **tokens.RULES,
        **logout.RULES,
    }
)
"""The analysis of each rule that has one."""


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
    bent = by_the_clock(case) or Found()
    stumbled = tuple(Cause(*words) for words in traps(case.library, check, case.sent))
    causes = (*bent.causes, *found.causes, *stumbled)
    return Explanation(
        comparison=compared(check),
        because=because(check, detail, told=bool(causes)),
        causes=causes,
        fixes=found.fixes,
        place=bent.place or found.place or governing(case),
        settled=found.settled,
    )


def _more_telling(own: Library | None, of_login: Library | None) -> Library | None:
    if own is None or of_login is None:
        return own or of_login
    return own if own.rank >= of_login.rank else of_login

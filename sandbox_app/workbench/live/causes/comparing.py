"""What can be said of a refusal without a workspace: what came and what was expected."""

from collections.abc import Iterable

from sandbox_app.domain.checks import Check
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.causes.explanation import Explanation
from sandbox_app.workbench.live.differences import Comparison, compare, mark_words
from sandbox_app.workbench.live.libraries import Library
from sandbox_app.workbench.live.reasons import refused_check

_URL_LISTS = frozenset({"AZ-4", "LO-2"})
"""Rules whose `expected` lists several acceptable URLs."""

_VALUES = frozenset({"AZ-8", "TC-3"})
"""Rules whose `expected` is one value, to be compared character by character."""

_WORD_LISTS = frozenset({"AZ-10", "TM-2"})


def compared(check: Check) -> Comparison:
    """What came beside what was expected, with the characters that differ."""
    if check.rule in _WORD_LISTS and check.because:
        strange = check.because.partition(": ")[2].split()
        return Comparison(check.got, check.expected, mark_words(check.got, strange))
    if check.rule in _URL_LISTS:
        return compare(check.got, check.expected, several=", ")
    if check.rule in _VALUES:
        return compare(check.got, check.expected)
    return Comparison(check.got, check.expected)


def because(check: Check, detail: ExchangeDetail, *, told: bool) -> str:
    """The check's own sentence; where causes are told, one that only repeats the rule goes."""
    if told and (not check.because or check.rule in _WORD_LISTS):
        return ""
    return check.because or (detail.because if detail.because != check.got else "")


def only_compare(
    exchange: Exchange,
    detail: ExchangeDetail,
    login: Iterable[Exchange] = (),
    library: Library | None = None,
) -> Explanation | None:
    """The explanation of a refusal that knows nothing of the workspace."""
    check = refused_check(exchange, detail)
    if check is None:
        return None
    return Explanation(comparison=compared(check), because=because(check, detail, told=False))

"""Why a login was refused, as one value: for a script, a failing test, a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.domain.rules.catalogue import CATALOGUE
from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.book import AT_START, TrafficBook
from sandbox_app.workbench.live.login import Login, is_refusal
from sandbox_app.workbench.live.refusal_text import check_words
from sandbox_app.workbench.live.words import long_refusal

if TYPE_CHECKING:
    from sandbox_app.workbench.live.causes.explanation import Cause

_LABELS = (
    ("sent", "got"),
    ("expected", "expected"),
    ("because", "because"),
    ("setting", "setting"),
    ("real service", "real_service"),
    ("fault", "fault"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """What refused a request; its text is a few lines for a person.

    Args:
        request: method and path of the refused request, with the status of its answer.
        sentence: what the rule asks.
        got: what came in; empty where there is nothing to show. Never a secret.
        because: one sentence on this very request; may be empty.
        causes: what most likely led to it and what to do about it, the likeliest first.
        setting: the member of pool or client that governs the rule, as the API spells it.
        real_service: all that the real service lets its user see.
        error: the protocol's own word.
        fault: what the sandbox did wrong on purpose; then nothing else was to blame.
    """

    rule: str
    sentence: str
    got: str
    expected: str
    because: str
    causes: tuple[str, ...]
    setting: str
    real_service: str
    error: str
    fault: str
    request: str
    exchange_id: str

    def __str__(self) -> str:
        """The rule, then a line for each thing known."""
        lines = [f"{self.rule}: {self.sentence}" if self.rule else self.sentence]
        for label, name in _LABELS:
            value = getattr(self, name)
            if value:
                lines.append(f"  {label + ':':<13} {value}")
        lines += [f"  {'likely cause:':<13} {cause}" for cause in self.causes]
        return "\n".join([*lines, f"  {'request:':<13} {self.request}"])


def why_of(
    core: Core,
    exchange: Exchange,
    detail: ExchangeDetail | None,
    login: Iterable[Exchange] = (),
) -> Why | None:
    """Why a request was refused, or answered wrongly on purpose; `None` where it was neither.

    Args:
        detail: `None` where it is not kept any more.
        login: the requests of its login, oldest first, this one included.
    """
    if not (is_refusal(exchange) or exchange.fault):
        return None
    # Only with the first refusal: what it could be mended with brings the API's model along.
    from sandbox_app.workbench.live.causes.explain import explain

    check = refused_check(exchange, detail) or Check("", Verdict.REFUSED)
    explained = explain(exchange, detail, core, login=login) if detail is not None else None
    rule = CATALOGUE.get(check.rule)
    words = long_refusal("", exchange.error, exchange.status)
    return Why(
        rule=check.rule,
        sentence=check_words(check) or f"{words[:1].upper()}{words[1:]}",
        got=check.got,
        expected=check.expected,
        because=explained.because if explained is not None else check.because,
        causes=tuple(map(_told, explained.causes)) if explained is not None else (),
        setting=rule.setting if rule is not None else "",
        real_service=rule.real_service if rule is not None else "",
        error=exchange.error,
        fault=exchange.fault,
        request=f"{exchange.method} {exchange.path} → {exchange.status}",
        exchange_id=exchange.id,
    )


def _told(cause: "Cause") -> str:
    return " ".join(filter(None, (cause.words, cause.advice)))


def refused_check(exchange: Exchange, detail: ExchangeDetail | None) -> Check | None:
    """The first check that failed; `None` where nothing was refused.

    A request refused outside the list of checks knows its rule and, in its detail, the reason.
    """
    checks = detail.checks if detail is not None else ()
    found = next((check for check in checks if check.verdict is Verdict.REFUSED), None)
    if found is not None or not exchange.rule:
        return found
    because = detail.because if detail is not None else ""
    return Check(exchange.rule, Verdict.REFUSED, because=because)


def why_refused(core: Core, login: Login) -> Why | None:
    """Why a login was refused; `None` where it was not."""
    refusal = login.refusal
    if refusal is None:
        return None
    return why_of(core, refusal, core.store.traffic.detail(refusal.id), login.exchanges)


def recent_logins(core: Core, newest: int = AT_START) -> tuple[Login, ...]:
    """The logins that the newest exchanges make up, oldest first."""
    book = TrafficBook()
    book.load(core.store.traffic, newest)
    return tuple(book.logins)

"""The record of every check a request went through, in the order the pool runs them."""

from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """How one check ended."""

    PASSED = "passed"
    REFUSED = "refused"
    NOTED = "noted"
    NOT_REACHED = "not reached"


class Check(NamedTuple):
    """One rule applied to one request; a tuple because each request makes a dozen of them.

    `got` and `expected` are words for a person and never hold a secret; `because` is one
    sentence on this very request, empty where the rule's own sentence says it all.
    """

    rule: str
    verdict: Verdict
    got: str = ""
    expected: str = ""
    because: str = ""


class Checklist:
    """Collects the checks of one exchange; the plan makes the unreached ones visible too.

    A flow announces the rules it will apply with `plan`, then calls `require` for each. What
    was planned but never applied comes out as *not reached*.
    """

    __slots__ = ("_done", "_plan")

    def __init__(self) -> None:
        self._plan: dict[str, None] = {}
        self._done: list[Check] = []

    def plan(self, *rules: str) -> None:
        """Announce rules, in contract order; announcing one again changes nothing."""
        self._plan |= dict.fromkeys(rules)

    def require(
        self,
        rule: str,
        holds: bool,
        *,
        got: str = "",
        expected: str = "",
        because: str = "",
    ) -> bool:
        """Record `rule` as passed or refused and hand `holds` back, so that it reads in an `if`."""
        verdict = Verdict.PASSED if holds else Verdict.REFUSED
        self._done.append(Check(rule, verdict, got, expected, because))
        return holds

    def note(self, rule: str, because: str, *, got: str = "", expected: str = "") -> None:
        """Record something that refuses nothing but that a person debugging wants to know."""
        self._done.append(Check(rule, Verdict.NOTED, got, expected, because))

    def skip(self, *rules: str) -> None:
        """Take rules off the plan that do not apply to this request at all."""
        for rule in rules:
            self._plan.pop(rule, None)

    @property
    def refused(self) -> Check | None:
        """The first check that failed, the one a person looks for."""
        return next((check for check in self._done if check.verdict is Verdict.REFUSED), None)

    def results(self) -> tuple[Check, ...]:
        """All checks that ran, in the order they ran, then the planned ones never reached."""
        ran = {check.rule for check in self._done}
        missed = (Check(rule, Verdict.NOT_REACHED) for rule in self._plan if rule not in ran)
        return (*self._done, *missed)

"""How many checks of a login passed, in a few words."""

from sandbox_app.domain.checks import Verdict
from sandbox_app.domain.records.traffic import ExchangeDetail
from sandbox_app.workbench.live.words import count_words


class CheckCounts:
    """Counts what ran, and what was noted beside it; what was never reached decides nothing."""

    def __init__(self) -> None:
        self._passed = self._refused = self._noted = 0
        self._whole = True

    def add(self, detail: ExchangeDetail | None) -> None:
        """Count one more exchange; `None` where its checks are no longer kept."""
        self._whole = self._whole and detail is not None
        for check in detail.checks if detail is not None else ():
            self._passed += check.verdict is Verdict.PASSED
            self._refused += check.verdict is Verdict.REFUSED
            self._noted += check.verdict is Verdict.NOTED

    @property
    def words(self) -> str:
        """ "all 31 checks passed, 1 noted"; "all" only where none is missing.

        Empty where none ran.
        """
        ran = self._passed + self._refused
        if not ran:
            return ""
        noted = f", {self._noted} noted" if self._noted else ""
        if self._refused:
            return f"{self._refused} of {count_words(ran, 'check')} refused{noted}"
        every = "all " if self._whole and ran > 1 else ""
        return f"{every}{count_words(ran, 'check')} passed{noted}"

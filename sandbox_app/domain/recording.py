"""Whether answered requests are recorded, and how many were not."""

from collections.abc import Iterable


class Recording:
    """On at first. While it is paused, requests are answered as always and only counted.

    It is not kept: a sandbox that starts records.

    Attributes:
        paused: whether it is.
        passed: how many requests were answered unrecorded since the pause began.
    """

    def __init__(self) -> None:
        self.paused = False
        self.passed = 0
        self._begun: frozenset[str] = frozenset()

    def pause(self, begun: Iterable[str] = ()) -> None:
        """Record nothing new from now on.

        Args:
            begun: ids of exchanges that were shown already and are recorded when they end.
        """
        self.paused, self.passed = True, 0
        self._begun = frozenset(begun)

    def go_on(self) -> int:
        """Record again; how many passed meanwhile."""
        passed = self.passed
        self.paused, self.passed = False, 0
        self._begun = frozenset()
        return passed

    def pass_by(self) -> None:
        """One more was answered unrecorded."""
        self.passed += 1

    def wants(self, exchange_id: str, *, repeated: bool = False) -> bool:
        """Whether an exchange is recorded; what the window itself `repeated` always is."""
        return not self.paused or repeated or exchange_id in self._begun

"""Facts after each other in one line; where there is no room for all, some go whole."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent

from sandbox_app.gui.components import ElidedLabel, plain_tooltip
from sandbox_app.gui.theme import Role, Theme

Fact = tuple[str, int]
"""Words, and when they go: 0 never, else the higher the sooner."""


class FactLine(ElidedLabel):
    """Never cuts a fact as long as there is one that may go."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", Role.HELP, "text2")
        self._facts: tuple[Fact, ...] = ()
        self._told: tuple[Fact, ...] = ()
        theme.changed.connect(self._fit)

    @property
    def whole(self) -> str:
        """All facts, also those without room."""
        return _joined(self._facts)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show others."""
        self._facts = tuple((words, goes) for words, goes in facts if words)
        self.setText(self.whole)
        self._fit()

    def fact_at(self, x: int) -> str:
        """The fact at a place, px from the left; empty behind the last."""
        words = ""
        for fact in self._told:
            words += _joined((fact,))
            if x < self._theme.text_width(self._role, words):
                return fact[0]
        return ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or for fewer."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        facts, words = self._facts, self.whole
        self._told = facts
        while self._theme.text_width(self._role, words) > self.width():
            last = max((goes for _, goes in facts), default=0)
            if not last:
                break
            facts = tuple(fact for fact in facts if fact[1] != last)
            words = _joined(facts)
            self._told = facts
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(self.whole)
        self.setToolTip("" if words == self.whole else plain_tooltip(self.whole))


def _joined(facts: Sequence[Fact]) -> str:
    return "".join(f" · {words}" for words, _ in facts)

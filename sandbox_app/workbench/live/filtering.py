"""The plain-text filter: every word must occur somewhere, in whatever case."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.words import fault_words, grant_words, short_refusal, status_words


class Searchable(Protocol):
    """Something with the lower-case text that is searched."""

    @property
    def text(self) -> str:
        """Lower-case words."""
        ...


RowT = TypeVar("RowT", bound=Searchable)


class TextFilter:
    """Words that must all occur; without words everything passes."""

    __slots__ = ("words",)

    def __init__(self, typed: str = "") -> None:
        self.words: tuple[str, ...] = tuple(typed.lower().split())

    def __bool__(self) -> bool:
        return bool(self.words)

    def passes(self, row: Searchable) -> bool:
        """Whether every word occurs in the row's text."""
        text = row.text
        return all(word in text for word in self.words)

    def select(self, rows: Iterable[RowT]) -> list[RowT]:
        """The rows that pass, in their order; 100,000 take some ten milliseconds a word."""
        left = list(rows)
        for word in self.words:
            left = [row for row in left if word in row.text]
        return left

    def guilty_word(self, rows: Iterable[Searchable]) -> str:
        """The word that hides everything: alone if one does, else the one that empties the rest.

        Empty where something passes.
        """
        all_rows = list(rows)
        for word in self.words:
            if not any(word in row.text for row in all_rows):
                return word
        left = all_rows
        for word in self.words:
            left = [row for row in left if word in row.text]
            if not left:
                return word
        return ""


def searched_text(exchange: Exchange) -> str:
    """What the filter searches of one exchange."""
    words = (
        exchange.method,
        exchange.path,
        status_words(exchange.status),
        exchange.client_name,
        exchange.client_id,
        exchange.username,
        exchange.step,
        exchange.grant,
        grant_words(exchange.grant),
        short_refusal(exchange.rule, exchange.error, exchange.status)
        if exchange.rule or exchange.error
        else "",
        exchange.error,
        fault_words(exchange.fault),
    )
    return " ".join(word for word in words if word).lower()

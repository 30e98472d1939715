"""What can be typed next: operators with what they mean, and the values there are."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox_app.domain.records.marks import COLOURS
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.filters.nodes import quoted
from sandbox_app.workbench.live.filters.terms import OPERATORS
from sandbox_app.workbench.live.filters.values import SUMMARY

MOST = 12
_LAST_WORD = re.compile(r"(?:~([A-Za-z]*)\s+)?(~?[^\s()!&|\"]*)$")


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on: the whole text it leads to, what is added, and what that means."""

    text: str
    shown: str
    meaning: str


def completions(typed: str, exchanges: Iterable[Exchange]) -> tuple[Completion, ...]:
    """Ways to go on from the end of what is typed; none where a plain word is being typed.

    Args:
        exchanges: where values of clients, users, paths and so on are taken from.
    """
    found = _LAST_WORD.search(typed)
    assert found is not None, "the empty word is always there"
    operator, word = (found[1] or "").lower(), found[2]
    before = typed[: found.start(2)]
    if word.startswith("~"):
        return _operators(before, word[1:].lower())
    if operator in SUMMARY:
        return _values(before, operator, word.lower(), exchanges)
    if operator == "colour":
        return _offered(before, operator, word.lower(), COLOURS)
    return ()


def _operators(before: str, begun: str) -> tuple[Completion, ...]:
    return tuple(
        Completion(
            f"{before}~{operator.name} ",
            f"~{operator.name} {operator.argument}".strip(),
            operator.meaning.replace("{}", "…"),
        )
        for operator in OPERATORS.values()
        if operator.name.startswith(begun)
    )


def _values(
    before: str, name: str, begun: str, exchanges: Iterable[Exchange]
) -> tuple[Completion, ...]:
    """The commonest values first."""
    counts = Counter(value for value in map(SUMMARY[name], exchanges) if value)
    return _offered(before, name, begun, [value for value, _ in counts.most_common()])


def _offered(before: str, name: str, begun: str, values: Iterable[str]) -> tuple[Completion, ...]:
    meaning = OPERATORS[name].meaning
    matching = [value for value in values if begun in value.lower()]
    return tuple(
        Completion(f"{before}{quoted(value)} ", value, meaning.replace("{}", f"“{value}”"))
        for value in matching[:MOST]
        if value.lower() != begun
    )

"""Logical ids for an exported template: readable, unique, letters and digits alone."""

import re
import unicodedata

_LONGEST = 60
_WORD = re.compile(r"[A-Za-z0-9]+")


class LogicalIds:
    """Hands out each id once, the same ids in the same order of asking."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def keep(self, logical_id: str) -> None:
        """Nobody else gets this one, which a template chose."""
        self._taken.add(logical_id.lower())

    def new(self, name: str, suffix: str) -> str:
        """An id such as `OrdersWebClient` for the name `orders-web` and the suffix `Client`.

        Names that differ only in case or in what an id cannot hold are told apart by a number.
        """
        words = camel_case(name)
        base = words if words.lower().endswith(suffix.lower()) else f"{words}{suffix}"
        chosen, number = base, 1
        while chosen.lower() in self._taken:
            number += 1
            chosen = f"{base}{number}"
        self._taken.add(chosen.lower())
        return chosen


def camel_case(name: str) -> str:
    """The name's words, each with a capital; empty where it has no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = _WORD.findall(plain)
    return "".join(word[:1].upper() + word[1:] for word in words)[:_LONGEST]

"""How well a typed text fits a name: start before word start before middle before scattered."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import nlargest
from typing import Final

from sandbox_app.gui.palette.hits import Hit

START: Final = 4.0
WORD_START: Final = 3.0
INSIDE: Final = 2.0
SCATTERED: Final = 1.0
_IN_DETAIL: Final = 0.5
_LONGEST: Final = 100
"""Letters of a typed text that count."""


def score(text: str, candidate: str) -> float:
    """0.0 where `text` does not fit, else more the better; case does not matter.

    Every word of `text` has to fit somewhere; the worst of them counts. A text without a word
    fits anything, barely.
    """
    return Query(text).score(candidate.casefold())


class Query:
    """A typed text, ready to be held against many names."""

    def __init__(self, text: str) -> None:
        self.words = text.casefold()[:_LONGEST].split()
        self._words = [(word, _scattered(word)) for word in self.words]

    def score(self, folded: str) -> float:
        """As `score`, for a candidate that is case-folded already."""
        if not self.words:
            return SCATTERED / 2
        worst = 2 * START
        for word, scattered in self._words:
            at = folded.find(word)
            if at == 0:
                one = START
            elif at > 0:
                one = INSIDE if folded[at - 1].isalnum() else WORD_START
                if one == INSIDE and _starts_a_word(word, folded, at):
                    one = WORD_START
            elif scattered.match(folded) is not None:
                one = SCATTERED
            else:
                return 0.0
            one += len(word) / (len(folded) + 1)
            if one < worst:
                worst = one
        return worst

    def score_of(self, title: str, detail: str) -> float:
        """Both case-folded; words that only the detail holds count little."""
        best = self.score(title)
        if best:
            return best
        both = f"{title} {detail}"
        return _IN_DETAIL if all(word in both for word in self.words) else 0.0


class Candidates:
    """Names that are known beforehand, ten thousand and more, searched in a few milliseconds.

    Calling it makes it a `Source`. For the empty text it gives `first` hits, in their order.
    """

    def __init__(self, hits: Iterable[Hit], *, most: int = 20, first: int = 0) -> None:
        self._hits = [(hit, hit.title.casefold(), hit.detail.casefold()) for hit in hits]
        self._most = most
        self._first = first

    def __call__(self, text: str) -> Sequence[Hit]:
        """The best hits for `text`, best first, with their scores."""
        if not text.strip():
            return [hit for hit, _, _ in self._hits[: self._first]]
        query = Query(text)
        found = []
        for place, (_, title, detail) in enumerate(self._hits):
            fits = query.score_of(title, detail)
            if fits:
                found.append((fits, -place))
        best = nlargest(self._most, found)
        return [replace(self._hits[-place][0], score=fits) for fits, place in best]


def _starts_a_word(word: str, folded: str, at: int) -> bool:
    """Whether it stands at the start of a word anywhere behind `at`."""
    while at > 0:
        if not folded[at - 1].isalnum():
            return True
        at = folded.find(word, at + 1)
    return False


def _scattered(word: str) -> re.Pattern[str]:
    """Matches what has the letters in their order, others before and between.

    It takes the first of each letter and never goes back; to `search` would begin at every place.
    """
    return re.compile("".join(f"[^{re.escape(letter)}]*{re.escape(letter)}" for letter in word))

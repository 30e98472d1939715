"""A sentence cut into words, and values written so that they come out as one word again."""

import re
from dataclasses import dataclass
from enum import Enum, auto

KEYWORDS = frozenset(
    {
        *("after", "always", "and", "any", "client", "every", "first", "for"),
        *("once", "operation", "seed", "the", "then", "tls", "user", "with"),
    }
)
"""Words that mean something where a name could stand; a name like that is put in quotes."""

LONGEST = 1_000
"""Characters of a sentence."""

_ARROW, _SPREAD = r"→|->|=>", r"±|\+/-|\+-"
_TOKEN = re.compile(
    rf"""\s*(?:
        (?P<ARROW>{_ARROW})
      | (?P<SPREAD>{_SPREAD})
      | (?P<COMMA>,)
      | "(?P<QUOTED>(?:[^"\\]|\\.)*)"
      | (?P<WORD>(?:(?!{_ARROW}|{_SPREAD})[^\s,"])+)
    )""",
    re.VERBOSE,
)


class Kind(Enum):
    """What a word is."""

    ARROW = auto()
    SPREAD = auto()
    COMMA = auto()
    QUOTED = auto()
    WORD = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where it begins, in characters from 0."""

    kind: Kind
    text: str
    at: int

    @property
    def key(self) -> str:
        """What it is compared by; a quoted word is never a keyword."""
        return self.text.lower() if self.kind is Kind.WORD else ""

    @property
    def shown(self) -> str:
        """The word as a message names it."""
        return "the end of the sentence" if self.kind is Kind.END else f"“{self.text[:40]}”"


class SentenceError(ValueError):
    """A sentence that is none; the message says where, what was expected and what stands there.

    Attributes:
        sentence: as it was given.
        at: where it went wrong, in characters from 0; its length where something is missing.
        expected: what would have been understood there, in words.
    """

    def __init__(self, sentence: str, at: int, expected: str, found: str) -> None:
        super().__init__(f"at character {at + 1}: expected {expected}, found {found}")
        self.sentence = sentence
        self.at = at
        self.expected = expected

    @property
    def pointed(self) -> str:
        """The sentence with a caret below the place, in two lines for fixed-width type."""
        return f"{self.sentence}\n{' ' * self.at}^"


class WrongValue(SentenceError):
    """A value that is understood and refused; the message says where and why."""

    def __init__(self, sentence: str, at: int, because: str) -> None:
        super().__init__(sentence, at, "", "")
        self.args = (f"at character {at + 1}: {because}",)
        self.expected = because


def words_of(sentence: str) -> list[Word]:
    """The words of a sentence, with one of kind `END` behind them.

    Raises:
        SentenceError: a quotation mark has no partner, or it is far too long.
    """
    if len(sentence) > LONGEST:
        raise SentenceError(sentence, LONGEST, f"at most {LONGEST} characters", "more")
    words: list[Word] = []
    at, end = 0, len(sentence.rstrip())
    while at < end:
        found = _TOKEN.match(sentence, at, end)
        if found is None:
            at += len(sentence[at:end]) - len(sentence[at:end].lstrip())
            raise SentenceError(sentence, at, "a closing quotation mark", "none")
        kind = Kind[str(found.lastgroup)]
        text = found[kind.name]
        start = found.start(kind.name) - (kind is Kind.QUOTED)
        words.append(Word(kind, _unescaped(text) if kind is Kind.QUOTED else text, start))
        at = found.end()
    words.append(Word(Kind.END, "", end))
    return words


def as_word(value: str) -> str:
    """The value as one word of a sentence, in quotes where it would not be one otherwise."""
    if value.lower() not in KEYWORDS:
        found = _TOKEN.fullmatch(value)
        if found is not None and found["WORD"] == value:
            return value
    escaped = value.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)

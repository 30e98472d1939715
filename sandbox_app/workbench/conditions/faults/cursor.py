"""A place in a sentence that moves from word to word and says what it missed."""

import re
from collections.abc import Callable
from typing import TypeVar

from sandbox_app.workbench.conditions.faults.words import (
    Kind,
    SentenceError,
    Word,
    WrongValue,
    words_of,
)

MadeT = TypeVar("MadeT")

_INTEGER = re.compile(r"\d{1,19}", re.ASCII)


class Cursor:
    """Stands before one word of a sentence.

    Attributes:
        text: the sentence.
        words: its words, one of kind `END` behind them.
        at: the number of the word it stands before.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)
        self.at = 0

    @property
    def word(self) -> Word:
        """The word it stands before."""
        return self.words[self.at]

    def step(self) -> Word:
        """Go past the word, and hand it back; the end is never passed."""
        word = self.word
        if word.kind is not Kind.END:
            self.at += 1
        return word

    def skip(self, *keys: str) -> bool:
        """Go past the word if it is one of these."""
        if self.word.key not in keys:
            return False
        self.at += 1
        return True

    def expect(self, key: str, expected: str) -> None:
        """Go past the word, which has to be this one."""
        if not self.skip(key):
            raise self.unexpected(expected)

    def take(self, kind: Kind, expected: str) -> None:
        """Go past the word, which has to be of this kind."""
        if self.word.kind is not kind:
            raise self.unexpected(expected)
        self.at += 1

    def unexpected(self, expected: str) -> SentenceError:
        """What to raise where the word is not what was expected."""
        return SentenceError(self.text, self.word.at, expected, self.word.shown)

    def made(self, at: int, make: Callable[[], MadeT]) -> MadeT:
        """What `make` makes; a value that the record refuses is an error at this place."""
        try:
            return make()
        except SentenceError:
            raise
        except ValueError as error:
            raise WrongValue(self.text, at, str(error)) from None

    def integer(self, expected: str) -> Word:
        """Go past a whole number."""
        return self.matching(_INTEGER, expected)

    def matching(self, pattern: re.Pattern[str], expected: str) -> Word:
        """Go past a word that matches."""
        if self.word.kind is not Kind.WORD or not pattern.fullmatch(self.word.text):
            raise self.unexpected(expected)
        return self.step()

    def value(self, expected: str) -> Word:
        """Go past a value, in quotes or not; it is not empty."""
        word = self.word
        if word.kind not in (Kind.WORD, Kind.QUOTED) or not word.text:
            raise self.unexpected(expected)
        return self.step()

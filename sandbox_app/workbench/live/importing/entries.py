"""The entries of an archive one after the other, so that a large one can be given up or cut."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

_SPACE = re.compile(r"[ \t\r\n]*")
_BEGINNINGS = frozenset('{["tfn-0123456789')
"""Whatever a value may begin with."""

_ELSEWHERE = "It is JSON, but no HTTP archive: there are no log.entries in it."
_LONGEST_NUMBER = 25
"""Digits; Python takes as long as it likes to read a million of them."""


class NotAnArchive(ValueError):
    """The file is no HTTP Archive; the message is one sentence for a person."""


class Cut(Exception):
    """The text ends in the middle, as it does where only the beginning of a file was read."""


class ArchiveText:
    """Reads through an archive's JSON, which comes piece by piece.

    Only as much of it is held as the next value takes, so that nothing done here takes long.

    Args:
        pieces: the text; none of them needs to end where a value does.
        is_whole: asked once all pieces are read: false where there is more that was not.
    """

    def __init__(self, pieces: Iterable[str], is_whole: Callable[[], bool] = lambda: True) -> None:
        self._pieces = iter(pieces)
        self._is_whole = is_whole
        self._text = ""
        self._at = 0
        self._lines = self._column = 0
        self._begun = False
        self._decoder = json.JSONDecoder(
            parse_int=_integer, parse_constant=lambda _name: None, strict=False
        )

    def entries(self) -> Iterator[Any]:
        """Each entry, whatever it is.

        Raises:
            NotAnArchive: this is no JSON, or JSON of another kind.
            Cut: the text ends before the archive does.
        """
        found = False
        for name in self._members():
            if name != "log":
                self._value()
                continue
            for inner in self._members():
                if inner == "entries":
                    found = True
                    yield from self._items()
                else:
                    self._value()
        if not found:
            raise NotAnArchive(_ELSEWHERE)

    # Inside.

    def _members(self) -> Iterator[Any]:
        """The names of an object; whoever takes one reads its value before the next."""
        self._open("{")
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            name = self._value()
            self._take(":")
            yield name
            if self._peek() != ",":
                break
            self._at += 1
        self._take("}")

    def _items(self) -> Iterator[Any]:
        self._open("[")
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            yield self._value()
            if self._peek() != ",":
                break
            self._at += 1
        self._take("]")

    def _open(self, char: str) -> None:
        """What should be an object or a list may be anything else."""
        if self._peek() != char and self._peek() in _BEGINNINGS:
            raise NotAnArchive(_ELSEWHERE)
        self._take(char)

    def _peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            assert found is not None
            self._at = found.end()
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def _take(self, char: str) -> None:
        if self._peek() != char:
            raise self._wrong(self._at)
        self._at += 1
        self._begun = True

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._more():
                    continue
                raise self._wrong(error.pos) from None
            except RecursionError:
                raise NotAnArchive("It is nested too deeply to be an HTTP archive.") from None
            # A number that ends with the piece may go on in the next.
            if end < len(self._text) or not self._more():
                self._at = end
                return value

    def _more(self) -> bool:
        """Take in at least as much again as is there; false where nothing is left."""
        rest = self._text[self._at :]
        came = list(_of_size(self._pieces, len(rest)))
        if not came:
            return False
        self._count(self._at)
        self._text, self._at = "".join((rest, *came)), 0
        return True

    def _count(self, until: int) -> None:
        """Note in which line and column the text goes on."""
        last = self._text.rfind("\n", 0, until)
        self._column = until - last - 1 if last >= 0 else self._column + until
        self._lines += self._text.count("\n", 0, until)

    def _wrong(self, at: int) -> Exception:
        """What does not parse: the end of what was read, or a mistake with its place."""
        if not self._is_whole():
            return Cut()
        self._count(at)
        if not self._begun and at >= len(self._text):
            return NotAnArchive("The file is empty.")
        place = f"line {self._lines + 1}, column {self._column + 1}"
        return NotAnArchive(f"It is not JSON: {place} cannot be read.")


def _of_size(pieces: Iterator[str], size: int) -> Iterator[str]:
    for piece in pieces:
        yield piece
        size -= len(piece)
        if size <= 0:
            return


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None

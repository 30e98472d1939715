"""The entries of an archive one after the other, so that a large one can be given up or cut."""

import json
import re
from collections.abc import Iterator
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
    """Reads through an archive's JSON.

    Args:
        whole: false where the end of the file was not read.

    Attributes:
        at: characters that are done.
        creator: the name of the program that wrote it, as far as it was met yet.
    """

    def __init__(self, text: str, *, whole: bool = True) -> None:
        self._text = text
        self._whole = whole
        self._decoder = json.JSONDecoder(
            parse_int=_integer, parse_constant=lambda _name: None, strict=False
        )
        self.at = 0
        self.creator = ""

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
                elif inner == "creator":
                    self.creator = _name_in(self._value())
                else:
                    self._value()
        if not found:
            raise NotAnArchive(_ELSEWHERE)

    # Inside.

    def _members(self) -> Iterator[Any]:
        """The names of an object; whoever takes one reads its value before the next."""
        self._open("{")
        if self._peek() == "}":
            self.at += 1
            return
        while True:
            name = self._value()
            self._take(":")
            yield name
            if self._peek() != ",":
                break
            self.at += 1
        self._take("}")

    def _items(self) -> Iterator[Any]:
        self._open("[")
        if self._peek() == "]":
            self.at += 1
            return
        while True:
            yield self._value()
            if self._peek() != ",":
                break
            self.at += 1
        self._take("]")

    def _open(self, char: str) -> None:
        """What should be an object or a list may be anything else."""
        if self._peek() != char and self._peek() in _BEGINNINGS:
            raise NotAnArchive(_ELSEWHERE)
        self._take(char)

    def _peek(self) -> str:
        found = _SPACE.match(self._text, self.at)
        assert found is not None
        self.at = found.end()
        return self._text[self.at : self.at + 1]

    def _take(self, char: str) -> None:
        if self._peek() != char:
            raise self._wrong(self.at)
        self.at += 1

    def _value(self) -> Any:
        self._peek()
        try:
            value, self.at = self._decoder.raw_decode(self._text, self.at)
        except json.JSONDecodeError as error:
            raise self._wrong(error.pos) from None
        except RecursionError:
            raise NotAnArchive("It is nested too deeply to be an HTTP archive.") from None
        return value

    def _wrong(self, at: int) -> Exception:
        """What does not parse: the end of what was read, or a mistake with its place."""
        if not self._whole:
            return Cut()
        if not self._text.strip():
            return NotAnArchive("The file is empty.")
        line = self._text.count("\n", 0, at) + 1
        column = at - self._text.rfind("\n", 0, at)
        return NotAnArchive(f"It is not JSON: line {line}, column {column} cannot be read.")


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None


def _name_in(creator: Any) -> str:
    name = creator.get("name") if isinstance(creator, dict) else None
    return name if isinstance(name, str) else ""

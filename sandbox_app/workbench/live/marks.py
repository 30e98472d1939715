"""Marks, colours and notes on logins and requests: read once, then asked for by every row."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from sandbox_app.domain.records.marks import COLOURS, RowMark
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.login import Login

LONGEST_NOTE = 500
MOST_LINES = 6

Key = tuple[str, bool]
"""The id of a login or exchange, and whether it is the login's."""


class KeptMarks(Protocol):
    """Where marks are kept."""

    def all(self) -> Iterable[RowMark]:
        """Every one."""
        ...

    def put(self, mark: RowMark) -> None:
        """Keep one as long as the traffic it is about; one that says nothing is forgotten."""
        ...

    def clear(self) -> None:
        """Forget all."""
        ...


class InMemory:
    """Where there is no workspace to keep marks in."""

    def __init__(self) -> None:
        self._marks: dict[Key, RowMark] = {}

    def all(self) -> tuple[RowMark, ...]:
        """Every one."""
        return tuple(self._marks.values())

    def put(self, mark: RowMark) -> None:
        """Keep one, or forget it."""
        self._marks[_key(mark)] = mark
        if not mark:
            del self._marks[_key(mark)]

    def clear(self) -> None:
        """Forget all."""
        self._marks.clear()


class Marks:
    """What is noted about each row, by the id of its login or exchange."""

    def __init__(self, kept: KeptMarks | None = None) -> None:
        self._kept = InMemory() if kept is None else kept
        self._by_key = {_key(mark): mark for mark in self._kept.all()}

    @property
    def notes(self) -> int:
        """How many notes are kept; those went whose traffic was erased in the meantime."""
        return sum(1 for mark in self._kept.all() if mark.note)

    def of(self, login: Login, exchange: Exchange | None = None) -> RowMark:
        """What is noted about a row: of a login, or of one request."""
        about, of_login = row_key(login, exchange)
        return self._by_key.get((about, of_login)) or RowMark(about, of_login=of_login)

    def about(self, exchange: Exchange) -> tuple[RowMark, ...]:
        """What is noted about a request or its login, the request's first."""
        keys = ((exchange.id, False), (exchange.login_id, True))
        return tuple(self._by_key[key] for key in keys if key in self._by_key)

    def ids(self, test: Callable[[RowMark], bool], *, of_logins: bool) -> tuple[str, ...]:
        """The ids of the logins, or exchanges, about which something passes the test."""
        return tuple(
            about
            for (about, of_login), mark in self._by_key.items()
            if of_login is of_logins and test(mark)
        )

    def words_about(self, about: str, of_login: bool) -> str:
        """What is noted about a login or exchange, by its id; as a sentence begins."""
        words = spoken_mark(self._by_key.get((about, of_login)) or RowMark(about))
        return words[:1].upper() + words[1:]

    def put(self, mark: RowMark, login: Login, exchange: Exchange | None = None) -> RowMark:
        """Note something about a row, in place of what was; what is now noted."""
        colour = mark.colour if mark.marked and mark.colour in COLOURS else ""
        about, of_login = row_key(login, exchange)
        kept = replace(mark, about=about, of_login=of_login, colour=colour, note=tidied(mark.note))
        self._kept.put(kept)
        if kept:
            self._by_key[_key(kept)] = kept
        else:
            self._by_key.pop(_key(kept), None)
        return kept

    def clear(self) -> None:
        """Forget all."""
        self._by_key.clear()
        self._kept.clear()


def row_key(login: Login, exchange: Exchange | None = None) -> Key:
    """What a row is known by; a request without a login is the same row in either list."""
    if exchange is not None:
        return exchange.id, False
    return (login.login_id, True) if login.login_id else (login.last.id, False)


def _key(mark: RowMark) -> Key:
    return mark.about, mark.of_login


def toggled(mark: RowMark) -> RowMark:
    """With a plain mark, or without any."""
    return replace(mark, marked=not mark.marked, colour="")


def recoloured(mark: RowMark) -> RowMark:
    """In the next colour; after the last one plain again."""
    looks = ("", *COLOURS)
    at = looks.index(mark.colour) + 1 if mark.marked else 1
    return replace(mark, marked=True, colour=looks[at % len(looks)])


def mark_words(mark: RowMark) -> str:
    """The mark alone: "marked", "marked blue", or nothing."""
    return f"marked {mark.colour}".strip() if mark.marked else ""


def spoken_mark(mark: RowMark) -> str:
    """Mark and note in words; empty where nothing is noted."""
    note = f"note: {mark.note}" if mark.note else ""
    return ", ".join(part for part in (mark_words(mark), note) if part)


def tidied(note: str) -> str:
    """A note as it is kept: what can be seen of it, in a few lines of bounded length."""
    lines = ("".join(map(_seen, line)).strip() for line in note.splitlines())
    kept = "\n".join(lines).strip().split("\n")[:MOST_LINES]
    return "\n".join(kept)[:LONGEST_NOTE].strip()


def _seen(letter: str) -> str:
    return letter if letter.isprintable() else " "

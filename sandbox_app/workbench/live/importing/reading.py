"""An archive read from a file, as much of it as makes sense to compare with."""

import codecs
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sandbox_app.domain.records.traffic import ExchangeDetail
from sandbox_app.workbench.live.importing.cleaning import line
from sandbox_app.workbench.live.importing.entries import ArchiveText, Cut, NotAnArchive
from sandbox_app.workbench.live.importing.entry import Recorded, page_of, read_entry
from sandbox_app.workbench.live.importing.grouping import grouped
from sandbox_app.workbench.live.words import count_words

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that are read."""

MOST_ENTRIES = 5_000
"""Requests to a pool that are kept; more is for a narrower recording."""


_PIECE = 256 * 1024


class GivenUp(Exception):
    """Nobody wants the file any more."""


@dataclass(frozen=True, slots=True)
class ImportedArchive:
    """What an archive holds for comparing.

    Args:
        name: of the file.
        recorded: requests to endpoints of a pool, oldest first, with the ids of their logins.
        notes: sentences on what was left out.
    """

    name: str
    recorded: tuple[Recorded, ...]
    notes: tuple[str, ...] = ()

    def detail(self, exchange_id: str) -> ExchangeDetail | None:
        """Everything about one of the requests."""
        return next((detail for one, detail in self.recorded if one.id == exchange_id), None)


Progress = Callable[[float], bool]
"""Told how much is done, from 0 to 1; false where nobody wants the rest."""


def read_archive(
    path: Path, names: Mapping[str, str], progress: Progress = lambda _done: True
) -> ImportedArchive:
    """Read a file. May take a while, and is meant to run beside the loop.

    Args:
        names: the names of the clients known here, by id.

    Raises:
        NotAnArchive: it is none, or cannot be read; in a sentence.
        GivenUp: `progress` said so.
    """
    try:
        # A pipe or device might never end; looked at before it is opened, which may wait as well.
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotAnArchive("It is no file.")
        with path.open("rb") as file:
            text = _Text(file, path.stat().st_size)
            return _Reading(line(path.name, 120), names).all_of(text, progress)
    except OSError as error:
        raise NotAnArchive(f"It cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError:
        raise NotAnArchive("It is no text in UTF-8, so it is no HTTP archive.") from None


class _Text:
    """A file as pieces of text, at most `LARGEST` bytes of it."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self._read = 0

    def __iter__(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        while data := self._file.read(min(_PIECE, LARGEST - self._read)):
            self._read += len(data)
            yield decoder.decode(data)
        # Only what was cut off may end with half a character.
        yield decoder.decode(b"", final=self.is_whole())

    @property
    def done(self) -> float:
        """How much of it was read, from 0 to 1."""
        return min(self._read / max(1, min(self._size, LARGEST)), 1.0)

    def is_whole(self) -> bool:
        """Whether the end of the file was read."""
        return self._read < LARGEST or self._size <= LARGEST


class _Reading:
    """Takes the entries in, and counts what it leaves out."""

    def __init__(self, name: str, names: Mapping[str, str]) -> None:
        self._name = name
        self._names = names
        self._kept: list[tuple[Recorded, str]] = []
        self._others = self._too_many = self._shortened = 0

    def all_of(self, text: _Text, progress: Progress) -> ImportedArchive:
        """Everything that is worth it."""
        try:
            for number, entry in enumerate(ArchiveText(text, text.is_whole).entries(), 1):
                self._take(entry, number)
                if not progress(text.done):
                    raise GivenUp
        except Cut:
            # The end was never read; what came before it is sound.
            pass
        # Stable, so that requests of one moment, or of none, stay as they stand in the file.
        self._kept.sort(key=lambda it: it[0][0].started_at)
        notes = tuple(self._notes(text.is_whole()))
        return ImportedArchive(self._name, grouped(self._kept), notes)

    def _take(self, entry: object, number: int) -> None:
        if len(self._kept) >= MOST_ENTRIES:
            self._too_many += 1
            return
        recorded, shortened = read_entry(entry, number, self._names)
        if not recorded[0].step:
            self._others += 1
            return
        self._shortened += shortened
        self._kept.append((recorded, page_of(entry)))

    def _notes(self, whole: bool) -> list[str]:
        notes = []
        if self._others:
            notes.append(f"{count_words(self._others, 'request')} to other addresses left out.")
        if not whole:
            notes.append(f"Only the first {LARGEST // 1024 // 1024} MB of the file were read.")
        if self._too_many:
            more = count_words(self._too_many, "request")
            notes.append(f"{more} beyond the first {MOST_ENTRIES} left out.")
        if self._shortened:
            bodies = "1 body" if self._shortened == 1 else f"{self._shortened} bodies"
            notes.append(f"{bodies} cut after 64 KB.")
        return notes

"""An archive read from a file, as much of it as makes sense to compare with."""

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

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
    data, whole = _read(path)
    text = ArchiveText(_decoded(data, whole=whole), whole=whole)
    return _Reading(line(path.name, 120), names).all_of(text, len(data), whole, progress)


class _Reading:
    """Takes the entries in, and counts what it leaves out."""

    def __init__(self, name: str, names: Mapping[str, str]) -> None:
        self._name = name
        self._names = names
        self._kept: list[tuple[Recorded, str]] = []
        self._others = self._too_many = self._shortened = 0

    def all_of(
        self, text: ArchiveText, size: int, whole: bool, progress: Progress
    ) -> ImportedArchive:
        try:
            for number, entry in enumerate(text.entries(), 1):
                self._take(entry, number)
                if not progress(min(text.at / max(size, 1), 1.0)):
                    raise GivenUp
        except Cut:
            # The end was never read; what came before it is sound.
            pass
        # Stable, so that requests of one moment, or of none, stay as they stand in the file.
        self._kept.sort(key=lambda it: it[0][0].started_at)
        return ImportedArchive(self._name, grouped(self._kept), tuple(self._notes(whole)))

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


def _read(path: Path) -> tuple[bytes, bool]:
    """The bytes, and whether they are all there are."""
    try:
        # A pipe or device might never end; looked at before it is opened, which may wait as well.
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotAnArchive("It is no file.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise NotAnArchive(f"It cannot be read ({error.strerror}).") from error
    return data[:LARGEST], len(data) <= LARGEST


def _decoded(data: bytes, *, whole: bool) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not whole and error.start > len(data) - 4:
            return data[: error.start].decode("utf-8-sig")
        raise NotAnArchive("It is no text in UTF-8, so it is no HTTP archive.") from None

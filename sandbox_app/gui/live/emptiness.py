"""Why a list is empty although there is traffic: which part of the filter hides all of it."""

from sandbox_app.gui.live.paging import Paging
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.words import count_words


class Emptiness:
    """Explains itself in a sentence."""

    def __init__(self, book: TrafficBook) -> None:
        self._book = book
        self._about: tuple[object, ...] = ()
        self._part = ""

    def words(
        self, wanted: Filter, *, requests: bool, searching: bool, paging: Paging | None
    ) -> str:
        """Name the part that hides everything, and how much of everything was looked at.

        Args:
            requests: whether the list is of requests, not of logins.
            searching: whether contents of the book are still being read for the filter.
            paging: knows about older traffic; `None` where the list ends with the book.
        """
        part = self._guilty(wanted, requests=requests, searching=searching)
        older = paging.older.total if paging is not None else None
        if searching:
            return f"“{part}” hides everything there is so far; it is still being searched."
        if paging is None or not older:
            return f"“{part}” hides everything there is."
        held = count_words(older, "older request")
        if paging.searching:
            return f"“{part}” hides everything newer; {held} are being searched."
        if not paging.older.finished:
            return f"“{part}” hides everything newer; {held} were not all searched."
        return f"“{part}” hides everything newer, and none of {held} passes the filter."

    def _guilty(self, wanted: Filter, *, requests: bool, searching: bool) -> str:
        """Found anew only where it may be another part.

        To look through a full book takes a tenth of a second.
        """
        about = (wanted, requests, searching, len(self._book).bit_length())
        if self._about != about:
            searched = self._book.entries if requests else self._book.logins
            self._about, self._part = about, wanted.guilty(searched)
        return self._part

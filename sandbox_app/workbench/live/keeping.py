"""How much traffic a workspace keeps: what that costs now, and what keeping less would erase."""

from dataclasses import dataclass

from sandbox_app.domain.ports import Aside
from sandbox_app.store import Store
from sandbox_app.store.traffic_limits import StoredBlock, TrafficLimits, stored_blocks
from sandbox_app.workbench.live.words import count_words, date_words

MEGABYTE = 1024 * 1024
LEAST_REQUESTS, MOST_REQUESTS = 1_000, 5_000_000
LEAST_MEGABYTES, MOST_MEGABYTES = 10, 50_000


@dataclass(frozen=True, slots=True)
class Erased:
    """What would go: the oldest requests, about so many bytes, all from before a moment."""

    requests: int
    bytes: int
    before: float


@dataclass(frozen=True, slots=True)
class Kept:
    """What a workspace holds, oldest first."""

    blocks: tuple[StoredBlock, ...] = ()

    @property
    def requests(self) -> int:
        """How many."""
        return sum(block.requests for block in self.blocks)

    @property
    def bytes(self) -> int:
        """About how much room they take."""
        return sum(block.bytes for block in self.blocks)

    @property
    def words(self) -> str:
        """ "312 400 requests, 418 MB, since 3 Nov 2026"."""
        if not self.blocks:
            return "No requests yet"
        since = date_words(min(block.since for block in self.blocks))
        return f"{count_words(self.requests, 'request')}, {size_words(self.bytes)}, since {since}"

    def erased_by(self, requests: int, megabytes: int) -> Erased | None:
        """What goes if no more is kept than that; `None` where everything stays."""
        surplus = self.requests - requests
        too_much = self.bytes - megabytes * MEGABYTE
        gone, size, since = 0, 0, 0.0
        for block in self.blocks:
            since = block.since
            if gone >= surplus and size >= too_much:
                break
            share = _share(block, surplus - gone, too_much - size)
            gone += share
            size += round(block.bytes * share / block.requests)
            if share < block.requests:
                break
        return Erased(gone, size, since) if gone else None


class Keeping:
    """Reads and sets what a workspace keeps."""

    def __init__(self, store: Store, aside: Aside) -> None:
        self._store = store
        self._aside = aside

    @property
    def requests(self) -> int:
        """How many are kept at most."""
        return self._store.traffic.limits.requests

    @property
    def megabytes(self) -> int:
        """How many of them, about, are kept at most."""
        return self._store.traffic.limits.bytes // MEGABYTE

    @property
    def erasing(self) -> bool:
        """Whether there is still more than that."""
        return self._store.traffic.trimming

    async def look(self) -> Kept:
        """What is there now."""
        after = self._store.traffic.cleared_through

        def read() -> Kept:
            with self._store.reading() as connection:
                return Kept(tuple(stored_blocks(connection, after)))

        return await self._aside(read)

    def keep(self, requests: int, megabytes: int) -> None:
        """Keep no more than that from now on; the rest is erased behind the scenes.

        Raises:
            ValueError: it is less or more than can be.
        """
        if not LEAST_REQUESTS <= requests <= MOST_REQUESTS:
            raise ValueError(f"{LEAST_REQUESTS} to {MOST_REQUESTS} requests can be kept")
        if not LEAST_MEGABYTES <= megabytes <= MOST_MEGABYTES:
            raise ValueError(f"{LEAST_MEGABYTES} to {MOST_MEGABYTES} MB can be kept")
        self._store.traffic.keep(TrafficLimits(requests, megabytes * MEGABYTE))


def size_words(size: int) -> str:
    """ "418 MB", "0.3 MB"."""
    megabytes = size / MEGABYTE
    words = f"{megabytes:,.0f}" if megabytes >= 10 else f"{megabytes:.1f}"
    return f"{words} MB".replace(",", " ")


def _share(block: StoredBlock, requests: int, size: int) -> int:
    """How many of a block's requests go, if so many are too many, or so many bytes too much."""
    of_size = -(-size * block.requests // block.bytes) if size > 0 else 0
    return min(block.requests, max(requests, of_size))

"""The users of a pool as the table's rows: found and ordered aside, read a page at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.gui.records import Column, Record
from sandbox_app.operations.core import Core
from sandbox_app.workbench.people import Listing, PeopleQuery

ResultT = TypeVar("ResultT")

COLUMNS = (
    Column("username", "Username", 112, grows=True, strong=True),
    Column("status", "Status", 104),
    Column("email", "E-mail", 200, middle_elide=True, shown=False),
    Column("enabled", "Enabled", 80, shown=False),
    Column("name", "Name", 144, shown=False),
    Column("phone_number", "Phone", 128, mono=True, shown=False),
    Column("created", "Created", 136, shown=False),
    Column("modified", "Modified", 136, shown=False),
    Column("sub", "Sub", 160, mono=True, middle_elide=True, shown=False, sortable=False),
)
STATUS_WORDS = {
    UserStatus.UNCONFIRMED: "Unconfirmed",
    UserStatus.CONFIRMED: "Confirmed",
    UserStatus.FORCE_CHANGE_PASSWORD: "Force change",
    UserStatus.RESET_REQUIRED: "Reset required",
    UserStatus.EXTERNAL_PROVIDER: "External",
}


def in_thread(work: Callable[[], ResultT]) -> Awaitable[ResultT]:
    """Runs it in a thread of the running loop's own."""
    return asyncio.get_running_loop().run_in_executor(None, work)


async def let_others_run() -> None:
    """One turn of the loop, between two pieces of long work."""
    await asyncio.sleep(0)


def when(seconds: float) -> str:
    """A date of a record, to the minute, UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


class People:
    """What the table's model reads from; `load` finds and orders, everything else answers at once.

    Args:
        ordered: called when the table wants another order, which needs a `load`.
    """

    def __init__(self, core: Core, ordered: Callable[[], None]) -> None:
        self._core = core
        self._ordered = ordered
        self._listing: Listing | None = None
        self._pool_id = ""
        self.query = PeopleQuery()

    @property
    def stale(self) -> bool:
        """Whether users were changed since the last `load`."""
        return self._listing is None or self._listing.stale

    def show_pool(self, pool_id: str) -> None:
        """Read from another pool, once loaded."""
        self.close()
        self._pool_id = pool_id
        self._listing = Listing(self._core, pool_id, in_thread)

    @property
    def asks_anew(self) -> bool:
        """Whether the next `load` asks for something else than the last one."""
        return self._listing is None or not self._listing.count or self._listing.query != self.query

    async def load(self, early: Callable[[], None] | None = None) -> bool:
        """Ask again; false where a later question overtook this one.

        Args:
            early: called once the first rows are there and the others are not.
        """
        listing = self._listing
        if listing is None:
            return False
        return await listing.load(self.query, early) and listing is self._listing

    def close(self) -> None:
        """Hear of changes no more."""
        if self._listing is not None:
            self._listing.close()
            self._listing = None

    def count(self) -> int:
        """See `RecordProvider`."""
        return 0 if self._listing is None else self._listing.count

    def rows(self, offset: int, limit: int) -> Sequence[Record]:
        """See `RecordProvider`."""
        if self._listing is None:
            return ()
        found = self._listing.rows(offset, limit)
        return [_record(user, offset + place) for place, user in enumerate(found)]

    def row_of(self, key: str) -> int | None:
        """See `RecordProvider`."""
        return None if self._listing is None else self._listing.row_of(key)

    def keys(self, offset: int, limit: int) -> Sequence[str]:
        """See `KeyProvider`."""
        return () if self._listing is None else self._listing.subs(range(offset, offset + limit))

    def all_keys(self) -> tuple[str, ...]:
        """The subs of everybody found."""
        return () if self._listing is None else self._listing.subs()

    def sort_by(self, column: str, descending: bool) -> None:
        """See `RecordProvider`."""
        asked = replace(self.query, sort=column or "username", descending=descending)
        if asked != self.query:
            self.query = asked
            self._ordered()


def _record(user: User | None, row: int) -> Record:
    if user is None:
        return Record(f"gone {row}", {"username": "Deleted meanwhile"}, muted=True)
    texts = user.attributes
    return Record(
        user.sub,
        {
            "username": _shown_name(user),
            "status": STATUS_WORDS[user.status],
            "enabled": "Yes" if user.enabled else "No",
            "created": when(user.creation_date),
            "modified": when(user.last_modified_date),
            "sub": user.sub,
            **{name: texts.get(name, "") for name in ("email", "name", "phone_number")},
        },
        muted=not user.enabled,
    )


def _shown_name(user: User) -> str:
    """Where the name is the sub, people know the user by what they type."""
    if user.username != user.sub:
        return user.username
    return user.attributes.get("email") or user.attributes.get("phone_number") or user.sub

"""What people noted about rows of the traffic; the file itself lets it go with the traffic."""

from sandbox_app.domain.records.marks import RowMark
from sandbox_app.store.database import Database

_NEWEST = """
SELECT coalesce(max(sequence), 0) FROM (
    SELECT sequence FROM exchange WHERE id = ?1
    UNION ALL
    SELECT sequence FROM exchange WHERE login_id = ?1 COLLATE NOCASE AND login_id <> ''
)
"""
_PUT = f"""
INSERT OR REPLACE INTO traffic_mark (about, sequence, marked, colour, note)
VALUES (?1, ({_NEWEST}), ?2, ?3, ?4)
"""
_ORPHANS = "DELETE FROM traffic_mark WHERE sequence NOT IN (SELECT sequence FROM exchange)"


class TrafficMarks:
    """Marks by the id of a login or exchange. Used from the loop's thread.

    Marks of traffic that never reached the file are let go of when it is opened.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self._execute(_ORPHANS)

    def all(self) -> tuple[RowMark, ...]:
        """Every mark; people make them one by one, so there are few."""
        rows = self._execute("SELECT about, marked, colour, note FROM traffic_mark").fetchall()
        return tuple(RowMark(about, bool(marked), *words) for about, marked, *words in rows)

    def put(self, mark: RowMark) -> None:
        """Keep a mark in place of what was there; one that says nothing is forgotten.

        It goes when the newest exchange goes that it is about.
        """
        if not mark:
            self._execute("DELETE FROM traffic_mark WHERE about = ?", (mark.about,))
            return
        self._execute(_PUT, (mark.about, int(mark.marked), mark.colour, mark.note))

    def clear(self) -> None:
        """Forget all."""
        self._execute("DELETE FROM traffic_mark")

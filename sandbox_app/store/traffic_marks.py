"""What people noted about rows of the traffic; the file itself lets it go with the traffic."""

from sandbox_app.domain.records.marks import RowMark
from sandbox_app.store.database import Database

_NEWEST_OF_LOGIN = """
SELECT coalesce(max(sequence), 0) FROM exchange
WHERE login_id = ?1 COLLATE NOCASE AND login_id = ?1 AND login_id <> ''
"""
_NEWEST = "SELECT coalesce(max(sequence), 0) FROM exchange WHERE id = ?1"
_PUT = """
INSERT OR REPLACE INTO traffic_mark (about, of_login, sequence, marked, colour, note)
VALUES (?1, ?2, ({}), ?3, ?4, ?5)
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
        sql = "SELECT about, marked, colour, note, of_login FROM traffic_mark"
        return tuple(
            RowMark(about, bool(marked), colour, note, bool(of_login))
            for about, marked, colour, note, of_login in self._execute(sql).fetchall()
        )

    def put(self, mark: RowMark) -> None:
        """Keep a mark in place of what was there; one that says nothing is forgotten.

        It goes when the newest exchange goes that it is about.
        """
        if not mark:
            sql = "DELETE FROM traffic_mark WHERE about = ? AND of_login = ?"
            self._execute(sql, (mark.about, int(mark.of_login)))
            return
        values = (mark.about, int(mark.of_login), int(mark.marked), mark.colour, mark.note)
        self._execute(_PUT.format(_NEWEST_OF_LOGIN if mark.of_login else _NEWEST), values)

    def clear(self) -> None:
        """Forget all."""
        self._execute("DELETE FROM traffic_mark")

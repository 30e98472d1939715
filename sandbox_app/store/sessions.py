"""Browser sessions and sign-ins under way; they lie in the file only and end by time."""

from sandbox_app.domain.records.grants import BrowserSession, LoginAttempt
from sandbox_app.store.database import Database

_FIELDS = "cookie_hash, user_pool_id, sub, started_at, login_id"
_PUT = f"INSERT OR REPLACE INTO browser_session ({_FIELDS}) VALUES (?, ?, ?, ?, ?)"
_OF_COOKIE = f"SELECT {_FIELDS} FROM browser_session WHERE cookie_hash = ?"
_OF_USER = f"""
SELECT {_FIELDS} FROM browser_session WHERE user_pool_id = ? AND sub = ?
ORDER BY started_at DESC, rowid DESC LIMIT ?
"""


class Sessions:
    """One session per browser cookie and pool."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def find(self, cookie_hash: str, pool_id: str) -> BrowserSession | None:
        """The browser's session with the pool, over or not."""
        row = self._execute(f"{_OF_COOKIE} AND user_pool_id = ?", (cookie_hash, pool_id)).fetchone()
        return None if row is None else _session(*row)

    def of_cookie(self, cookie_hash: str) -> tuple[BrowserSession, ...]:
        """The browser's sessions with all pools."""
        rows = self._execute(_OF_COOKIE, (cookie_hash,)).fetchall()
        return tuple(_session(*row) for row in rows)

    def of_user(self, pool_id: str, sub: str, limit: int = -1) -> tuple[BrowserSession, ...]:
        """The user's sessions in all browsers, newest first; a negative limit is none."""
        rows = self._execute(_OF_USER, (pool_id, sub, limit)).fetchall()
        return tuple(_session(*row) for row in rows)

    def count_of_user(self, pool_id: str, sub: str) -> int:
        """How many sessions the user has in all browsers."""
        sql = "SELECT count(*) FROM browser_session WHERE user_pool_id = ? AND sub = ?"
        return int(self._execute(sql, (pool_id, sub)).fetchone()[0])

    def put(self, session: BrowserSession) -> None:
        """Keep the session, in place of the browser's former one with the pool."""
        self._execute(
            _PUT,
            (
                session.cookie_hash,
                session.user_pool_id,
                session.sub,
                session.started_at,
                session.login_id,
            ),
        )

    def remove(self, cookie_hash: str, pool_id: str) -> None:
        """End the browser's session with the pool."""
        sql = "DELETE FROM browser_session WHERE cookie_hash = ? AND user_pool_id = ?"
        self._execute(sql, (cookie_hash, pool_id))

    def move(self, old_hash: str, new_hash: str) -> None:
        """Carry all of a browser's sessions over to its new cookie."""
        sql = "UPDATE OR REPLACE browser_session SET cookie_hash = ? WHERE cookie_hash = ?"
        self._execute(sql, (new_hash, old_hash))

    def remove_of_user(self, pool_id: str, sub: str) -> None:
        """End the user's sessions in every browser."""
        sql = "DELETE FROM browser_session WHERE user_pool_id = ? AND sub = ?"
        self._execute(sql, (pool_id, sub))

    def purge(self, before: float) -> int:
        """Take away sessions that started before that moment; how many there were."""
        sql = "DELETE FROM browser_session WHERE started_at < ?"
        return int(self._execute(sql, (before,)).rowcount)


class Attempts:
    """Sign-in forms that were shown, so that the sign-in they lead to is known again."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def find(self, key: str) -> LoginAttempt | None:
        """The form's record, however old."""
        sql = "SELECT login_id, shown_at FROM login_attempt WHERE key = ?"
        row = self._execute(sql, (key,)).fetchone()
        return None if row is None else LoginAttempt(key=key, login_id=row[0], shown_at=row[1])

    def beginning_with(self, prefix: str) -> tuple[LoginAttempt, ...]:
        """Records whose keys begin so, oldest first; keys are hexadecimal digits, + and -."""
        sql = """SELECT key, login_id, shown_at FROM login_attempt
            WHERE key >= ? AND key < ? ORDER BY shown_at, rowid"""
        rows = self._execute(sql, (prefix, f"{prefix}~")).fetchall()
        return tuple(LoginAttempt(key=row[0], login_id=row[1], shown_at=row[2]) for row in rows)

    def put(self, attempt: LoginAttempt) -> None:
        """Note that the form was shown, once more if need be."""
        sql = "INSERT OR REPLACE INTO login_attempt (key, login_id, shown_at) VALUES (?, ?, ?)"
        self._execute(sql, (attempt.key, attempt.login_id, attempt.shown_at))

    def remove(self, key: str) -> None:
        """Forget the form, since it led to a sign-in."""
        self._execute("DELETE FROM login_attempt WHERE key = ?", (key,))

    def purge(self, before: float) -> int:
        """Forget forms last shown before that moment; how many there were."""
        sql = "DELETE FROM login_attempt WHERE shown_at < ?"
        return int(self._execute(sql, (before,)).rowcount)


def _session(
    cookie_hash: str, pool_id: str, sub: str, started_at: float, login_id: str
) -> BrowserSession:
    return BrowserSession(
        cookie_hash=cookie_hash,
        user_pool_id=pool_id,
        sub=sub,
        started_at=started_at,
        login_id=login_id,
    )

"""A user's browser sessions and refresh tokens, and the buttons that end them."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, EmptyState, Label, WrapLabel
from sandbox_app.gui.pools.users_people import when
from sandbox_app.gui.records import Column, ListRecordModel, Record, RecordTable
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench import sessions

_LOOK_AGAIN_MS = 1_000
_SESSIONS = (
    Column("started", "Started", 160, strong=True),
    Column("state", "State", 160, grows=True),
    Column("login", "Login", 136, mono=True, middle_elide=True, shown=False),
)
_GRANTS = (
    Column("client", "App client", 112, grows=True, strong=True),
    Column("state", "State", 184),
    Column("issued", "Issued", 128),
    Column("scopes", "Scopes", 144, mono=True, shown=False),
)


class SessionsView(QWidget):
    """Two lists and what can be done about them; looks again every second while it is seen."""

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__()
        self._theme, self._core = theme, core
        self._pool_id, self._sub = "", ""
        self._families: dict[str, str] = {}
        self.sessions = ListRecordModel(_SESSIONS)
        self.grants = ListRecordModel(_GRANTS)
        self.session_table = _table(
            theme,
            "Browser sessions",
            _SESSIONS,
            self.sessions,
            "A browser that signs in stays signed in for an hour.",
        )
        self.grant_table = _table(
            theme, "Refresh tokens", _GRANTS, self.grants, "Each sign-in of an app brings one."
        )
        self.end = Button(theme, "End session", size="small")
        self.end_all = Button(theme, "End all sessions", size="small")
        self.revoke = Button(theme, "Revoke token", size="small")
        self.sign_out = Button(theme, "Sign out everywhere", variant="danger", size="small")
        self.sessions_title = Label(theme, "", Role.NAME)
        self.grants_title = Label(theme, "", Role.NAME)
        self.end.clicked.connect(self._end)
        self.end_all.clicked.connect(self._end_all)
        self.revoke.clicked.connect(self._revoke)
        self.sign_out.clicked.connect(self._sign_out)
        for table in (self.session_table, self.grant_table):
            table.selection_changed.connect(lambda _keys: self._enable())
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(_LOOK_AGAIN_MS)
        self._tick.timeout.connect(self.refresh)

    def show_user(self, pool_id: str, sub: str) -> None:
        """Look at a user; an empty sub shows nothing."""
        self._pool_id, self._sub = pool_id, sub
        self.refresh()

    def refresh(self) -> None:
        """As they are now."""
        found = sessions.sessions_of(self._core, self._pool_id, self._sub)
        grants = sessions.grants_of(self._core, self._pool_id, self._sub)
        self.sessions.set_records([_session(one) for one in found.shown])
        # What is revoked is the family; only a living token leads to it.
        self._families = {}
        records = []
        for place, grant in enumerate(grants.shown):
            key = f"{grant.family} {len(grants.shown) - place}"
            if grant.state is sessions.GrantState.ALIVE:
                self._families[key] = grant.family
            records.append(_grant(key, grant))
        self.grants.set_records(records)
        self.sessions_title.setText(_counted("Browser sessions", len(found.shown) + found.more))
        self.grants_title.setText(_counted("Refresh tokens", len(grants.shown) + grants.more))
        self._enable()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again while it is seen."""
        super().showEvent(event)
        self.refresh()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._tick.stop()

    def _enable(self) -> None:
        self.end.setEnabled(bool(self.session_table.current_key))
        self.end_all.setEnabled(self.sessions.rowCount() > 0)
        self.revoke.setEnabled(self.grant_table.current_key in self._families)
        self.sign_out.setEnabled(bool(self._families))

    def _end(self) -> None:
        key = self.session_table.current_key
        sessions.end_session(self._core, self._pool_id, self._sub, key)
        self.refresh()

    def _end_all(self) -> None:
        sessions.end_sessions(self._core, self._pool_id, self._sub)
        self.refresh()

    def _revoke(self) -> None:
        family = self._families.get(self.grant_table.current_key, "")
        sessions.revoke_family(self._core, self._pool_id, self._sub, family)
        self.refresh()

    def _sign_out(self) -> None:
        sessions.revoke_all(self._core, self._pool_id, self._sub)
        self.refresh()

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(metrics.GRID), 0, 0)
        column.setSpacing(px(metrics.GRID))
        note = "Tokens die, sessions live on until they are ended (AdminUserGlobalSignOut)."
        parts = (
            (self.sessions_title, (self.end, self.end_all), self.session_table),
            (self.grants_title, (self.revoke, self.sign_out), self.grant_table),
        )
        for title, buttons, table in parts:
            row = QHBoxLayout()
            row.setContentsMargins(px(metrics.PANE_LEFT), 0, px(metrics.PANE_RIGHT), 0)
            row.addWidget(title, 1)
            for button in buttons:
                row.addWidget(button)
            column.addLayout(row)
            column.addWidget(table, 1)
        help_words = WrapLabel(self._theme, note, Role.HELP, "text2")
        help_words.setContentsMargins(px(metrics.PANE_LEFT), 0, px(metrics.PANE_RIGHT), px(4))
        column.addWidget(help_words)
        self._enable()


def _table(
    theme: Theme, name: str, columns: tuple[Column, ...], model: ListRecordModel, nothing: str
) -> RecordTable:
    empty = EmptyState(theme, "key", f"No {name.lower()}", nothing)
    return RecordTable(theme, name, columns, model, empty=empty, inset=16)


def _session(seen: sessions.SessionSeen) -> Record:
    state = f"until {when(seen.ends_at)}" if seen.alive else "over"
    cells = {"started": when(seen.started_at), "state": state, "login": seen.login_id}
    return Record(seen.handle, cells, muted=not seen.alive)


def _grant(key: str, seen: sessions.GrantSeen) -> Record:
    alive = seen.state is sessions.GrantState.ALIVE
    moment = seen.expires_at if alive else seen.since
    words = f"alive until {when(moment)}" if alive else f"{seen.state} {when(moment)}"
    cells = {
        "client": seen.client_name or seen.client_id,
        "state": words,
        "issued": when(seen.issued_at),
        "scopes": " ".join(seen.scopes),
    }
    return Record(key, cells, muted=not alive)


def _counted(words: str, number: int) -> str:
    return f"{words}  {number}" if number else words

"""The header of the details: what happened, to whom, when, and buttons for all of it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import Button, ElidedLabel, IconButton, IconLabel
from sandbox_app.gui.live.fact_line import FactLine
from sandbox_app.gui.live.row_words import (
    OUTCOME_LOOKS,
    exchange_headline,
    login_headline,
    title,
)
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.live.libraries import Library
from sandbox_app.workbench.live.login import Login, is_refusal
from sandbox_app.workbench.live.words import (
    again_words,
    count_words,
    duration_words,
    fault_words,
    local_clock,
)


class DetailHead(QWidget):
    """Tells about one login, or one of its requests, in two lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._mark = IconLabel(theme, "passed", "ok", 24)
        self._headline = ElidedLabel(theme, "", Role.TITLE)
        self._client = ElidedLabel(theme, "", Role.STATUS_STRONG, "text2")
        self._meta = FactLine(theme)
        self.present = Button(theme, "Present", icon="present")
        self.export = Button(theme, "Export", icon="export")
        self.more = IconButton(theme, "more", "More", side=32)
        words = QVBoxLayout()
        words.setSpacing(2)
        meta = QHBoxLayout()
        meta.setSpacing(0)
        meta.addWidget(self._client)
        meta.addWidget(self._meta, 1)
        words.addStretch(1)
        words.addWidget(self._headline)
        words.addLayout(meta)
        words.addStretch(1)
        self._row = row = QHBoxLayout(self)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self.present)
        row.addWidget(self.export)
        row.addWidget(self.more)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def headline(self) -> str:
        """What happened, in one line."""
        return self._headline.text()

    @property
    def client(self) -> str:
        """The client, as it is shown."""
        return self._client.text()

    @property
    def meta(self) -> str:
        """Client, time, number of requests, duration."""
        return f"{self.client} {self._meta.whole}".strip()

    def tell(
        self,
        login: Login,
        exchange: Exchange | None,
        library: Library | None,
        drawn: tuple[str, str] | None,
    ) -> None:
        """Say what happened.

        Args:
            exchange: the request of the login that was chosen; `None` for all of it.
            library: what the login is made with.
            drawn: steps and checks of the whole login's diagram, where that is looked at.
        """
        if exchange is None:
            outcome: str = login.outcome
            icon, colour = OUTCOME_LOOKS[login.outcome]
            headline, moment = login_headline(login), login.started_at
            steps, checks = drawn or ("", "")
            what = steps or count_words(login.requests, "request")
            took = duration_words(login.duration)
        else:
            headline, moment = exchange_headline(exchange), exchange.started_at
            outcome, icon, colour = _exchange_look(exchange)
            checks = ""
            what, took = f"{exchange.method} {exchange.path}", duration_words(exchange.duration)
        self._mark.set_icon(icon, colour)
        self._mark.setAccessibleName(outcome.capitalize())
        self._headline.setText(headline)
        self._client.setText(title(login))
        faults = fault_words("; ".join(login.faults) if exchange is None else exchange.fault)
        in_diagram = drawn is not None
        self._meta.set_facts(
            (
                (login.username, 0),
                (local_clock(moment), 1),
                (what, 2 if in_diagram else 3),
                (took, 4),
                (checks, 3),
                (f"sent by {library.words}" if library is not None else "", 5 if in_diagram else 2),
                (faults, 0),
                (again_words(exchange or (login.exchanges or [login.last])[0]), 0),
            )
        )

    def words_at(self, at: QPoint) -> str:
        """The value at a point of the header; the headline where there is no other."""
        on_meta = self._meta.mapFrom(self, at)
        if self._meta.rect().contains(on_meta):
            return self._meta.fact_at(on_meta.x())
        on_client = self._client.rect().contains(self._client.mapFrom(self, at))
        return self.client if on_client else self.headline

    def _restyle(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(metrics.PANE_HEADER))
        self._row.setContentsMargins(px(metrics.PANE_LEFT), px(4), px(metrics.PANE_RIGHT), 0)
        self._row.setSpacing(px(12))


def _exchange_look(exchange: Exchange) -> tuple[str, str, Token]:
    """Word, icon and colour."""
    if is_refusal(exchange):
        return "refused", "refused", "bad"
    return "answered", "passed", "ok"

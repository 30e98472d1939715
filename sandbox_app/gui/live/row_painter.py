"""Paints the rows of the list: a login on two lines, a request on one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components.painting import (
    LEFT,
    RIGHT,
    mix,
    paint_box,
    paint_icon,
    paint_selection,
    paint_text_elided,
)
from sandbox_app.gui.live import row_words
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.live.login import Login, Outcome, is_refusal
from sandbox_app.workbench.live.words import again_words, fault_words, listed_clock, local_clock

_MIDDLE = Qt.TextElideMode.ElideMiddle
_RIGHT = 24
"""Where words end, from the right; what is behind it belongs to marks."""


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row stands: `shown` is the request whose details are open; `fresh` fades from 1."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False
    opened: bool = False
    shown: bool = False
    fresh: float = 0.0


@dataclass(frozen=True, slots=True)
class _Mark:
    """What is special about a request: in words, or in one where there is no room."""

    words: str
    word: str
    icon: str
    colour: Token


class RowPainter:
    """Knows the columns of the list.

    Args:
        now: epoch seconds; rows of another day say which. Without it none does.
    """

    CHEVRON_END = 30
    """Unscaled px from the left within which a click opens or closes a login."""

    def __init__(self, theme: Theme, now: Callable[[], float] | None = None) -> None:
        self._theme = theme
        self._now = now

    def _clock(self, moment: float) -> str:
        return local_clock(moment) if self._now is None else listed_clock(moment, self._now())

    def login(self, painter: QPainter, rect: QRect, login: Login, state: RowState) -> None:
        """Chevron, outcome, client and user; below them outcome word, grant and duration."""
        self._ground(painter, self._inset(rect, metrics.LIST_OUTSIDE), state)
        px, theme = self._theme.px, self._theme
        icon, colour = row_words.OUTCOME_LOOKS[login.outcome]
        first = QRect(rect.left(), rect.top() + px(7), rect.width(), px(20))
        second = QRect(rect.left(), rect.top() + px(26), rect.width(), px(18))
        slot = QRect(rect.left() + px(12), first.top(), px(14), first.height())
        if login.login_id:
            chevron = "chevron-down" if state.opened else "chevron-right"
            paint_icon(painter, theme, slot, chevron, "text2", metrics.ICON_INLINE)
        slot = QRect(rect.left() + px(33), first.top(), px(18), first.height() + px(1))
        paint_icon(painter, theme, slot, icon, colour, metrics.ICON_ROW)
        self._two(
            painter,
            first,
            self._clock(login.started_at),
            row_words.title(login),
            Role.NAME,
            "text",
            row_words.subtitle(login),
        )
        strong: Token = "text2" if login.outcome is Outcome.ANSWERED else colour
        self._two(
            painter,
            second,
            row_words.span(login),
            row_words.outcome_words(login),
            Role.STATUS,
            strong,
            row_words.detail_words(login),
            dotted=True,
            on_purpose=bool(login.faults),
        )

    def child(self, painter: QPainter, rect: QRect, exchange: Exchange, state: RowState) -> None:
        """A request below its login, with the guide line."""
        px, theme = self._theme.px, self._theme
        ground = self._inset(rect.adjusted(px(32), 0, 0, 0), metrics.LIST_OUTSIDE)
        if state.shown and not state.selected:
            paint_box(painter, ground, fill=theme.color("hover"), radius=px(metrics.RADIUS))
        self._ground(painter, ground, state)
        guide = rect.left() + px(42)
        painter.fillRect(guide, rect.top(), 1, rect.height(), theme.color("line2"))
        self._request(painter, rect.adjusted(px(60), 0, -px(_RIGHT), 0), exchange)

    def request(self, painter: QPainter, rect: QRect, exchange: Exchange, state: RowState) -> None:
        """A request by itself, with its time and client."""
        px, theme = self._theme.px, self._theme
        self._ground(painter, self._inset(rect, metrics.LIST_OUTSIDE), state)
        words = rect.adjusted(px(20), 0, -px(_RIGHT), 0)
        clock = self._clock(exchange.started_at)
        taken = paint_text_elided(painter, theme, words, clock, Role.HELP, "text3")
        words.setLeft(words.left() + max(taken, px(52)) + px(12))
        self._request(painter, words, exchange, exchange.client_name)

    def _request(
        self, painter: QPainter, rect: QRect, exchange: Exchange, client: str = ""
    ) -> None:
        px, theme = self._theme.px, self._theme
        refused = is_refusal(exchange)
        colour: Token = "bad" if refused else "text2"
        taken = paint_text_elided(
            painter, theme, rect, str(exchange.status or "–"), Role.MONO, colour, RIGHT
        )
        right = rect.right() - taken
        if refused:
            slot = QRect(right - px(22), rect.top(), px(14), rect.height())
            paint_icon(painter, theme, slot, "refused", "bad", metrics.ICON_INLINE)
            right -= px(24)
        if client:
            box = QRect(right - px(72), rect.top(), px(64), rect.height())
            right -= paint_text_elided(painter, theme, box, client, Role.HELP, "text3", RIGHT)
            right -= px(8)
        for mark in _marks(exchange):
            box = rect.adjusted(px(48), 0, right - rect.right(), 0)
            right -= self._mark(painter, box, exchange, mark)
        method = QRect(rect.left(), rect.top(), px(40), rect.height())
        paint_text_elided(painter, theme, method, exchange.method, Role.MONO, "text2")
        path = QRect(rect.left() + px(40), rect.top(), right - rect.left() - px(48), rect.height())
        paint_text_elided(painter, theme, path, exchange.path, Role.MONO, "text", LEFT, _MIDDLE)

    def _mark(self, painter: QPainter, rect: QRect, exchange: Exchange, mark: _Mark) -> int:
        """What is special about a request, at the right of `rect`; how much room it took.

        The path comes first: where it leaves little room, one word says it.
        """
        px, theme = self._theme.px, self._theme
        room = rect.width() - theme.text_width(Role.MONO, exchange.path) - px(40)
        words = mark.words if room >= px(84) else mark.word
        width = min(theme.text_width(Role.HELP, words), max(room, px(36)), px(160))
        box = QRect(rect.right() - width - px(8), rect.top(), width, rect.height())
        paint_text_elided(painter, theme, box, words, Role.HELP, mark.colour)
        slot = QRect(box.left() - px(18), box.top(), px(14), box.height())
        paint_icon(painter, theme, slot, mark.icon, mark.colour, metrics.ICON_INLINE)
        return width + px(34)

    def _two(
        self,
        painter: QPainter,
        line: QRect,
        right: str,
        first: str,
        role: Role,
        token: Token,
        second: str,
        *,
        dotted: bool = False,
        on_purpose: bool = False,
    ) -> None:
        """One line: an emphasised text, a quieter one behind it, a time at the right."""
        px, theme = self._theme.px, self._theme
        box = line.adjusted(px(60), 0, -px(_RIGHT), 0)
        end = paint_text_elided(painter, theme, box, right, Role.HELP, "text3", RIGHT)
        box.setRight(box.right() - end - px(8))
        taken = paint_text_elided(painter, theme, box, first, role, token)
        box.setLeft(box.left() + taken + px(8))
        if dotted and second and box.width() > px(48):
            taken = paint_text_elided(painter, theme, box, "·", Role.HELP, "text3")
            box.setLeft(box.left() + taken + px(8))
        if on_purpose and box.width() > px(48):
            box.setLeft(box.left() + self._bolt(painter, box))
        if second and box.width() > px(32):
            quiet: Role = Role.HELP if dotted else Role.BODY
            # Names and paths are told apart by their ends.
            elide = Qt.TextElideMode.ElideRight if dotted else _MIDDLE
            colour: Token = "warn" if on_purpose else "text2"
            paint_text_elided(painter, theme, box, second, quiet, colour, LEFT, elide)

    def _bolt(self, painter: QPainter, line: QRect) -> int:
        """The mark of what was done wrong on purpose, at the left; how wide it is."""
        px = self._theme.px
        slot = QRect(line.left(), line.top(), px(14), line.height())
        paint_icon(painter, self._theme, slot, "bolt", "warn", metrics.ICON_INLINE)
        return px(18)

    def _ground(self, painter: QPainter, rect: QRect, state: RowState) -> None:
        if state.fresh > 0 and not state.selected:
            theme = self._theme
            fill = mix(theme.color("surface"), theme.color("accent_soft"), state.fresh)
            paint_box(painter, rect, fill=fill, radius=theme.px(metrics.RADIUS))
        paint_selection(
            painter,
            self._theme,
            rect,
            selected=state.selected,
            hovered=state.hovered,
            focused=state.focused,
        )

    def _inset(self, rect: QRect, beside: int) -> QRect:
        px = self._theme.px
        return rect.adjusted(px(beside), px(1), -px(beside), -px(1))


def _marks(exchange: Exchange) -> Iterator[_Mark]:
    """From the right to the left."""
    if exchange.fault:
        yield _Mark(fault_words(exchange.fault), "fault", "bolt", "warn")
    if exchange.again_of:
        yield _Mark(again_words(exchange), "again", "refresh", "accent_text")

"""One check as a line: icon, rule, sentence, what came in; and below it what a click opens."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.gui.components.painting import LEFT, RIGHT, paint_icon, paint_text_elided
from sandbox_app.gui.live.wrapping import lines_needed, paint_wrapped
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.live.refusal_text import check_facts, check_words
from sandbox_app.workbench.live.words import as_sentence

LOOKS: dict[Verdict, tuple[str, Token]] = {
    Verdict.PASSED: ("passed", "ok"),
    Verdict.REFUSED: ("refused", "bad"),
    Verdict.NOTED: ("info", "accent_text"),
    Verdict.NOT_REACHED: ("not-reached", "text3"),
}
_ICON, _RULE, _SENTENCE, _RIGHT = 15, 45, 99, 16
_FOLD, _LABELS = 12, 88
_BELOW, _AFTER_FACTS = 2, 8
_TELLING = 20
"""As many characters of what came in must fit beside the sentence; else they go below it."""

_MIDDLE = Qt.TextElideMode.ElideMiddle


def sentence_column(theme: Theme, checks: Sequence[Check]) -> int:
    """Where sentences start, in px; further right where a rule id is long."""
    widest = max((theme.text_width(Role.MONO, check.rule) for check in checks), default=0)
    return max(theme.px(_SENTENCE), theme.px(_RULE + 14) + widest)


class CheckPainter:
    """Measures and paints checks at one width.

    Args:
        column: where sentences start, in px.
        width: of the whole row, in px.
    """

    def __init__(self, theme: Theme, column: int, width: int) -> None:
        self._theme = theme
        self._column = column
        self._width = width

    def height(self, check: Check, *, opened: bool) -> int:
        """How high a row is, in px."""
        return self._line_height(check) + (self._facts_height(check) if opened else 0)

    def paint(
        self, painter: QPainter, rect: QRect, check: Check, *, opened: bool, pointed: bool
    ) -> None:
        """Paint a row; `pointed` where the pointer is on it."""
        if opened or pointed:
            self._paint_fold(painter, rect, opened)
        self._paint_line(painter, rect, check)
        if opened:
            self._paint_facts(painter, rect.top() + self._line_height(check), check)

    def _paint_fold(self, painter: QPainter, rect: QRect, opened: bool) -> None:
        px = self._theme.px
        slot = QRect(0, rect.top(), px(_ICON), px(metrics.CHECK_ROW))
        icon = "chevron-down" if opened else "chevron-right"
        paint_icon(painter, self._theme, slot, icon, "text3", _FOLD)

    def _paint_line(self, painter: QPainter, rect: QRect, check: Check) -> None:
        theme, px = self._theme, self._theme.px
        icon, colour = LOOKS[check.verdict]
        dim = check.verdict is Verdict.NOT_REACHED
        line = QRect(rect.left(), rect.top(), rect.width(), px(metrics.CHECK_ROW))
        slot = QRect(px(_ICON), line.top(), px(metrics.ICON_ROW), line.height())
        paint_icon(painter, theme, slot, icon, colour, metrics.ICON_ROW)
        rule = QRect(px(_RULE), line.top(), self._column - px(_RULE + 8), line.height())
        paint_text_elided(
            painter, theme, rule, check.rule, Role.MONO, "bad" if colour == "bad" else "text3"
        )
        words = QRect(self._column, line.top(), self._room(), line.height())
        spacing = theme.metrics(Role.BODY).lineSpacing()
        words.translate(0, (line.height() - spacing) // 2)
        words.setHeight(self._sentence_lines(check) * spacing)
        paint_wrapped(
            painter, theme, words, check_words(check), Role.BODY, "text3" if dim else "text"
        )
        below = words.bottom() + px(_BELOW)
        if check.got:
            below = self._paint_got(painter, line, below, check)
        if _because(check):
            room = QRect(self._column, below, self._room(), rect.bottom() - below)
            paint_wrapped(painter, theme, room, _because(check), Role.HELP, "text2")

    def _paint_got(self, painter: QPainter, line: QRect, below: int, check: Check) -> int:
        """What came in: beside the sentence, or below it; returns where the next line starts."""
        theme, room = self._theme, self._room()
        token: Token = "text3" if check.verdict is Verdict.NOT_REACHED else "text2"
        if self._fits_beside(check):
            left = self._sentence_width(check) + theme.px(_RIGHT)
            box = QRect(self._column + left, line.top(), room - left, line.height())
            paint_text_elided(painter, theme, box, check.got, Role.MONO, token, RIGHT, _MIDDLE)
            return below
        height = theme.metrics(Role.MONO).lineSpacing()
        box = QRect(self._column, below, room, height)
        paint_text_elided(painter, theme, box, check.got, Role.MONO, token, LEFT, _MIDDLE)
        return below + height + theme.px(_BELOW)

    def _paint_facts(self, painter: QPainter, top: int, check: Check) -> None:
        theme, px = self._theme, self._theme.px
        line = theme.metrics(Role.HELP).lineSpacing()
        for name, words in check_facts(check):
            lines = lines_needed(theme, Role.HELP, words, self._facts_room())
            label = QRect(self._column, top, px(_LABELS), line)
            paint_text_elided(painter, theme, label, name, Role.HELP, "text3", LEFT)
            box = QRect(self._column + px(_LABELS), top, self._facts_room(), lines * line)
            paint_wrapped(painter, theme, box, words, Role.HELP, "text2")
            top += lines * line + px(_BELOW)

    def _room(self) -> int:
        """How wide sentences may be, in px."""
        return max(1, self._width - self._column - self._theme.px(_RIGHT))

    def _facts_room(self) -> int:
        return max(1, self._room() - self._theme.px(_LABELS))

    def _sentence_width(self, check: Check) -> int:
        return self._theme.text_width(Role.BODY, check_words(check))

    def _sentence_lines(self, check: Check) -> int:
        return lines_needed(self._theme, Role.BODY, check_words(check), self._room())

    def _fits_beside(self, check: Check) -> bool:
        """Whether enough of what came in stands beside the sentence, cut in its middle."""
        got = self._theme.text_width(Role.MONO, check.got[:_TELLING])
        left = self._room() - self._sentence_width(check) - self._theme.px(_RIGHT)
        return left >= got

    def _line_height(self, check: Check) -> int:
        theme = self._theme
        more = self._sentence_lines(check) - 1
        height = theme.px(metrics.CHECK_ROW) + more * theme.metrics(Role.BODY).lineSpacing()
        if check.got and not self._fits_beside(check):
            height += theme.metrics(Role.MONO).lineSpacing() + theme.px(_BELOW)
        if _because(check):
            lines = lines_needed(theme, Role.HELP, _because(check), self._room())
            height += lines * theme.metrics(Role.HELP).lineSpacing() + theme.px(_BELOW)
        return height

    def _facts_height(self, check: Check) -> int:
        theme = self._theme
        line = theme.metrics(Role.HELP).lineSpacing()
        rows = (
            lines_needed(theme, Role.HELP, words, self._facts_room()) * line + theme.px(_BELOW)
            for _, words in check_facts(check)
        )
        return sum(rows) + theme.px(_AFTER_FACTS)


def _because(check: Check) -> str:
    return as_sentence(check.because) if check.verdict is not Verdict.NOT_REACHED else ""

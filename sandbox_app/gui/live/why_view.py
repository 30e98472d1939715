"""The Why tab: every check in the order the pool runs them, the refusal first to meet the eye."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.gui.components import Button, ElidedLabel, Label, WrapLabel
from sandbox_app.gui.live.check_rows import CheckRows, sentence_column
from sandbox_app.gui.live.refusal_block import RefusalBlock
from sandbox_app.gui.live.scrolling import ScrollingColumn
from sandbox_app.gui.theme import Role, Theme
from sandbox_app.workbench.live.causes import Explanation
from sandbox_app.workbench.live.reasons import refused_check

_MISSED_SHOWN = 4
_ROWS_ABOVE = 96


class WhyView(ScrollingColumn):
    """Checks passed, the check refused and opened, checks after it, checks never reached.

    Signals:
        copy_wanted: the refusal shall be copied as one text.
        fix_wanted: Fix, to be applied.
        setting_wanted: the Place to be shown.
        request_wanted: str, the id of another request that has to do with the refusal.
        value_asked: (ShownValue, QMenu, QPoint), see `FactsTable`.
    """

    value_asked = Signal(object, object, object)

    copy_wanted = Signal()
    fix_wanted = Signal(object)
    setting_wanted = Signal(object)
    request_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Why", parent)
        self._title = ElidedLabel(theme, "Checks, in the order the pool runs them", Role.NAME)
        self._counts = Label(theme, "", Role.HELP, "text2")
        self._none = WrapLabel(theme, "", Role.BODY, "text2", selectable=True)
        self._column = 0
        self._before = CheckRows(theme, "Checks before")
        self._block = RefusalBlock(theme)
        self._block.copy_wanted.connect(self.copy_wanted)
        self._block.fix_wanted.connect(self.fix_wanted)
        self._block.setting_wanted.connect(self.setting_wanted)
        self._block.request_wanted.connect(self.request_wanted)
        self._after = CheckRows(theme, "Checks after")
        self._missed = CheckRows(theme, "Checks not reached")
        self._rest = CheckRows(theme, "Further checks not reached")
        self._more = Button(theme, "", variant="quiet", icon="chevron-right")
        for part in (*self.rows, self._block):
            part.value_asked.connect(self.value_asked)
        self._more.clicked.connect(lambda: self._unfold(self._rest.isHidden()))
        self._build()

    @property
    def block(self) -> RefusalBlock:
        """The opened refusal; hidden when nothing was refused."""
        return self._block

    @property
    def rows(self) -> tuple[CheckRows, CheckRows, CheckRows, CheckRows]:
        """Before, after, not reached, and the rest of those."""
        return self._before, self._after, self._missed, self._rest

    @property
    def more(self) -> Button:
        """Discloses the rest."""
        return self._more

    def show_exchange(
        self, exchange: Exchange, detail: ExchangeDetail, explanation: Explanation | None
    ) -> None:
        """Show one exchange; `explanation` is of its first refusal, `None` without one."""
        checks = detail.checks
        ran = [check for check in checks if check.verdict is not Verdict.NOT_REACHED]
        missed = [check for check in checks if check.verdict is Verdict.NOT_REACHED]
        refused = refused_check(exchange, detail)
        at = ran.index(refused) if refused in ran else len(ran)
        column = sentence_column(self._theme, checks)
        self._before.set_checks(ran[:at], column)
        self._after.set_checks(ran[at + 1 :], column)
        self._column = column
        self.show_explanation(refused, explanation)
        self._show_missed(missed, column)
        self._none.setText(_nothing_ran(exchange) if not checks and refused is None else "")
        self._none.setVisible(bool(self._none.text()))
        self._title.setVisible(not self._none.text())
        self._counts.setText(_counted(ran, missed))
        QTimer.singleShot(0, self, self._meet_the_eye)

    def show_explanation(self, refused: Check | None, explanation: Explanation | None) -> None:
        """Explain the refusal anew, where the configuration is another now."""
        self._block.setVisible(refused is not None and explanation is not None)
        if refused is not None and explanation is not None:
            self._block.show_check(refused, explanation, self._column)

    def _show_missed(self, missed: Sequence[Check], column: int) -> None:
        shown = missed if len(missed) <= _MISSED_SHOWN + 1 else missed[:_MISSED_SHOWN]
        rest = missed[len(shown) :]
        self._missed.set_checks(shown, column)
        self._rest.set_checks(rest, column)
        self._more.setText(f"{len(rest)} more not reached")
        self._more.setVisible(bool(rest))
        self._unfold(False)

    def _unfold(self, unfolded: bool) -> None:
        self._rest.setVisible(unfolded and bool(self._rest.checks))
        self._more.set_icon("chevron-down" if unfolded else "chevron-right")
        self._more.setAccessibleDescription("shown" if unfolded else "hidden")

    def _meet_the_eye(self) -> None:
        """Bring the refusal into sight, with a little of what passed before it."""
        if self._block.isHidden():
            self.verticalScrollBar().setValue(0)
            return
        self.column.activate()
        top = self._block.geometry().top()
        bottom = self._block.geometry().bottom()
        room = self.viewport().height()
        value = 0 if bottom <= room else top - min(self._theme.px(_ROWS_ABOVE), room // 4)
        self.verticalScrollBar().setValue(max(0, value))

    def _build(self) -> None:
        px = self._theme.px
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._counts)
        self.column.addLayout(head)
        self.column.addSpacing(px(6))
        self.column.addWidget(self._none)
        self.column.addWidget(self._before)
        self.column.addSpacing(px(6))
        self.column.addWidget(self._block)
        self.column.addSpacing(px(8))
        self.column.addWidget(self._after)
        self.column.addWidget(self._missed)
        line = QHBoxLayout()
        line.setContentsMargins(px(4), 0, 0, 0)
        line.addWidget(self._more)
        line.addStretch(1)
        self.column.addLayout(line)
        self.column.addWidget(self._rest)
        self.column.addStretch(1)


def _counted(ran: Sequence[Check], missed: Sequence[Check]) -> str:
    counts = (
        (sum(1 for c in ran if c.verdict is Verdict.PASSED), "passed"),
        (sum(1 for c in ran if c.verdict is Verdict.REFUSED), "refused"),
        (sum(1 for c in ran if c.verdict is Verdict.NOTED), "noted"),
        (len(missed), "not reached"),
    )
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def _nothing_ran(exchange: Exchange) -> str:
    if exchange.step == "error page":
        return "This page only shows the browser an error; the request before it was refused."
    return "The pool had nothing to check for this request."

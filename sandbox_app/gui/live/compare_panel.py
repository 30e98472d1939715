"""Two logins or requests beside each other, step by step; what always differs is muted."""

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.domain.records.traffic import ExchangeDetail
from sandbox_app.gui.components import Button, IconLabel, Label, Switch
from sandbox_app.gui.live.compared_rows import ComparedHead, ComparedRows
from sandbox_app.gui.live.scrolling import ScrollingColumn
from sandbox_app.gui.templates.panel import Panel
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.live.comparing.exchanges import compare_exchanges
from sandbox_app.workbench.live.comparing.logins import Pair
from sandbox_app.workbench.live.comparing.rows import Section, differences
from sandbox_app.workbench.live.words import count_words, status_words

_BUDGET = 0.008
"""Seconds of one turn of the event loop that are spent on comparing."""

_HEADER = 36


class _Step(QWidget):
    """One step of both sides: a line that sums it up, and its rows."""

    def __init__(
        self, theme: Theme, pair: Pair, words: str, told: str, sections: Sequence[Section]
    ) -> None:
        super().__init__()
        self._theme = theme
        self.key = _key(pair)
        self._sections = sections
        self.matters = bool(differences(sections)) or not sections
        icon = IconLabel(theme, *(("compare", "accent_text") if self.matters else ("check", "ok")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(icon)
        self.words = Label(theme, words, Role.MONO_STRONG)
        self.told = Label(theme, told, Role.HELP, "text" if self.matters else "text3")
        row.addWidget(self.words)
        row.addSpacing(theme.px(6))
        row.addWidget(self.told, 1)
        self.setFixedHeight(theme.px(_HEADER))
        theme.changed.connect(self._restyle)
        self.rows = ComparedRows(theme, words)

    def show_rows(self, only_differences: bool) -> None:
        self.rows.show_sections(self._sections, only_differences=only_differences)

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(_HEADER))


class ComparePanel(Panel):
    """Compares pairs of requests, one after the other as time allows.

    Args:
        look_up: everything about an exchange by its id, `None` where it is no longer kept.
        can_read: whether the left side may be compared with an archive too.

    Signals:
        file_wanted: the left side shall be compared with an archive.
    """

    file_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        look_up: Callable[[str], ExchangeDetail | None],
        parent: QWidget | None = None,
        *,
        can_read: bool = False,
    ) -> None:
        super().__init__(theme, "Compare", parent)
        self._look_up = look_up
        self._pairs: Iterator[tuple[int, Pair]] = iter(())
        self.steps: list[_Step] = []
        self.only = Switch(theme, "Differences only", True, says=False)
        self.verdict = Label(theme, "", Role.BODY, "text2")
        self.sides = ComparedHead(theme)
        self.column = ScrollingColumn(theme, "Steps of both")
        self.file = Button(theme, "With a HAR file…", icon="folder")
        self.file.setVisible(can_read)
        self.file.clicked.connect(lambda: self.file_wanted.emit())
        self._going = QTimer(self)
        self._going.setInterval(0)
        self._going.timeout.connect(self._go_on)
        self.only.toggled.connect(self._show_rows)
        self.column.verticalScrollBar().rangeChanged.connect(lambda *_: self._align_head())
        self._lay_out()
        theme.changed.connect(self._align)
        self._align()

    def compare(self, title: str, left: str, right: str, pairs: Sequence[Pair]) -> None:
        """Show what two sides have in common and what not.

        Args:
            left, right: what stands at either side, in words.
            pairs: the steps that belong together.
        """
        self.title.setText(title)
        self.follow(left, right, pairs)

    def follow(self, left: str, right: str, pairs: Sequence[Pair]) -> None:
        """One of the sides went on: show what is new, and leave the rest as it is."""
        self.sides.show_sides(left, right)
        wanted = {_key(pair) for pair in pairs}
        for step in [step for step in self.steps if step.key not in wanted]:
            self._remove(step)
        self._pairs = iter(enumerate(pairs))
        self._going.start()
        self._go_on()

    @property
    def is_ready(self) -> bool:
        """Whether everything is compared."""
        return not self._going.isActive()

    def _go_on(self) -> None:
        """As much as one turn allows; the rest follows in the next ones."""
        began = perf_counter()
        for at, pair in self._pairs:
            self._place(at, pair)
            if perf_counter() - began > _BUDGET:
                self.verdict.setText("Being compared…")
                return
        self._going.stop()
        found = sum(step.matters for step in self.steps)
        steps = count_words(len(self.steps), "step")
        self.verdict.setText(
            f"{found} of {steps} {'differs' if found == 1 else 'differ'} in what matters."
            if found
            else f"Nothing that matters differs in {steps}."
        )

    def _place(self, at: int, pair: Pair) -> None:
        """Put a step where it belongs; one that is there already is not compared again."""
        key = _key(pair)
        if at < len(self.steps) and self.steps[at].key == key:
            return
        for step in [step for step in self.steps if step.key == key]:
            self._remove(step)
        step = self._compared(pair)
        self.steps.insert(at, step)
        self.column.column.insertWidget(2 * at, step)
        self.column.column.insertWidget(2 * at + 1, step.rows)
        step.show_rows(self.only.isChecked())

    def _remove(self, step: _Step) -> None:
        self.steps.remove(step)
        for part in (step, step.rows):
            self.column.column.removeWidget(part)
            part.deleteLater()

    def _compared(self, pair: Pair) -> _Step:
        left, right = pair
        known = left or right
        assert known is not None
        words = f"{known.method} {known.path[:120]}"
        sections: Sequence[Section] = ()
        if left is None or right is None:
            side = "left" if right is None else "right"
            told = f"only at the {side}, answered {status_words(known.status)}"
        else:
            sections = compare_exchanges(
                (left, self._look_up(left.id)), (right, self._look_up(right.id))
            )
            found = differences(sections)
            told = count_words(found, "difference") if found else "no difference that matters"
        return _Step(self._theme, pair, words, told, sections)

    def _show_rows(self, only_differences: bool) -> None:
        for step in self.steps:
            step.show_rows(only_differences)

    def _lay_out(self) -> None:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(metrics.GRID))
        row.addWidget(self.verdict, 1)
        row.addWidget(Label(theme, "Differences only", Role.BODY, "text2"))
        row.addWidget(self.only)
        self.content.addLayout(row)
        self._head_row = QHBoxLayout()
        self._head_row.addWidget(self.sides)
        self.content.addLayout(self._head_row)
        self.content.addWidget(self.column, 1)
        self.column.column.addStretch(1)
        note = "Muted: what is new in every sign-in, such as state, code, nonce, times and cookies."
        self.foot.addWidget(Label(theme, note, Role.HELP, "text2"))
        self.foot.addStretch(1)
        self.foot.addWidget(self.file)

    def _align(self) -> None:
        """The scrolling part reaches to the pane's edges; its columns stand below the titles."""
        px = self._theme.px
        left, right = px(metrics.PANE_LEFT), px(metrics.PANE_RIGHT)
        self.content.setContentsMargins(left, 0, right, 0)
        self.column.column.setContentsMargins(0, 0, px(8), px(24))
        self._align_head()

    def _align_head(self) -> None:
        """The titles stand above the columns, whether there is a scroll bar or not."""
        # The range is told of before the bar comes or goes, so its width is not to be seen yet.
        bar = self.column.verticalScrollBar()
        width = bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0
        self._head_row.setContentsMargins(0, 0, self._theme.px(8) + width, 0)


def _key(pair: Pair) -> tuple[str, str]:
    left, right = pair
    return left.id if left is not None else "", right.id if right is not None else ""

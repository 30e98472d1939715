"""The check that failed, opened: what differs, the likely causes, and what can be done."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sandbox_app.domain.checks import Check
from sandbox_app.domain.rules.catalogue import CATALOGUE
from sandbox_app.gui.components import IconLabel, Label, WrapLabel
from sandbox_app.gui.components.painting import paint_box
from sandbox_app.gui.live.cause_list import CauseList
from sandbox_app.gui.live.compared_text import ComparedText
from sandbox_app.gui.live.refusal_buttons import RefusalButtons
from sandbox_app.gui.live.row_menu import ShownValue
from sandbox_app.gui.live.wrapping import cut
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.live.causes import Explanation
from sandbox_app.workbench.live.filters.values import check_terms
from sandbox_app.workbench.live.refusal_text import check_words
from sandbox_app.workbench.live.words import as_sentence

_EDGE, _RULE, _LABELS = 15, 45, 88
_ABOVE_VALUE = 3
_LONGEST_REASON = 600
_LISTS = frozenset({"AZ-4", "LO-2"})
"""Rules whose `expected` is what is registered."""

_OF_OURS = frozenset(
    {
        *("OI-1.1", "HU-5-6", "HU-G8", "HU-4.1-3", "HU-4.1-6", "HU-4.1-9", "HU-4.1-10"),
        *("HU-4.1-11", "HU-4.1-12", "TC-7", "UI-3"),
    }
)
"""Rules whose `got` is no part of the request but what the pool found out about it."""


class RefusalBlock(QWidget):
    """Shows one refused check on the columns of the rows around it.

    Signals:
        copy_wanted: the refusal shall be copied as one text.
        fix_wanted: Fix, to be applied.
        setting_wanted: the Place to be shown.
        request_wanted: str, the id of a request that has to do with it.
        value_asked: (ShownValue, QMenu, QPoint), see `FactsTable`.
    """

    value_asked = Signal(object, object, object)
    copy_wanted = Signal()
    fix_wanted = Signal(object)
    setting_wanted = Signal(object)
    request_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = IconLabel(theme, "refused", "bad", metrics.ICON_ROW, name="Refused")
        self._rule = Label(theme, "", Role.MONO, "bad", selectable=True)
        self._title = WrapLabel(theme, "", Role.NAME, selectable=True)
        self._setting = Label(theme, "", Role.MONO, "text2", selectable=True)
        self._sent = ComparedText(theme, "What you sent")
        self._expected = ComparedText(theme, "What was expected")
        self._others = WrapLabel(theme, "", Role.HELP, "text2", selectable=True)
        self._difference = WrapLabel(theme, "", Role.LABEL, selectable=True)
        self.causes = CauseList(theme)
        self.causes.request_wanted.connect(self.request_wanted)
        self._real = WrapLabel(theme, "", Role.BODY, selectable=True)
        self._known = WrapLabel(theme, "", Role.BODY, "text2", selectable=True)
        self._labels: list[tuple[Label, QWidget]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.buttons = RefusalButtons(theme)
        self.buttons.copy_wanted.connect(self.copy_wanted)
        self.buttons.fix_wanted.connect(self.fix_wanted)
        self.buttons.setting_wanted.connect(self.setting_wanted)
        self._outer = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self._head.setSpacing(0)
        self._grid = QGridLayout()
        self._check: Check | None = None
        self._offer_menus()
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def sent(self) -> ComparedText:
        """What came in, with its marks."""
        return self._sent

    @property
    def expected(self) -> ComparedText:
        """What should have come."""
        return self._expected

    def show_check(self, check: Check, explanation: Explanation, column: int) -> None:
        """Open a check.

        Args:
            column: px where sentences start, as in the rows around.
        """
        self._check = check
        rule = CATALOGUE.get(check.rule)
        self._rule.setText(check.rule)
        self._rule.setFixedWidth(column - self._theme.px(_EDGE + metrics.ICON_ROW))
        self._indent.setContentsMargins(column - self._theme.px(_EDGE), 0, 0, 0)
        self._title.setText(check_words(check))
        self._setting.setText(rule.setting if rule else "")
        found = explanation.comparison
        self._sent.set_value(found.sent, found.sent_marks)
        self._expected.set_value(found.expected, found.expected_marks)
        self._label_of(self._sent).setText("Found" if check.rule in _OF_OURS else "You sent")
        self._label_of(self._expected).setText(_expected_label(check.rule))
        self._others.setText(_others_words(found.others))
        because = as_sentence(cut(explanation.because, _LONGEST_REASON))
        self._difference.setText(found.words or because)
        self._label_of(self._difference).setText("Difference" if found.words else "Because")
        self._real.setText(rule.real_service if rule else "")
        self._known.setText(as_sentence(rule.certainty) if rule else "")
        self.causes.show_causes(explanation.causes)
        many = len(explanation.causes) > 1
        self._label_of(self.causes).setText("Likely causes" if many else "Likely cause")
        self.buttons.show_explanation(explanation)
        for label, value in self._labels:
            shown = bool(_text_of(value))
            label.setVisible(shown)
            value.setVisible(shown)
        self.setAccessibleName(f"Refused by {check.rule}: {check_words(check)}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft ground."""
        painter = QPainter(self)
        paint_box(
            painter,
            self.rect(),
            fill=self._theme.color("bad_soft"),
            border=self._theme.color("bad_line"),
            radius=self._theme.px(metrics.RADIUS_BLOCK),
        )
        painter.end()

    def _offer_menus(self) -> None:
        for widget in (self._rule, self._sent):
            widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._rule.customContextMenuRequested.connect(
            lambda at: self._ask(0, QMenu(self), self._rule.mapToGlobal(at))
        )
        self._sent.customContextMenuRequested.connect(
            lambda at: self._ask(
                1, self._sent.createStandardContextMenu(), self._sent.viewport().mapToGlobal(at)
            )
        )

    def _ask(self, which: int, menu: QMenu, where: QPoint) -> None:
        """The menu of the rule, or of what was sent."""
        if self._check is not None:
            value = (self._check.rule, self._check.got)[which]
            terms = check_terms(self._check)[which : which + 1]
            self.value_asked.emit(ShownValue(value, terms), menu, where)

    def _build(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._head.addWidget(self._mark, 0, top)
        self._head.addWidget(self._rule, 0, top)
        self._head.addWidget(self._title, 1, top)
        self._head.addWidget(self._setting, 0, top)
        self._outer.addLayout(self._head)
        self._indent = QVBoxLayout()
        self._grid.setColumnStretch(1, 1)
        for words, value in (
            ("You sent", self._sent),
            ("Expected", self._expected),
            ("", self._others),
            ("Difference", self._difference),
            ("Likely cause", self.causes),
            ("Real service", self._real),
            ("Known from", self._known),
        ):
            self._add(words, value)
        self._indent.addLayout(self._grid)
        self._indent.addWidget(self.buttons)
        self._outer.addLayout(self._indent)

    def _add(self, words: str, value: QWidget) -> None:
        label = Label(self._theme, words, Role.HELP, "text2")
        if isinstance(value, ComparedText):
            # Its lines are higher than a label's, for the marks.
            label.setContentsMargins(0, self._theme.px(_ABOVE_VALUE), 0, 0)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        self._labels.append((label, value))

    def _restyle(self) -> None:
        px = self._theme.px
        self._outer.setContentsMargins(px(_EDGE), px(14), px(16), px(16))
        self._outer.setSpacing(px(10))
        self._rule.setContentsMargins(px(_RULE - _EDGE - metrics.ICON_ROW), 0, 0, 0)
        self._indent.setSpacing(px(12))
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnMinimumWidth(0, px(_LABELS - 8))
        self.update()

    def _label_of(self, value: QWidget) -> Label:
        return next(label for label, known in self._labels if known is value)


def _expected_label(rule_id: str) -> str:
    return "Registered" if rule_id in _LISTS else "Expected"


def _others_words(others: int) -> str:
    if others == 0:
        return ""
    return f"The most similar of {others + 1} registered values."


def _text_of(value: QWidget) -> str:
    if isinstance(value, ComparedText):
        return value.toPlainText()
    if isinstance(value, CauseList):
        return "".join(cause.words for cause in value.causes)
    return str(value.property("text"))

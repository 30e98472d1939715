"""A table is as high as its rows, explains in whole sentences, and copies what it holds."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from sandbox_app.gui.live.facts_table import Fact, FactsTable
from sandbox_app.gui.theme import metrics

MEANING = "Ties this token to its access token, so that neither can be exchanged for another"
CLAIMS = [
    Fact(("at_hash", "k3xZqv0o7Y9s2nQmW1uTgA", MEANING)),
    Fact(("exp", "1795434127", "Expired 2026-11-23 11:40:37, 3 min 20 s ago"), failing=True),
    Fact(("sub", "8c2f51d0", "The user")),
]


@pytest.fixture
def table(qtbot, theme) -> FactsTable:
    made = FactsTable(theme, "Claims", ("Claim", "Value", "Meaning"))
    qtbot.addWidget(made)
    made.resize(900, 100)
    made.set_facts(CLAIMS)
    made.show()
    return made


def heights(table: FactsTable) -> list[int]:
    return [table.rowHeight(row) for row in range(len(table.facts))]


def test_wide_rows_take_one_line_each(table, theme) -> None:
    table.resize(1400, table.height())

    assert heights(table) == [theme.px(metrics.CLAIM_ROW)] * 3


def test_a_meaning_that_does_not_fit_gets_more_lines(table, theme) -> None:
    table.resize(480, table.height())
    first, failing, last = heights(table)

    assert first > failing > last == theme.px(metrics.CLAIM_ROW)


@pytest.mark.parametrize("width", [480, 620, 900, 1400])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_it_is_as_high_as_its_rows_and_never_scrolls(table, theme, width, scale) -> None:
    theme.set_scale(scale)
    table.resize(width, table.height())

    assert table.height() == theme.px(metrics.TABLE_HEADER) + sum(heights(table)) + 1
    assert table.verticalScrollBar().maximum() == 0


def test_fewer_rows_make_it_lower(table, theme) -> None:
    table.set_facts(CLAIMS[2:])

    assert table.height() == theme.px(metrics.TABLE_HEADER + metrics.CLAIM_ROW) + 1


def test_rows_are_copied_whole(qtbot, table) -> None:
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text() == "\t".join(CLAIMS[0].cells)


def test_arrows_walk_through_the_rows(qtbot, table) -> None:
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))

    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)

    assert table.currentIndex().row() == 2


def test_it_keeps_qts_rules_while_rows_come_and_go(table) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(table.model(), mode)
    for facts in ([], CLAIMS, CLAIMS[:1], CLAIMS * 40, []):
        table.set_facts(facts)

    assert tester.model() is table.model()
    assert table.facts == ()

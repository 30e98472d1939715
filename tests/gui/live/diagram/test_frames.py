"""No frame draws more of a long login than there is time for, and none of it is left out."""

import pytest
from PySide6.QtWidgets import QApplication

from sandbox_app.gui.live.diagram import IN_A_PANE, DiagramCanvas
from sandbox_app.gui.live.diagram import scene as scenes
from sandbox_app.gui.live.diagram.painting import RowPainter
from sandbox_app.workbench.live.sequence import Sequence
from tests.gui.live import samples


@pytest.fixture
def drawn(monkeypatch) -> list[int]:
    """Rows as they are drawn."""
    seen: list[int] = []
    row = RowPainter.row

    def noted(self, painter, placed, **state):
        seen.append(placed.row)
        row(self, painter, placed, **state)

    monkeypatch.setattr(RowPainter, "row", noted)
    return seen


@pytest.fixture
def canvas(qtbot, theme) -> DiagramCanvas:
    log, sequence = samples.Log(), Sequence()
    for turn in range(20):
        for exchange in samples.a_sign_in(log, "a", samples.NOW + turn * 60):
            sequence.add(exchange, log.detail(exchange.id))
    made = DiagramCanvas(theme, IN_A_PANE)
    qtbot.addWidget(made)
    made.resize(880, 560)
    made.show()
    made.show_sequence(sequence)
    QApplication.processEvents()
    return made


def test_all_of_a_long_login_comes_within_a_few_frames(qtbot, canvas, drawn) -> None:
    canvas.fit()
    in_sight = int(canvas.viewport().height() / (canvas.diagram.geometry.row_height * canvas.zoom))
    assert in_sight > 2 * scenes._NEW_IN_A_FRAME

    canvas.viewport().repaint()
    assert len(drawn) == scenes._NEW_IN_A_FRAME

    qtbot.waitUntil(lambda: len(drawn) >= in_sight)
    QApplication.processEvents()
    assert len(drawn) == len({id(row) for row in drawn})


def test_rows_that_left_meanwhile_are_not_missed(qtbot, canvas, drawn) -> None:
    canvas.fit()
    canvas.viewport().repaint()

    canvas.show_sequence(Sequence())

    QApplication.processEvents()
    assert len(drawn) == scenes._NEW_IN_A_FRAME

"""How arrows look: line and head grow alike, and a silent second is seen to be one."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from sandbox_app.gui.live.diagram import IN_A_PANE
from sandbox_app.gui.live.diagram.geometry import Geometry
from sandbox_app.gui.live.diagram.lanes import LanePainter
from sandbox_app.gui.live.diagram.painting import RowPainter
from sandbox_app.workbench.live.sequence import Kind, Lane, State
from tests.gui.live.diagram.test_geometry import a_step

LANES = (Lane.APP, Lane.POOL)


def ink(theme, column: int, *, kind: Kind) -> float:
    """How much of one column of an arrow's row below its words is drawn on, in px."""
    geometry = Geometry(theme, IN_A_PANE, LANES, theme.px(480))
    image = QImage(round(geometry.width), geometry.row_height, QImage.Format.Format_RGB32)
    image.fill(theme.color("surface"))
    painter = QPainter(image)
    step = a_step(Lane.APP, Lane.POOL, kind=kind)
    RowPainter(theme, geometry).row(painter, geometry.place(step))
    painter.end()
    paper, line = theme.color("surface").lightness(), theme.color("text2").lightness()
    rows = range(theme.px(19), geometry.row_height)
    x = round(geometry.lines[0]) + theme.px(column)
    return sum(paper - QColor(image.pixel(x, y)).lightness() for y in rows) / (paper - line)


@pytest.mark.parametrize(("kind", "width"), [(Kind.REQUEST, 1.5), (Kind.ANSWER, 1.2)])
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.4, 1.5, 2.0])
def test_a_line_is_as_much_thicker_as_everything_is_larger(theme, kind, width, scale) -> None:
    theme.set_scale(scale)

    assert ink(theme, 40, kind=kind) == pytest.approx(width * scale, abs=0.15)


def test_lifelines_of_a_pause_can_be_told_from_none_and_from_whole_ones(theme) -> None:
    geometry = Geometry(theme, IN_A_PANE, LANES, 480)
    shares = []
    for dotted in (True, False):
        image = QImage(round(geometry.width), 60, QImage.Format.Format_RGB32)
        image.fill(theme.color("surface"))
        painter = QPainter(image)
        LanePainter(theme, geometry).lifelines(painter, 0, 60, dotted=dotted)
        painter.end()
        x = int(geometry.lines[0])
        marked = [image.pixelColor(x, y) == theme.color("line2") for y in range(60)]
        shares.append(sum(marked) / 60)

    assert 0.4 <= shares[0] <= 0.6
    assert shares[1] == 1.0


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_dot_of_a_held_answer_runs_into_its_open_head(theme, scale) -> None:
    theme.set_scale(scale)
    geometry = Geometry(theme, IN_A_PANE, LANES, theme.px(480))
    step = a_step(Lane.APP, Lane.POOL, kind=Kind.ANSWER, state=State.HELD, words="")
    placed = geometry.place(step)
    image = QImage(round(geometry.width), geometry.row_height, QImage.Format.Format_RGB32)
    image.fill(theme.color("surface"))
    painter = QPainter(image)
    RowPainter(theme, geometry).row(painter, placed)
    painter.end()
    inside = range(round(placed.end - theme.px(7)), round(placed.end - theme.px(5)))

    paper = theme.color("surface").name()
    assert {image.pixelColor(x, int(placed.arrow)).name() for x in inside} == {paper}
    assert image.pixelColor(round(placed.end) - 1, int(placed.arrow)) != theme.color("surface")

"""Where rows lie agrees with simply writing them below each other."""

import pytest

from sandbox_app.gui.live.row_layout import Place, RowLayout

ROW, CHILD, MARGIN = 52, 28, 6
SHAPES = [
    (0, []),
    (1, []),
    (1, [(0, 3)]),
    (5, [(0, 1), (4, 2)]),
    (6, [(2, 0), (3, 4)]),
    (7, [(1, 2), (2, 3), (6, 1)]),
]


def written_down(rows: int, opened: list[tuple[int, int]]) -> list[tuple[Place, int, int]]:
    """Every row and child with top and height."""
    found, top, children = [], MARGIN, dict(opened)
    for row in range(rows):
        found.append((Place(row), top, ROW))
        top += ROW
        for child in range(children.get(row, 0)):
            found.append((Place(row, child), top, CHILD))
            top += CHILD
    return found


@pytest.mark.parametrize(("rows", "opened"), SHAPES)
def test_every_row_lies_where_it_would_be_written(rows, opened) -> None:
    layout = RowLayout(rows, ROW, CHILD, opened, MARGIN)
    expected = written_down(rows, opened)

    assert layout.height == sum(height for *_, height in expected) + 2 * MARGIN
    for place, top, height in expected:
        assert layout.span(place) == (top, height)
        assert layout.at(top) == layout.at(top + height - 1) == place


@pytest.mark.parametrize(("rows", "opened"), SHAPES)
def test_one_walks_down_and_up_the_same_way(rows, opened) -> None:
    layout = RowLayout(rows, ROW, CHILD, opened, MARGIN)
    places = [place for place, *_ in written_down(rows, opened)]

    assert [layout.after(place) for place in places] == [*places[1:], None][: len(places)]
    assert [layout.before(place) for place in places] == [None, *places][: len(places)]


def test_nothing_lies_in_the_margins() -> None:
    layout = RowLayout(3, ROW, CHILD, [(1, 2)], MARGIN)

    assert layout.at(MARGIN - 1) is None
    assert layout.at(layout.height - MARGIN) is None
    assert layout.at(-40) is None

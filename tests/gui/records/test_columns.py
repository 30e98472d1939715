"""Columns share the room, and what the person made of them survives as plain values."""

import json

import pytest

from sandbox_app.gui.records.columns import NARROWEST, ColumnLayout


@pytest.fixture
def layout(columns) -> ColumnLayout:
    return ColumnLayout(columns)


def test_what_grows_takes_the_room_that_is_left(layout) -> None:
    assert layout.share(600) == {"name": 120, "kind": 100, "id": 380}


def test_without_room_every_column_keeps_its_width(layout) -> None:
    assert layout.share(100) == {"name": 120, "kind": 100, "id": 160}


def test_the_last_columns_give_way_where_a_little_is_missing(layout) -> None:
    assert layout.share(300) == {"name": 120, "kind": 100, "id": 80}
    assert layout.share(270) == {"name": 120, "kind": 86, "id": 64}


def test_a_column_the_person_drew_does_not_give_way(layout) -> None:
    layout.set_width("id", 160)

    assert layout.share(350) == {"name": 120, "kind": 70, "id": 160}


def test_a_column_the_person_drew_stops_growing(layout) -> None:
    layout.set_width("id", 200)

    assert layout.share(600)["id"] == 200


def test_no_column_becomes_too_narrow_to_be_found_again(layout) -> None:
    layout.set_width("name", 3)

    assert layout.share(600)["name"] == NARROWEST


def test_the_last_column_cannot_be_hidden(layout) -> None:
    done = [layout.set_shown(key, False) for key in ("name", "kind", "id")]

    assert done == [True, True, False]
    assert [column.key for column in layout.shown] == ["id"]


def test_the_state_survives_json(layout, columns) -> None:
    layout.set_width("name", 222)
    layout.set_shown("kind", False)
    layout.set_shown("made", True)

    restored = ColumnLayout(columns)
    restored.restore(json.loads(json.dumps(layout.state())))

    assert restored.state() == layout.state()
    assert restored.widths == {"name": 222}


@pytest.mark.parametrize(
    "state",
    [
        None,
        7,
        [],
        "x",
        {"widths": 4, "hidden": 5},
        {"widths": {"name": "wide", "x": 5, "kind": True, 4: 4}, "hidden": ["x", 4]},
        {"hidden": ["name", "kind", "id", "made"]},
    ],
)
def test_nonsense_is_as_if_it_were_not(layout, state) -> None:
    layout.restore(state)

    assert layout.widths == {}
    assert layout.shown


def test_a_width_beyond_reason_is_cut(layout) -> None:
    layout.restore({"widths": {"name": 10**9, "kind": -5}})

    assert layout.widths == {"name": 2000, "kind": NARROWEST}

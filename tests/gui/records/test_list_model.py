"""Records in memory are sorted as people expect, and a refresh tells only what is different."""

import pytest
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from sandbox_app.gui.records import ListRecordModel, Record


@pytest.fixture
def model(qtbot, columns, clients) -> ListRecordModel:
    made = ListRecordModel(columns, clients)
    made.tester = QAbstractItemModelTester(made)
    return made


def names(model: ListRecordModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_records_stand_in_the_order_given(model) -> None:
    assert names(model) == ["spa", "web", "m2m"]


def test_a_record_is_found_by_its_key(model) -> None:
    assert model.row_of("key-m2m") == 2
    assert model.key(2) == "key-m2m"
    assert model.row_of("key-x") is None
    assert model.key(9) == ""


@pytest.mark.parametrize(
    ("descending", "expected"), [(False, ["m2m", "spa", "web"]), (True, ["web", "spa", "m2m"])]
)
def test_a_column_sorts_both_ways(model, descending, expected) -> None:
    model.sort_by("name", descending)

    assert names(model) == expected


def test_no_column_is_the_order_given(model) -> None:
    model.sort_by("name")
    model.sort_by("")

    assert names(model) == ["spa", "web", "m2m"]


def test_equal_records_keep_their_order(model) -> None:
    model.sort_by("kind")

    assert names(model) == ["web", "m2m", "spa"]


def test_numbers_in_texts_count_by_value_and_case_does_not(model, record) -> None:
    model.sort_by("name")

    model.set_records(record(name) for name in ("user10", "User9", "user1"))

    assert names(model) == ["user1", "User9", "user10"]


def test_a_sort_value_goes_before_the_text(model) -> None:
    model.sort_by("name")

    model.set_records(
        Record(name, {"name": name}, sort={"name": value})
        for name, value in (("a", 30), ("b", 4.5), ("c", None), ("d", "z"))
    )

    assert names(model) == ["b", "a", "c", "d"]


def test_places_follow_their_records_when_sorted(model) -> None:
    web = QPersistentModelIndex(model.index(1, 0))

    model.sort_by("name", True)

    assert (web.row(), web.data()) == (0, "web")


def test_a_refresh_without_a_difference_is_not_told(qtbot, model, clients) -> None:
    told = (model.dataChanged, model.layoutChanged, model.modelReset, model.refreshing)

    for signal in told:
        with qtbot.assertNotEmitted(signal):
            model.set_records(clients)


def test_a_changed_cell_tells_of_its_row_alone(qtbot, model, clients, record) -> None:
    changed = [clients[0], record("web", "Public"), clients[2]]

    with qtbot.assertNotEmitted(model.layoutChanged), qtbot.waitSignal(model.dataChanged) as told:
        model.set_records(changed)

    assert [index.row() for index in told.args[:2]] == [1, 1]
    assert model.index(1, 1).data() == "Public"


@pytest.mark.parametrize(
    "after",
    [
        ("web",),
        (),
        ("a", "spa", "b", "web", "m2m", "c"),
        ("m2m", "web", "spa"),
        ("x", "m2m", "y"),
        ("m2m", "new", "spa"),
        ("p", "q"),
    ],
)
def test_any_difference_arrives_and_kept_records_keep_their_places(model, record, after) -> None:
    kept = {
        name: QPersistentModelIndex(model.index(row, 0)) for row, name in enumerate(names(model))
    }

    model.set_records(record(name) for name in after)

    assert names(model) == list(after)
    for name, place in kept.items():
        assert place.isValid() == (name in after)
        assert not place.isValid() or place.data() == name


def test_a_new_record_comes_in_where_the_order_wants_it(model, clients, record) -> None:
    model.sort_by("name")

    model.set_records([*clients, record("nova")])

    assert names(model) == ["m2m", "nova", "spa", "web"]


def test_a_key_given_twice_counts_once(model, clients) -> None:
    model.set_records([*clients, clients[0]])

    assert names(model) == ["spa", "web", "m2m"]

"""A hundred thousand records are read page by page, and only where somebody looks."""

from time import perf_counter

import pytest
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from sandbox_app.gui.records import PagedRecordModel, Record, RowKeys

MANY = 100_000


def users(count: int) -> list[Record]:
    return [Record(f"k{row}", {"name": f"user{row:06}"}) for row in range(count)]


@pytest.fixture
def source(provider):
    return provider(users(25))


@pytest.fixture
def model(qtbot, columns, source) -> PagedRecordModel:
    made = PagedRecordModel(source, columns, page=10, pages=2)
    made.tester = QAbstractItemModelTester(made)
    return made


def names(model: PagedRecordModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_every_record_is_there(model) -> None:
    assert names(model) == [f"user{row:06}" for row in range(25)]


def test_nothing_is_read_until_looked_at(columns, source) -> None:
    made = PagedRecordModel(source, columns, page=10)

    assert (made.rowCount(), source.asked) == (25, [])


def test_one_page_is_read_once(columns, source) -> None:
    made = PagedRecordModel(source, columns, page=10)

    for row in (12, 13, 19, 10):
        made.index(row, 0).data()

    assert source.asked == [(10, 10)]


def test_the_page_looked_at_longest_ago_is_forgotten(columns, source) -> None:
    made = PagedRecordModel(source, columns, page=10, pages=2)

    for row in (0, 10, 0, 20, 0, 10):
        made.index(row, 0).data()

    assert source.asked == [(0, 10), (10, 10), (20, 5), (10, 10)]


def test_a_record_that_is_gone_meanwhile_is_an_empty_row(columns, source) -> None:
    made = PagedRecordModel(source, columns)
    del source.records[5:]

    assert names(made)[4:7] == ["user000004", None, None]


def test_a_reload_shows_what_changed(model, source) -> None:
    names(model)
    source.records[3] = Record("k3", {"name": "renamed"})

    model.reload()

    assert model.index(3, 0).data() == "renamed"


@pytest.mark.parametrize("change", ["more in front", "fewer in front", "gone", "none left", "same"])
def test_places_follow_their_records_through_a_reload(model, source, change) -> None:
    names(model)
    places = {row: QPersistentModelIndex(model.index(row, 1)) for row in (0, 7, 24)}
    keys = {row: model.key(row) for row in places}
    if change == "more in front":
        source.records[:0] = [Record(f"n{row}", {"name": "new"}) for row in range(3)]
    elif change == "fewer in front":
        del source.records[1:5]
    elif change == "gone":
        del source.records[7]
    elif change == "none left":
        source.records.clear()

    model.reload()

    assert model.rowCount() == len(source.records)
    for row, place in places.items():
        now = source.row_of(keys[row])
        assert place.isValid() == (now is not None)
        assert now is None or (place.row(), place.column()) == (now, 1)


def test_a_record_is_looked_for_only_where_it_does_not_stand_any_more(model, source) -> None:
    names(model)
    places = [QPersistentModelIndex(model.index(row, 0)) for row in (3, 8)]
    del source.records[5]

    model.reload()

    assert [place.data() for place in places] == ["user000003", "user000008"]
    assert "k3" not in source.looked_for


def test_a_place_beyond_the_end_is_none(model, source) -> None:
    names(model)
    place = QPersistentModelIndex(model.index(3, 0))
    del source.records[3]
    source.row_of = lambda key: 99

    model.reload()

    assert not place.isValid()


def test_the_provider_sorts_and_places_follow(model, source) -> None:
    names(model)
    place = QPersistentModelIndex(model.index(4, 0))

    model.sort_by("name", True)

    assert model.sorted_by == ("name", True)
    assert (place.row(), place.data()) == (20, "user000004")


def test_a_selection_of_all_is_read_only_when_asked(columns, keyed_provider) -> None:
    source = keyed_provider(users(MANY))
    keys = RowKeys(PagedRecordModel(source, columns), [(0, MANY - 1)])

    assert len(keys) == MANY
    assert source.asked == []
    assert list(keys)[-1] == f"k{MANY - 1}"
    assert source.asked == []


def test_keys_of_many_are_had_without_a_provider_of_keys_too(columns, provider) -> None:
    model = PagedRecordModel(provider(users(12_345)), columns)

    assert model.keys(10, 12_344) == [f"k{row}" for row in range(10, 12_345)]


def test_keys_of_parts_are_counted_through() -> None:
    class Model:
        def key(self, row):
            return f"k{row}"

        def keys(self, first, last):
            return [self.key(row) for row in range(first, last + 1)]

    keys = RowKeys(Model(), [(2, 4), (9, 9)])

    assert list(keys) == ["k2", "k3", "k4", "k9"]
    assert (keys[0], keys[3], keys[-1], keys[1:3]) == ("k2", "k9", "k9", ["k3", "k4"])
    with pytest.raises(IndexError):
        keys[4]


def test_a_hundred_thousand_are_painted_and_reloaded_at_once(make_table, provider) -> None:
    source = provider(users(MANY))
    table = make_table(PagedRecordModel(source), multi=True)
    table.select("k50000")
    table.grab()
    source.asked.clear()

    started = perf_counter()
    table.model().reload()
    table.grab()
    taken = perf_counter() - started

    assert table.current_key == "k50000"
    assert len(source.asked) <= 2
    assert taken < 0.25


def test_all_of_a_hundred_thousand_are_selected_sorted_and_reloaded_at_once(
    make_table, keyed_provider
) -> None:
    table = make_table(PagedRecordModel(keyed_provider(users(MANY))), multi=True)
    told = []
    table.selection_changed.connect(told.append)

    started = perf_counter()
    table.select_all()
    table.model().reload()
    taken = perf_counter() - started

    assert [len(keys) for keys in told] == [MANY]
    assert table.selected_count == MANY
    assert taken < 0.25

"""The traffic log takes without waiting, shows the newest first, and is bounded in every way."""

import queue
import threading

import pytest

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.store import Store, TrafficLog, database, traffic_writer
from sandbox_app.store.traffic_limits import TrafficLimits
from sandbox_app.store.traffic_writer import TrafficWriter


@pytest.fixture
def log(store):
    opened = []

    def make(**limits) -> TrafficLog:
        opened.append(TrafficLog(store.path, store._database, **limits))
        return opened[-1]

    yield make
    for log in opened:
        log.close()


@pytest.fixture
def a_slow_disk(store):
    """Keeps the writer from writing until the block ends."""
    return store.transaction


def ids(log: TrafficLog, before: int | None = None, limit: int = 100) -> list[str]:
    return [row.exchange.id for row in log.page(before, limit)]


@pytest.mark.parametrize("flushed", [False, True])
def test_an_exchange_comes_back_as_it_was_at_once_and_later(store, an_exchange, flushed):
    exchange, detail = an_exchange()
    store.traffic.append(exchange, detail)
    if flushed:
        assert store.traffic.flush()

    assert store.traffic.page(None, 5) == ((1, exchange),)
    assert store.traffic.detail("e1") == detail
    assert store.traffic.detail("e2") is None
    assert store.traffic.detail("\ud800") is None


def test_text_that_no_file_can_hold_is_written_out(store, an_exchange):
    store.traffic.append(*an_exchange("odd", path="/\udcff"))
    store.traffic.append(*an_exchange("plain"))
    store.traffic.flush()

    assert [row.exchange.path for row in store.traffic.page(None, 5)] == [
        "/oauth2/token",
        "/\\udcff",
    ]
    assert store.traffic.dropped == 0


def test_pages_go_back_in_time(store, an_exchange):
    for number in range(1, 8):
        store.traffic.append(*an_exchange(f"e{number}"))
        if number == 5:
            store.traffic.flush()

    rows = store.traffic.page(None, 4)

    assert [row.exchange.id for row in rows] == ["e7", "e6", "e5", "e4"]
    assert ids(store.traffic, before=rows[-1].sequence) == ["e3", "e2", "e1"]
    assert store.traffic.last_sequence == 7


def test_row_numbers_go_on_when_the_workspace_is_opened_again(workspace, an_exchange):
    store = Store.open(workspace)
    store.traffic.append(*an_exchange("e1"))
    store.close()

    store = Store.open(workspace)

    assert store.traffic.last_sequence == 1
    assert store.traffic.append(*an_exchange("e2")) == 2
    assert ids(store.traffic) == ["e2", "e1"]
    store.close()


def test_closing_writes_what_waits(workspace, an_exchange):
    store = Store.open(workspace)
    for number in range(500):
        store.traffic.append(*an_exchange(f"e{number}"))
    store.close()

    store = Store.open(workspace)

    assert len(ids(store.traffic, limit=1000)) == 500
    store.close()


def test_what_does_not_fit_the_queue_is_dropped_and_counted(log, a_slow_disk, an_exchange):
    traffic = log(queue_rows=3)
    with a_slow_disk():
        numbers = [traffic.append(*an_exchange(f"e{number}")) for number in range(5)]

        assert numbers == [1, 2, 3, None, None]
        assert traffic.dropped == 2
        assert ids(traffic) == ["e2", "e1", "e0"]

    assert traffic.flush()
    assert traffic.append(*an_exchange("e9")) == 4


def test_large_bodies_fill_the_queue_sooner(log, a_slow_disk, an_exchange):
    traffic = log(queue_bytes=10_000)
    with a_slow_disk():
        numbers = [traffic.append(*an_exchange(f"e{n}", body=b"x" * 5000)) for n in range(2)]

    assert numbers == [1, None]


def test_the_oldest_go_when_there_are_too_many(log, an_exchange):
    traffic = log(limits=TrafficLimits(requests=10))
    for number in range(25):
        traffic.append(*an_exchange(f"e{number}"))
    traffic.close()

    assert ids(traffic) == [f"e{number}" for number in range(24, 14, -1)]
    assert traffic.detail("e14") is None
    assert traffic.detail("e15") is not None


def test_the_oldest_go_when_they_take_too_much_room(log, an_exchange):
    traffic = log(limits=TrafficLimits(bytes=100_000))
    for number in range(25):
        traffic.append(*an_exchange(f"e{number}", body=b"x" * 10_000))
    traffic.close()

    assert ids(traffic) == [f"e{number}" for number in range(24, 15, -1)]


def test_a_cleared_log_is_empty_at_once_and_in_the_file(workspace, an_exchange):
    store = Store.open(workspace)
    for number in range(1200):
        store.traffic.append(*an_exchange(f"e{number}"))
    store.traffic.flush()
    store.traffic.append(*an_exchange("late"))

    store.traffic.clear()

    assert ids(store.traffic) == []
    assert store.traffic.detail("e1") is store.traffic.detail("late") is None
    assert store.traffic.append(*an_exchange("next")) == 1202
    store.close()
    store = Store.open(workspace)
    assert ids(store.traffic) == ["next"]
    store.close()


def test_nothing_is_missed_or_seen_twice_while_the_writer_writes(store, an_exchange):
    for number in range(400):
        appended = store.traffic.append(*an_exchange(f"e{number}"))

        rows = store.traffic.page(None, 60)

        newest = range(appended, max(appended - 60, 0), -1)
        assert [row.sequence for row in rows] == list(newest)
        assert store.traffic.detail(f"e{number // 2}") is not None


def test_a_row_the_file_refuses_costs_its_batch_and_not_the_writer(store, an_exchange, caplog):
    _, detail = an_exchange("bad")
    broken = Exchange(id="bad", started_at=1, duration=1, method=None, path="/", status=1)
    store.traffic.append(broken, detail)
    assert store.traffic.flush()

    store.traffic.append(*an_exchange("good"))

    assert store.traffic.flush()
    assert store.traffic.dropped == 1
    assert ids(store.traffic) == ["good"]
    assert "could not be recorded" in caplog.text


def test_nothing_is_lost_while_somebody_else_writes_for_longer_than_one_waits(
    store, an_exchange, monkeypatch
):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    told = queue.SimpleQueue()
    monkeypatch.setattr(traffic_writer.log, "warning", told.put)
    with store.transaction():
        store.traffic.append(*an_exchange("patient"))
        assert "traffic waits" in told.get(timeout=30)

    assert store.traffic.flush()
    assert store.traffic.dropped == 0
    assert ids(store.traffic) == ["patient"]


def test_a_sandbox_without_traffic_has_no_writer_thread(workspace, an_exchange):
    before = threading.active_count()
    store = Store.open(workspace)
    assert threading.active_count() == before

    store.traffic.append(*an_exchange())

    assert threading.active_count() == before + 1
    store.close()
    assert threading.active_count() == before


def test_a_writer_that_never_began_closes_at_once(workspace):
    TrafficWriter(workspace, None, TrafficLimits(1, 1)).close()


def test_a_paused_log_takes_what_comes_and_writes_it_once_it_goes_on(store, an_exchange):
    store.traffic.append(*an_exchange("before"))

    store.traffic.pause()
    on_disk = store._database.execute("SELECT id FROM exchange").fetchall()
    store.traffic.append(*an_exchange("meanwhile"))
    assert on_disk == [("before",)]
    assert store._database.execute("SELECT id FROM exchange").fetchall() == on_disk
    assert [row.exchange.id for row in store.traffic.page(None, 10)] == ["meanwhile", "before"]
    store.traffic.resume()

    assert store.traffic.flush()
    assert store._database.execute("SELECT count(*) FROM exchange").fetchone() == (2,)


def test_a_log_that_was_cleared_while_it_was_paused_is_empty_afterwards(store, an_exchange):
    store.traffic.append(*an_exchange("before"))
    store.traffic.pause()
    store.traffic.clear()
    store.traffic.resume()

    assert store.traffic.flush()
    assert store._database.execute("SELECT count(*) FROM exchange").fetchone() == (0,)


def test_a_paused_log_can_be_closed(store, an_exchange):
    store.traffic.pause()
    store.traffic.append(*an_exchange("meanwhile"))

    store.traffic.close()

    assert store._database.execute("SELECT id FROM exchange").fetchall() == [("meanwhile",)]


def test_going_on_without_a_pause_changes_nothing(store, an_exchange):
    store.traffic.resume()
    store.traffic.append(*an_exchange("one"))
    store.traffic.resume()

    assert store.traffic.flush()


def summaries(store: Store) -> int:
    return store._database.execute("SELECT count(*) FROM exchange_summary").fetchone()[0]


def texts(store: Store) -> set[str]:
    return {row[0] for row in store._database.execute("SELECT value FROM exchange_value")}


def test_what_is_erased_can_no_longer_be_found_either(log, store, an_exchange):
    traffic = log(limits=TrafficLimits(requests=10))
    for number in range(25):
        traffic.append(*an_exchange(f"e{number}", path=f"/{number}"))
    traffic.flush()
    assert summaries(store) == 10

    traffic.clear()
    traffic.flush()
    assert summaries(store) == 0


def test_a_flush_ends_when_what_is_too_much_is_gone(log, store, an_exchange, monkeypatch):
    erasing, go_on = threading.Event(), threading.Event()
    erase = TrafficWriter._erase_oldest

    def later(writer, connection):
        erasing.set()
        go_on.wait()
        return erase(writer, connection)

    monkeypatch.setattr(TrafficWriter, "_erase_oldest", later)
    traffic = log(limits=TrafficLimits(requests=10))
    for number in range(25):
        traffic.append(*an_exchange(f"e{number}"))
    flush = threading.Thread(target=traffic.flush)
    flush.start()
    erasing.wait()

    flush.join(timeout=0.1)
    waits = flush.is_alive()
    go_on.set()
    flush.join()
    assert waits
    assert summaries(store) == 10


def test_texts_that_no_exchange_has_any_more_are_erased_in_time(
    log, store, an_exchange, monkeypatch
):
    monkeypatch.setattr(traffic_writer, "_TIDIED_EVERY", 20)
    traffic = log(limits=TrafficLimits(requests=10))
    for number in range(40):
        traffic.append(*an_exchange(f"e{number}", path=f"/{number}"))
    traffic.keep(TrafficLimits(requests=10))
    traffic.flush()

    kept = {f"/{number}" for number in range(30, 40)}
    assert {text for text in texts(store) if text.startswith("/")} == kept
    assert "POST" in texts(store)


def test_less_can_be_kept_at_any_time(log, an_exchange):
    traffic = log()
    for number in range(1_700):
        traffic.append(*an_exchange(f"e{number}"))
    traffic.flush()

    traffic.keep(TrafficLimits(requests=100))
    traffic.append(*an_exchange("next"))

    assert traffic.trimming
    assert traffic.flush()
    assert not traffic.trimming
    assert ids(traffic, limit=5_000)[:2] == ["next", "e1699"]
    assert len(ids(traffic, limit=5_000)) == 100


def test_erasing_goes_on_at_the_next_start(log, an_exchange):
    traffic = log()
    for number in range(1_700):
        traffic.append(*an_exchange(f"e{number}"))
    traffic.flush()
    traffic.keep(TrafficLimits(bytes=10_000))
    traffic.close()

    again = log()
    assert again.limits.bytes == 10_000
    again.append(*an_exchange("last"))

    again.keep(again.limits)
    assert again.flush()
    assert 1 <= len(ids(again, limit=5_000)) < 50


def test_erasing_lets_go_of_the_file_when_asked_and_goes_on_afterwards(log, an_exchange):
    traffic = log()
    for number in range(1_700):
        traffic.append(*an_exchange(f"e{number}"))
    traffic.flush()

    traffic.keep(TrafficLimits(requests=100))
    traffic.pause()
    traffic.append(*an_exchange("meanwhile"))
    traffic.resume()

    assert traffic.flush()
    assert ids(traffic, limit=5_000)[0] == "meanwhile"
    assert len(ids(traffic, limit=5_000)) == 100

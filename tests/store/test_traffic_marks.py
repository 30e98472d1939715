"""What people noted about traffic stays with the workspace, and goes when the traffic goes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sandbox_app.domain.records.marks import RowMark
from sandbox_app.store import Store, TrafficLog
from sandbox_app.store.traffic_limits import TrafficLimits
from sandbox_app.store.traffic_marks import _NEWEST, _NEWEST_OF_LOGIN

NOTED = RowMark("e1", marked=True, colour="teal", note="ask Bob\nand “Eve” <b>")


@pytest.fixture
def record(store, an_exchange) -> Callable[..., None]:
    def make(exchange_id: str, login_id: str = "") -> None:
        exchange, detail = an_exchange(exchange_id)
        store.traffic.append(replace(exchange, login_id=login_id), detail)

    return make


def test_a_mark_comes_back_as_it_was_when_the_workspace_is_opened_again(workspace, an_exchange):
    store = Store.open(workspace)
    store.traffic.append(*an_exchange("e1"))
    store.traffic.flush()
    store.marks.put(NOTED)
    store.close()

    store = Store.open(workspace)

    assert store.marks.all() == (NOTED,)
    store.close()


def test_a_mark_that_says_nothing_is_forgotten(store, record):
    record("e1")
    store.marks.put(NOTED)
    store.marks.put(RowMark("e1"))

    assert store.marks.all() == ()


@pytest.mark.parametrize("written", [True, False], ids=["after", "before"])
def test_a_mark_goes_with_its_request_whether_made_before_or_after_that_was_written(
    store, record, written
):
    record("e1")
    record("e2")
    if written:
        store.traffic.flush()
    store.marks.put(NOTED)
    store.marks.put(RowMark("e2", note="stays"))
    store.traffic.flush()

    keep_only(store, 1)

    assert [mark.about for mark in store.marks.all()] == ["e2"]


@pytest.mark.parametrize("written", [True, False], ids=["after", "before"])
def test_the_mark_of_a_login_goes_with_its_last_request(store, record, written):
    record("e1", "login")
    if written:
        store.traffic.flush()
    store.marks.put(RowMark("login", marked=True, of_login=True))
    record("e2", "other")
    record("e3", "login")
    store.traffic.flush()

    keep_only(store, 2)
    assert [mark.about for mark in store.marks.all()] == ["login"]

    record("e4", "other")
    store.traffic.flush()
    keep_only(store, 1)
    assert store.marks.all() == ()


def test_clearing_the_traffic_clears_the_file_of_marks_too(store, record):
    record("e1")
    store.traffic.flush()
    store.marks.put(NOTED)

    store.traffic.clear()
    store.traffic.flush()

    assert store.marks.all() == ()


def test_a_mark_on_traffic_that_was_never_written_does_not_outlive_the_run(workspace):
    store = Store.open(workspace)
    store.marks.put(NOTED)
    store.close()

    store = Store.open(workspace)

    assert store.marks.all() == ()
    store.close()


def keep_only(store: Store, rows: int) -> None:
    """Let retention do its work."""
    log = TrafficLog(store.path, store._database, limits=TrafficLimits(requests=rows))
    log._writer.wake(hurry=True)
    log.close()


def test_the_mark_of_a_login_is_about_all_of_it_whichever_request_was_looked_at(store, record):
    for number in range(1, 4):
        record(f"e{number}", "login")
    store.traffic.flush()
    store.marks.put(RowMark("login", note="whole", of_login=True))

    keep_only(store, 1)

    assert [mark.about for mark in store.marks.all()] == ["login"]


def test_a_login_and_the_request_that_gave_it_its_id_are_marked_apart(store, record):
    record("same", "same")
    record("later", "same")
    store.traffic.flush()
    login, request = RowMark("same", note="login", of_login=True), RowMark("same", note="request")
    store.marks.put(login)
    store.marks.put(request)
    assert set(store.marks.all()) == {login, request}

    keep_only(store, 1)
    assert store.marks.all() == (login,)

    store.marks.put(RowMark("same", of_login=True))
    assert store.marks.all() == ()


@pytest.mark.parametrize("sql", [_NEWEST, _NEWEST_OF_LOGIN])
def test_finding_the_newest_request_walks_through_no_table(store, sql):
    plan = store._database.execute(f"EXPLAIN QUERY PLAN {sql}", ("login",)).fetchall()

    assert not [row[3] for row in plan if row[3].startswith("SCAN exchange")]

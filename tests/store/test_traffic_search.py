"""Stored exchanges are found by what they say, newest first, also those of older versions."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.store import Store
from sandbox_app.store.traffic_conditions import (
    EVERYTHING,
    NOTHING,
    Between,
    Condition,
    Filled,
    Has,
    LoginBegins,
    Without,
)
from sandbox_app.store.traffic_search import (
    RARE,
    Span,
    count,
    details,
    login_rows,
    matching,
    matching_logins,
    rows,
    sequence_of,
)

EVERYWHERE = Span(0, 2**62)


@pytest.fixture
def record(store, an_exchange):
    """Records an exchange that differs from the usual one as is said."""

    def act(key: str, **given) -> None:
        exchange, detail = an_exchange(key)
        store.traffic.append(replace(exchange, **given), detail)

    return act


def found(store: Store, condition: Condition, span: Span = EVERYWHERE, limit: int = 100):
    store.traffic.flush()
    with store.reading() as connection:
        return [
            row.exchange.id
            for row in rows(connection, matching(connection, span, condition, limit))
        ]


def test_pages_go_back_in_time_between_two_bounds(store, record):
    for number in range(1, 9):
        record(f"e{number}")

    assert found(store, EVERYTHING, Span(0, 7), 3) == ["e6", "e5", "e4"]
    assert found(store, EVERYTHING, Span(2, 4)) == ["e3"]
    with store.reading() as connection:
        assert count(connection, Span(2, 7)) == 4


def test_an_empty_workspace_holds_nothing_of_anything(store):
    for condition in (EVERYTHING, NOTHING, Filled("rule"), Has("path", "x"), Between("status", 1)):
        assert found(store, condition) == []
        with store.reading() as connection:
            assert count(connection, EVERYWHERE, condition) == 0


def test_a_text_that_no_file_can_hold_is_nowhere(store, record):
    record("e1", username="\udcff")

    assert found(store, Has("username", "\udcff")) == []
    assert found(store, LoginBegins("\udcff")) == []
    assert found(store, Has("username", "\\udcff", whole=True)) == ["e1"]


def test_a_login_is_found_by_what_its_exchanges_say_together(store, record):
    record("a1", login_id="a", method="GET", status=302)
    record("a2", login_id="a", method="POST", status=200)
    record("b1", login_id="b", method="GET", status=302)
    record("c1", method="GET", status=302)
    record("c2", method="POST", status=200)
    store.traffic.flush()

    with store.reading() as connection:
        post_and_redirect = [Has("method", "post", whole=True), Between("status", 302, 302)]
        sequences = matching_logins(connection, EVERYWHERE, post_and_redirect, 10)
        ids = {row.exchange.login_id for row in rows(connection, sequences)}

    assert ids == {"a"}, "exchanges without a login each stand alone"


def test_conditions_that_many_fulfil_are_searched_for_as_well(store, record, monkeypatch):
    monkeypatch.setattr("sandbox_app.store.traffic_search.RARE", 2)
    for number in range(6):
        record(f"a{number}", login_id=f"l{number}", method="GET", status=200 + number % 2)
        record(f"b{number}", login_id=f"l{number}", method="POST", status=400)
    store.traffic.flush()

    with store.reading() as connection:
        conditions = [Has("method", "post"), Between("status", 201, 201)]
        found = rows(connection, matching_logins(connection, EVERYWHERE, conditions, 10))

    assert {row.exchange.login_id for row in found} == {"l1", "l3", "l5"}
    assert RARE > 2


def test_a_login_is_read_whole_and_by_its_exact_id(store, record):
    for number, login in enumerate(["x", "X", "x", "", "xy"]):
        record(f"e{number}", login_id=login)
    store.traffic.flush()

    with store.reading() as connection:
        assert [row.exchange.id for row in login_rows(connection, "x", EVERYWHERE)] == ["e0", "e2"]
        assert login_rows(connection, "", EVERYWHERE) == []
        assert sequence_of(connection, ["gone", "e3"]) == 4
        assert sequence_of(connection, ["gone"]) is None
        assert [key for key, _ in details(connection, [1, 2])] == ["e0", "e1"]
    assert found(store, LoginBegins("x")) == ["e4", "e2", "e1", "e0"]


def test_a_search_can_be_interrupted(store, record):
    record("e1")
    store.traffic.flush()
    with store.reading() as connection:
        connection.set_progress_handler(lambda: 1, 1)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            matching(connection, EVERYWHERE, Without(Has("path", "x")), 1)


def test_traffic_of_an_older_version_is_found_after_the_upgrade(workspace, an_exchange):
    opened = Store.open(workspace)
    exchange, detail = an_exchange("old")
    opened.traffic.append(replace(exchange, username="ZOÉ", status=503), detail)
    opened.close()
    with closing(sqlite3.connect(workspace)) as connection:
        later = ("exchange_summary", "exchange_value", "exchange_block", "traffic_limits")
        for table in later:
            connection.execute(f"DROP TABLE {table}")
        for index in ("login", "again"):
            connection.execute(f"DROP INDEX exchange_{index}")
        connection.execute("ALTER TABLE authorization_code DROP COLUMN origin")
        connection.execute("DELETE FROM schema_migration WHERE name >= '0010'")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version - 3}")
        connection.commit()

    upgraded = Store.open(workspace)
    try:
        for condition in (Has("username", "zoé"), Between("status", 503, 503), Filled("rule")):
            assert found(upgraded, condition) == ["old"]
        upgraded.traffic.append(Exchange(**{**as_given(exchange), "username": "ZOÉ"}), detail)
        assert found(upgraded, Has("username", "zoé", whole=True)) == ["new", "old"]
    finally:
        upgraded.close()


def as_given(exchange: Exchange) -> dict:
    return {name: getattr(exchange, name) for name in exchange.__slots__} | {"id": "new"}

"""Older traffic: page by page the same rows that a book with everything in it would show."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given

from sandbox_app.domain.ports import at_once
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.store import Store
from sandbox_app.workbench.live import older, older_reading
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.older import OlderTraffic
from tests.workbench.live.filters.test_stored import a_detail, anybody, often, record, trees


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[Exchange]]]:
    """A workspace with many short logins and single requests, and what it holds, oldest first."""
    opened = Store.open(tmp_path_factory.mktemp("crowded") / "workspace.sandbox")
    random = Random(3)
    crowd = [
        replace(anybody(number, random), login_id=random.choice(("", f"l{number // 5}")))
        for number in range(300)
    ]
    stored = record(opened, crowd)
    yield opened, [stored[number] for number in sorted(stored)]
    opened.close()


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many looks, so that what lies between two of them is looked at too."""
    monkeypatch.setattr(older, "PAGE_LOGINS", 7)
    monkeypatch.setattr(older, "PAGE_REQUESTS", 11)
    monkeypatch.setattr(older_reading, "_AT_ONCE", 5)


def everything(traffic: OlderTraffic) -> tuple[list[str], list[str]]:
    """Keys of all logins, and ids of all requests, newest first."""

    async def read() -> tuple[list[str], list[str]]:
        logins, requests = [], []
        while not traffic.finished:
            page = await traffic.more()
            assert page is not None
            logins += [login.login_id or login.last.id for login in page.logins]
            requests += [entry.exchange.id for entry in page.entries]
        return logins, requests

    return asyncio.run(read())


@pytest.mark.usefixtures("small_pages")
def test_every_filter_finds_the_logins_that_a_book_with_everything_shows(crowded) -> None:
    store, exchanges = crowded

    @often
    @given(trees)
    def agrees(typed: str) -> None:
        whole = TrafficBook()
        whole.absorb(exchanges)
        wanted = Filter(typed)
        traffic = OlderTraffic(store, at_once, TrafficBook())
        traffic.begin(wanted, by_login=True)

        logins, _ = everything(traffic)

        expected = {login.login_id or login.last.id for login in wanted.select(whole.logins)}
        assert set(logins) == expected
        assert len(logins) == len(expected)

    agrees()


@pytest.mark.usefixtures("small_pages")
def test_every_filter_finds_the_requests_that_a_book_with_everything_shows(crowded) -> None:
    store, exchanges = crowded

    @often
    @given(trees)
    def agrees(typed: str) -> None:
        whole = TrafficBook()
        whole.absorb(exchanges)
        wanted = Filter(typed)
        traffic = OlderTraffic(store, at_once, TrafficBook())
        traffic.begin(wanted, by_login=False)

        _, requests = everything(traffic)

        expected = [entry.exchange.id for entry in wanted.select(reversed(whole.entries))]
        assert requests == expected

    agrees()


def test_what_is_read_for_an_older_filter_is_given_up_for_a_newer_one(crowded) -> None:
    store, _ = crowded

    async def later(work: Callable[[], Any]) -> Any:
        await asyncio.sleep(0)
        return work()

    async def play() -> None:
        traffic = OlderTraffic(store, later, TrafficBook())
        traffic.begin(Filter(), by_login=False)
        first = asyncio.ensure_future(traffic.more())
        await asyncio.sleep(0)
        traffic.begin(Filter("~c 503"), by_login=False)

        assert await first is None
        assert traffic.found == 0
        page = await traffic.more()
        assert page is not None
        assert {entry.exchange.status for entry in page.entries} == {503}

    asyncio.run(play())


def test_what_the_file_cannot_do_comes_through(crowded) -> None:
    store, _ = crowded

    async def play() -> None:
        traffic = OlderTraffic(store, at_once, TrafficBook())
        traffic.begin(Filter(), by_login=True)
        with pytest.raises(ZeroDivisionError):
            await traffic._read(traffic._number, lambda connection: 1 // 0)
        assert not traffic.reading

    asyncio.run(play())


def test_a_file_of_a_workspace_can_be_restored_between_two_looks(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "workspace.sandbox")
    random = Random(5)
    record(store, [anybody(number, random) for number in range(50)])
    traffic = OlderTraffic(store, at_once, TrafficBook())
    traffic.begin(Filter("~m GET"), by_login=False)
    assert asyncio.run(traffic.measure())

    saved = tmp_path / "saved.sandbox"
    store.save_state(saved)
    restoration = store.restoration(saved)
    before = store.changes
    store.prepare(restoration, most=-1)
    assert store.finish(restoration, before)
    store.give_up(restoration)
    restoration.discard()

    _, requests = everything(traffic)
    assert requests
    assert store.traffic.append(anybody(999, random), a_detail("999"))
    assert store.traffic.flush()
    store.close()

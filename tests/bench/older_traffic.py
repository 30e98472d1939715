"""First pages out of many stored exchanges: `python tests/bench/older_traffic.py [exchanges]`.

Run as a process of its own; prints one JSON object. The file is built by the rows that the
writer writes, without its queue. Times are milliseconds from a filter until its first page can be
shown, how many requests there are counted as well; and how long the loop was held meanwhile.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.store import Store
from sandbox_app.store.database import open_plain
from sandbox_app.store.traffic_rows import (
    ADD_DETAIL,
    ADD_EXCHANGE,
    Recorded,
    detail_row,
    exchange_row,
    size_of,
)
from sandbox_app.store.traffic_values import TrafficValues
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.older import OlderTraffic, Page
from tests.bench.users import Gaps

EXCHANGES = 1_000_000
USERS, CLIENTS = 20_000, 12
POOL = "us-east-1_Demo00001"
STEPS = (
    ("GET", "/oauth2/authorize", 302, "authorize", ""),
    ("GET", "/login", 200, "login", ""),
    ("POST", "/login", 302, "login", ""),
    ("POST", "/oauth2/token", 200, "token", "authorization_code"),
    ("GET", "/oauth2/userInfo", 200, "userInfo", ""),
    ("GET", f"/{POOL}/.well-known/jwks.json", 200, "keys", ""),
)
RARE_LOGIN = "0badcafe-0000-4000-8000-000000000000"
MESSAGE = Message(headers=(("Host", "localhost:9400"), ("Accept", "*/*")), body=b"x" * 80, size=80)
DETAIL = ExchangeDetail(
    exchange_id="",
    target="/",
    http_version="1.1",
    peer="127.0.0.1",
    origin="http://localhost:9400",
    request=MESSAGE,
    response=MESSAGE,
)

FILTERS = {
    "everything": "",
    "a rare client": "~client forgotten",
    "a rare user": "~user zoe",
    "a rare error": "~rule lo-2",
    "refused": "~err",
    "a login": "~login 0badcafe",
    "a rare word": "zoe",
    "a word of all": "user1",
    "several words": "client3 user77 post",
    "common, never together": "~u userInfo ~m POST",
    "slow, never": "~slow 1000",
    "nowhere": "~user nobody",
}
"""What is typed, and why."""


def build(path: Path, count: int) -> None:
    """A workspace with so many exchanges, a few of them near its beginning unlike all others."""
    Store.open(path).close()
    values = TrafficValues()
    with closing(open_plain(path, "rw")) as connection:
        # Nobody minds if it is lost half-way.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'exchange'"
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        batch: list[Recorded] = []
        # What nobody searches is the same for all; it only has to lie in between.
        of_all = detail_row(next(exchanges(1)))
        for recorded in exchanges(count):
            batch.append(recorded)
            if len(batch) == 5_000 or recorded.sequence == count:
                wide = [(each.sequence, *of_all[1:]) for each in batch]
                narrow = [exchange_row(each, size_of(of_all)) for each in batch]
                connection.execute("BEGIN")
                connection.executemany(ADD_EXCHANGE, narrow)
                connection.executemany(ADD_DETAIL, wide)
                values.add(connection, narrow)
                connection.execute("COMMIT")
                batch.clear()
        for _, sql in indexes:
            connection.execute(sql)
        connection.execute("PRAGMA journal_mode = WAL")


def exchanges(count: int) -> Iterator[Recorded]:
    """Sign-ins of many users through some clients, one after the other."""
    random = Random(5)
    clients = [(f"client{number}", f"{number:026d}") for number in range(CLIENTS)]
    login = {"login_id": ""}
    for sequence in range(1, count + 1):
        step = (sequence - 1) % len(STEPS)
        if step == 0:
            name, client_id = random.choice(clients)
            login = {
                "login_id": f"{random.getrandbits(128):032x}",
                "client_name": name,
                "client_id": client_id,
                "username": f"user{random.randrange(USERS)}",
            }
        method, path, status, name, grant = STEPS[step]
        given: dict[str, Any] = {"grant": grant, **login}
        if random.random() < 0.002:
            status, given = 400, {**given, "rule": "TC-2", "error": "invalid_grant"}
        if 601 <= sequence <= 606:
            given = {
                **given,
                "login_id": RARE_LOGIN,
                "client_name": "forgotten",
                "username": "zoe",
                "rule": "LO-2" if step == 5 else "",
            }
        exchange = Exchange(
            id=f"{random.getrandbits(128):032x}",
            started_at=1.7e9 + sequence,
            duration=random.random() * 20,
            method=method,
            path=path,
            status=status,
            step=name,
            pool_id=POOL,
            **given,
        )
        yield Recorded(sequence, exchange, DETAIL)


async def pages(path: Path) -> dict[str, dict[str, float]]:
    """For each filter how long the first page of logins and of requests takes, and the rest."""
    store = Store.open(path)
    loop = asyncio.get_running_loop()

    def aside(work: Callable[[], Any]) -> Awaitable[Any]:
        return loop.run_in_executor(None, work)

    older = OlderTraffic(store, aside, TrafficBook())
    found: dict[str, dict[str, float]] = {}
    for name, typed in FILTERS.items():
        times = found[name] = {}
        async with Gaps() as gaps:
            for kind in ("logins", "requests"):
                older.begin(Filter(typed), by_login=kind == "logins")
                started = time.perf_counter()
                await first_page(older)
                times[kind] = (time.perf_counter() - started) * 1000
                times[f"{kind} found"] = older.found
        times["gap"] = gaps.longest
    store.close()
    return found


async def first_page(older: OlderTraffic) -> None:
    """Read until something can be shown, or until it is known that nothing can."""
    page = Page()
    while page is not None and not (page.logins or page.entries or older.finished):
        page = await older.more()


def main(count: int) -> None:
    """Build the file, measure, and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sandbox"
        build(path, count)
        print(json.dumps(asyncio.run(pages(path))))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EXCHANGES)

"""Lists, sign-ins and imports with many users: `python tests/bench/users.py [users] [imported]`.

Run as a process of its own, so that its loop is nobody else's; prints one JSON object. A second
process asks for a pool's keys all the while, as an app does.
"""

import asyncio
import gc
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.records.users import PasswordSecret, User, UserStatus
from sandbox_app.domain.resources import resource_path
from sandbox_app.operations.core import Core
from sandbox_app.workbench import edits
from sandbox_app.workbench.people import (
    ImportOptions,
    Listing,
    PeopleQuery,
    plan_import,
    proposed_mapping,
    read_csv,
    run_import,
)
from tests.bench.load import sign_in

POOL, CLIENT = "us-east-1_Demo00001", "7spa4k1m8v0c3n5b9x6zq2kdpa"
REDIRECT = "http://localhost:5173/callback"
SIGN_INS = 40
QUERIES = {
    "all by name": PeopleQuery(),
    "a rare word": PeopleQuery(text="number 4711"),
    "a word of all": PeopleQuery(text="example"),
    "three words": PeopleQuery(text="a 9 e"),
    "a letter with an accent": PeopleQuery(text="ÉMILE"),
    "one attribute": PeopleQuery(text="email:user77"),
    "a status": PeopleQuery(status=UserStatus.CONFIRMED),
    "by e-mail": PeopleQuery(sort="email"),
    "by status": PeopleQuery(sort="status"),
    "by date, newest first": PeopleQuery(sort="created", descending=True),
    "a word, by e-mail": PeopleQuery(text="7", sort="email"),
    "by an own attribute": PeopleQuery(sort="custom:department"),
}


def main(users: int, imported: int) -> None:
    """Measure everything and print it."""
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(measured(Path(folder), users, imported))))


async def measured(folder: Path, users: int, imported: int) -> dict[str, Any]:
    """Times in milliseconds, but the import's in seconds."""
    settings = Settings(workspace=folder / "bench.sandbox", port=0, tls_port=None)
    sandbox = Sandbox(settings, folder)
    await sandbox.seed([resource_path("seeds/demo.yaml")])
    bound = await sandbox.start()
    # As the program does once it has started.
    gc.collect()
    gc.freeze()
    found: dict[str, Any] = {"users": users, "imported": imported}
    try:
        add_users(sandbox.core, range(100))
        await asyncio.to_thread(sign_ins, bound.http_port, 5)
        found["sign-in at 100"] = await asyncio.to_thread(sign_ins, bound.http_port, SIGN_INS)
        add_users(sandbox.core, range(100, users))
        found["sign-in at all"] = await asyncio.to_thread(sign_ins, bound.http_port, SIGN_INS)
        found["lists"] = await lists(sandbox.core)
        found["import"] = await importing(sandbox.core, bound.http_port, imported)
    finally:
        await sandbox.close()
    return found


def add_users(core: Core, numbers: range) -> None:
    """Users as an import leaves them, past the operations, which would take minutes."""
    secret = PasswordSecret("x" * 97, "y" * 32, "z" * 768)
    with core.store.transaction():
        for number in numbers:
            sub, name = f"{number:08x}-0000-4000-8000-000000000000", f"user{number}"
            first = ("Ana", "ben", "Émile")[number % 3]
            attributes = {
                "sub": sub,
                "email": f"{name}@example.com",
                "email_verified": "true",
                "name": f"{first} Number {number * 7919 % 100_003}",
                "custom:department": ("red", "blue", "green")[number % 3],
            }
            user = User(
                user_pool_id=POOL,
                sub=sub,
                username=name,
                status=(UserStatus.CONFIRMED, UserStatus.RESET_REQUIRED)[number % 2],
                enabled=number % 9 > 0,
                creation_date=number * 7919 % 100_003,
                last_modified_date=1.0,
                attributes=attributes,
                password=secret,
            )
            core.store.users.add(user, name)
            core.store.users.claim_alias(POOL, "email", f"{name}@example.com", sub)


def sign_ins(port: int, count: int) -> float:
    """The median time of a sign-in on the page, password check included."""
    times = []
    for _ in range(count):
        started = time.perf_counter()
        sign_in(f"http://127.0.0.1:{port}", CLIENT, REDIRECT)
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


async def lists(core: Core) -> dict[str, dict[str, float]]:
    """For each query the time to the first rows, to all, to show a window, and the longest gap."""
    loop = asyncio.get_running_loop()

    def aside(work: Callable[[], Any]) -> Awaitable[Any]:
        return loop.run_in_executor(None, work)

    listing = Listing(core, POOL, aside)
    found = {}
    for name, query in QUERIES.items():
        async with Gaps() as gaps:
            times, firsts = [], []
            for _ in range(7):
                begun: list[float] = []
                mark = partial(_note_now, begun)
                started = time.perf_counter()
                await listing.load(query, mark)
                times.append((time.perf_counter() - started) * 1000)
                firsts.append((begun[0] - started) * 1000 if begun else times[-1])
        started = time.perf_counter()
        listing.rows(listing.count // 2, 60)
        shown = (time.perf_counter() - started) * 1000
        found[name] = {
            "first": statistics.median(firsts),
            "found": statistics.median(times),
            "shown": shown,
            "gap": gaps.longest,
        }
    listing.close()
    return found


def _note_now(times: list[float]) -> None:
    times.append(time.perf_counter())


async def importing(core: Core, port: int, count: int) -> dict[str, float]:
    """An import with a password for everybody, as one edit, while an app asks for keys."""
    lines = (f"new{n},new{n}@example.net,true,New {n},Secret-{n}!a,admins" for n in range(count))
    head = "cognito:username,email,email_verified,name,password,groups\n"
    if not core.store.groups.get(POOL, "admins"):
        head, lines = head.replace(",groups", ""), (line.rpartition(",")[0] for line in lines)
    table = read_csv(head + "\n".join(lines))
    pool = core.store.pools.get(POOL)
    assert pool is not None
    mapping = proposed_mapping(pool, table)

    async def pause() -> None:
        await asyncio.sleep(0)

    asking = Asking(port)
    quiet = await asyncio.to_thread(asking.for_a_while)
    await asyncio.to_thread(asking.start)
    async with Gaps() as gaps:
        started = time.perf_counter()
        plan = await plan_import(
            core, POOL, table, mapping, ImportOptions(), lambda *_: None, pause
        )
        planned = time.perf_counter() - started
        planning = gaps.longest
        with edits.step(core, f"Import {count} users"):
            report = await run_import(core, plan, lambda *_: None, lambda: False, pause)
        taken = time.perf_counter() - started
        await asyncio.sleep(0.01)
        running = gaps.longest
        busy = await asyncio.to_thread(asking.stop)
    assert len(report.created) == count, report.failed[:3]
    return {
        "planned": planned,
        "taken": taken,
        "gap while planning": planning,
        "gap": running,
        "gap p999": gaps.p999,
        "request p99 before": quiet[0],
        "request p99": busy[0],
        "request max": busy[1],
        "requests": busy[2],
    }


class Gaps:
    """The times between turns of the loop, in milliseconds; a turn is asked for at once."""

    def __init__(self) -> None:
        self._gaps = [0.0]
        self._task: asyncio.Task[None] | None = None

    @property
    def longest(self) -> float:
        """The longest so far."""
        return max(self._gaps) * 1000

    @property
    def p999(self) -> float:
        """What 999 of 1000 did not exceed."""
        return sorted(self._gaps)[len(self._gaps) * 999 // 1000] * 1000

    async def __aenter__(self) -> "Gaps":
        self._task = asyncio.create_task(self._probe())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()

    async def _probe(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            self._gaps.append(now - last)
            last = now


class Asking:
    """Another process that asks for the pool's keys, a request every few milliseconds."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Begin to ask; returns once the first answer is there, so wait for it aside."""
        self._process = subprocess.Popen(
            [sys.executable, __file__, "ask", str(self._port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def stop(self) -> tuple[float, float, int]:
        """The 99th percentile and the longest in milliseconds, and how many were answered."""
        assert self._process is not None
        out, _ = self._process.communicate("")
        times = sorted(json.loads(out))
        return times[len(times) * 99 // 100] * 1000, times[-1] * 1000, len(times)

    def for_a_while(self) -> tuple[float, float, int]:
        """The same while nothing else happens."""
        self.start()
        time.sleep(2)
        return self.stop()


def ask(port: int) -> None:
    """Ask until the other end of the standard input is closed."""
    closed = threading.Event()
    threading.Thread(target=_until_closed, args=(closed,), daemon=True).start()
    connection = http.client.HTTPConnection("localhost", port)
    times = []
    while not closed.wait(0.005):
        started = time.perf_counter()
        connection.request("GET", f"/{POOL}/.well-known/jwks.json")
        connection.getresponse().read()
        times.append(time.perf_counter() - started)
        if len(times) == 1:
            print("answered", flush=True)
    print(json.dumps(times))


def _until_closed(closed: threading.Event) -> None:
    sys.stdin.read()
    closed.set()


if __name__ == "__main__":
    if sys.argv[1:2] == ["ask"]:
        ask(int(sys.argv[2]))
    else:
        numbers = [int(argument) for argument in sys.argv[1:]]
        main(*(numbers + [100_000, 10_000][len(numbers) :]))

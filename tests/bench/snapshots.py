"""Snapshots with many users: `python tests/bench/snapshots.py [users]`; prints one JSON object.

Seconds for each step, and for how many milliseconds at a time the loop was held meanwhile. The
loop's own processor time tells the two apart on a machine that has other things to do.
"""

import asyncio
import gc
import json
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.resources import resource_path
from sandbox_app.store import Store
from sandbox_app.workbench import snapshots
from tests.bench.users import Gaps, add_users

ALL = "UPDATE pool_user SET failures = failures + 1"
FEW = f"{ALL} WHERE seq % 5000 = 0"


def main(users: int) -> None:
    """Measure everything and print it."""
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(measured(Path(folder), users))))


async def measured(folder: Path, users: int) -> dict[str, Any]:
    """Each step with what it took."""
    settings = Settings(workspace=folder / "bench.sandbox", port=0, tls_port=None)
    sandbox = Sandbox(settings, folder)
    await sandbox.seed([resource_path("seeds/demo.yaml")])
    core = sandbox.core
    for first in range(0, users, 2000):
        add_users(core, range(first, min(first + 2000, users)))
        core.store.traffic.flush()
    # As the program does once it has started.
    gc.collect()
    gc.freeze()
    try:
        saved, took = await timed(snapshots.save(core, "all"))
        found = {"users": users, "size in MB": round(saved.size / 1e6), "save": took}
        execute = core.store._database.execute
        for name, sql in (("nothing", ""), ("a few rows", FEW), ("all rows", ALL)):
            if sql:
                execute(sql)
                core.store.traffic.relieve()
                core.store.traffic.flush()
            await asyncio.sleep(0.1)
            _, compared = await timed(snapshots.compare(core, saved.id))
            held = HeldByFinish(core.store)
            _, restored = await timed(snapshots.restore(core, saved.id, keep=False))
            found[f"compare, {name} changed"] = compared
            found[f"restore, {name} changed"] = {**restored, "exchange ms": held.stop()}
        return found
    finally:
        await sandbox.close()


async def timed(work: Awaitable[Any]) -> tuple[Any, dict[str, float]]:
    """What it gave, and what it took."""
    started, processor = time.perf_counter(), time.thread_time()
    async with Gaps() as gaps:
        result = await work
        await asyncio.sleep(0.01)
    return result, {
        "seconds": round(time.perf_counter() - started, 3),
        "loop's own seconds": round(time.thread_time() - processor, 3),
        "longest gap ms": round(gaps.longest, 1),
    }


class HeldByFinish:
    """The processor time of the one step of a restore that has to happen on the loop."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._took = 0.0
        store.finish = self._finish  # type: ignore[method-assign]

    def stop(self) -> float:
        """In milliseconds."""
        del self._store.finish
        return round(self._took * 1000, 1)

    def _finish(self, restoration: Any, changes: int) -> bool:
        started = time.thread_time()
        done = Store.finish(self._store, restoration, changes)
        self._took = time.thread_time() - started
        return done


if __name__ == "__main__":
    main(*([int(argument) for argument in sys.argv[1:]] or [100_000]))

"""A process that is killed while it restores leaves one state or the other, never a mixture."""

import random
import subprocess
import sys
import time

from sandbox_app.store import Store

KILLS = 12
SEED = 4711

# Restores two states in turn, by exchanging the file, while traffic is written. In one state all
# users are disabled, in the other all are enabled, and a setting says which it is.
BUSY = """
import sys
from pathlib import Path
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.store import Store

store = Store.open(Path(sys.argv[1]))
message = Message(body=b"x" * 2000, size=2000)
print("ready", flush=True)
for turn in range(10**6):
    restoration = store.restoration(store.snapshots.state(("a" * 16, "b" * 16)[turn % 2]))
    changes = store.changes
    store.prepare(restoration, most=-1)
    assert store.finish(restoration, changes)
    store.give_up(restoration)
    restoration.discard()
    store.traffic.append(
        Exchange(id=str(turn), started_at=1.0, duration=1.0, method="GET", path="/", status=200),
        ExchangeDetail(exchange_id=str(turn), target="/", http_version="1.1", peer="", origin="",
                       request=message, response=message))
"""


def test_twelve_kills_leave_one_state_or_the_other(workspace, a_pool, a_user):
    store = Store.open(workspace)
    store.pools.put(a_pool())
    for number in range(200):
        store.users.add(a_user(f"user-{number}"), f"user-{number}")
    for name, enabled in (("a", 0), ("b", 1)):
        store._database.execute("UPDATE pool_user SET enabled = ?", (enabled,))
        store.settings.put("state", str(enabled))
        store.snapshots.folder.mkdir(mode=0o700, exist_ok=True)
        store.save_state(store.snapshots.state(name * 16))
        store.snapshots.write_note(name * 16, {"name": name})
    store.close()
    chance, seen = random.Random(SEED), set()

    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", BUSY, workspace], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.4))
        process.kill()
        process.communicate()

        opened = Store.open(workspace)
        enabled = opened._database.execute("SELECT DISTINCT enabled FROM pool_user").fetchall()
        assert enabled == [(int(opened.settings.get("state")),)]
        assert opened.users.count(a_pool().id) == 200
        assert opened._database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        seen.add(enabled[0])
        opened.close()
        assert list(workspace.parent.glob("*.new*")) == []

    assert seen == {(0,), (1,)}

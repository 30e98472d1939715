"""A killed process loses nothing it had committed, and leaves a workspace that opens."""

import random
import subprocess
import sys
import time
from pathlib import Path

from sandbox_app.store import Store

KILLS = 50
SEED = 2027

# Writes configuration, users, codes and traffic as fast as it can, and names each pool once its
# transaction is over.
BUSY = """
import sys
from pathlib import Path
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.grants import AuthorizationCode
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.store import Store

store = Store.open(Path(sys.argv[1]))
run = sys.argv[2]
print("ready", flush=True)
number = 0
while True:
    number += 1
    name = f"p_{run}x{number}"
    with store.transaction():
        store.pools.put(UserPool(id=name, name=name, creation_date=1.0, last_modified_date=1.0))
        store.clients.put(UserPoolClient(user_pool_id=name, client_id=name, client_name="web",
                                         creation_date=1.0, last_modified_date=1.0))
    print(name, flush=True)
    store.codes.add(AuthorizationCode(code=name, user_pool_id=name, client_id=name, sub="s",
        redirect_uri="r", scopes=(), issued_at=1.0, expires_at=2.0, auth_time=1, login_id="l"))
    message = Message(body=b"x" * 2000, size=2000)
    store.traffic.append(
        Exchange(id=name, started_at=1.0, duration=1.0, method="GET", path="/", status=200),
        ExchangeDetail(exchange_id=name, target="/", http_version="1.1", peer="", origin="",
                       request=message, response=message))
"""


def killed_at_work(workspace: Path, run: int, seconds: float, *, started: bool) -> set[str]:
    """What the process had said was committed when it was killed, `seconds` after its start."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUSY, workspace, str(run)], stdout=subprocess.PIPE, text=True
    )
    said = process.stdout.readline() if started else ""
    time.sleep(seconds)
    process.kill()
    said += process.communicate()[0]
    return {line for line in said.splitlines() if line.startswith("p_")}


def test_fifty_kills_lose_no_committed_configuration(tmp_path):
    chance = random.Random(SEED)
    workspace = tmp_path / "workspace.sqlite"
    survived = 0
    for run in range(KILLS):
        # Every fifth is killed around the moment it makes the workspace, the others at work.
        early = run % 5 == 0
        if early:
            workspace = tmp_path / f"workspace-{run}.sqlite"
        delay = chance.uniform(0.1, 0.4) if early else chance.uniform(0.0, 0.12)
        promised = killed_at_work(workspace, run, delay, started=not early)
        survived += len(promised)

        store = Store.open(workspace)

        kept = {pool.id for pool in store.pools.all()}
        assert kept >= promised
        assert all(len(store.clients.of_pool(pool_id)) == 1 for pool_id in kept)
        assert store._database.execute("PRAGMA quick_check").fetchone() == ("ok",)
        # An empty start keeps the next round short.
        with store.transaction():
            for pool_id in kept:
                store.pools.remove(pool_id)
        store.close()
    assert survived > KILLS, "the rounds were too short to prove anything"

"""`dev.py bench`: operations per raw RSA signature, start-up, memory. Prints; judges nothing.

The unit is one raw RSA-2048 signature on the server's core, measured right before and after each
load, so that a slow or busy machine changes both sides of the ratio alike.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from tests.bench.load import Target, basic, code_exchanges, machine_tokens, sign_in

ROOT = Path(__file__).resolve().parents[2]
REDIRECT = "http://localhost:5173/callback"
ROUNDS = 5
SECONDS = 2.0


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--window", action="store_true", help="measure with the window open")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parsed = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        process, target, ready_after = start(Path(folder), window=parsed.window)
        try:
            face = "with the window" if parsed.window else "headless"
            print(f"{face}: ready after {ready_after:.2f} s, {memory(process.pid):.0f} MB")
            for name, load in (
                ("client_credentials", machine_tokens),
                ("authorize + exchange", code_exchanges),
            ):
                ratios = [one_round(target, load) for _ in range(parsed.rounds)]
                told = ", ".join(f"{ratio:.3f}" for ratio, _ in ratios)
                median = statistics.median(ratio for ratio, _ in ratios)
                rate = statistics.median(rate for _, rate in ratios)
                print(f"{name}: {median:.3f} per raw signature ({told}), {rate:.0f}/s")
            print(f"afterwards {memory(process.pid):.0f} MB")
        finally:
            process.terminate()
            process.wait(timeout=20)
    return 0


def start(folder: Path, *, window: bool) -> tuple[subprocess.Popen[str], Target, float]:
    """A sandbox on the first core; this process keeps to the others."""
    cores = sorted(os.sched_getaffinity(0))
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    workspace, ready_file = folder / "bench.sandbox", folder / "ready.json"
    serve = [sys.executable, "-m", "sandbox_app", "serve", "--workspace", str(workspace)]
    serve += ["--port", "0", "--tls-port", "off"]
    started = time.perf_counter()
    process = subprocess.Popen(
        [*serve, "--ready-file", str(ready_file)],
        stdout=subprocess.DEVNULL,
        env=environ,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores[:1]),
    )
    ready = _awaited(ready_file, process)
    taken = time.perf_counter() - started
    port = int(ready["http"].rpartition(":")[2])
    secrets = _secrets(workspace)
    if window:
        process.terminate()
        process.wait(timeout=20)
        ready_file.unlink()
        process, taken = _with_window(workspace, port, environ, cores)
    os.sched_setaffinity(0, cores[1:] or cores)
    base = f"http://127.0.0.1:{port}"
    clients = {item["name"]: item["id"] for item in ready["pools"][0]["clients"]}
    target = Target(
        port=port,
        machine=basic(clients["m2m"], secrets["m2m"]),
        client_id=clients["spa"],
        redirect_uri=REDIRECT,
        cookie=sign_in(base, clients["spa"], REDIRECT),
    )
    return process, target, taken


def one_round(
    target: Target, load: Callable[[Target, float], Awaitable[float]]
) -> tuple[float, float]:
    """Operations per raw signature, and operations per second."""
    before = raw_signatures()
    rate = asyncio.run(_run(load, target))
    after = raw_signatures()
    return rate / ((before + after) / 2), rate


def raw_signatures(seconds: float = 0.5) -> float:
    """Raw RSA-2048 signatures per second on the server's core, while the server idles."""
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(1) if os.geteuid() == 0 else mine | {0})})
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    count, ends = 0, time.perf_counter() + seconds
    while time.perf_counter() < ends:
        key.sign(b"x" * 300, padding.PKCS1v15(), SHA256())
        count += 1
    os.sched_setaffinity(0, mine)
    return count / seconds


def memory(pid: int) -> float:
    """Resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


async def _run(load: Callable[[Target, float], Awaitable[float]], target: Target) -> float:
    return await load(target, SECONDS)


def _awaited(file: Path, process: subprocess.Popen[str]) -> dict:  # type: ignore[type-arg]
    while not file.exists():
        if process.poll() is not None:
            raise SystemExit("the sandbox did not start")
        time.sleep(0.005)
    return json.loads(file.read_text())


def _with_window(workspace, port, environ, cores):  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "sandbox_app", "--workspace", str(workspace)),
            *("--port", str(port), "--tls-port", "off"),
        ],
        env={"QT_QPA_PLATFORM": "offscreen", **environ},
        preexec_fn=lambda: os.sched_setaffinity(0, cores[:1]),
        text=True,
    )
    import requests

    while True:
        try:
            requests.get(f"http://127.0.0.1:{port}/_sandbox/health", timeout=1)
        except requests.ConnectionError:
            time.sleep(0.02)
        else:
            return process, time.perf_counter() - started


def _secrets(workspace: Path) -> dict[str, str]:
    import sqlite3

    with sqlite3.connect(f"file:{workspace}?mode=ro", uri=True) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")]
        table = next(name for name in tables if name in ("client", "user_pool_client"))
        rows = connection.execute(f"SELECT document FROM {table}").fetchall()
    documents = [json.loads(row[0]) for row in rows]
    return {
        item["ClientName"]: item["ClientSecrets"][0]["ClientSecretValue"]
        for item in documents
        if item.get("ClientSecrets")
    }


if __name__ == "__main__":
    sys.exit(main())

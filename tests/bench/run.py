"""`dev.py bench`: speed in raw RSA signatures, start-up and memory, each beside its aim.

The unit is one raw RSA-2048 signature on the server's core, measured right before and after each
load, so that a slow or busy machine changes both sides of the ratio alike. Two processors are not
comparable by it: with AVX-512 IFMA a signature takes 0.25 ms, on the same one without it 0.58, and
all else stays as it is, so that authorize and exchange come to 0.14 and to 0.24. (To see it, set
`OPENSSL_ia32cap=":~0x200000"`.) A Python built without profile-guided optimization takes an eighth
more. Hence the processor time of an operation and of a signature is told as well.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from tests.bench.fluency import fluency, frames_under_load
from tests.bench.load import Load, Target, code_exchanges, machine_tokens, run_load
from tests.bench.measured import Measured, told
from tests.bench.served import Cores, Served, Workspace, pin, served

STARTS = 5
SETTLING = 2.0
"""Seconds until an idle program counts as idle."""

LOADS: tuple[tuple[str, Load], ...] = (
    ("client_credentials", machine_tokens),
    ("authorize + exchange", code_exchanges),
)
AIMS = {
    False: {"client_credentials": 0.48, "authorize + exchange": 0.23},
    True: {"client_credentials": 0.40, "authorize + exchange": 0.17},
}
READY_AIM, MEMORY_AIM, GROWTH_AIM = 0.8, 150.0, 5.0
TOKENS = 100_000
USERS, IMPORTED, IMPORTED_QUICKLY = 100_000, 10_000, 1_000
STORED, PAGE_AIM = 1_000_000, 300.0
LIST_AIM, SIGN_IN_AIM, REQUEST_AIM = 50.0, 1.2, 20.0


def main() -> int:
    """Measure what was asked for and print the table; the exit status judges nothing."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--window", action="store_true", help="measure with the window open")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="leave out what takes minutes: the growth of memory, a million requests",
    )
    parser.add_argument("--rounds", type=int, default=5, help="loads of each kind (default 5)")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of one (default 2)")
    asked = parser.parse_args()
    cores = Cores.of_this_machine()
    face = "with the window" if asked.window else "headless"
    print(f"{face}, the server on one core, {asked.rounds} rounds of {asked.seconds:g} s\n")
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder), cores)
        with workspace.pinned_away():
            for line in measure(workspace, asked):
                print(told(line), flush=True)
    return 0


def measure(workspace: Workspace, asked: argparse.Namespace) -> Iterator[Measured]:
    """Everything, line by line as it becomes known."""
    with served(workspace, window=False) as first:
        # The start that makes the workspace also writes the byte code of all later ones.
        target = workspace.target(first)
    starts = []
    for _ in range(STARTS):
        with served(workspace, window=asked.window) as server:
            starts.append(server.ready_after)
    ready_aim = 1.5 if asked.window else READY_AIM
    spread = f"{min(starts):.2f} to {max(starts):.2f}"
    yield Measured("ready after", statistics.median(starts), "{:.2f} s", ready_aim, remark=spread)
    with served(workspace, window=asked.window, port=target.port) as server:
        time.sleep(SETTLING)
        yield Measured("idle memory", server.memory(), "{:.0f} MB", MEMORY_AIM)
        for name, load in LOADS:
            yield speed(name, load, target, server, asked, workspace.cores)
        if not asked.quick:
            yield growth(server, target)
        if asked.window:
            yield frames_under_load(server, target)
    if asked.window:
        yield from fluency(workspace, target)
    yield from many_users(workspace.cores, IMPORTED_QUICKLY if asked.quick else IMPORTED)
    if not asked.quick:
        yield from older_traffic(workspace.cores)


def older_traffic(cores: Cores) -> Iterator[Measured]:
    """First pages out of a million stored requests, in a process that may use all cores."""
    pin(cores.server | cores.others)
    command = [sys.executable, str(Path(__file__).with_name("older_traffic.py")), str(STORED)]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    pin(cores.others)
    for name, times in json.loads(out).items():
        remark = (
            f"logins {times['logins']:.0f} ms, requests {times['requests']:.0f} ms; "
            f"loop held {times['gap']:.0f} ms at most"
        )
        slower = max(times["logins"], times["requests"])
        yield Measured(f"older, {name}", slower, "{:.0f} ms", PAGE_AIM, remark=remark)


def many_users(cores: Cores, imported: int) -> Iterator[Measured]:
    """Lists, sign-ins and an import with many users, in a process that may use all cores."""
    pin(cores.server | cores.others)
    script = Path(__file__).with_name("users.py")
    command = [sys.executable, str(script), str(USERS), str(imported)]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    pin(cores.others)
    found = json.loads(out)
    for name, times in found["lists"].items():
        remark = f"shown in {times['shown']:.1f} ms, loop held {times['gap']:.0f} ms at most"
        yield Measured(f"list {name}", times["found"], "{:.0f} ms", LIST_AIM, remark=remark)
    before, after = found["sign-in at 100"], found["sign-in at all"]
    remark = f"{before:.1f} ms with 100 users, {after:.1f} ms with {USERS:,}"
    yield Measured("sign-in, many to few", after / before, "{:.2f}", SIGN_IN_AIM, remark=remark)
    times = found["import"]
    remark = (
        f"{imported:,} users in {times['taken']:.0f} s; request max {times['request max']:.0f} ms, "
        f"p99 before {times['request p99 before']:.1f} ms; loop held {times['gap']:.0f} ms at most"
    )
    p99 = times["request p99"]
    yield Measured("request p99, importing", p99, "{:.1f} ms", REQUEST_AIM, remark=remark)


@dataclass(frozen=True, slots=True)
class Round:
    """One load: operations per second, and per raw signature by the clock and by CPU time.

    `used` is the CPU time of one operation, `signature` that of a raw signature, in milliseconds.
    """

    rate: float
    ratio: float
    used: float
    signature: float

    @property
    def cpu_ratio(self) -> float:
        """Operations per raw signature by CPU time."""
        return self.signature / self.used


def speed(
    name: str, load: Load, target: Target, server: Served, asked: argparse.Namespace, cores: Cores
) -> Measured:
    """Operations per raw signature: the median of some rounds.

    By the clock other programs on the core count against us; by CPU time they hardly do.
    """
    rounds = [one_round(target, load, server, asked.seconds, cores) for _ in range(asked.rounds)]
    ratios = [each.ratio for each in rounds]
    rate = statistics.median(each.rate for each in rounds)
    by_cpu = statistics.median(each.cpu_ratio for each in rounds)
    used = statistics.median(each.used for each in rounds)
    signature = statistics.median(each.signature for each in rounds)
    remark = (
        f"{min(ratios):.3f} to {max(ratios):.3f}, {rate:.0f}/s, by CPU time {by_cpu:.3f}: "
        f"{used:.2f} ms, a signature {signature:.2f} ms"
    )
    aim = AIMS[asked.window][name]
    return Measured(name, statistics.median(ratios), "{:.3f}", aim, most=False, remark=remark)


def one_round(target: Target, load: Load, server: Served, seconds: float, cores: Cores) -> Round:
    """Put the server under load, between two looks at what a raw signature costs."""
    before = raw_signatures(cores)
    used, started = server.cpu_seconds(), time.perf_counter()
    rate = asyncio.run(run_load(load, target, seconds))
    operations = rate * (time.perf_counter() - started)
    used = server.cpu_seconds() - used
    after = raw_signatures(cores)
    wall, cpu = ((before[kind] + after[kind]) / 2 for kind in (0, 1))
    return Round(rate, rate / wall, 1000 * used / operations, 1000 / cpu)


def raw_signatures(cores: Cores, seconds: float = 0.5) -> tuple[float, float]:
    """Raw RSA-2048 signatures per second and per CPU second on the server's core."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with cores.on_the_servers():
        count, used, started = 0, time.thread_time(), time.perf_counter()
        while time.perf_counter() < started + seconds:
            key.sign(b"x" * 300, padding.PKCS1v15(), SHA256())
            count += 1
        return count / (time.perf_counter() - started), count / (time.thread_time() - used)


def growth(server: Served, target: Target) -> Measured:
    """How much memory the second hundred thousand tokens add, in per cent."""
    asyncio.run(run_load(machine_tokens, target, None, most=TOKENS))
    time.sleep(SETTLING)
    before = server.memory()
    asyncio.run(run_load(machine_tokens, target, None, most=TOKENS))
    time.sleep(SETTLING)
    after = server.memory()
    remark = f"{before:.0f} MB after {TOKENS:,} tokens, {after:.0f} MB after {2 * TOKENS:,}"
    grown = 100 * (after - before) / before
    return Measured("growth of memory", grown, "{:.1f} %", GROWTH_AIM, remark=remark)


if __name__ == "__main__":
    sys.exit(main())

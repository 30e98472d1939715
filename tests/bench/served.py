"""Programs under measurement: started on a core of their own, stopped, and asked for memory."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.bench.load import Target, basic, sign_in

ROOT = Path(__file__).resolve().parents[2]
REDIRECT = "http://localhost:5173/callback"
_PATIENCE = 60.0
_STEP = 0.005


@dataclass(frozen=True, slots=True)
class Cores:
    """One core for the server, the others for the load; the same one where there is no choice."""

    server: frozenset[int]
    others: frozenset[int]

    @classmethod
    def of_this_machine(cls) -> "Cores":
        """The cores this process may use; none are named where the system cannot pin."""
        if not hasattr(os, "sched_getaffinity"):
            return cls(frozenset(), frozenset())
        first, *others = sorted(os.sched_getaffinity(0))
        return cls(frozenset({first}), frozenset(others or {first}))

    @contextmanager
    def on_the_servers(self) -> Iterator[None]:
        """Run the block on the server's core."""
        pin(self.server)
        try:
            yield
        finally:
            pin(self.others)


def pin(cores: frozenset[int]) -> None:
    """Keep this process to some cores."""
    if cores:
        os.sched_setaffinity(0, cores)


@dataclass(frozen=True, slots=True)
class Served:
    """A program that serves; `ready_after` in seconds from its start to its first answer."""

    process: "subprocess.Popen[bytes]"
    ready_after: float
    port: int
    pools: list[dict[str, Any]]

    def memory(self) -> float:
        """Resident memory in MB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the system does not tell how much memory the program has")

    def cpu_seconds(self) -> float:
        """Processor time that the program has used so far, all threads together."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text()
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End the program as a person would."""
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=_PATIENCE)

    def tell(self, name: str, *given: object) -> Any:
        """Have the window do something; what it answers. See `windowed.Remote`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([name, *given]).encode() + b"\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith(b'{"done"'):
                return json.loads(line)["done"]
        raise SystemExit(f"the program ended before it did “{name}”")


class Workspace:
    """A demo workspace in a folder of its own, and the ways to have it served."""

    def __init__(self, folder: Path, cores: Cores) -> None:
        self.cores = cores
        self._folder = folder
        self._file = folder / "bench.sandbox"
        self._ready = folder / "ready.json"
        self._environment = {
            **{key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPATH": str(ROOT),
            # Byte code is kept, as on any other machine, but not among the sources.
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "XDG_STATE_HOME": str(folder),
        }

    @contextmanager
    def pinned_away(self) -> Iterator[None]:
        """Keep this process off the server's core."""
        pin(self.cores.others)
        yield

    def serve(self, *, window: bool, port: int = 0, counting: str = "frames") -> Served:
        """Start the program and wait until it answers.

        Args:
            counting: what can be counted with its window, see `windowed`.
        """
        return self._with_window(port, counting) if window else self._headless(port)

    def target(self, server: Served) -> Target:
        """Credentials of the demo workspace, with a browser signed in."""
        clients = {item["name"]: item["id"] for item in server.pools[0]["clients"]}
        base = f"http://127.0.0.1:{server.port}"
        return Target(
            port=server.port,
            machine=basic(clients["m2m"], self._secret_of("m2m")),
            client_id=clients["spa"],
            redirect_uri=REDIRECT,
            cookie=sign_in(base, clients["spa"], REDIRECT),
        )

    def _headless(self, port: int) -> Served:
        self._ready.unlink(missing_ok=True)
        started = time.perf_counter()
        process = self._start(
            *("-m", "sandbox_app", "serve", "--workspace", str(self._file)),
            *("--port", str(port), "--tls-port", "off", "--ready-file", str(self._ready)),
            # It tells of every request there, and nobody reads it.
            stdout=subprocess.DEVNULL,
        )
        _wait(self._ready.exists, process)
        taken = time.perf_counter() - started
        ready = json.loads(self._ready.read_text())
        port = int(ready["http"].rpartition(":")[2])
        return Served(process, taken, port, ready["pools"])

    def _with_window(self, port: int, counting: str) -> Served:
        port = port or _free_port()
        started = time.perf_counter()
        process = self._start(
            *(str(ROOT / "tests/bench/windowed.py"), counting),
            *("--workspace", str(self._file), "--port", str(port), "--tls-port", "off"),
            stdout=subprocess.PIPE,
        )
        _wait(lambda: _answers(port), process)
        return Served(process, time.perf_counter() - started, port, [])

    def _start(self, *arguments: str, stdout: int) -> "subprocess.Popen[bytes]":
        environment = {"QT_QPA_PLATFORM": "offscreen", **self._environment}
        pin(self.cores.server)  # A child begins where its parent is.
        try:
            return subprocess.Popen(
                [sys.executable, *arguments],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=stdout,
            )
        finally:
            pin(self.cores.others)

    def _secret_of(self, name: str) -> str:
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT document FROM user_pool_client").fetchall()
        clients = {item["ClientName"]: item for item in (json.loads(row[0]) for row in rows)}
        return str(clients[name]["ClientSecrets"][0]["ClientSecretValue"])


@contextmanager
def served(
    workspace: Workspace, *, window: bool, port: int = 0, counting: str = "frames"
) -> Iterator[Served]:
    """A program that serves the workspace for as long as the block lasts."""
    server = workspace.serve(window=window, port=port, counting=counting)
    try:
        yield server
    finally:
        server.stop()


def _wait(is_there: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    ends = time.perf_counter() + _PATIENCE
    while not is_there():
        if process.poll() is not None or time.perf_counter() > ends:
            raise SystemExit("the program did not start")
        time.sleep(_STEP)


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/_sandbox/health", timeout=1):
            return True
    except OSError:
        return False

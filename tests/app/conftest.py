"""The program as a user starts it: a process of its own, with a data folder of its own."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0
SERVE = ("-m", "sandbox_app", "serve")


@dataclass(slots=True)
class Served:
    """A running `serve`; `lines` grows while it talks."""

    process: "subprocess.Popen[str]"
    folder: Path
    lines: list[str] = field(default_factory=list)
    _told: threading.Condition = field(default_factory=threading.Condition)
    _reader: threading.Thread | None = None

    def listen(self) -> None:
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._told:
                self.lines.append(line)
                self._told.notify_all()

    @property
    def ready(self) -> dict[str, Any]:
        self.wait_for(1)
        read: dict[str, Any] = json.loads(self.lines[0])
        return read

    def wait_for(self, count: int) -> None:
        """Until so many lines were printed."""
        with self._told:
            assert self._told.wait_for(lambda: len(self.lines) >= count, PATIENCE), self.lines

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal; the exit status and what it said on stderr."""
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        if self._reader is not None:
            self._reader.join(PATIENCE)
        assert self.process.stderr is not None
        return status, self.process.stderr.read()

    def discard(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


def surroundings(folder: Path) -> dict[str, str]:
    """An environment whose user has no data yet."""
    homes = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    return {**os.environ, **homes, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}


def start(
    folder: Path, *arguments: str, python: Sequence[str] = SERVE, listen: bool = True
) -> Served:
    command = [sys.executable, *python, *arguments]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=surroundings(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    served = Served(process, folder)
    if listen:
        served.listen()
    return served


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One sandbox that a whole module talks to."""
    folder = tmp_path_factory.mktemp("served")
    ports = ("--port", "0", "--tls-port", "0", "--ready-file", "ready.json")
    running = start(folder, "--workspace", "w.sandbox", *ports, "--name", "Box.Test.")
    yield running
    running.discard()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without any data, for commands that run in this process."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path

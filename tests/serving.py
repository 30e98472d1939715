"""The headless program in a process of its own, as a container or a CI job runs it."""

import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def serving(home: Path, *arguments: str) -> Iterator[dict[str, Any]]:
    """Serve on free ports until the block ends; yields what the program says when it is ready.

    Args:
        home: the folder for what the program keeps besides its workspace.
    """
    program = [sys.executable, "-m", "sandbox_app", "serve", "--workspace", ":memory:"]
    with subprocess.Popen(
        [*program, "--port", "0", "--tls-port", "0", *arguments],
        cwd=ROOT,
        env={**os.environ, "XDG_DATA_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        ready = process.stdout.readline()
        # What follows has to be read, or the program waits for it to be.
        reader = threading.Thread(target=deque, args=(process.stdout, 0))
        reader.start()
        try:
            yield json.loads(ready)
        finally:
            process.terminate()
            process.wait(10)
            reader.join()


def client_id(ready: dict[str, Any], name: str) -> str:
    """The id of the client of that name."""
    clients = (client for pool in ready["pools"] for client in pool["clients"])
    return next(str(client["id"]) for client in clients if client["name"] == name)

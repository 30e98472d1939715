"""Real client libraries, each walking a whole session against the headless program."""

import asyncio
import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.clients import oidc_client_ts
from tests.clients.environments import HERE, client_python, node, npm_packages
from tests.clients.snippets.walk import walk_snippets
from tests.serving import client_id, serving

_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a client did, and how that went; `detail` says what went wrong."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Pool:
    """A served pool, as a client library is told about it."""

    ready: dict[str, Any]
    secrets: dict[str, str]
    app: str

    def told(self, scheme: str) -> dict[str, Any]:
        """Everything a client has to know, with the issuer under `http` or `https`."""
        issuer = self.ready["pools"][0]["issuer"]
        return {
            "issuer": issuer.replace(self.ready["http"], self.ready[scheme]),
            "app": self.app,
            "ca": self.ready["ca_certificate"],
            "username": "alice",
            "password": "Sandbox-1",
            **{
                name: {"id": client_id(self.ready, name), "secret": self.secrets.get(name)}
                for name in ("page", "server", "machine")
            },
        }


@contextmanager
def a_pool(home: Path, app: str = "http://localhost:5173") -> Iterator[Pool]:
    """Serve the clients' pool, for an app at the origin given."""
    # The plus sign has to survive forms, headers, and clients that encode it there.
    known = {name: f"{secrets.token_hex(20)}+1" for name in ("server", "machine")}
    arguments = ["--seed", str(HERE / "pool.yaml"), "--parameter", f"App={app}"]
    for name, secret in known.items():
        arguments += ["--parameter", f"{name.capitalize()}Secret={secret}"]
    with serving(home, *arguments) as ready:
        yield Pool(ready, known, app)


def openid_client(home: Path, scheme: str) -> list[Step]:
    """openid-client on Node.js, from npm."""
    packages = npm_packages()
    # Node looks for packages beside the program, so that is where it has to be.
    program = shutil.copy(HERE / "openid_client.mjs", packages.parent)
    with a_pool(home) as pool:
        trusting = {"NODE_EXTRA_CA_CERTS": pool.ready["ca_certificate"]}
        return _run([node(), program], pool.told(scheme), trusting)


def authlib(home: Path, scheme: str) -> list[Step]:
    """Authlib on httpx, from PyPI."""
    python = client_python()
    with a_pool(home) as pool:
        program = str(HERE / "authlib_journey.py")
        return _run([str(python), program], pool.told(scheme), {"PYTHONPATH": ""})


def oidc_client_ts_page(home: Path, scheme: str) -> list[Step]:
    """oidc-client-ts in Chromium, from npm."""
    packages = npm_packages()

    async def walk() -> list[tuple[str, bool, str]]:
        async with oidc_client_ts.serving_page(packages) as app:
            with a_pool(home / "data", app) as pool:
                return await oidc_client_ts.journey(pool.told(scheme), home / "browser")

    return [Step(*step) for step in asyncio.run(walk())]


def snippets(home: Path, scheme: str) -> list[Step]:
    """What Connect my app shows, run as it is with the library it is for."""
    npm_packages()
    return [Step(*step) for step in asyncio.run(walk_snippets(home, scheme))]


def _run(command: list[str], told: dict[str, Any], more: dict[str, str]) -> list[Step]:
    process = subprocess.run(
        command,
        env={**os.environ, "JOURNEY": json.dumps(told), **more},
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    steps = [json.loads(line) for line in process.stdout.splitlines()]
    done = [Step(each["step"], each["ok"], each["detail"]) for each in steps]
    if process.returncode:
        last = process.stderr.strip().splitlines()[-1:] or [f"status {process.returncode}"]
        done.append(Step("run to the end", False, last[0]))
    return done

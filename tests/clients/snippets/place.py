"""A pool served in this process, its snippets, a person who signs in, and programs that run."""

import asyncio
import json
import os
import socket
import ssl
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientSession, CookieJar, TCPConnector

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.workbench.connect import Snippet, client_addresses, pool_addresses, snippet
from tests.clients.environments import HERE
from tests.visitor import VERIFIER, Visitor

HERE_SNIPPETS = Path(__file__).resolve().parent
_PATIENCE = 180.0
# The plus sign has to survive forms, headers and every way of quoting.
SERVER_SECRET = "aServersSecretOf24OrMore+1"
_SECRETS = {"ServerSecret": SERVER_SECRET, "MachineSecret": "aMachinesSecretOf24OrMore+1"}


@dataclass(slots=True)
class Place:
    """The pool, seen over `http` or `https`, and the folder where snippets become programs."""

    visitor: Visitor
    scheme: str
    folder: Path

    @property
    def sandbox(self) -> Sandbox:
        return self.visitor.sandbox

    @property
    def authority(self) -> Path:
        """The certificate to trust."""
        return self.sandbox.ca_certificate

    @property
    def origin(self) -> str:
        """Where the pool is served by this scheme."""
        origin = self.sandbox.https if self.scheme == "https" else self.sandbox.http
        assert origin is not None
        return origin

    @contextmanager
    def changed(self, client: str, *, issuer: str = "local", **changes: Any) -> Iterator[None]:
        """The pool with another issuer and the client with other settings, for a while."""
        store = self.sandbox.core.store
        pool, found = store.pools.all()[0], self.visitor.client(client)
        store.pools.put(replace(pool, sandbox=replace(pool.sandbox, issuer=issuer)))
        store.clients.put(replace(found, **changes))
        try:
            yield
        finally:
            store.pools.put(pool)
            store.clients.put(found)

    def snippet(self, library: str, client: str) -> Snippet:
        """The snippet as the window shows it, once the client has the callback it asks for."""
        store = self.sandbox.core.store
        pool, found = store.pools.all()[0], self.visitor.client(client)
        made = self._written(library, found, pool)
        if made.callback_to_add:
            urls = (*found.callback_urls, made.callback_to_add)
            store.clients.put(found := replace(found, callback_urls=urls))
            made = self._written(library, found, pool)
        assert made.text, made.note
        return made

    def _written(self, library: str, client: Any, pool: Any) -> Snippet:
        where = pool_addresses(self.sandbox.core, pool, self.origin)
        own = client_addresses(client, self.origin)
        token_file = self.folder / "control.token"
        token_file.write_text(self.sandbox.control_token)
        return snippet(
            *(library, client, where, own),
            secure=self.sandbox.https or "",
            token_file=str(token_file),
        )

    async def sign_in(self, address: str, app: str) -> str:
        """Follow an authorize address through the form; where the app gets the browser back."""
        self.visitor.session.cookie_jar.clear()
        form_address = (await self.visitor.send("GET", address)).location
        form = await self.visitor.send("GET", form_address)
        typed = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}
        back = (await self.visitor.send("POST", form_address, data=typed)).location
        assert back.startswith(app), back
        return back

    async def tokens(self, client: str) -> dict[str, str]:
        """The tokens that the client of that name gets for alice."""
        found = self.visitor.client(client)
        base = self.origin
        query = self.visitor.asking(client, redirect_uri=found.callback_urls[0])
        address = self.visitor.address(f"{base}/oauth2/authorize", query)
        back = await self.sign_in(address, found.callback_urls[0])
        form = {
            "grant_type": "authorization_code",
            "code": parse_qs(urlsplit(back).query)["code"][0],
            "redirect_uri": found.callback_urls[0],
            "code_verifier": VERIFIER,
            "client_id": found.client_id,
        }
        headers = self.visitor.basic(client) if found.confidential else None
        answer = await self.visitor.send("POST", f"{base}/oauth2/token", data=form, headers=headers)
        tokens: dict[str, str] = json.loads(answer.body)
        return tokens

    @asynccontextmanager
    async def running(self, *command: str, **variables: str) -> AsyncIterator[Process]:
        """A program that talks through its standard streams; ended when the block ends."""
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=self.folder,
            env={**os.environ, "NODE_EXTRA_CA_CERTS": str(self.authority), **variables},
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
        )
        try:
            async with asyncio.timeout(_PATIENCE):
                yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    async def run(self, *command: str, **variables: str) -> str:
        """A program that has to end well; what it printed."""
        async with self.running(*command, **variables) as process:
            out, errors = await process.communicate()
            assert process.returncode == 0, _last(errors)
            return out.decode()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def line_with(process: Process, start: str) -> str:
    """The rest of the first line that begins so."""
    assert process.stdout is not None
    assert process.stderr is not None
    before = b""
    async for line in process.stdout:
        if line.decode().startswith(start):
            return line.decode().removeprefix(start).strip()
        before += line
    raise AssertionError(_last(before + await process.stderr.read()) or f"no line {start!r}")


@asynccontextmanager
async def a_place(home: Path, scheme: str, app: str) -> AsyncIterator[Place]:
    """Serve the clients' pool on free ports, for an app at the origin given."""
    data, programs = home / "data", home / "programs"
    data.mkdir()
    programs.mkdir()
    settings = Settings(workspace=None, port=0, tls_port=0, parameters={"App": app, **_SECRETS})
    sandbox = Sandbox(settings, data)
    await sandbox.seed([HERE / "pool.yaml"])
    await sandbox.start()
    trusting = ssl.create_default_context(cafile=str(sandbox.ca_certificate))
    jar = CookieJar(unsafe=True, quote_cookie=False)
    session = ClientSession(connector=TCPConnector(ssl=trusting), cookie_jar=jar)
    try:
        yield Place(Visitor(sandbox, session), scheme, programs)
    finally:
        await session.close()
        await sandbox.close()


def _last(errors: bytes) -> str:
    lines = [line for line in errors.decode().splitlines() if line.strip()]
    causes = [line for line in lines if "Error" in line or "Caused by" in line]
    return (causes or lines or [""])[-1]

"""`userpool-sandbox serve`: the whole core on plain asyncio, without importing Qt."""

import asyncio
import gc
import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from sandbox_app.app.control_token import ControlTokenFile
from sandbox_app.app.event_lines import EventLines
from sandbox_app.app.first_start import forget, seed_if_new
from sandbox_app.app.platform import (
    certificates_folder,
    make_way_for,
    on_termination,
    write_private,
)
from sandbox_app.app.refusing import EXPECTED, refuse
from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.app.stdout import write_out
from sandbox_app.domain.events import SeedReloaded
from sandbox_app.flows import addresses
from sandbox_app.operations.core import Core
from sandbox_app.server.edge.listeners import probe


def run(settings: Settings) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit status."""
    try:
        return asyncio.run(_serve(settings))
    except EXPECTED as error:
        return refuse(error)


async def _serve(settings: Settings) -> int:
    """Serve; what cannot work is found out before anything is made or changed."""
    stopping = asyncio.Event()
    on_termination(asyncio.get_running_loop(), stopping.set)
    probe(settings.hosts, settings.port, settings.tls_port)
    if settings.ready_file is not None:
        make_way_for(settings.ready_file)
    begin = _recipe(settings.recipe) if settings.recipe is not None else None
    is_new = settings.workspace is None or not settings.workspace.exists()
    sandbox = Sandbox(settings, certificates_folder())
    token_file = ControlTokenFile()
    lines = EventLines(write_out, sandbox.core.timestamp)
    is_ready = False
    watching = _watching(sandbox) if settings.watch else None
    try:
        if settings.seeds:
            for warning in (await sandbox.seed(settings.seeds)).warnings:
                print(warning, file=sys.stderr)
        else:
            await seed_if_new(sandbox)
        if begin is not None:
            begin(sandbox.core)
        await sandbox.start()
        token_file.write(sandbox.control_token)
        ready = f"{json.dumps(_ready(sandbox, token_file.path), separators=(',', ':'))}\n"
        if settings.ready_file is not None:
            write_private(settings.ready_file, ready)
        write_out(ready)
        is_ready = True
        sandbox.core.bus.subscribe(object, lines.tell)
        # What is there now stays: to look through it for garbage holds the loop for 20 ms.
        gc.collect()
        gc.freeze()
        await _until(stopping, watching)
    finally:
        if watching is not None:
            watching.close()
        token_file.remove()
        await sandbox.close()
        lines.flush()
        if settings.workspace is not None and is_new and not is_ready:
            forget(settings.workspace)
    return 0


def _recipe(file: Path) -> Callable[[Core], None]:
    """Bends the world as the file says, which is read at once."""
    from sandbox_app.workbench.conditions.recipes.applying import apply
    from sandbox_app.workbench.conditions.recipes.reading import load

    recipe = load(file)
    return lambda core: apply(core, recipe, str(file))


def _watching(sandbox: Sandbox) -> Coroutine[Any, Any, None]:
    """Looks after the seeds from now on; what is wrong with one is told on stderr as well."""
    from sandbox_app.workbench.templates.watching import SeedWatch

    def report(told: SeedReloaded) -> None:
        if told.error:
            print(f"userpool-sandbox: {told.error}", file=sys.stderr, flush=True)

    settings = sandbox.settings
    watch = SeedWatch(sandbox.core, settings.seeds, settings.parameters, report)
    return watch.run(asyncio.sleep)


async def _until(stopping: asyncio.Event, watching: Coroutine[Any, Any, None] | None) -> None:
    """Wait for the end; a fault of ours in the watch ends it too, with its trace."""
    if watching is None:
        await stopping.wait()
        return
    waits = [asyncio.ensure_future(stopping.wait()), asyncio.ensure_future(watching)]
    done, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in pending:
        wait.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for wait in done:
        wait.result()


def _ready(sandbox: Sandbox, token_file: Path) -> dict[str, Any]:
    store = sandbox.core.store
    return {
        "event": "ready",
        "http": sandbox.http,
        "https": sandbox.https,
        "ca_certificate": str(sandbox.ca_certificate),
        "control_token_file": str(token_file),
        "pools": [
            {
                "id": pool.id,
                "name": pool.name,
                "issuer": addresses.issuer(pool, sandbox.http or ""),
                "clients": [
                    {"id": client.client_id, "name": client.client_name}
                    for client in store.clients.of_pool(pool.id)
                ],
            }
            for pool in store.pools.all()
        ],
    }

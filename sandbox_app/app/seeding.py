"""`userpool-sandbox seed`: templates into a workspace that nothing else has open."""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

from sandbox_app.app.first_start import forget
from sandbox_app.app.refusing import EXPECTED, refuse
from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.clock import BendableClock, SystemClock
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import KeyRing
from sandbox_app.server.threads import ThreadedPasswords, Threads, TurnsOnLoop
from sandbox_app.store import Store
from sandbox_app.workbench.beginning import begin, has_begun
from sandbox_app.workbench.templates.importing import ImportResult, import_templates


def run(workspace: Path, files: tuple[Path, ...], given: Mapping[str, str], *, check: bool) -> int:
    """Import, or with `check` only say what would change; returns the exit status."""
    try:
        result = _import(workspace, files, given, check=check)
    except EXPECTED as error:
        return refuse(error)
    for warning in result.warnings:
        print(warning, file=sys.stderr)
    for item in result.resources:
        verb = f"would be {item.outcome}" if check else str(item.outcome)
        print(f"{item.logical_id} ({item.kind}) {item.id}: {verb}")
    return 0


def _import(
    workspace: Path, files: tuple[Path, ...], given: Mapping[str, str], *, check: bool
) -> ImportResult:
    is_new = not workspace.exists()
    store, clock, threads = Store.open(workspace), BendableClock(SystemClock()), Threads()
    try:
        core = Core(
            store,
            clock,
            EventBus(),
            ThreadedPasswords(threads),
            KeyRing(store, clock, threads, TurnsOnLoop()),
        )
        return asyncio.run(_filled(core, files, given, check=check))
    finally:
        empty = is_new and not store.pools.all()
        threads.close()
        store.close()
        if empty:
            # A failed or checked import leaves no trace.
            forget(workspace)


async def _filled(
    core: Core, files: tuple[Path, ...], given: Mapping[str, str], *, check: bool
) -> ImportResult:
    first = not has_begun(core)
    result = await import_templates(files, given, core, check=check)
    if first and not check:
        await begin(core)
    return result

"""Snippets as the window writes them: for the demo pool, at the place where it is served now."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from sandbox_app.workbench.connect import Snippet, client_addresses, pool_addresses, snippet
from tests.conftest import DEMO_POOL

Writer = Callable[..., Snippet]


@pytest.fixture
def token_file(visitor, tmp_path) -> str:
    """Where the running sandbox left its control token."""
    path = tmp_path / "it's the.token"
    path.write_text(visitor.sandbox.control_token)
    return str(path)


@pytest.fixture
def written(visitor, token_file) -> Writer:
    """Write a snippet for the client of that name, changed as the keyword arguments say."""

    def write(library: str, client: str, *, issuer: str = "local", **changes: Any) -> Snippet:
        core = visitor.sandbox.core
        pool = core.store.pools.get(DEMO_POOL)
        pool = replace(pool, sandbox=replace(pool.sandbox, issuer=issuer))
        changed = replace(visitor.client(client), **changes)
        pool_s = pool_addresses(core, pool, visitor.base)
        own = client_addresses(changed, visitor.base)
        return snippet(
            *(library, changed, pool_s, own),
            secure="https://localhost:9443",
            token_file=token_file,
        )

    return write


@pytest.fixture
def ran() -> Callable[..., Awaitable[str]]:
    """Run a command that has to succeed; what it printed."""

    async def run(*command: str) -> str:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        out, errors = await process.communicate()
        assert process.returncode == 0, errors.decode()
        return out.decode()

    return run

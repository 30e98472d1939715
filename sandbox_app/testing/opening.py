"""A serving sandbox in a folder of its own, made for one test and removed after it."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.testing.prepared import Seed, prepared_workspaces


@dataclass(frozen=True, slots=True)
class Opened:
    """The sandbox, and what goes with it."""

    sandbox: Sandbox
    folder: Path

    async def close(self) -> None:
        """Stop serving, and leave nothing behind."""
        try:
            await self.sandbox.close()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


async def open_sandbox(seed: Seed, *, https: bool) -> Opened:
    """Serve a copy of the seeded workspace on free ports.

    Raises:
        TemplateError: the seed cannot be imported.
    """
    folder = Path(tempfile.mkdtemp(prefix="userpool-sandbox-test-"))
    try:
        workspace = await prepared_workspaces().copy(seed, folder)
        settings = Settings(workspace=workspace, port=0, tls_port=0 if https else None)
        opened = Opened(Sandbox(settings, folder), folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    try:
        await opened.sandbox.start()
    except BaseException:
        await opened.close()
        raise
    return opened

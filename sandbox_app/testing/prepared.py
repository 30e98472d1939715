"""Seeded workspaces, each made once per process and then copied: a sandbox is ready in no time.

A copy brings the signing keys along, whose making takes longer than everything else.
"""

import atexit
import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.resources import resource_path
from sandbox_app.workbench.snapshots import remember_seed
from sandbox_app.workbench.templates.importing import TemplateText, import_templates

_WORKSPACE = "test.sandbox"

Given = str | Path | Sequence[str | Path] | None
"""A template as a file or as its text, several of them, or none for the demo."""


@dataclass(frozen=True, slots=True)
class Seed:
    """What a sandbox starts with."""

    templates: tuple[Path | TemplateText, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Given, parameters: Mapping[str, str] | None = None) -> "Seed":
        """Read what a test names.

        Raises:
            FileNotFoundError: there is no such file.
        """
        if given is None:
            given = resource_path("seeds/demo.yaml")
        several = (given,) if isinstance(given, str | Path) else tuple(given)
        return cls(tuple(map(template_of, several)), dict(parameters or {}))

    @property
    def fingerprint(self) -> str:
        """Tells it from every other seed, and from itself once a file changed."""
        told = [
            (str(each), each.read_text("utf-8")) if isinstance(each, Path) else ("", each.text)
            for each in self.templates
        ]
        shape = json.dumps([told, dict(self.parameters)])
        return hashlib.sha256(shape.encode("utf-8", "surrogatepass")).hexdigest()


def template_of(given: str | Path) -> Path | TemplateText:
    """A template's text where it looks like one, else the file of that name.

    Raises:
        FileNotFoundError: there is no such file.
    """
    if isinstance(given, str) and ("\n" in given or given.lstrip().startswith("{")):
        # Each text is a template of its own: only the very same one updates what it made.
        digest = hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()
        return TemplateText(given, f"seed-{digest[:8]}")
    path = Path(given)
    if not path.is_file():
        raise FileNotFoundError(f"there is no seed {path}")
    return path.resolve()


class PreparedWorkspaces:
    """The workspaces made so far, each in a folder; they go with the process."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="userpool-sandbox-seeds-"))
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)

    async def copy(self, seed: Seed, folder: Path) -> Path:
        """Put a workspace that holds just the seed into a folder; returns its file.

        Raises:
            TemplateError: the seed cannot be imported.
        """
        made = self._folder / seed.fingerprint
        if not made.exists():
            aside = Path(tempfile.mkdtemp(dir=self._folder))
            await _make(seed, aside / _WORKSPACE)
            # Two that need it at once both make it; the first to be done is the one that stays.
            with suppress(OSError):
                aside.rename(made)
        shutil.copytree(made, folder, dirs_exist_ok=True)
        return folder / _WORKSPACE


async def _make(seed: Seed, path: Path) -> None:
    sandbox = Sandbox(Settings(workspace=path), path.parent)
    try:
        await import_templates(seed.templates, seed.parameters, sandbox.core)
        for pool in sandbox.core.store.pools.all():
            await sandbox.core.keys.of(pool.id)
        await remember_seed(sandbox.core)
    finally:
        await sandbox.close()


@cache
def prepared_workspaces() -> PreparedWorkspaces:
    """Those of this process."""
    return PreparedWorkspaces()

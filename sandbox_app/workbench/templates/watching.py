"""Seed files watched and imported again when they change; nothing but the files that were given."""

import hashlib
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from sandbox_app.domain.events import SeedReloaded
from sandbox_app.operations.core import Core
from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.importing import import_templates
from sandbox_app.workbench.templates.outcome import Outcome

EVERY = 1.0
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a file was at one moment; `digest` is empty where it could not be read."""

    modified: int
    size: int
    digest: bytes


_GONE = _Look(0, -1, b"")


class SeedWatch:
    """Looks at seed files when told to, and imports what has changed and settled.

    A change counts once two looks in a row see the same, so that a half-written file, or one that
    an editor replaces, is left alone. Make it before the first import: what changes during that
    is then seen.

    Args:
        paths: the files, in the order they are imported.
        parameters: values for the templates' parameters.
        report: told of each import, and of each that failed, after the listeners of the bus.
        around: entered for each import, such as a step that can be taken back.
    """

    def __init__(
        self,
        core: Core,
        paths: Iterable[Path],
        parameters: Mapping[str, str],
        report: Callable[[SeedReloaded], None],
        around: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._core = core
        self._parameters = parameters
        self._report = report
        self._around = around
        self._settled = {path: _look(path, None) for path in paths}
        self._seen = dict(self._settled)
        self._imported = {path: look.digest for path, look in self._settled.items()}
        self._failed = False

    async def run(self, pause: Callable[[float], Awaitable[None]]) -> None:
        """Look again and again, with `pause` between two looks; ends only by being cancelled."""
        while True:
            await pause(EVERY)
            await self.check_once()

    async def check_once(self) -> SeedReloaded | None:
        """Look at every file once; what came of it, `None` when nothing was to be done."""
        changed = [path for path in self._settled if self._has_settled_anew(path)]
        if not changed:
            return None
        # What failed together is tried together: a file may have waited for another's correction.
        # And what was put back as it was is told, because the last that was told is an error.
        waiting = [
            path
            for path, look in self._settled.items()
            if look.digest != self._imported[path] or (self._failed and path in changed)
        ]
        if not waiting:
            return None
        told = await self._import(waiting)
        self._failed = bool(told.error)
        self._core.bus.publish(told)
        self._report(told)
        return told

    def _has_settled_anew(self, path: Path) -> bool:
        before, now = self._seen[path], _look(path, self._seen[path])
        self._seen[path] = now
        if now != before or now == self._settled[path]:
            return False
        self._settled[path] = now
        return True

    async def _import(self, paths: Sequence[Path]) -> SeedReloaded:
        files = tuple(map(str, paths))
        digests = {path: self._settled[path].digest for path in paths}
        try:
            with self._around():
                imported = await import_templates(paths, self._parameters, self._core)
        except TemplateError as error:
            return SeedReloaded(files, error=str(error))
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            return SeedReloaded(
                files, error=f"{error.filename or files[0]} cannot be used: {reason}"
            )
        self._imported |= digests
        outcomes = [item.outcome for item in imported.resources]
        return SeedReloaded(
            files,
            created=outcomes.count(Outcome.CREATED),
            updated=outcomes.count(Outcome.UPDATED),
            unchanged=outcomes.count(Outcome.UNCHANGED),
        )


def _look(path: Path, before: _Look | None) -> _Look:
    """The file as it is; read only if its date or size is another than `before`."""
    try:
        found = path.stat()
        if before is not None and (found.st_mtime_ns, found.st_size) == (
            before.modified,
            before.size,
        ):
            return before
        digest = hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return _GONE
    return _Look(found.st_mtime_ns, found.st_size, digest)

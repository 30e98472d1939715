"""Allowances in the user's data folder, outside of every workspace, one file for each.

One process owns a workspace, so one process writes its file. What cannot be read or was written
by others allows nothing.
"""

import hashlib
import json
import logging
import os
import stat
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sandbox_app.app.platform import write_private
from sandbox_app.domain.allowances import Allowed

log = logging.getLogger(__name__)

_LARGEST = 10_000_000


class KeptAllowances:
    """Files named by the hash of the workspace's absolute path, which each also holds in full.

    Args:
        folder: gives the folder they lie in; asked for when one is read or written.
    """

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder

    def of(self, workspace: Path) -> tuple[Allowed, ...]:
        """Everything that workspace may do; read each time, so that a deleted file counts."""
        path = self._file(workspace)
        try:
            with path.open("rb") as file:
                _refuse_what_others_wrote(file.fileno())
                kept = json.loads(file.read(_LARGEST))
            return _read(kept, workspace)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            log.warning("%s allows nothing, for it cannot be trusted: %s", path, error)
            return ()

    def put(self, workspace: Path, allowed: tuple[Allowed, ...]) -> None:
        """Let it do this and nothing else.

        Raises:
            OSError: it cannot be written.
        """
        shape = {"workspace": _name(workspace), "allowed": [asdict(one) for one in allowed]}
        write_private(self._file(workspace), json.dumps(shape, indent=1))

    def _file(self, workspace: Path) -> Path:
        name = hashlib.sha256(_name(workspace).encode("utf-8", "surrogateescape")).hexdigest()
        return self._folder() / f"{name}.json"


def _name(workspace: Path) -> str:
    return str(workspace.absolute())


def _read(kept: Any, workspace: Path) -> tuple[Allowed, ...]:
    if kept["workspace"] != _name(workspace):
        raise ValueError("it was written for another workspace")
    return tuple(
        Allowed(
            fingerprint=str(one["fingerprint"]),
            kind=str(one["kind"]),
            subject=str(one["subject"]),
            at=float(one["at"]),
        )
        for one in kept["allowed"]
    )


def _refuse_what_others_wrote(descriptor: int) -> None:
    found = os.fstat(descriptor)
    own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    if not own or stat.S_IMODE(found.st_mode) & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError("others may write it")

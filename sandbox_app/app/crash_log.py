"""Failures nobody foresaw: written to the log file, and told in the window."""

import logging
import os
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

_BYTES = 512 * 1024
_FILES = 2

log = logging.getLogger(__name__)


class _PrivateFile(RotatingFileHandler):
    def _open(self):  # type: ignore[no-untyped-def]  # its stub names a private class
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")


class CrashLog:
    """Catches what nothing else caught, for as long as the program runs.

    Args:
        file: where it is written; readable by its owner alone.
        tell: called with a sentence and the traceback, to show them.
    """

    def __init__(self, file: Path, tell: Callable[[str, str], None]) -> None:
        self.file = file
        self._tell = tell
        self._handler = _PrivateFile(file, maxBytes=_BYTES, backupCount=_FILES, delay=True)
        self._handler.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
        )
        self._handler.setLevel(logging.WARNING)
        logging.getLogger().addHandler(self._handler)
        # Exceptions in slots and overridden Qt methods arrive here too.
        self._before, sys.excepthook = sys.excepthook, self._unforeseen

    def report(self, error: BaseException) -> None:
        """Log and tell of an exception that ended something."""
        self._unforeseen(type(error), error, error.__traceback__)

    def close(self) -> None:
        """Leave everything as it was."""
        sys.excepthook = self._before
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()

    def _unforeseen(
        self,
        kind: type[BaseException],
        error: BaseException,
        where: TracebackType | None,
    ) -> None:
        log.error("unforeseen failure", exc_info=(kind, error, where))
        detail = "".join(traceback.format_exception(kind, error, where))
        self._tell(
            f"Something went wrong that nobody foresaw ({kind.__name__}). The workspace is kept; "
            f"details are in {self.file}.",
            detail,
        )

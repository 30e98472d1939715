"""Python, Qt, the display and the clock."""

import ctypes
import importlib.metadata
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox_app.app import preflight
from sandbox_app.app.doctor.finding import Finding, broken, fine, warning

_EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_TOLERANCE = timedelta(seconds=60)
_SAMPLE = 0.1
_STEP = 0.05
"""Seconds that two clocks may differ over a sample of a tenth of one."""


def python(version: tuple[int, int] = sys.version_info[:2]) -> Finding:
    """Whether this Python is one that the program is made for."""
    says = ".".join(map(str, version))
    if version < (3, 11):
        return broken("Python", f"{says} is too old", "Install Python 3.11 or newer.")
    return fine("Python", says)


def qt(
    qt_version: Callable[[], str] = lambda: importlib.metadata.version("pyside6-essentials"),
    version: tuple[int, int] = sys.version_info[:2],
) -> Finding:
    """Whether Qt for Python is there, and not the version that crashes on this Python."""
    problem = preflight.forbidden_pair(qt_version, version)
    if not problem:
        return fine("Qt for Python", f"PySide6 {qt_version()}")
    says, _, remedy = problem.partition("; ")
    # Without Qt a sandbox serves as well as ever; with the wrong one it dies.
    grade = warning if "not installed" in says else broken
    return grade("Qt for Python", says, _sentence(remedy))


def display(environ: Mapping[str, str], platform: str = sys.platform) -> Finding:
    """Whether there is anything to open a window on."""
    problem = preflight.no_display(environ) if platform.startswith("linux") else ""
    if not problem:
        return fine("display", "a window can be opened")
    says, _, remedy = problem.partition("; ")
    return warning("display", says, _sentence(remedy))


def libraries(
    environ: Mapping[str, str],
    platform: str = sys.platform,
    load: Callable[[str], object] = ctypes.CDLL,
) -> Finding:
    """Whether the system libraries that Qt loads are there."""
    linux = platform.startswith("linux")
    problem = preflight.missing_libraries(environ, load) if linux else ""
    if not problem:
        return fine("libraries of Qt", "none is missing")
    says, _, remedy = problem.partition("; ")
    grade = warning if preflight.no_display(environ) else broken
    return grade("libraries of Qt", says, _sentence(remedy))


def clock(
    now: Callable[[], datetime],
    files: Iterable[Path],
    steady: Callable[[], float] = time.perf_counter,
    pause: Callable[[float], None] = time.sleep,
) -> Finding:
    """Whether the date can be, the clock runs evenly, and no file comes from the future.

    Args:
        now: timezone-aware.
        steady: seconds that only ever count up.
    """
    start, began = now(), steady()
    pause(_SAMPLE)
    moment = now()
    drift = (moment - start).total_seconds() - (steady() - began)
    local = moment.astimezone()
    says = f"{local:%Y-%m-%d %H:%M:%S} {local.tzname()}"
    if not _EARLIEST < moment < _LATEST:
        return broken("clock", f"{says} cannot be the date", "Set this machine's clock.")
    if abs(drift) > _STEP:
        return warning(
            "clock",
            f"{says}; it moved by {drift:+.2f} s against the steady clock during this check",
            "Tokens may seem expired or not yet valid until the time service has settled.",
        )
    ahead = [path for path in files if _modified(path) > moment + _TOLERANCE]
    if ahead:
        return warning(
            "clock",
            f"{says}; {ahead[0]} was written later than that",
            "Set this machine's clock if it is behind; sessions and tokens end by it.",
        )
    return fine("clock", says)


def _modified(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]

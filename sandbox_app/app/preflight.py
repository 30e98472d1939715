"""What would keep the window from opening, told in plain sentences before Qt is imported.

Qt's own message names one library at a time and no package at all.
"""

import ctypes
import importlib.metadata
import os
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType

_WITHOUT_DISPLAY = {"offscreen", "minimal", "vnc", "linuxfb", "eglfs"}

_ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "libGL.so.1": "libgl1",
        "libEGL.so.1": "libegl1",
        "libxkbcommon.so.0": "libxkbcommon0",
        "libdbus-1.so.3": "libdbus-1-3",
        "libfontconfig.so.1": "libfontconfig1",
        "libglib-2.0.so.0": "libglib2.0-0",
    }
)
_ON_X11: Mapping[str, str] = MappingProxyType(
    {
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-shape.so.0": "libxcb-shape0",
    }
)
"""Library to Debian package."""


def problems(
    environ: Mapping[str, str] | None = None,
    *,
    platform: str = sys.platform,
    load: Callable[[str], object] = ctypes.CDLL,
    qt_version: Callable[[], str] = lambda: importlib.metadata.version("pyside6-essentials"),
    python: tuple[int, int] = sys.version_info[:2],
) -> list[str]:
    """Sentences with their remedies; empty when the window can open.

    Args:
        environ: the environment, this process's own by default. The rest is there for tests.
    """
    environ = os.environ if environ is None else environ
    found = [forbidden_pair(qt_version, python)]
    if platform.startswith("linux"):
        found += [no_display(environ), missing_libraries(environ, load)]
    return [sentence for sentence in found if sentence]


def forbidden_pair(qt_version: Callable[[], str], python: tuple[int, int]) -> str:
    """What is wrong with Qt for Python itself; empty when nothing is."""
    try:
        version = qt_version()
    except importlib.metadata.PackageNotFoundError:
        return (
            "Qt for Python is not installed; install userpool-sandbox with all its dependencies, "
            "or serve without a window: userpool-sandbox serve"
        )
    major, minor = (int(part) for part in version.split(".")[:2])
    if (major, minor) >= (6, 12) and python == (3, 11):
        return (
            f"PySide6 {version} crashes on Python 3.11 after a while; "
            "install an older one: pip install 'pyside6-essentials<6.12'"
        )
    return ""


def no_display(environ: Mapping[str, str]) -> str:
    """That there is nothing to open a window on; empty when there is."""
    if _draws_nothing(environ) or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return ""
    return "There is no display to open a window on; serve without one: userpool-sandbox serve"


def missing_libraries(environ: Mapping[str, str], load: Callable[[str], object]) -> str:
    """Which system libraries to install; empty when none is missing."""
    wanted = dict(_ALWAYS)
    if environ.get("DISPLAY") and not _draws_nothing(environ):
        wanted |= _ON_X11
    missing = [package for library, package in wanted.items() if not _loads(library, load)]
    if not missing:
        return ""
    return (
        "System libraries that the window needs are missing; install them with: "
        f"sudo apt-get install {' '.join(missing)}"
    )


def _draws_nothing(environ: Mapping[str, str]) -> bool:
    return environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _WITHOUT_DISPLAY


def _loads(library: str, load: Callable[[str], object]) -> bool:
    try:
        load(library)
    except OSError:
        return False
    return True

"""What differs between Linux, macOS and Windows, in one place; only Linux has been tried."""

import asyncio
import contextlib
import ctypes
import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs

_NAME = "userpool-sandbox"
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""Options of glibc's `mallopt`."""


def data_folder() -> Path:
    """The user's data folder for this program; made with access for the user alone."""
    folder = data_path()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def data_path() -> Path:
    """Where that folder lies or would lie; nothing is made."""
    return Path(platformdirs.user_data_dir(_NAME, appauthor=False))


def default_workspace() -> Path:
    """Where the workspace lies that opens when none is named."""
    return data_folder() / "demo.sandbox"


def certificates_folder() -> Path:
    """Where this installation's certificate authority lies."""
    folder = data_folder() / "tls"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def allowances_folder() -> Path:
    """Where it is kept what the workspaces of this machine may do beyond answering."""
    folder = data_folder() / "allowances"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def control_token_file() -> Path:
    """Where a running sandbox leaves the token of its control interface, for its owner alone."""
    return data_folder() / f"control-{os.getpid()}.token"


def log_file() -> Path:
    """Where a crash can be read up."""
    folder = Path(platformdirs.user_log_dir(_NAME, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / "userpool-sandbox.log"


def window_settings_file() -> Path:
    """Where the window remembers sizes, theme and recent files."""
    folder = Path(platformdirs.user_config_dir(_NAME, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / "window.ini"


def on_termination(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    """Call `stop` on SIGINT and SIGTERM (on Windows, untried, on Ctrl+C and Ctrl+Break)."""
    if sys.platform != "win32":
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
        return
    # Python runs signal handlers between byte codes only, so the loop has to wake up to see one.
    for number in (signal.SIGINT, signal.SIGBREAK):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
    _keep_awake(loop)


def give_memory_back() -> None:
    """Have large blocks returned to the system at once, where the C library is glibc.

    It learns to keep blocks as large as a password hash needs, one per thread, for ever: 17 MB
    at rest.
    """
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):
        set_option = ctypes.CDLL("libc.so.6").mallopt
        set_option(_M_MMAP_THRESHOLD, 128 * 1024)
        set_option(_M_TRIM_THRESHOLD, 128 * 1024)


def _keep_awake(loop: asyncio.AbstractEventLoop) -> None:
    loop.call_later(0.2, _keep_awake, loop)


def make_way_for(path: Path) -> None:
    """Take away what an earlier run left there, so that nobody takes it for this one's.

    Raises:
        OSError: no file can be made there.
    """
    folder = path.parent
    if not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    path.unlink(missing_ok=True)


def write_private(path: Path, data: str | bytes) -> None:
    """Write a file atomically that only its owner may read."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data.encode() if isinstance(data, str) else data)
    os.replace(temporary, path)

"""What a check found, and the commands that checks ask."""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How a check came out."""

    FINE = "fine"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what it is about, how it came out, what was seen, and what to do about it."""

    check: str
    grade: Grade
    says: str
    remedy: str = ""


def fine(check: str, says: str) -> Finding:
    """Nothing to do."""
    return Finding(check, Grade.FINE, says)


def warning(check: str, says: str, remedy: str = "") -> Finding:
    """Something will not work for somebody."""
    return Finding(check, Grade.WARNING, says, remedy)


def broken(check: str, says: str, remedy: str = "") -> Finding:
    """The sandbox will not work like this."""
    return Finding(check, Grade.BROKEN, says, remedy)


Ask = Callable[[Sequence[str]], str | None]
"""Runs a command that only reads; its output, `None` when it is absent or fails."""

_PATIENCE = 20.0


def ask(command: Sequence[str]) -> str | None:
    """The real one."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=True,
            encoding="utf-8",
            errors="replace",
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout

"""Versions, display, libraries and clock, as they should be and otherwise."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from sandbox_app.app.doctor import machine
from sandbox_app.app.doctor.finding import Finding, Grade

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def absent() -> str:
    raise PackageNotFoundError


def missing(library: str) -> object:
    raise OSError(library)


def looked_at(*moments: datetime, files: tuple[Path, ...] = (), elapsed: float = 0.1) -> Finding:
    times: Iterator[datetime] = iter(moments)
    steady = iter((5.0, 5.0 + elapsed))
    return machine.clock(lambda: next(times), files, lambda: next(steady), lambda _: None)


@pytest.mark.parametrize(
    ("found", "grade"),
    [
        (machine.python((3, 11)), Grade.FINE),
        (machine.python((3, 10)), Grade.BROKEN),
        (machine.qt(lambda: "6.11.3", (3, 11)), Grade.FINE),
        (machine.qt(lambda: "6.12.0", (3, 11)), Grade.BROKEN),
        (machine.qt(lambda: "6.12.0", (3, 12)), Grade.FINE),
        (machine.qt(absent, (3, 11)), Grade.WARNING),
        (machine.display({"DISPLAY": ":0"}, "linux"), Grade.FINE),
        (machine.display({}, "linux"), Grade.WARNING),
        (machine.display({}, "darwin"), Grade.FINE),
        (machine.libraries({"DISPLAY": ":0"}, "linux", str), Grade.FINE),
        (machine.libraries({"DISPLAY": ":0"}, "linux", missing), Grade.BROKEN),
        (machine.libraries({}, "linux", missing), Grade.WARNING),
    ],
)
def test_what_the_window_needs_is_judged(found: Finding, grade: Grade) -> None:
    assert found.grade is grade
    assert bool(found.remedy) == (grade is not Grade.FINE)


def test_an_even_clock_is_fine_and_names_its_zone() -> None:
    found = looked_at(NOON, NOON + timedelta(seconds=0.1))

    assert found.grade is Grade.FINE
    assert found.says.startswith("2026-11-0")


@pytest.mark.parametrize("year", [1970, 2024, 2101])
def test_a_date_that_cannot_be_is_broken(year: int) -> None:
    moment = NOON.replace(year=year)

    assert looked_at(moment, moment + timedelta(seconds=0.1)).grade is Grade.BROKEN


def test_a_clock_that_jumps_while_it_is_watched_is_told() -> None:
    found = looked_at(NOON, NOON + timedelta(seconds=-2))

    assert found.grade is Grade.WARNING
    assert "-2.10 s" in found.says


def test_a_file_from_the_future_is_told(tmp_path: Path) -> None:
    ahead = tmp_path / "ahead"
    ahead.touch()
    os.utime(ahead, (0, (NOON + timedelta(hours=1)).timestamp()))

    found = looked_at(NOON, NOON + timedelta(seconds=0.1), files=(tmp_path / "none", ahead))
    assert found.grade is Grade.WARNING
    assert str(ahead) in found.says

"""The clock as a condition: every timer follows it, and the next start finds it as it was."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.domain.clock import ManualClock, SystemClock
from sandbox_app.domain.durations import duration_words
from sandbox_app.domain.events import ConditionsChanged
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions import clock as verbs
from sandbox_app.workbench.conditions.durations import duration_text, parse_duration
from sandbox_app.workbench.conditions.parts import back_to_normal, deviations, recall
from tests.conftest import NOON
from tests.cores import open_core


@pytest.fixture
def core(tmp_path: Path, clock: ManualClock) -> Core:
    return open_core(tmp_path / "demo.sandbox", clock)


def test_a_shifted_clock_runs_beside_the_machines(core: Core, clock: ManualClock) -> None:
    core.clock.shift_to(timedelta(hours=1))
    clock.advance(timedelta(minutes=5))

    assert core.now() == NOON + timedelta(hours=1, minutes=5)
    assert deviations(core) == (("clock", "clock +1 h"),)


def test_a_standing_clock_stands_and_runs_on_from_there(core: Core, clock: ManualClock) -> None:
    core.clock.freeze()
    clock.advance(timedelta(minutes=5))
    assert core.now() == NOON

    core.clock.run()
    clock.advance(timedelta(seconds=1))
    assert core.now() == NOON + timedelta(seconds=1)
    assert core.clock.offset == -timedelta(minutes=5)


@pytest.mark.parametrize("frozen", [False, True])
def test_its_seconds_tell_the_same_moment_as_its_date(
    core: Core, clock: ManualClock, frozen: bool
) -> None:
    if frozen:
        core.clock.freeze()
    core.clock.shift_to(timedelta(hours=-2, milliseconds=7))
    clock.advance(timedelta(minutes=5))

    assert core.timestamp() == round(core.now().timestamp(), 3)
    assert core.clock.timestamp() == pytest.approx(core.now().timestamp(), abs=1e-6)


def test_the_machines_clock_tells_both_alike() -> None:
    machine = SystemClock()

    before, seconds, after = machine.now(), machine.timestamp(), machine.now()

    assert before.timestamp() - 0.001 <= seconds <= after.timestamp() + 0.001


def test_a_standing_clock_can_be_moved(core: Core) -> None:
    core.clock.freeze()
    core.clock.advance(timedelta(seconds=59))
    assert core.now() == NOON + timedelta(seconds=59)

    core.clock.go_to(NOON - timedelta(days=1))
    assert core.now() == NOON - timedelta(days=1)

    core.clock.shift_to(timedelta(hours=2))
    assert core.now() == NOON + timedelta(hours=2)


@pytest.mark.parametrize("frozen", [False, True])
def test_the_next_start_finds_the_clock_as_it_was(
    core: Core, clock: ManualClock, tmp_path: Path, frozen: bool
) -> None:
    verbs.advance(core, timedelta(days=30))
    if frozen:
        verbs.freeze(core)
    core.store.close()
    clock.advance(timedelta(hours=1))

    again = open_core(tmp_path / "demo.sandbox", clock)
    recall(again)

    assert again.now() == NOON + timedelta(days=30, hours=0 if frozen else 1)


def test_back_to_normal_straightens_the_clock_and_tells(core: Core) -> None:
    heard: list[ConditionsChanged] = []
    core.bus.subscribe(ConditionsChanged, heard.append)
    core.clock.advance(timedelta(days=30))

    back_to_normal(core)

    assert (core.now(), deviations(core)) == (NOON, ())
    assert ConditionsChanged("clock") in heard


@pytest.mark.parametrize("kept", ['{"offset": "soon"}', "[1]", "{", '{"frozen_at": null}'])
def test_a_condition_that_cannot_be_read_is_normal(core: Core, kept: str) -> None:
    core.store.settings.put("condition.clock", kept)

    recall(core)

    assert deviations(core) == ()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("+2h", NOON + timedelta(hours=2)),
        ("-90s", NOON - timedelta(seconds=90)),
        ("2027-01-31T08:00:00+00:00", datetime(2027, 1, 31, 8, tzinfo=UTC)),
    ],
)
def test_the_clock_is_set_as_a_person_types_it(core: Core, text: str, moment: datetime) -> None:
    verbs.advance(core, timedelta(days=3))

    verbs.set_by_words(core, text)

    assert core.now() == moment


@pytest.mark.parametrize("text", ["yesterday", "-60000d", "1970-01-01", "2500-01-01"])
def test_a_time_that_no_token_can_tell_is_refused(core: Core, text: str) -> None:
    with pytest.raises(ValueError, match=r"59m59s|1990|hundred years"):
        verbs.set_by_words(core, text)

    assert core.now() == NOON


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("59m59s", 3599),
        ("-2h", -7200),
        ("+1.5s", 1.5),
        ("1d 30m", 88_200),
        ("250ms", 0.25),
        ("1w", 604_800),
    ],
)
def test_durations_are_read_as_people_write_them(text: str, seconds: float) -> None:
    assert parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "soon", "5", "5x", "--5s", "5s-", "99999w", "1e9s"])
def test_what_is_no_duration_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"59m59s|hundred years"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (0.25, "250 ms"), (90, "1 min 30 s"), (90_061, "1 d 1 h"), (-3600, "−1 h")],
)
def test_durations_are_told_in_their_two_largest_units(seconds: float, words: str) -> None:
    assert duration_words(timedelta(seconds=seconds)) == words


@given(st.timedeltas(timedelta(days=-3000), timedelta(days=3000)))
def test_a_duration_written_out_reads_as_the_same(duration: timedelta) -> None:
    again = parse_duration(duration_text(duration))

    assert abs(again - duration) <= timedelta(milliseconds=1)

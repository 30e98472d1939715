"""Garbage is looked for among everything only while nobody waits for the window."""

import gc
import threading
import weakref

import pytest

from sandbox_app.app.collecting import Collecting


class Knot:
    """Refers to itself, so that only a collection frees it."""

    def __init__(self) -> None:
        self.own = self


class Person:
    looks = False


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def collecting(qapp, person, clock):
    made = Collecting(lambda: person.looks, lambda: clock[0])
    made.begin()
    yield made
    made.end()


@pytest.fixture
def looked_through():
    """The generation of each collection from here on."""
    generations = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            generations.append(info["generation"])

    gc.callbacks.append(note)
    yield generations
    gc.callbacks.remove(note)


def an_old_knot() -> "weakref.ref[Knot]":
    """Garbage that outlived the collections of what is young."""
    knot = Knot()
    kept = weakref.ref(knot)
    gc.collect(1)
    del knot
    gc.collect(1)
    return kept


def test_garbage_goes_once_nobody_looks_and_nothing_goes_on(collecting, person, clock) -> None:
    knot = an_old_knot()
    person.looks = True
    collecting.look()
    clock[0] = 90.0
    collecting.look()
    assert knot() is not None

    person.looks = False
    collecting.look()
    assert knot() is None


def test_it_waits_while_much_is_made(collecting, clock) -> None:
    knot = an_old_knot()
    clock[0] = 90.0
    collecting.look()
    knot = an_old_knot()
    clock[0] = 180.0
    for _ in range(10):
        kept = [Knot() for _ in range(800)]
        collecting.sweep()

    collecting.look()
    assert knot() is not None

    collecting.look()
    assert knot() is None
    assert kept


def test_what_is_young_goes_at_the_next_sweep_and_in_this_thread(collecting) -> None:
    freed_in = []
    knot = Knot()
    weakref.finalize(knot, lambda: freed_in.append(threading.current_thread()))
    del knot

    def work() -> None:
        assert [Knot() for _ in range(5_000)]

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert freed_in == []

    collecting.sweep()
    assert freed_in == [threading.main_thread()]


def test_a_list_being_filled_is_looked_through_only_in_a_quiet_moment(
    collecting, clock, looked_through
) -> None:
    """Or the window would stand still for it just when somebody opened it."""
    at_once = [Knot() for _ in range(30_000)]
    collecting.sweep()
    assert looked_through == []

    little_by_little = []
    for _ in range(100):
        little_by_little += [Knot() for _ in range(1_000)]
        collecting.sweep()
    assert looked_through
    assert max(looked_through) == 0

    knot = weakref.ref(at_once[0])
    del at_once
    clock[0] = 90.0
    for _ in range(2):
        collecting.look()
    assert knot() is None
    assert little_by_little


def test_it_does_not_wait_for_ever(collecting, person, clock) -> None:
    knot = an_old_knot()
    person.looks = True
    clock[0] = 1_801.0

    collecting.look()

    assert knot() is None


@pytest.mark.parametrize("automatic", [True, False])
def test_python_is_left_as_it_was(qapp, automatic) -> None:
    was = gc.isenabled()
    (gc.enable if automatic else gc.disable)()
    collecting = Collecting(lambda: False)

    collecting.begin()
    assert not gc.isenabled()
    assert gc.get_freeze_count() > 0

    collecting.end()
    assert (gc.isenabled(), gc.get_freeze_count()) == (automatic, 0)
    (gc.enable if was else gc.disable)()

"""Garbage is looked for among everything only while nobody waits for the window."""

import gc
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
    gc.collect(1)

    collecting.look()
    assert knot() is not None

    collecting.look()
    assert knot() is None


def test_it_does_not_wait_for_ever(collecting, person, clock) -> None:
    knot = an_old_knot()
    person.looks = True
    clock[0] = 1_801.0

    collecting.look()

    assert knot() is None


def test_python_is_left_as_it_was(qapp) -> None:
    before = gc.get_threshold()
    collecting = Collecting(lambda: False)

    collecting.begin()
    assert gc.get_threshold()[:2] == before[:2]
    assert gc.get_threshold()[2] > 1_000_000
    assert gc.get_freeze_count() > 0

    collecting.end()
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)

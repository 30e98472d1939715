"""Changes are shown soon, and seldom while they keep coming."""

from sandbox_app.gui.settling import Settling


def test_many_changes_at_once_are_told_once(qtbot) -> None:
    settling, told = Settling(), []
    settling.settled.connect(lambda: told.append(1))

    for _ in range(100):
        settling.touch()
    qtbot.waitUntil(lambda: bool(told))

    assert told == [1]
    assert not settling.waiting


def test_a_change_after_a_quiet_while_is_told_sooner_than_one_that_follows(qtbot) -> None:
    settling = Settling()
    settling.touch()
    first = settling._timer.interval()
    qtbot.waitUntil(lambda: not settling.waiting)

    settling.touch()

    assert first <= 50
    assert settling._timer.interval() >= 500


def test_nothing_is_told_once_stopped(qtbot) -> None:
    settling, told = Settling(), []
    settling.settled.connect(lambda: told.append(1))
    settling.touch()

    settling.stop()

    assert not settling.waiting
    assert told == []

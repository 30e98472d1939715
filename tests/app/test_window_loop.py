"""The window's loop runs callbacks as asyncio's own does, and leaves Qt its turns."""

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from sandbox_app.app import window_loop
from sandbox_app.app.window_loop import WindowLoop

_TURNS = 50


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[WindowLoop]:
    with WindowLoop(qapp) as made:
        asyncio.set_event_loop(made)
        yield made
    asyncio.set_event_loop(None)


def turned(loop: WindowLoop) -> None:
    """Let the loop turn as often as any test needs."""

    async def turns() -> None:
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    loop.run_until_complete(turns())


def test_callbacks_run_in_the_order_they_came(loop: WindowLoop) -> None:
    ran: list[int] = []
    for number in range(100):
        loop.call_soon(ran.append, number)

    turned(loop)

    assert ran == list(range(100))


def test_many_callbacks_take_one_timer_of_qt(
    loop: WindowLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    timers: list[asyncio.Handle] = []
    add = loop._timer.add_callback

    def counted(handle: asyncio.Handle, delay: float = 0) -> asyncio.Handle:
        timers.append(handle)
        return add(handle, delay)  # type: ignore[no-any-return]

    monkeypatch.setattr(loop._timer, "add_callback", counted)
    for _ in range(100):
        loop.call_soon(lambda: None)

    assert len(timers) == 1


def test_a_cancelled_callback_does_not_run(loop: WindowLoop) -> None:
    ran: list[str] = []
    told: list[object] = []
    loop.set_exception_handler(lambda _, context: told.append(context))
    loop.call_soon(ran.append, "before")
    loop.call_soon(ran.append, "cancelled").cancel()
    loop.call_soon(ran.append, "after")

    turned(loop)

    assert ran == ["before", "after"]
    assert told == []


def test_a_callback_that_fails_is_told_of_and_the_others_run(loop: WindowLoop) -> None:
    ran: list[str] = []
    told: list[object] = []
    loop.set_exception_handler(lambda _, context: told.append(context["exception"]))
    loop.call_soon(ran.append, "before")
    loop.call_soon(lambda: 1 // 0)
    loop.call_soon(ran.append, "after")

    turned(loop)

    assert ran == ["before", "after"]
    assert [type(error) for error in told] == [ZeroDivisionError]


def test_what_a_callback_calls_soon_waits_until_qt_had_its_turn(
    loop: WindowLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_loop, "_TURN", 60.0)
    ran: list[str] = []

    def again() -> None:
        ran.append("asyncio")
        if len(ran) < _TURNS:
            loop.call_soon(again)

    loop.call_soon(again)
    loop.call_soon(QTimer.singleShot, 0, lambda: ran.append("Qt"))

    turned(loop)

    assert ran.index("Qt") < ran.count("asyncio")


def test_qt_gets_to_its_events_amid_many_callbacks(
    loop: WindowLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_loop, "_TURN", 0.0)
    ran: list[str] = []
    loop.call_soon(QTimer.singleShot, 0, lambda: ran.append("Qt"))
    for _ in range(20):
        loop.call_soon(ran.append, "asyncio")

    turned(loop)

    assert ran.count("asyncio") == 20
    assert ran.index("Qt") < 20


def test_a_callback_that_runs_qts_loop_inside_leaves_the_others_running(loop: WindowLoop) -> None:
    ran: list[str] = []

    def inside() -> None:
        nested = QEventLoop()
        loop.call_soon(nested.quit)
        nested.exec()
        ran.append("outer")

    loop.call_soon(inside)
    loop.call_soon(ran.append, "inner")

    turned(loop)

    assert ran == ["inner", "outer"]


def test_what_already_waits_does_not_wait_for_qts_loop_inside_a_callback(loop: WindowLoop) -> None:
    ran: list[str] = []

    def inside() -> None:
        nested = QEventLoop()
        QTimer.singleShot(20, nested.quit)
        nested.exec()
        ran.append("outer")

    loop.call_soon(inside)
    loop.call_soon(ran.append, "inner")

    turned(loop)

    assert ran == ["inner", "outer"]

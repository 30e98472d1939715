"""The program with its window, told what to do and to count: `windowed.py KIND [its options]`.

KIND is "frames" or "callbacks", because to count the one takes time from the other.

Commands come as lines of JSON on standard input, a name and its arguments; each is answered by a
line of JSON on standard output once it is done. So a test can do what a person would do, from
outside and between two requests.

Frames: every 16 ms, as far as the loop finds the time, all that moves in Live is painted anew,
whether it changed or not: the list, and the details with the diagram. How long each frame took to
come is counted. Asked so, the whole window is painted, which no screen ever needs.

Callbacks: how long the loop was held by each event that Qt or asyncio handed out, with all it
painted, by the clock and by the processor time of this thread.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.append(str(Path(__file__).resolve().parents[1] / "gui" / "live"))
os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from sandbox_app.app import cli
from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.gui.window import MainWindow

INTERVAL = 16
"""Milliseconds between two frames, as on a common screen."""

SIZE = 1280, 800
_FILLED_AT_ONCE = 250


class Frames(QTimer):
    """Repaints some widgets, and notes when the turn came."""

    def __init__(self) -> None:
        super().__init__()
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.setInterval(INTERVAL)
        self.timeout.connect(self._paint)
        self.widgets: list[QWidget] = []
        self.took: list[tuple[float, float]] = []
        self._last = (0.0, 0.0)

    def _paint(self) -> None:
        for widget in self.widgets:
            widget.repaint()
        now = time.perf_counter(), time.thread_time()
        if self._last[0]:
            self.took.append((_ms(now[0] - self._last[0]), _ms(now[1] - self._last[1])))
        self._last = now

    def results(self) -> list[tuple[float, float]]:
        """Milliseconds between frames since the last call, by the clock and by the processor
        time that this thread took for all it did meanwhile; counting ends."""
        self.stop()
        took, self.took, self._last = self.took, [], (0.0, 0.0)
        return took


class Program(QApplication):
    """Notes how long each outermost event took."""

    def __init__(self) -> None:
        super().__init__(sys.argv[:1])
        self.counting = False
        self.took: list[tuple[float, float, str]] = []
        self.collecting = 0.0
        self._inside = False
        self._began = 0.0
        gc.callbacks.append(self._collected)

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event."""
        if not self.counting or self._inside:
            return super().notify(receiver, event)
        self._inside = True
        who = f"{type(receiver).__name__} {event.type().name}"
        clock, used = time.perf_counter(), time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            used, clock = time.thread_time() - used, time.perf_counter() - clock
            self._inside = False
            self.took.append((_ms(used), _ms(clock), who))

    def results(self) -> dict[str, Any]:
        """The longest by processor time, in ms, and how many there were; counting ends."""
        self.counting = False
        took, self.took = sorted(self.took, reverse=True), []
        by_clock = sorted((clock for _, clock, _ in took), reverse=True)
        return {
            "longest": took[:8],
            "count": len(took),
            "clock": by_clock[:1],
            "collecting": _ms(self.collecting),
        }

    def _collected(self, phase: str, _info: dict[str, int]) -> None:
        now = time.thread_time()
        if phase == "start":
            self._began = now
        elif self.counting:
            self.collecting = max(self.collecting, now - self._began)


class Remote(QObject):
    """What a person does with the window, by name."""

    def __init__(self, program: QApplication) -> None:
        super().__init__()
        self._program = program
        self._frames = Frames()
        self._hand = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._hand.activated.connect(self._read)

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))

    @property
    def live(self) -> Any:
        """Its Live place."""
        return self.window.live

    def _read(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._hand.setEnabled(False)
            return
        name, *given = json.loads(line)
        command: Callable[..., Any] = getattr(self, f"do_{name}")
        print(json.dumps({"done": command(*given)}), flush=True)

    def do_size(self) -> None:
        """As large as the design."""
        self.window.resize(*SIZE)

    def do_place(self, key: str) -> None:
        """Go to a place."""
        self.window.go_to(key)

    def do_longest(self) -> int:
        """Open the longest login beside its requests; returns how many."""
        longest = max(self.live._book.logins, key=lambda login: login.requests)
        self.live.show_login(longest.login_id)
        return longest.requests

    def do_another(self) -> None:
        """Look at a login that was filled in."""
        self.live.list.set_follows(True)
        self.live.list.choose(self.live._book.logins[-10])

    def do_follow(self) -> None:
        """Stay at the newest row."""
        self.live.list.set_follows(True)

    def do_tab(self, key: str) -> None:
        """Open a tab of the details."""
        self.live.detail.choose_tab(key)

    def do_mode(self, key: str) -> None:
        """List by logins or requests."""
        self.live.toolbar.mode.set_current(key)
        self.live.toolbar.mode.chosen.emit(key)

    def do_type(self, letter: str) -> None:
        """Type into the filter."""
        from PySide6.QtTest import QTest

        self.live.toolbar.filter.setFocus()
        QTest.keyClick(self.live.toolbar.filter, letter)

    def do_enter(self, typed: str) -> None:
        """Put this in the filter at once."""
        self.live.toolbar.filter.setText(typed)

    def do_unfilter(self) -> None:
        """Empty the filter."""
        self.live.toolbar.filter.clear()

    def do_key(self, name: str) -> None:
        """Press a key in the diagram."""
        # Not with the others: the memory at rest is measured too.
        from PySide6.QtTest import QTest

        QTest.keyClick(self.live.detail.diagram.canvas, getattr(Qt.Key, f"Key_{name}"))

    def do_widen(self, by: int) -> None:
        """Make the window wider or narrower."""
        self.window.resize(self.window.width() + by, self.window.height())

    def do_scroll(self, by: int) -> None:
        """Scroll the list."""
        bar = self.live.list.verticalScrollBar()
        bar.setValue(bar.value() + by)

    def do_fill(self, count: int) -> None:
        """Let Live have this many requests more, as if they had just been answered."""
        import samples

        bus: EventBus = self.window.view.core.bus  # type: ignore[union-attr]
        steps = (
            ("authorize", 302),
            ("login", 200),
            ("login", 302),
            ("token", 200),
            ("userInfo", 200),
        )
        for number in range(count):
            step, status = steps[number % 5]
            refused = step == "token" and number % 55 == 3
            exchange = samples.an_exchange(
                path=f"/oauth2/{step}",
                step=step,
                status=400 if refused else status,
                login_id=f"filled-{number // 5}",
                client_name=("web", "spa", "m2m")[number // 5 % 3],
                username=f"user{number // 5 % 100}",
                started_at=time.time(),
                rule="TC-4" if refused else "",
                error="invalid_grant" if refused else "",
            )
            bus.publish(ExchangeFinished(exchange, samples.a_detail(exchange)))
            if number % _FILLED_AT_ONCE == 0:
                self.window.view._bridge.drain()  # type: ignore[union-attr]

    def do_count_frames(self, whole: bool) -> None:
        """Paint all the time from now on: the whole window, or all that moves in Live."""
        live = self.live
        self._frames.widgets = [self.window] if whole else [live.list.viewport(), live.detail]
        self._frames.start()

    def do_frames(self) -> list[tuple[float, float]]:
        """See `Frames.results`."""
        return self._frames.results()

    def do_count_callbacks(self) -> None:
        """Note them from now on."""
        assert isinstance(self._program, Program)
        self._program.collecting = 0.0
        self._program.counting = True

    def do_callbacks(self) -> dict[str, Any]:
        """See `Program.results`."""
        assert isinstance(self._program, Program)
        return self._program.results()


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)


def main() -> int:
    """Run the program until it is ended."""
    program = Program() if sys.argv[1] == "callbacks" else QApplication(sys.argv[:1])
    remote = Remote(program)
    status = cli.main(sys.argv[2:])
    del remote
    return status


if __name__ == "__main__":
    sys.exit(main())

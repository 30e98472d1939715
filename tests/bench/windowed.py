"""The program with its window, and a count of its frames: `windowed.py FILE [its own options]`.

From SIGUSR1 on the whole window is painted anew every 16 ms, as far as the loop finds the time.
SIGUSR2 opens Live first, with the longest login as a diagram. How long each frame took to come, in
ms, is written to FILE at the end.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from sandbox_app.app import cli
from sandbox_app.gui.window import MainWindow

INTERVAL = 16
"""Milliseconds between two frames, as on a common screen."""


class Frames(QTimer):
    """Repaints every visible window, and notes when the turn came."""

    def __init__(self) -> None:
        super().__init__()
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.setInterval(INTERVAL)
        self.timeout.connect(self._paint)
        self.took: list[float] = []
        self._last = 0.0

    def _paint(self) -> None:
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                window.repaint()
        now = time.perf_counter()
        if self._last:
            self.took.append(round((now - self._last) * 1000, 2))
        self._last = now


def show_diagram() -> None:
    """Open the longest login as a person would, with its requests unfolded beside the diagram."""
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    window.go_to("live")
    live = window.live
    longest = max(live._book.logins, key=lambda login: login.requests)
    live.show_login(longest.login_id)
    live.detail.choose_tab("diagram")
    assert live.detail.diagram.canvas.diagram.rows


def main() -> int:
    """Run the program until it is ended, then write the frames down."""
    application = QApplication(sys.argv[:1])
    frames = Frames()
    signal.signal(signal.SIGUSR1, lambda *_: frames.start())
    signal.signal(signal.SIGUSR2, lambda *_: (show_diagram(), frames.start()))
    status = cli.main(sys.argv[2:])
    Path(sys.argv[1]).write_text(json.dumps(frames.took))
    del application
    return status


if __name__ == "__main__":
    sys.exit(main())

"""Measures the diagram of a long login: diagram.py

Prints the milliseconds of processor time that each arrow takes to be added and painted, once the
paper is full and at the end of a flow of 500 arrows, and their ratio, which should be near 1; then
those of scrolling, choosing and fitting in the long one.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(Path(__file__).parents[1] / "gui" / "live"), str(Path(__file__).parents[2])]

import samples
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sandbox_app.gui.live.diagram import IN_A_PANE, DiagramCanvas
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.sequence import Sequence

ARROWS = 500
FEW = 50


def took(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = process_time()
    work()
    return (process_time() - began) * 1000


def told(name: str, times: list[float]) -> None:
    print(f"{name:<44} median {median(times):7.2f} ms   worst {max(times):7.2f} ms")


def main() -> None:
    app = QApplication([])
    theme = Theme(app, mode="light")
    theme.motion = False
    theme.apply()
    theme.dress(app)
    log, sequence = samples.Log(), Sequence()
    exchanges = [
        exchange
        for turn in range(ARROWS // 10)
        for exchange in samples.a_sign_in(log, "l1", samples.NOW + turn * 60)
    ]
    canvas = DiagramCanvas(theme, IN_A_PANE)
    canvas.resize(880, 560)
    canvas.show()
    canvas.show_sequence(sequence)
    app.processEvents()
    costs = []
    for exchange in exchanges:
        before = len(sequence.steps)

        def add(exchange=exchange) -> None:
            canvas.take_in(sequence.add(exchange, log.detail(exchange.id)))
            canvas.viewport().repaint()

        cost = took(add)
        costs += [cost / (len(sequence.steps) - before)] * (len(sequence.steps) - before)
    told(f"one arrow, the second {FEW}", costs[FEW : 2 * FEW])
    told(f"one arrow, the last {FEW} of {len(costs)}", costs[-FEW:])
    print(f"{'ratio of the two':<44} {median(costs[-FEW:]) / median(costs[FEW : 2 * FEW]):14.2f}")
    bar = canvas.verticalScrollBar()

    def scroll() -> None:
        bar.setValue((bar.value() + 977) % bar.maximum())
        canvas.viewport().repaint()

    def down() -> None:
        QTest.keyClick(canvas, Qt.Key.Key_Down)
        canvas.viewport().repaint()

    told("a frame of scrolling", [took(scroll) for _ in range(200)])
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    told("going to the next arrow", [took(down) for _ in range(200)])
    told("the same frame again", [took(canvas.viewport().repaint) for _ in range(200)])

    def fit() -> None:
        canvas.fit()
        canvas.viewport().repaint()

    def widen(width: int) -> None:
        canvas.resize(width, 560)
        canvas.viewport().repaint()

    told("fitting all in, and back", [took(fit) for _ in range(4)])
    told("another width", [took(lambda w=w: widen(w)) for w in (700, 900, 800, 880)])


main()

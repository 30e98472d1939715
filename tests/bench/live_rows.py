"""Measures the list of the Live place with 100,000 rows: live_rows.py

Prints the worst and the median milliseconds of a batch with its repaint, of a scrolled frame, of
a filter, and of drawing a new login's details.
"""

import os
import sys
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(Path(__file__).parents[1] / "gui" / "live"), str(Path(__file__).parents[2])]

import samples
from PySide6.QtWidgets import QApplication

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live import LivePlace
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.tokens import Judgement

ROWS = 100_000
BATCH = 100


def exchanges(count: int, start: int) -> list[Exchange]:
    """Logins of five requests each, from three clients and a hundred users."""
    steps = (
        ("GET", "/oauth2/authorize", "authorize", 302),
        ("GET", "/login", "login", 200),
        ("POST", "/login", "login", 302),
        ("POST", "/oauth2/token", "token", 200),
        ("GET", "/oauth2/userInfo", "userInfo", 200),
    )
    made = []
    for number in range(start, start + count):
        method, path, step, status = steps[number % 5]
        login = number // 5
        refused = step == "token" and login % 11 == 0
        made.append(
            samples.an_exchange(
                method=method,
                path=path,
                step=step,
                status=400 if refused else status,
                login_id=f"login-{login}",
                client_name=("web", "spa", "m2m")[login % 3],
                username=f"user{login % 100}",
                started_at=samples.NOW + number / 100,
                rule="TC-4" if refused else "",
                error="invalid_grant" if refused else "",
            )
        )
    return made


def measure(name: str, work: Callable[[], None], times: int) -> None:
    """Run, and print how long it took."""
    took = []
    for _ in range(times):
        began = perf_counter()
        work()
        took.append((perf_counter() - began) * 1000)
    print(f"{name:<44} median {median(took):7.2f} ms   worst {max(took):7.2f} ms")


def main() -> None:
    app = QApplication([])
    theme = Theme(app, mode="light")
    theme.motion = False
    theme.apply()
    theme.dress(app)
    clock = ManualClock(datetime.fromtimestamp(samples.NOW, UTC))
    place = LivePlace(theme, samples.Log(), lambda token: Judgement(None, "?"), clock)
    place.resize(1200, 724)
    place.show()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    rows = exchanges(ROWS, 0)
    alone = tracemalloc.get_traced_memory()[0]
    place.absorb(rows)
    grown = tracemalloc.get_traced_memory()[0]
    print(f"rows {(alone - before) / ROWS:.0f} B each, book {(grown - alone) / ROWS:.0f} B more")
    tracemalloc.stop()
    app.processEvents()
    at = ROWS

    def batch() -> None:
        nonlocal at
        made = batches.pop()
        place.absorb(made)
        place.list.viewport().repaint()
        at += BATCH

    def scroll() -> None:
        bar = place.list.verticalScrollBar()
        bar.setValue(bar.value() + 977)
        place.list.viewport().repaint()

    for mode in ("logins", "requests"):
        if mode != place.toolbar.mode.current_key:
            place.toolbar.mode.set_current(mode)
            measure("switch to requests", lambda key=mode: place.toolbar.mode.chosen.emit(key), 1)
        place.list.set_follows(True)
        batches = [exchanges(BATCH, at + step * BATCH) for step in reversed(range(100))]
        measure(f"{mode}: {BATCH} requests in and painted", batch, 100)
        measure(f"{mode}: one frame of scrolling", scroll, 200)
        batches = [exchanges(BATCH, at + step * BATCH) for step in reversed(range(100))]
        measure(f"{mode}: the same, scrolled away", batch, 100)
        for typed in ("user7", "wrong verifier user7", "nowhere"):
            measure(
                f"{mode}: filter “{typed}”",
                lambda typed=typed: place.toolbar.filter.setText(typed),
                1,
            )
            measure(f"{mode}: no filter", lambda: place.toolbar.filter.setText(""), 1)
    place.toolbar.mode.set_current("logins")
    place.toolbar.mode.chosen.emit("logins")
    one = samples.a_sign_in(place_log(place), "the-one", samples.NOW)
    place.absorb(one)
    app.processEvents()
    measure("open a login", lambda: (place.show_login("the-one"), app.processEvents(), None)[2], 5)
    for tab in ("request", "response", "tokens", "raw"):
        measure(
            f"open tab {tab}",
            lambda tab=tab: (place.detail.tabs.set_current(tab), app.processEvents(), None)[2],
            1,
        )


def place_log(place: LivePlace) -> samples.Log:
    log = place._traffic
    assert isinstance(log, samples.Log)
    return log


main()

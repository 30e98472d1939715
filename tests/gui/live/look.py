"""Grabs the Live place with sample traffic: look.py FOLDER [--show]."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3])]

import samples

from sandbox_app.domain.clock import ManualClock
from sandbox_app.gui.live import LivePlace
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.tokens import Judgement


def settle(app: QApplication) -> None:
    for _ in range(20):
        app.processEvents()


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    app = QApplication([])
    theme = Theme(app, mode="light")
    theme.motion = False
    theme.apply()
    theme.dress(app)
    log = samples.Log()
    clock = ManualClock(datetime.fromtimestamp(samples.NOW, UTC))
    verdict = Judgement(True, "Valid", "Signed by this pool's key, unaltered, 58 min 30 s left.")
    place = LivePlace(theme, log, lambda token: verdict, clock)
    place.resize(1200, 724)
    place.show()
    settle(app)
    place.grab().save(str(folder / "empty-light.png"))
    place.absorb(samples.a_morning(log))
    place.show_login("l6")
    place.show_login("l7")
    place.list.setFocus()
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        for tab in ("why", "request", "response", "tokens", "raw"):
            place.show_login("l7" if tab in ("why", "request") else "l6")
            place.detail.tabs.set_current(tab)
            settle(app)
            place.grab().save(str(folder / f"{tab}-{mode}.png"))
    theme.set_mode("light")
    place.detail.tabs.set_current("why")
    place.show_login("l7")
    place.resize(944, 604)
    settle(app)
    place.grab().save(str(folder / "why-narrow.png"))
    place.toolbar.mode.set_current("requests")
    place.toolbar.mode.chosen.emit("requests")
    place.resize(1200, 724)
    settle(app)
    place.grab().save(str(folder / "requests-light.png"))
    place.toolbar.filter.setText("alice nowhere")
    settle(app)
    place.grab().save(str(folder / "filtered-light.png"))
    place.toolbar.filter.clear()
    theme.set_scale(1.5)
    place.toolbar.mode.set_current("logins")
    place.toolbar.mode.chosen.emit("logins")
    place.show_login("l7")
    settle(app)
    place.grab().save(str(folder / "why-150.png"))


main()

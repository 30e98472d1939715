"""How much traffic is kept is shown with its cost and changed at once, told beforehand."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from sandbox_app.domain.ports import at_once
from sandbox_app.gui.live.keeping_panel import KeepingPanel
from sandbox_app.store import Store
from sandbox_app.workbench.live import keeping
from sandbox_app.workbench.live.keeping import Keeping
from tests.gui.live.samples import NOW, a_detail, an_exchange


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "workspace.sandbox")
    for number in range(2_500):
        exchange = an_exchange(started_at=NOW + number)
        opened.traffic.append(exchange, a_detail(exchange))
    assert opened.traffic.flush()
    yield opened
    opened.close()


@pytest.fixture
def panel(qtbot, theme, store) -> KeepingPanel:
    made = KeepingPanel(theme, Keeping(store, at_once), asyncio.run)
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    yield made
    made.leave()


def test_it_says_what_there_is_and_what_may_stay(panel) -> None:
    assert panel.now.text().startswith("2 500 requests, ")
    assert " MB, since " in panel.now.text()
    assert (panel.requests.text(), panel.megabytes.text()) == ("200000", "500")
    said = [label.text() for label in panel.findChildren(QLabel)]
    assert "At most so many stay, 1 000 to 5 000 000." in said
    assert panel.effect.text() == "Nothing of it goes."
    assert not panel.apply.isEnabled()


def test_what_less_would_erase_is_told_before_it_is_applied(qtbot, panel, store) -> None:
    panel.requests.clear()
    qtbot.keyClicks(panel.requests, "1000")

    assert panel.effect.text().startswith("About 1 500 requests would be erased, ")
    assert store.traffic.limits.requests == 200_000
    panel.revert.click()
    assert panel.requests.text() == "200000"


def test_less_is_erased_at_once_and_stays_so_after_a_restart(qtbot, panel, store) -> None:
    panel.requests.clear()
    qtbot.keyClicks(panel.requests, "1000")
    qtbot.keyClick(panel.requests, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: panel.now.text().startswith("1 000 requests, "))
    assert "erased" not in panel.now.text()
    assert not panel.apply.isEnabled()
    path = store.path
    store.close()
    again = Store.open(path)
    assert again.traffic.limits.requests == 1_000
    assert len(again.traffic.page(None, 5_000)) == 1_000
    again.close()


@pytest.mark.parametrize("typed", ["", "999", "5000001", "many"])
def test_what_cannot_be_kept_is_refused_beside_the_field(qtbot, panel, typed) -> None:
    panel.requests.selectAll()
    qtbot.keyClick(panel.requests, Qt.Key.Key_Delete)
    qtbot.keyClicks(panel.requests, typed)

    assert panel._rows[0].error
    assert not panel.apply.isEnabled()


def test_a_million_requests_can_be_kept(qtbot, panel, store) -> None:
    panel.requests.clear()
    qtbot.keyClicks(panel.requests, "1000000")
    panel.apply.click()

    assert store.traffic.limits.requests == 1_000_000
    assert panel.effect.text() == "Nothing of it goes."


def test_a_script_is_held_to_the_same_bounds(store) -> None:
    for wrong in ((10, 500), (5_000, keeping.MOST_MEGABYTES + 1)):
        with pytest.raises(ValueError, match="can be kept"):
            Keeping(store, at_once).keep(*wrong)

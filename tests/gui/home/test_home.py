"""Home says whether the pool runs, what to do next, and what an app of one's own needs."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sandbox_app.gui.home import HomePlace
from sandbox_app.gui.serving import Phase, ServerState
from tests.conftest import DEMO_POOL

STOPPED = ServerState(phase=Phase.STOPPED, http="http://localhost:9400")
STARTING = ServerState(phase=Phase.STARTING, http="http://localhost:9400")


@pytest.fixture
def home(qtbot, theme, core, spawn, serving) -> HomePlace:
    place = HomePlace(theme, core, spawn)
    qtbot.addWidget(place)
    place.resize(1200, 724)
    place.show_server(serving)
    place.show_pool(DEMO_POOL)
    place.show()
    return place


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_running_pool_offers_a_demo_sign_in_with_its_credentials(qtbot, home) -> None:
    assert home.welcome.headline.text() == "Your user pool is running"
    assert home.welcome.action.label == "Run a demo sign-in"
    assert home.welcome._credentials.isVisible()

    with qtbot.waitSignal(home.demo_wanted):
        click(qtbot, home.welcome.action)


def test_a_stopped_pool_offers_to_start(qtbot, home) -> None:
    home.show_server(STOPPED)

    assert home.welcome.headline.text() == "Your user pool is stopped"
    with qtbot.waitSignal(home.start_wanted):
        click(qtbot, home.welcome.action)


def test_a_starting_pool_offers_nothing_to_press(home) -> None:
    home.show_server(STARTING)

    assert not home.welcome.action.isEnabled()
    assert not home.panel.switch.isEnabled()


def test_the_panel_stops_and_starts(qtbot, home) -> None:
    with qtbot.waitSignal(home.stop_wanted):
        click(qtbot, home.panel.switch)

    home.show_server(STOPPED)
    with qtbot.waitSignal(home.start_wanted):
        click(qtbot, home.panel.switch)


def test_a_workspace_without_a_demo_client_leads_to_the_demo_workspace(qtbot, home, core) -> None:
    spa = next(
        client for client in core.store.clients.of_pool(DEMO_POOL) if client.sandbox.demo_app
    )
    core.store.clients.put(replace(spa, sandbox=replace(spa.sandbox, demo_app=False)))
    home.refresh()

    assert home.welcome.action.label == "Open the demo workspace"
    assert not home.welcome._credentials.isVisible()
    with qtbot.waitSignal(home.demo_workspace_wanted):
        click(qtbot, home.welcome.action)


def test_credentials_that_no_longer_work_are_not_offered(home, core) -> None:
    alice = core.store.users.find(DEMO_POOL, "alice")
    core.store.users.replace(replace(alice, enabled=False))

    home.refresh()

    assert not home.welcome._credentials.isVisible()


@pytest.mark.parametrize(("chip", "text"), [("_user", "alice"), ("_password", "Sandbox-1")])
def test_the_credentials_are_copied_by_a_click(qtbot, home, chip, text) -> None:
    click(qtbot, getattr(home.welcome, chip))

    assert QApplication.clipboard().text() == text


def test_the_panel_names_what_is_in_the_pool(home) -> None:
    assert {thing: row.text for thing, row in home.panel.parts.items()} == {
        "app client": "3 app clients spa, web, m2m",
        "user": "3 users alice, bob, carol",
        "group": "1 group admins",
        "resource server": "1 resource server orders",
    }


def test_the_panel_copies_the_whole_issuer(qtbot, home) -> None:
    issuer = home.panel.addresses["Issuer"]

    click(qtbot, issuer._button)

    assert QApplication.clipboard().text() == f"http://localhost:9400/{DEMO_POOL}"


def test_an_exposed_server_is_told_as_a_warning(home, serving) -> None:
    home.show_server(replace(serving, exposed_on=("0.0.0.0",)))

    assert home.panel._state.text() == "Serving, reachable on 0.0.0.0"


def test_an_empty_workspace_says_so(qtbot, theme, make_core, tmp_path: Path, spawn, serving):
    place = HomePlace(theme, make_core(tmp_path / "empty.sandbox", demo=False), spawn)
    qtbot.addWidget(place)
    place.show_server(serving)
    place.show()

    assert place.connect_pane.unfit.isVisible()
    assert "No app client" in place.connect_pane.unfit.accessibleName()
    assert not place.connect_pane.client.isEnabled()


def test_a_narrow_window_gives_up_the_sketch_and_keeps_the_rest(home) -> None:
    home.resize(944, 604)

    assert not home.welcome.sketch.isVisible()
    assert home.panel.isVisible()
    assert home.panel.width() < 372
    assert home.widget().width() <= 944


@pytest.mark.parametrize("size", [(1200, 724), (944, 604)])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_needs_sideways_scrolling(home, theme, size, scale) -> None:
    theme.set_scale(scale)
    home.resize(*size)
    QApplication.processEvents()

    assert home.widget().minimumSizeHint().width() <= home.viewport().width()


def test_names_from_the_workspace_are_never_markup(home, core) -> None:
    planted = "<img src=file:///etc/passwd>"
    spa = core.store.clients.get("7spa4k1m8v0c3n5b9x6zq2kdpa")
    core.store.clients.put(replace(spa, client_name=planted))

    home.refresh()

    assert home.panel.parts["app client"].text == f"3 app clients {planted}, web, m2m"
    names = home.panel.parts["app client"]._names
    assert names.textFormat() is Qt.TextFormat.PlainText

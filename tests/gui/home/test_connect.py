"""Connect my app: a client, a library, and what to paste; or where everything is."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from sandbox_app.gui.home import HomePlace
from sandbox_app.gui.serving import Phase
from sandbox_app.gui.theme import Role
from sandbox_app.workbench import edits
from sandbox_app.workbench.connect import LIBRARIES
from tests.conftest import DEMO_POOL

WEB = "4web7n2p9c6d1h8j3k5m0rtvxz"


@pytest.fixture
def home(qtbot, theme, core, spawn, serving) -> HomePlace:
    place = HomePlace(theme, core, spawn)
    qtbot.addWidget(place)
    place.resize(1200, 724)
    place.show_server(serving)
    place.show_pool(DEMO_POOL)
    place.show()
    return place


@pytest.fixture
def pane(home):
    return home.connect_pane


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(qtbot, combo, key: str) -> None:
    """Pick from a combo with the keyboard, as a person does."""
    combo.setFocus()
    combo.showPopup()
    view = combo.view()
    view.setCurrentIndex(combo.model().index(combo.findData(key), 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)


def show(qtbot, pane, view: str) -> None:
    """Click the tab of that key."""
    position = [pane.tabs.tabData(at) for at in range(pane.tabs.count())].index(view)
    middle = pane.tabs.tabRect(position).center() - QPoint(12, 0)
    qtbot.mouseClick(pane.tabs, Qt.MouseButton.LeftButton, pos=middle)


def test_the_snippet_follows_the_origin(home, serving) -> None:
    home.show_server(replace(serving, http="http://localhost:1234"))

    assert f"'http://localhost:1234/{DEMO_POOL}'" in home.connect_pane.code.text


def test_the_snippet_is_copied_whole(qtbot, home) -> None:
    click(qtbot, home.connect_pane.copy)

    assert QApplication.clipboard().text() == home.connect_pane.code.text
    assert home.connect_pane.copy.label == "Copied"


def test_a_client_that_cannot_use_a_library_says_why(home) -> None:
    pane = home.connect_pane
    pane.client.set_current("4web7n2p9c6d1h8j3k5m0rtvxz")
    pane.client.chosen.emit("4web7n2p9c6d1h8j3k5m0rtvxz")

    assert pane.unfit.isVisible()
    assert "web has a secret" in pane.unfit.accessibleName()
    assert not pane.code.isVisible()


def test_the_addresses_show_what_the_client_has_and_nothing_else(qtbot, home) -> None:
    pane = home.connect_pane
    show(qtbot, pane, "addresses")

    shown = {
        name: value.value for name, (_, value) in pane.addresses._rows.items() if value.isVisible()
    }

    assert shown["Client ID"] == "7spa4k1m8v0c3n5b9x6zq2kdpa"
    assert shown["Callback URL"] == "http://localhost:5173/callback"
    assert shown["Signing keys"] == f"http://localhost:9400/{DEMO_POOL}/.well-known/jwks.json"
    assert "Client secret" not in shown


def test_the_choice_of_client_and_library_survives(qtbot, theme, core, spawn, serving, home):
    home.connect_pane.client.set_current("2m2m5t8r1q4w7e0y3u6i9opasd")
    home.connect_pane.library.set_current("curl")
    again = HomePlace(theme, core, spawn)
    qtbot.addWidget(again)
    again.show_server(serving)
    again.show_pool(DEMO_POOL)

    again.restore_state(home.save_state())

    assert "grant_type=client_credentials" in again.connect_pane.code.text


@pytest.mark.parametrize(
    "state", [{}, {"client": 7, "library": None}, {"library": "gone", "view": "gone"}]
)
def test_a_state_that_makes_no_sense_changes_nothing(home, state) -> None:
    before = home.connect_pane.code.text

    home.restore_state(state)

    assert home.connect_pane.code.text == before


def test_a_changed_client_shows_when_the_place_is_refreshed(home, core) -> None:
    spa = core.store.clients.get("7spa4k1m8v0c3n5b9x6zq2kdpa")
    core.store.clients.put(replace(spa, callback_urls=("http://localhost:7000/back",)))

    home.refresh()

    assert "'http://localhost:7000/back'" in home.connect_pane.code.text


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_library_has_its_snippet_and_says_its_language(qtbot, pane, library) -> None:
    choose(qtbot, pane.client, WEB if library.key == "oauth2-proxy" else pane.client.current_key)
    choose(qtbot, pane.library, library.key)

    assert pane.code.isVisible()
    assert pane._language.text() == library.language
    for line in pane.code.text.split("\n"):
        assert len(line) < 120 or line.startswith("#"), line


def test_boto3_has_its_snippet_only_while_the_sandbox_serves(qtbot, home, pane, serving) -> None:
    choose(qtbot, pane.library, "boto3")
    assert f"open('{serving.token_file}')" in pane.code.text

    home.show_server(replace(serving, phase=Phase.STOPPED, token_file=""))

    assert pane.unfit.accessibleName().startswith("Not yet. boto3 speaks the JSON API")
    assert not pane._language.isVisible()


def test_choosing_a_library_leaves_the_addresses(qtbot, pane) -> None:
    show(qtbot, pane, "addresses")
    choose(qtbot, pane.library, "curl")

    assert pane.tabs.current_key == "snippet"
    assert pane.code.isVisible()


def test_a_missing_callback_is_told_as_a_warning(qtbot, pane) -> None:
    choose(qtbot, pane.client, WEB)
    choose(qtbot, pane.library, "authjs")
    warned = pane._note_mark._icon_name, pane._note.text()
    choose(qtbot, pane.library, "curl")

    assert warned[0] == "warning"
    assert warned[1].startswith("First add http://localhost:3000/api/auth/callback/cognito")
    assert pane._note_mark._icon_name == "info"


def test_amplify_follows_the_https_listener(home, qtbot, pane, serving) -> None:
    choose(qtbot, pane.library, "amplify")
    assert "domain: 'localhost:9443'" in pane.code.text

    home.show_server(replace(serving, https=""))

    assert "HTTPS is switched off here" in pane.unfit.accessibleName()


@pytest.mark.parametrize(
    ("view", "issuer", "option"),
    [
        ("container", "http://host.docker.internal:9400", "--host 0.0.0.0 --name host.docker"),
        ("proxy", "https://login.example.test", "--trust-proxy 127.0.0.1"),
    ],
)
def test_containers_and_proxies_have_a_view_each(qtbot, core, pane, view, issuer, option) -> None:
    show(qtbot, pane, view)

    assert f"{issuer}/{DEMO_POOL}" in pane.code.text
    assert option in pane.code.text
    assert str(core.store.path) in pane.code.text


def test_the_view_survives_a_restart(qtbot, theme, core, spawn, serving, home) -> None:
    show(qtbot, home.connect_pane, "proxy")
    again = HomePlace(theme, core, spawn)
    qtbot.addWidget(again)
    again.show_server(serving)
    again.show_pool(DEMO_POOL)

    again.restore_state(home.save_state())

    assert again.connect_pane.tabs.current_key == "proxy"


def test_a_state_of_before_the_list_still_leads_to_the_addresses(home, pane) -> None:
    home.restore_state({"client": WEB, "library": "addresses"})

    assert pane.addresses.isVisible()
    assert pane.library.current_key == "oidc-client-ts"


@pytest.mark.parametrize(("width", "beside"), [(1200, True), (944, False)])
def test_a_narrow_pane_puts_the_choices_below_the_title(home, pane, theme, width, beside) -> None:
    home.resize(width, 604)
    QApplication.processEvents()

    assert (pane.client.geometry().left() > pane.width() // 3) is beside
    assert (pane.client.y() < theme.px(8)) is beside
    assert pane.client.geometry().right() < pane.library.geometry().left()
    assert pane.library.geometry().right() < pane.width()


@pytest.mark.parametrize("width", [1200, 944])
@pytest.mark.parametrize("library", [library.key for library in LIBRARIES])
def test_no_name_of_a_library_is_cut(home, pane, theme, width, library) -> None:
    home.resize(width, 604)
    pane.library.set_current(library)
    QApplication.processEvents()

    arrow_and_padding = theme.px(8 + 28)
    words = pane.library.fontMetrics().horizontalAdvance(pane.library.currentText())
    assert words + arrow_and_padding <= pane.library.width()


@pytest.mark.parametrize("width", [1200, 944])
@pytest.mark.parametrize("view", ["snippet", "container", "proxy"])
def test_the_copy_button_lies_on_no_code(qtbot, home, pane, theme, width, view) -> None:
    home.resize(width, 604)
    show(qtbot, pane, view)
    QApplication.processEvents()

    first = pane.code.viewport().y() + pane.code.cursorRect().top()
    for at, line in enumerate(pane.code.text.split("\n")):
        ends = pane.code.viewport().x() + theme.text_width(Role.MONO, line)
        below = first + at * theme.px(20) >= pane.copy.geometry().bottom() - theme.px(2)
        assert below or ends < pane.copy.x(), line


def test_a_missing_callback_is_added_with_one_click_and_taken_back(qtbot, core, home, pane) -> None:
    choose(qtbot, pane.client, WEB)
    choose(qtbot, pane.library, "authjs")
    client_id, wanted = pane.client.current_key, pane._callback
    before = core.store.clients.get(client_id).callback_urls
    assert pane.add_callback.label == "Add this callback URL to web"
    assert wanted not in before

    click(qtbot, pane.add_callback)

    assert core.store.clients.get(client_id).callback_urls == (*before, wanted)
    home.refresh()
    assert not pane.add_callback.isVisible()
    assert edits.undo(core) == "Add a callback URL to web"
    assert core.store.clients.get(client_id).callback_urls == before


def test_why_not_is_seen_without_scrolling_after_a_long_snippet(qtbot, home, pane) -> None:
    choose(qtbot, pane.library, "boto3")
    qtbot.waitUntil(lambda: home.verticalScrollBar().maximum() > 0)

    choose(qtbot, pane.library, "oauth2-proxy")

    qtbot.waitUntil(lambda: home.verticalScrollBar().maximum() == 0)
    seen = home.viewport().rect()
    assert seen.contains(pane.unfit.mapTo(home.viewport(), pane.unfit.rect().center()))

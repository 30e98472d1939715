"""From a refusal to its end: the fix, what it leaves to do, taking it back, and the settings."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.operations import users
from sandbox_app.workbench.live.causes import Place, places
from tests.conftest import DEMO_POOL, NOON
from tests.visitor import Visitor, new_session
from tests.workbench.live.causes.stage import Stage
from tests.workbench.live.causes.test_traps import amplify_elsewhere, react_runs_twice

SLASH = "http://localhost:5173/callback/"


@dataclass(frozen=True)
class Recorded:
    """A closed workspace with refusals in it, and each (login, request) by a name."""

    file: Path
    ids: dict[str, tuple[str, str]]


async def trailing_slash(stage: Stage) -> None:
    await stage.visitor.authorize(redirect_uri=SLASH)


async def dave_is_locked(stage: Stage) -> None:
    await stage.user("dave")
    for _ in range(8):
        await stage.visitor.submit("dave", "Wrong-1")


async def alice_is_disabled(stage: Stage) -> None:
    stage.admin(users.admin_disable_user)
    await stage.visitor.submit("alice", "Sandbox-1")


async def web_without_its_secret(stage: Stage) -> None:
    client = stage.visitor.client("web")
    form = {"grant_type": "refresh_token", "refresh_token": "x", "client_id": client.client_id}
    await stage.post(form)


DRIVES = {
    "slash": trailing_slash,
    "amplify": amplify_elsewhere,
    "twice": react_runs_twice,
    "secret": web_without_its_secret,
    "disabled": alice_is_disabled,
    "locked": dave_is_locked,
}


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Recorded:
    """Refusals over real HTTP, recorded once."""
    folder = tmp_path_factory.mktemp("refusals")
    shutil.copy(demo_file, folder / "demo.sandbox")
    return asyncio.run(_record(folder))


async def _record(folder: Path) -> Recorded:
    clock, ids = ManualClock(NOON), {}
    settings = Settings(workspace=folder / "demo.sandbox", port=0, tls_port=None)
    sandbox = Sandbox(settings, folder, clock=clock)
    await sandbox.start()
    for name, drive in DRIVES.items():
        visitor = Visitor(sandbox, new_session())
        seen = visitor.seen
        stop = sandbox.core.bus.subscribe(
            ExchangeFinished, lambda event, seen=seen: seen.append((event.exchange, event.detail))
        )
        await drive(Stage(visitor, sandbox, clock))
        ids[name] = (seen[-1][0].login_id, seen[-1][0].id)
        stop()
        await visitor.session.close()
    await sandbox.close()
    return Recorded(settings.workspace, ids)


@pytest.fixture
def core(make_core, tmp_path, recorded):
    """A copy of the workspace with the refusals."""
    shutil.copy(recorded.file, tmp_path / "refusals.sandbox")
    return make_core(tmp_path / "refusals.sandbox", demo=False)


@pytest.fixture
def look_at(qtbot, window, recorded) -> Callable[[str], QWidget]:
    """Opens one of the refusals under Why, and gives its block."""
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: bool(window.live.list.model().rowCount()))

    def look(name: str) -> QWidget:
        window.go_to("live")
        login_id, request_id = recorded.ids[name]
        assert window.live.show_login(login_id)
        login, _ = window.live.detail.row
        window.live.detail.exchange_wanted.emit(login, request_id)
        window.live.detail.tabs.set_current("why")
        block = window.live.detail.why.block
        assert block.isVisible()
        return block

    return look


def press(qtbot, button: QWidget) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def callbacks(core) -> tuple[str, ...]:
    [spa] = [one for one in core.store.clients.of_pool(DEMO_POOL) if one.client_name == "spa"]
    return spa.callback_urls


def test_one_click_registers_the_callback_that_was_sent(qtbot, window, core, look_at) -> None:
    block = look_at("slash")
    assert block.buttons.fixes[0].label == "Add this callback URL to spa"
    assert block.buttons.then.text() == "Then send the same request again."

    press(qtbot, block.buttons.fixes[0])

    assert SLASH in callbacks(core)
    assert window.error.text == f"spa has the callback URL {SLASH} now."


def test_once_fixed_the_refusal_says_so_and_offers_it_no_more(qtbot, window, look_at) -> None:
    block = look_at("slash")

    press(qtbot, block.buttons.fixes[0])

    assert block.buttons.settled.isVisible()
    assert block.buttons.settled.text() == (
        "spa has this callback URL now. The same request would pass this check."
    )
    assert not block.buttons.fixes[0].isVisible()


def test_undo_takes_the_fix_back_and_it_is_offered_again(qtbot, window, core, look_at) -> None:
    block = look_at("slash")
    press(qtbot, block.buttons.fixes[0])

    press(qtbot, window.error._remedy)
    qtbot.waitUntil(block.buttons.fixes[0].isVisible)

    assert SLASH not in callbacks(core)
    assert not block.buttons.settled.isVisible()


def test_a_fix_is_an_edit_like_any_other(qtbot, window, core, look_at) -> None:
    block = look_at("slash")
    press(qtbot, block.buttons.fixes[0])

    window.go_to("pools")
    window.menus.undo_wanted.emit()

    assert SLASH not in callbacks(core)


def test_a_fix_that_is_refused_by_now_is_answered_in_words(qtbot, window, core, look_at) -> None:
    block = look_at("slash")
    # It goes without anybody being told, as when another program changes the file.
    [spa] = [one for one in core.store.clients.of_pool(DEMO_POOL) if one.client_name == "spa"]
    core.store.clients.remove(spa.client_id)

    press(qtbot, block.buttons.fixes[0])

    assert "does not exist" in window.error.text


def test_what_others_change_meanwhile_changes_what_is_offered(qtbot, look_at, core) -> None:
    block = look_at("disabled")
    assert block.buttons.fixes[0].label == "Enable alice"

    users.admin_enable_user(core, {"UserPoolId": DEMO_POOL, "Username": "alice"})

    qtbot.waitUntil(block.buttons.settled.isVisible)
    assert not block.buttons.fixes[0].isVisible()


def test_to_unlock_a_user_is_no_edit_and_offers_no_undo(qtbot, window, look_at) -> None:
    block = look_at("locked")
    assert block.buttons.fixes[0].label == "Unlock dave"

    press(qtbot, block.buttons.fixes[0])

    assert window.error.text == "dave is unlocked now."
    assert not window.error._remedy.isVisible()
    assert block.buttons.settled.text().startswith("The lock on dave is over.")


def test_the_setting_opens_at_its_field(qtbot, window, look_at) -> None:
    press(qtbot, look_at("slash").buttons.setting)

    editor = window.view.pools.sections["clients"].editor
    row = editor.form_of("CallbackURLs").row("CallbackURLs")
    assert window.places.currentWidget() is window.view.pools
    assert editor.title.text() == "spa"
    assert row.isAncestorOf(window.focusWidget())


def test_the_setting_of_a_secret_is_the_secret(qtbot, window, look_at) -> None:
    press(qtbot, look_at("secret").buttons.setting)

    editor = window.view.pools.sections["clients"].editor
    assert editor.title.text() == "web"
    assert editor.sign_in.secrets.isAncestorOf(window.focusWidget())


@pytest.mark.parametrize("part", ["faults", "clock"])
def test_what_the_sandbox_did_itself_is_set_under_conditions(window, look_at, part) -> None:
    look_at("slash")

    window.live.setting_wanted.emit(Place("", "conditions", part))

    assert window.places.currentWidget() is window.view.conditions
    assert getattr(window.view.conditions, part).isVisible()


def test_the_request_that_spent_the_code_is_one_click_away(qtbot, window, look_at) -> None:
    block = look_at("twice")
    refused = window.live.detail.exchange

    press(qtbot, block.causes.links[0])

    shown = window.live.detail.exchange
    assert (shown.path, shown.status) == ("/oauth2/token", 200)
    assert shown.login_id == refused.login_id


def test_that_request_is_shown_even_where_the_filter_hides_it(qtbot, window, look_at) -> None:
    window.live.toolbar.filter.setText("~code 400")
    qtbot.waitUntil(lambda: bool(window.live.list.model().rowCount()))
    block = look_at("twice")

    press(qtbot, block.causes.links[0])

    assert window.live.detail.exchange.status == 200


def test_the_header_names_what_the_app_is_made_with(window, look_at) -> None:
    look_at("amplify")
    assert window.live.detail.meta.endswith("sent by Amplify")

    look_at("twice")
    assert window.live.detail.meta.endswith("sent by oidc-client-ts")


def test_a_library_s_trap_is_among_the_causes(window, look_at) -> None:
    causes = look_at("amplify").causes.causes

    assert [cause.words for cause in causes] == [
        "A development server takes the next free port when its own is taken.",
        "Amplify takes the entry of redirectSignIn or redirectSignOut that fits the page it is on.",
    ]


def test_a_copied_refusal_tells_the_likely_causes(qtbot, look_at) -> None:
    press(qtbot, look_at("slash").buttons.copy)

    assert "Likely: Many frameworks add or drop a trailing slash" in QApplication.clipboard().text()


def test_in_a_narrow_window_copying_is_an_icon(qtbot, window, look_at) -> None:
    block = look_at("slash")
    assert block.buttons.copy.isVisible()
    assert not block.buttons.copy_icon.isVisible()

    window.resize(1024, 680)

    qtbot.waitUntil(block.buttons.copy_icon.isVisible)
    assert not block.buttons.copy.isVisible()


def test_the_first_button_is_in_sight_without_scrolling(qtbot, window, look_at) -> None:
    window.resize(1024, 680)
    for name in ("slash", "disabled", "locked"):
        block = look_at(name)
        QApplication.processEvents()
        button, view = block.buttons.fixes[0], window.live.detail.why.viewport()
        assert view.rect().contains(button.mapTo(view, button.rect().bottomRight())), name
        assert view.rect().contains(block.mapTo(view, QPoint(0, 0))), name


def members(section: str) -> list[str]:
    """Whatever Show the setting may lead to in a section."""
    rotation = "RefreshTokenRotation.RetryGracePeriodSeconds"
    return {
        "clients": [*sorted(places._OF_CLIENT), rotation, "AccessTokenValidity"],
        "policy": list(places._OF_POOL.values()),
        "users": [*places._OF_USER.values(), "Attributes.email"],
    }[section]


@pytest.mark.parametrize("section", ["clients", "policy", "users"])
def test_every_setting_is_brought_to_the_keyboard(window, core, look_at, section) -> None:
    keys = {
        "clients": core.store.clients.of_pool(DEMO_POOL)[0].client_id,
        "policy": DEMO_POOL,
        "users": core.store.users.find(DEMO_POOL, "alice").sub,
    }

    for member in members(section):
        window.go_to("live")
        window.live.setting_wanted.emit(Place(DEMO_POOL, section, keys[section], member))

        editor = window.view.pools.sections[section].editor
        row = editor.form_of(member).row(member)
        if member == "ClientSecret":
            row = editor.sign_in.secrets
        assert row.isVisible(), member
        if member != "ClientSecret" or row.fields:
            assert row.isAncestorOf(window.focusWidget()), member

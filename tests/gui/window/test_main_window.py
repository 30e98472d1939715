"""The frame: places, counts, menus, what survives a restart, and what is never in the way."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QWidget

from sandbox_app.domain.events import Change, ConfigurationChanged, ExchangeFinished, Kind
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.gui.components import Button
from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.gui.serving import Phase, ServerState
from sandbox_app.gui.window.help_window import HelpWindow
from sandbox_app.gui.window.status_bar import StatusItem
from sandbox_app.operations import user_pools
from sandbox_app.tokens.mint import sign
from sandbox_app.workbench.conditions import clock
from sandbox_app.workbench.conditions.keys import rotate
from sandbox_app.workbench.conditions.parts import back_to_normal
from sandbox_app.workbench.conditions.switching import set_leniency
from sandbox_app.workbench.live.words import local_clock
from tests.conftest import DEMO_POOL

PLANTED = "<img src=file:///etc/passwd>"


def happens(core, body: bytes = b"", **changes) -> None:
    """Record an exchange and tell, as the server does."""
    exchange = Exchange(
        **{
            "id": f"x{len(core.store.traffic.page(None, 1000))}",
            "started_at": core.now().timestamp(),
            "duration": 3.0,
            "method": "GET",
            "path": "/oauth2/authorize",
            "status": 302,
            "step": "authorize",
            "login_id": "l1",
            **changes,
        }
    )
    detail = ExchangeDetail(
        exchange_id=exchange.id,
        target="/oauth2/authorize?x=1",
        http_version="1.1",
        peer="127.0.0.1",
        origin="http://localhost:9400",
        request=Message(),
        response=Message(body=body, size=len(body)),
    )
    core.store.traffic.append(exchange, detail)
    core.bus.publish(ExchangeFinished(exchange, detail))


def keys(qtbot, window, key, modifier=Qt.KeyboardModifier.ControlModifier) -> None:
    qtbot.keyClick(window, key, modifier)


def visible(window: QWidget, kind: type) -> list:
    return [found for found in window.findChildren(kind) if found.isVisible()]


def test_the_rail_shows_the_places_there_are(window) -> None:
    assert [item.text() for item in window.rail._items.values()] == [
        "Home",
        "Live",
        "Pools",
        "Conditions",
    ]
    assert window.places.currentWidget() is window.home


def test_control_and_a_number_changes_the_place(qtbot, window) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    keys(qtbot, window, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: window.places.currentWidget() is window.live)

    keys(qtbot, window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: window.places.currentWidget() is window.home)


def test_requests_and_refusals_are_counted(qtbot, window, core) -> None:
    happens(core)
    happens(core, rule="AZ-4", status=302)
    happens(core, rule="AZ-4", status=400, step="error page", path="/error")

    qtbot.waitUntil(lambda: window.status.requests.text() == "3 requests")

    assert window.status.refused.text() == "1 refused"


def test_a_refusal_while_elsewhere_is_badged_until_live_is_looked_at(qtbot, window, core) -> None:
    happens(core, rule="AZ-4")
    live = window.rail._items["live"]

    qtbot.waitUntil(lambda: live.accessibleName() == "Live, 1 new")
    window.go_to("live")

    assert live.accessibleName() == "Live"


def test_entering_live_shows_the_newest_login(qtbot, window, core) -> None:
    happens(core, login_id="l1")
    happens(core, login_id="l2", client_name="spa")
    qtbot.waitUntil(lambda: window.status.requests.text() == "2 requests")

    window.go_to("live")

    chosen = window.live.listing.model.login_at(window.live.list.currentIndex())
    assert chosen.login_id in ("l1", "l2")
    assert window.live.detail.isVisible()


def test_a_changed_configuration_is_shown(qtbot, window, core) -> None:
    core.store.clients.remove("2m2m5t8r1q4w7e0y3u6i9opasd")
    core.bus.publish(ConfigurationChanged(Kind.CLIENT, Change.DELETED, DEMO_POOL, "2m2m"))

    row = window.home.panel.parts["app client"]
    qtbot.waitUntil(lambda: row.text == "2 app clients spa, web")


def test_a_choice_of_pools_appears_with_the_second_one(qtbot, window, core) -> None:
    assert not window.top.pools.isVisible()
    made = user_pools.create_user_pool(core, {"PoolName": "second"})["UserPool"]["Id"]
    qtbot.waitUntil(window.top.pools.isVisible)
    window.top.pools.set_current(made)
    window.top.pools.chosen.emit(made)

    assert window.home.panel.parts["user"].text == "0 users"


def test_the_switch_stops_and_starts(qtbot, window, serving) -> None:
    with qtbot.waitSignal(window.stop_wanted):
        qtbot.mouseClick(window.top.switch, Qt.MouseButton.LeftButton)
    window.show_server(ServerState(phase=Phase.STOPPED, http=serving.http))

    assert not window.top.http.isVisible()
    assert window.status.reach.text() == "not serving"
    with qtbot.waitSignal(window.start_wanted):
        qtbot.mouseClick(window.top.switch, Qt.MouseButton.LeftButton)


def test_the_second_address_folds_away_first(window) -> None:
    window.resize(1280, 800)
    QApplication.processEvents()
    assert window.top.https.isVisible()

    window.resize(1024, 680)
    QApplication.processEvents()

    assert not window.top.https.isVisible()
    assert window.top.http.isVisible()


@pytest.mark.parametrize("place", ["home", "live"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_place_needs_more_than_the_smallest_window(window, theme, place, scale) -> None:
    theme.set_scale(scale)
    window.go_to(place)
    window.resize(1024, 680)
    QApplication.processEvents()

    assert (window.width(), window.height()) == (1024, 680)


def test_the_theme_is_switched_in_the_status_bar_and_remembered(window, remembered, theme):
    window.status.mode.set_current("dark")
    window.status.mode.chosen.emit("dark")

    assert theme.is_dark
    assert remembered.mode == "dark"
    assert window.menus._modes["dark"].isChecked()


def test_control_plus_makes_everything_larger(window, remembered, theme) -> None:
    window.menus.scale_wanted.emit(1)
    assert theme.scale == remembered.scale == 1.15

    for _ in range(9):
        window.menus.scale_wanted.emit(1)
    assert theme.scale == 2.0

    window.menus.scale_wanted.emit(0)
    assert theme.scale == 1.0


def test_place_filter_and_client_survive_a_restart(qtbot, window, make_window, core) -> None:
    window.go_to("live")
    window.live.toolbar.filter.setText("alice")
    window.home.connect_pane.library.set_current("curl")
    window.resize(880, 640)
    window.close()

    again = make_window()
    again.show_workspace(core)
    again.show()

    assert again.places.currentWidget() is again.live
    assert again.live.toolbar.filter.text() == "alice"
    assert again.home.connect_pane.library.current_key == "curl"
    assert (again.width(), again.height()) == (880, 640)


def test_closing_tells_once_everything_is_remembered(qtbot, window) -> None:
    with qtbot.waitSignal(window.closed):
        window.close()


def test_a_closed_window_hears_nothing_of_the_traffic(window, core) -> None:
    window.close()

    happens(core)

    assert window.live is None


def test_another_workspace_takes_the_place_of_the_first(window, make_core, tmp_path, core) -> None:
    first = window.home
    other = make_core(tmp_path / "other.sandbox", demo=False)

    window.show_workspace(other)

    assert window.windowTitle() == "other.sandbox – Userpool Sandbox"
    assert window.home is not first
    assert window.places.count() == 2
    happens(core)
    core.bus.publish(ConfigurationChanged(Kind.CLIENT, Change.DELETED, DEMO_POOL, "m2m"))
    assert window.status.requests.text() == "0 requests"
    assert not window.view._changed.waiting


def test_a_first_start_fits_on_the_screen(make_window) -> None:
    window = make_window()

    room = window.screen().availableSize()
    assert window.width() == max(window.minimumWidth(), min(1280, room.width()))
    assert window.height() == min(800, room.height())


def test_alt_f_opens_the_file_menu(qtbot, window) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    keys(qtbot, window, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)

    assert window.menus.file.isVisible()
    window.menus.file.close()


def test_open_asks_for_a_file_without_stopping_the_loop(qtbot, window, tmp_path: Path) -> None:
    file = tmp_path / "team.sandbox"
    file.write_bytes(b"")
    window.menus.open_wanted.emit()
    (dialog,) = visible(window, QFileDialog)

    with qtbot.waitSignal(window.open_wanted) as told:
        dialog.fileSelected.emit(str(file))
        dialog.close()

    assert told.args == [file]


def test_a_copy_to_a_new_name_is_saved_at_once(qtbot, window, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.copy_wanted) as told:
        window.questions.copy_to(tmp_path / "copy.sandbox")

    assert told.args == [tmp_path / "copy.sandbox"]


def test_replacing_a_file_is_asked_about_first(qtbot, window, tmp_path: Path) -> None:
    taken = tmp_path / "copy.sandbox"
    taken.write_bytes(b"precious")
    window.questions.copy_to(taken)
    (question,) = visible(window, Confirmation)

    with qtbot.waitSignal(window.copy_wanted) as told:
        qtbot.mouseClick(question.confirm, Qt.MouseButton.LeftButton)

    assert told.args == [taken]


def test_escape_declines_a_reset(qtbot, window) -> None:
    asked = []
    window.reset_wanted.connect(lambda: asked.append(True))
    window.menus.reset_wanted.emit()
    (question,) = visible(window, Confirmation)

    qtbot.keyClick(question, Qt.Key.Key_Escape)

    assert asked == []
    assert not question.isVisible()


def test_a_reset_is_wanted_once_confirmed(qtbot, window) -> None:
    window.menus.reset_wanted.emit()
    (question,) = visible(window, Confirmation)

    with qtbot.waitSignal(window.reset_wanted):
        qtbot.mouseClick(question.confirm, Qt.MouseButton.LeftButton)


def test_help_opens_at_the_page_asked_for(window) -> None:
    window.menus.help_wanted.emit("trust")
    (shown,) = visible(window, HelpWindow)

    assert shown.reader.toPlainText() == "cp ca.pem /etc"
    window.home.differences_wanted.emit()
    assert "Differences" in shown.reader.toPlainText()
    assert visible(window, HelpWindow) == [shown]


def test_help_fetches_nothing(window) -> None:
    window.menus.help_wanted.emit("differences")
    (shown,) = visible(window, HelpWindow)

    shown.reader.setHtml("<img src='file:///etc/passwd'><img src='http://example.com/x.png'>")

    assert shown.reader.loadResource(2, "file:///etc/passwd") is None


def test_recent_workspaces_are_offered(qtbot, window, remembered, tmp_path: Path) -> None:
    file = tmp_path / "R&D.sandbox"
    file.write_bytes(b"")
    remembered.opened(file)
    window.show_recent(remembered.recent)
    (action,) = window.menus.recent.actions()

    assert action.text() == str(file).replace("&", "&&")
    with qtbot.waitSignal(window.open_wanted) as told:
        action.trigger()
    assert told.args == [file]


def test_an_error_is_told_in_a_bar_and_nowhere_else(window) -> None:
    window.error.show_message("Port 9400 on 127.0.0.1 is in use.")

    assert window.error.isVisible()
    assert visible(window, QDialog) == []


def test_every_control_has_a_name_to_speak(window, core) -> None:
    happens(core, rule="AZ-4", client_name="spa")
    window.view._bridge.drain()
    nameless = []
    for place in ("home", "live"):
        window.go_to(place)
        QApplication.processEvents()
        for widget in window.findChildren(QWidget):
            if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.isVisible():
                named = widget.accessibleName() or (isinstance(widget, QLabel) and widget.text())
                if not named and not widget.objectName().startswith("qt_"):
                    nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")

    assert nameless == []


def test_every_place_can_be_walked_with_the_tab_key(qtbot, window) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    seen = set()
    for _ in range(60):
        QApplication.processEvents()
        window.focusNextChild()
        seen.add(QApplication.focusWidget())

    assert window.home.welcome.action in seen
    assert window.home.connect_pane.client in seen
    assert window.top.switch in seen
    assert any(isinstance(widget, Button) and widget.label == "File" for widget in seen)


def test_no_text_of_the_window_is_ever_markup(qtbot, window, core) -> None:
    happens(
        core,
        path=f"/{PLANTED}",
        client_name=PLANTED,
        username=PLANTED,
        error=PLANTED,
        rule="AZ-4",
        grant=PLANTED,
    )
    window.view._bridge.drain()
    window.error.show_message(PLANTED)
    for place in ("home", "live"):
        window.go_to(place)
        QApplication.processEvents()
        for label in window.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText, label.text()
        for widget in window.findChildren(QWidget):
            assert "<img" not in widget.toolTip()


TEMPLATE = """\
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties: {UserPoolName: imported}
"""


def test_a_template_is_imported_from_the_menu_and_taken_back_by_key(
    qtbot, window, core, tmp_path
) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(TEMPLATE)
    window.menus.import_wanted.emit()
    panel = window.view.templates.shown
    assert window.places.currentWidget() is panel
    panel.show_file(file)

    panel.run.click()

    assert window.places.currentWidget() is window.home
    assert "Imported one.yaml: 1 made." in window.error.text
    assert [pool.name for pool in core.store.pools.all()] == ["demo", "imported"]
    qtbot.waitUntil(lambda: window.top.pools.currentText() == "imported")
    assert window.menus.edit.actions()[0].text() == "Undo “Import one.yaml”"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    keys(qtbot, window, Qt.Key.Key_Z)
    assert [pool.name for pool in core.store.pools.all()] == ["demo"]


def test_a_pool_is_exported_from_the_menu(window) -> None:
    window.menus.export_wanted.emit()

    panel = window.view.templates.shown
    assert window.places.currentWidget() is panel
    assert DEMO_POOL in panel.text
    panel.closed.emit()
    assert window.places.currentWidget() is window.home


def test_another_place_takes_the_room_of_a_panel(window) -> None:
    window.menus.export_wanted.emit()

    window.go_to("live")

    assert window.places.currentWidget() is window.live
    assert window.view.templates.shown is None


def test_home_leads_to_what_it_counts(qtbot, window) -> None:
    qtbot.mouseClick(window.home.panel.parts["group"].open, Qt.MouseButton.LeftButton)

    pools = window.view.pools
    assert window.places.currentWidget() is pools
    assert (pools.pool_id, pools.section_key) == (DEMO_POOL, "groups")


def test_a_second_pool_folds_the_second_address_away_rather_than_cutting_both(
    qtbot, window, core
) -> None:
    window.resize(1280, 800)
    user_pools.create_user_pool(core, {"PoolName": "staging"})

    qtbot.waitUntil(lambda: not window.top.https.isVisible())

    qtbot.waitUntil(lambda: window.top.http.sizeHint().width() <= window.top.http.width())
    assert window.top.pools.isVisible()


def test_what_is_bent_stands_in_the_status_bar_and_leads_to_its_switch(qtbot, window, core) -> None:
    assert window.status.conditions == []

    set_leniency(core, no_lockout=True)
    qtbot.waitUntil(lambda: window.status.conditions == ["no lockout"])
    told = [item for item in window.findChildren(StatusItem) if item.text() == "no lockout"]
    qtbot.waitUntil(told[0].isVisible)
    qtbot.mouseClick(told[0], Qt.MouseButton.LeftButton)

    conditions = window.view.conditions
    assert window.places.currentWidget() is conditions
    assert window.rail.current_key == "conditions"
    back_to_normal(core)
    qtbot.waitUntil(lambda: window.status.conditions == [])


def test_an_open_token_is_judged_again_when_clock_or_keys_are_bent(qtbot, window, core) -> None:
    signing = asyncio.run(core.keys.of(DEMO_POOL)).id_key
    token = sign({"sub": "s", "iat": core.epoch(), "exp": core.epoch() + 60}, signing)
    happens(core, f'{{"id_token":"{token}"}}'.encode(), path="/oauth2/token", step="token")
    keys(qtbot, window, Qt.Key.Key_2)
    live = window.view.live
    qtbot.waitUntil(lambda: live.show_login("l1"))
    live.detail.tabs.set_current("tokens")
    banner = live.detail.tokens.banner
    assert banner.accessibleName().startswith("Valid")

    clock.advance(core, timedelta(minutes=2))
    qtbot.waitUntil(lambda: banner.accessibleName().startswith("Expired 1 min 0 s ago"))

    clock.straighten(core)
    asyncio.run(rotate(core, DEMO_POOL, overlap=False))
    qtbot.waitUntil(
        lambda: banner.accessibleName().startswith("This pool's key, but not published")
    )
    retired = local_clock(core.timestamp())
    assert banner.accessibleName().endswith(f"was retired at {retired}.")


def test_the_filters_menu_sets_it(qtbot, window, core) -> None:
    window.go_to("live")
    field = window.live.toolbar.filter
    field.setText("~client web")
    field.fill_menu()
    (action,) = [it for it in field.menu.actions() if it.text().startswith("Hold answers")]

    action.trigger()

    assert core.conditions.breakpoint.filter == "~client web"
    qtbot.waitUntil(lambda: window.status.conditions == ["breakpoint on ~client web"])


def test_a_watched_template_is_told_below_and_can_be_let_go(qtbot, window, core, tmp_path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(TEMPLATE)
    window.menus.import_wanted.emit()
    panel = window.view.templates.shown
    panel.show_file(file)
    panel.watch.click()
    assert window.status.watched.isHidden()
    panel.run.click()
    assert window.status.watched.text() == "watching one.yaml"

    qtbot.mouseClick(window.status.watched, Qt.MouseButton.LeftButton)
    panel = window.view.templates.shown
    assert panel.watch.isChecked()
    panel.watch.click()

    assert window.status.watched.isHidden()
    assert window.view.templates.watched == []


def test_another_workspace_watches_nothing(window, make_core, tmp_path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(TEMPLATE)
    window.view.templates.watch(file, {})
    assert not window.status.watched.isHidden()

    window.show_workspace(make_core(tmp_path / "other.sandbox"))

    assert window.status.watched.isHidden()


def test_a_copied_request_is_told_and_an_archive_is_wanted_as_a_file(
    qtbot, window, core, tmp_path: Path
) -> None:
    happens(core)
    window.go_to("live")
    qtbot.waitUntil(lambda: bool(window.live._book.logins))
    wanted: list[tuple[Path, str]] = []
    window.write_wanted.connect(lambda path, text: wanted.append((path, text)))

    login = window.live._book.logins[0]
    window.live.reusing.told.emit("Copied GET / as cURL.")
    window.live.reusing.export("Export login as HAR", login.exchanges)
    panel = window.live.panels.panel
    qtbot.waitUntil(lambda: panel.is_ready)
    panel.save_to(tmp_path / "login.har")

    assert "Copied GET / as cURL." in [label.text() for label in visible(window.error, QLabel)]
    assert wanted == [(tmp_path / "login.har", panel.text)]


def test_what_happened_before_live_was_cleared_does_not_come_back(qtbot, window, core) -> None:
    happens(core, login_id="l1")
    window.live.clear()
    happens(core, login_id="l2")

    qtbot.waitUntil(lambda: bool(window.live._book.logins))

    assert [login.login_id for login in window.live._book.logins] == ["l2"]

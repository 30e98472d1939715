"""A real login from long ago, in the real window: found, whole, and gone when it has to go."""

from PySide6.QtCore import Qt

from sandbox_app.app.desktop import Desktop
from sandbox_app.gui.live import LivePlace
from sandbox_app.gui.live.keeping_panel import KeepingPanel
from tests.app.playing import until
from tests.gui.live.samples import a_detail, an_exchange
from tests.visitor import Visitor, new_session

MANY = 2_300
"""Requests after the login; the window begins with the newest 2,000."""


def live_of(program: Desktop) -> LivePlace:
    program.window.go_to("live")
    return program.window.view.live


def shown(live: LivePlace) -> list:
    model = live.listing.model
    return [model.login_at(model.index(row, 0)) for row in range(model.rowCount())]


def settled(live: LivePlace) -> bool:
    return not live.listing.paging.searching and not live.listing.search.running


def test_a_login_of_long_ago_is_found_whole_and_goes_with_what_is_not_kept(play, qtbot) -> None:
    async def sign_in(program: Desktop) -> None:
        async with new_session() as session:
            await Visitor(program.sandbox, session).tokens()
        traffic = program.sandbox.core.store.traffic
        for _ in range(MANY):
            exchange = an_exchange(username="bob")
            traffic.append(exchange, a_detail(exchange))

    async def find(program: Desktop) -> None:
        live = live_of(program)
        await until(lambda: "older requests in the workspace" in live.footer.words)
        assert not any(login.username == "alice" for login in shown(live))

        for typed in ("~user alice ~c 200", "~claim cognito:username=alice"):
            live.toolbar.filter.setText(typed)
            await until(lambda: settled(live) and len(shown(live)) == 1)
            (login,) = shown(live)
            paths = [exchange.path for exchange in login.exchanges]
            assert paths[0] == "/oauth2/authorize"
            assert "/oauth2/token" in paths
            assert live.footer.words.endswith("1 login passes the filter")

        live.list.choose(login)
        assert live.detail.headline == "alice signed in to spa"

    async def keep_less(program: Desktop) -> None:
        live = live_of(program)
        live.toolbar.filter.clear()
        program.window.menus.keep_wanted.emit()
        panel = live.panels.panel
        assert isinstance(panel, KeepingPanel)
        await until(lambda: "requests, " in panel.now.text())
        panel.requests.selectAll()
        qtbot.keyClicks(panel.requests, "2100")
        assert "would be erased" in panel.effect.text()
        qtbot.keyClick(panel.requests, Qt.Key.Key_Return)
        await until(lambda: panel.now.text().startswith("2 100 requests, "))

    async def find_no_more(program: Desktop) -> None:
        live = live_of(program)
        live.toolbar.filter.setText("~user alice")
        await until(lambda: settled(live) and live.footer.words.endswith("none passes the filter"))
        assert live.footer.words.startswith("100 older requests in the workspace")
        assert "none of 100 older requests passes" in live.panes.filtered_out.accessibleName()
        live.clear()
        await until(lambda: settled(live) and not live.footer.isVisible())

    for part in (sign_in, find, keep_less, find_no_more):
        play(part)

"""A claim of a real token becomes a filter over what the workspace recorded, from its own menu."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from sandbox_app.app.desktop import Desktop
from sandbox_app.gui.live import LivePlace
from tests.app.playing import until
from tests.visitor import Visitor, new_session


def menu_of_claim(live: LivePlace, name: str) -> QMenu:
    table = live.detail.tokens.claims
    row = next(at for at, fact in enumerate(table.facts) if fact.cells[0] == name)
    at = table.visualRect(table.model().index(row, 1)).center()
    where = table.viewport().mapToGlobal(at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(at), where)
    QApplication.sendEvent(table.viewport(), event)
    assert live.menus.opened is not None
    return live.menus.opened


def trigger(menu: QMenu, begins: str) -> None:
    (action,) = [it for it in menu.actions() if it.text().startswith(begins)]
    action.trigger()
    menu.close()


def users_in(live: LivePlace) -> set[str]:
    model = live.listing.model
    rows = (model.login_at(model.index(row, 0)) for row in range(model.rowCount()))
    return {login.username for login in rows if login is not None}


def test_a_claim_shows_only_its_user_or_everybody_else(play) -> None:
    async def story(program: Desktop) -> None:
        program.window.go_to("live")
        live = program.window.view.live
        async with new_session() as session:
            visitor = Visitor(program.sandbox, session)
            for name in ("alice", "bob"):
                session.cookie_jar.clear()
                await visitor.tokens(name)
        await until(lambda: {"alice", "bob"} <= users_in(live))
        login = next(it for it in live._book.logins if it.username == "alice")
        token = next(it for it in login.exchanges if it.step == "token")
        live.show_login(login.login_id)
        live.list.choose(login, token)
        live.detail.choose_tab("tokens")

        trigger(menu_of_claim(live, "cognito:username"), "Show only ~claim")
        assert live.toolbar.filter.text() == "~claim cognito:username=alice"
        await until(lambda: users_in(live) == {"alice"})

        live.toolbar.filter.clear()
        trigger(menu_of_claim(live, "cognito:username"), "Hide ~claim")
        assert live.toolbar.filter.text() == "!(~claim cognito:username=alice)"
        await until(lambda: "bob" in users_in(live) and "alice" not in users_in(live))

    play(story)

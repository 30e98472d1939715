"""A mark and a note on a real login, in the real window, still there after a restart."""

from PySide6.QtCore import Qt

from sandbox_app.app.desktop import Desktop
from sandbox_app.gui.live import LivePlace
from tests.app.playing import until
from tests.visitor import Visitor, new_session

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def live_of(program: Desktop) -> LivePlace:
    program.window.go_to("live")
    return program.window.view.live


def the_login(live: LivePlace):
    return next(login for login in live._book.logins if login.username == "alice")


def test_what_was_noted_about_a_login_is_there_after_a_restart_and_goes_with_clear(
    play, qtbot
) -> None:
    async def mark(program: Desktop) -> None:
        live = live_of(program)
        async with new_session() as session:
            await Visitor(program.sandbox, session).tokens()
        await until(lambda: any(login.username == "alice" for login in live._book.logins))
        live.show_login(the_login(live).login_id)
        qtbot.keyClick(live.list, Qt.Key.Key_M, _SHIFT)
        qtbot.keyClick(live.list, Qt.Key.Key_F2)
        qtbot.keyClicks(live.detail.notes.field, "the good one")
        qtbot.keyClick(live.detail.notes.field, Qt.Key.Key_Return, _CTRL)

    async def find(program: Desktop) -> None:
        live = live_of(program)
        await until(lambda: live._book.logins)
        live.toolbar.filter.setText('~colour blue ~note "good one"')
        assert [live.listing.model.login_at(live.listing.model.index(0, 0))] == [the_login(live)]
        live.show_login(the_login(live).login_id)
        assert live.detail.notes.note.toPlainText() == "the good one"
        login = the_login(live)
        assert login.login_id == login.exchanges[0].id, "of which only the login is marked"
        assert not live.marks.of(login, login.exchanges[0])
        live.clear()

    async def nothing_left(program: Desktop) -> None:
        assert program.sandbox.core.store.marks.all() == ()
        assert live_of(program).marks.notes == 0

    play(mark)
    play(find)
    play(nothing_left)

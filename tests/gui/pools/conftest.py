"""The Pools place over the demo workspace, and hands to use it with."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from sandbox_app.gui.forms import RecordEditor
from sandbox_app.gui.pools.place import PoolsPlace


@pytest.fixture
def remembered() -> dict[str, object]:
    """What the place remembers from the last time: nothing yet, which is the clients.

    Tests of another section begin there, as who left the program there does.
    """
    return {}


@pytest.fixture
def place(qtbot, theme, core, spawn, serving, remembered) -> PoolsPlace:
    made = PoolsPlace(theme, core, spawn)
    qtbot.addWidget(made)
    made.resize(1200, 724)
    made.show_server(serving)
    made.restore_state(remembered)
    made.show()
    yield made
    made.leave()


@pytest.fixture
def write(qtbot) -> Callable[[RecordEditor, str, str], None]:
    """Types a text into a member's field in place of what stands there."""

    def type_text(editor: RecordEditor, member: str, text: str) -> None:
        what = editor.form_of(member).input(member)
        field = what.focus or what.widget
        assert isinstance(field, QLineEdit)
        assert not field.isReadOnly()
        field.selectAll()
        qtbot.keyClick(field, Qt.Key.Key_Delete)
        qtbot.keyClicks(field, text)

    return type_text


@pytest.fixture
def error_at(qtbot) -> Callable[[RecordEditor, str], str]:
    """What a member's row says is wrong, once the draft was tried out."""

    def read(editor: RecordEditor, member: str) -> str:
        editor.check()
        return editor.form_of(member).row(member).error

    return read

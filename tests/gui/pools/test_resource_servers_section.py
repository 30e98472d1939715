"""Resource servers in the Pools place, and the scopes they give to clients."""

import pytest
from PySide6.QtCore import Qt

from sandbox_app.workbench import edits
from tests.conftest import DEMO_POOL


@pytest.fixture
def remembered() -> dict[str, object]:
    return {"section": "resource_servers"}


@pytest.fixture
def section(place):
    place.open(DEMO_POOL, "resource_servers")
    return place.sections["resource_servers"]


@pytest.fixture
def editor(section):
    return section.editor


def saved(core, identifier: str = "orders"):
    return core.store.resource_servers.get(DEMO_POOL, identifier)


def scopes(core) -> list[str]:
    return [scope.scope_name for scope in saved(core).scopes]


def type_scope(qtbot, editor, position: int, name: str, description: str) -> None:
    row = editor.scopes.row_widgets()[position]
    qtbot.keyClicks(row["ScopeName"], name)
    qtbot.keyClicks(row["ScopeDescription"], description)


def test_a_scope_is_added_and_taken_back(qtbot, core, editor) -> None:
    editor.scopes.add.click()
    type_scope(qtbot, editor, 2, "cancel", "Cancel orders")

    editor.bar.save.click()

    assert scopes(core) == ["read", "write", "cancel"]
    edits.undo(core)
    assert scopes(core) == ["read", "write"]
    edits.redo(core)
    assert scopes(core) == ["read", "write", "cancel"]


def test_a_scope_is_removed(core, editor) -> None:
    editor.scopes.remove(0)

    editor.bar.save.click()

    assert scopes(core) == ["write"]


def test_the_scopes_are_shown_as_a_client_asks_for_them(qtbot, editor) -> None:
    editor.scopes.add.click()
    type_scope(qtbot, editor, 2, "cancel", "Cancel orders")

    assert editor.asked.text == "orders/read\norders/write\norders/cancel"


@pytest.mark.parametrize(
    ("name", "description", "sentence"),
    [
        ("read", "Again", "Duplicate scope name: read"),
        ("with space", "x", "failed to satisfy constraint"),
        ("lonely", "", "Member must not be null"),
    ],
)
def test_a_scope_that_cannot_be_is_refused_at_the_list(
    qtbot, core, editor, error_at, name, description, sentence
) -> None:
    editor.scopes.add.click()
    type_scope(qtbot, editor, 2, name, description)

    assert sentence in error_at(editor, "Scopes")
    assert not editor.bar.save.isEnabled()


def test_a_line_with_nothing_in_it_is_no_scope(core, editor) -> None:
    editor.scopes.add.click()

    assert not editor.state.dirty


def test_a_server_is_made_with_the_identifier_chosen(qtbot, core, section, editor, write) -> None:
    section.create()
    write(editor, "Identifier", "https://stock.example.com")
    write(editor, "Name", "Stock")
    editor.scopes.add.click()
    type_scope(qtbot, editor, 0, "count", "Count things")

    editor.bar.save.click()

    assert saved(core, "https://stock.example.com").full_scopes == {
        "https://stock.example.com/count"
    }


def test_a_taken_identifier_is_refused_at_its_row(section, editor, write, error_at) -> None:
    section.create()
    write(editor, "Identifier", "orders")
    write(editor, "Name", "Orders again")

    assert "already exists" in error_at(editor, "Identifier")


def test_a_server_is_deleted_and_comes_back(qtbot, core, section) -> None:
    before = saved(core)
    section.table.setFocus()
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)
    assert saved(core) is None

    edits.undo(core)

    assert saved(core) == before


def test_a_copy_has_the_scopes_too(core, section, editor) -> None:
    section.duplicate("orders")
    editor.bar.save.click()

    assert [scope.scope_name for scope in saved(core, "orders-copy").scopes] == ["read", "write"]

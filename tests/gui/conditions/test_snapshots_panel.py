"""Snapshots in the window: saved, compared, restored, renamed and deleted."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.operations.user_pools import create_user_pool
from sandbox_app.workbench import snapshots
from tests.gui.conditions.menus import pick


@pytest.fixture
def panel(place):
    return place.snapshots


def press(qtbot, widget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def saved(qtbot, panel, name: str):
    panel.name.setText(name)
    press(qtbot, panel.save)
    qtbot.waitUntil(lambda: any(row.name.text() == name for row in panel.rows))
    return next(row for row in panel.rows if row.name.text() == name)


def texts(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def pools(core) -> list[str]:
    return [pool.name for pool in core.store.pools.all()]


def test_a_snapshot_is_saved_under_a_name(qtbot, panel) -> None:
    row = saved(qtbot, panel, "before the demo")

    assert "1 pool, 3 app clients, 1 group, 1 resource server, 3 users" in row.meta.text()
    assert panel.name.text() == ""
    assert not panel.none.isVisibleTo(panel)


@pytest.mark.parametrize("name", ["", "before the demo", "x" * 300])
def test_a_name_that_cannot_be_is_refused_where_it_is_typed(qtbot, panel, name: str) -> None:
    saved(qtbot, panel, "before the demo")

    panel.name.setText(name)
    press(qtbot, panel.save)

    qtbot.waitUntil(lambda: panel.name.is_wrong)
    assert panel.message.isVisibleTo(panel)
    assert len(panel.rows) == 1


def test_what_changed_since_is_told_and_taken_back_as_a_whole(qtbot, panel, core) -> None:
    row = saved(qtbot, panel, "before")
    create_user_pool(core, {"PoolName": "second"})

    press(qtbot, row.compare)
    qtbot.waitUntil(lambda: panel.compared.isVisibleTo(panel))
    assert panel.compared.title.text() == "Since “before”"
    assert "second" in texts(panel.compared)

    press(qtbot, row.restore)
    qtbot.waitUntil(lambda: pools(core) == ["demo"])
    qtbot.waitUntil(lambda: len(panel.rows) == 2)
    assert "is kept as" in texts(panel.message)


def test_two_equal_states_are_said_to_be_equal(qtbot, panel) -> None:
    row = saved(qtbot, panel, "before")

    press(qtbot, row.compare)

    qtbot.waitUntil(lambda: panel.compared.title.text() == "Nothing differs from “before”.")


def test_a_snapshot_is_renamed_in_its_row(qtbot, panel, core) -> None:
    row = saved(qtbot, panel, "before")
    pick(row.menu, "Rename")
    row.field.setText("after")
    qtbot.keyClick(row.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: [it.name.text() for it in panel.rows] == ["after"])


def test_a_snapshot_is_deleted_when_that_is_confirmed(qtbot, panel, core) -> None:
    row = saved(qtbot, panel, "before")
    pick(row.menu, "Delete…")
    asked = row.findChild(Confirmation)
    press(qtbot, asked.confirm)

    qtbot.waitUntil(lambda: panel.rows == [])
    assert asyncio.run(snapshots.snapshots(core)) == ()


def test_a_snapshot_made_by_a_script_appears(qtbot, panel, core) -> None:
    asyncio.run(snapshots.save(core, "by script"))

    qtbot.waitUntil(lambda: [row.name.text() for row in panel.rows] == ["by script"])

"""Ctrl+K finds any pool, group, server, user, setting and command, and goes there or runs it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.conftest import DEMO_POOL


@pytest.fixture
def finder(qtbot, window):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.finder.palette.isVisible)
    return window.finder


def type_in(qtbot, finder, text: str) -> None:
    qtbot.keyClicks(finder.palette.field, text)


def take(qtbot, finder) -> None:
    qtbot.keyClick(finder.palette.field, Qt.Key.Key_Return)


def titles(finder) -> list[str]:
    return [hit.title for hit in finder.palette.hits]


def test_it_offers_places_and_new_things_before_anything_is_typed(finder) -> None:
    assert {"Go to Live", "New pool", "New group"} <= set(titles(finder))


def test_a_pool_is_found_by_its_id(qtbot, window, finder) -> None:
    type_in(qtbot, finder, "demo00001")
    take(qtbot, finder)

    assert window.places.currentWidget() is window.view.pools
    assert (window.view.pools.pool_id, window.view.pools.section_key) == (DEMO_POOL, "policy")


def test_a_group_is_found_and_opened(qtbot, window, finder) -> None:
    type_in(qtbot, finder, "admins")
    take(qtbot, finder)

    section = window.view.pools.sections["groups"]
    assert window.view.pools.section_key == "groups"
    assert section.editor.subject.key == "admins"


def test_a_setting_is_found_by_its_name_in_the_api(qtbot, window, finder) -> None:
    type_in(qtbot, finder, "TemporaryPasswordValidity")
    qtbot.waitUntil(lambda: "Temporary passwords" in titles(finder))
    take(qtbot, finder)

    member = "Policies.PasswordPolicy.TemporaryPasswordValidityDays"
    editor = window.view.pools.sections["policy"].editor
    assert editor.form_of(member).input(member).focus.hasFocus()


def test_a_user_is_found_by_the_beginning_of_an_address(qtbot, finder) -> None:
    type_in(qtbot, finder, "alice@ex")

    qtbot.waitUntil(lambda: "alice" in titles(finder))


def test_a_command_of_a_menu_runs(qtbot, window, finder) -> None:
    type_in(qtbot, finder, "Larger")
    before = window._theme.scale
    take(qtbot, finder)

    assert window._theme.scale > before


def test_escape_gives_the_keyboard_back(qtbot, window) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.top.switch.setFocus()
    window.finder.toggle()
    qtbot.keyClick(window.finder.palette.field, Qt.Key.Key_Escape)

    assert not window.finder.palette.isVisible()
    assert QApplication.focusWidget() is window.top.switch


def test_it_finds_in_the_workspace_that_is_shown(qtbot, window, make_core, tmp_path) -> None:
    window.show_workspace(make_core(tmp_path / "other.sandbox", demo=False))
    window.finder.toggle()
    type_in(qtbot, window.finder, "admins")

    assert "admins" not in titles(window.finder)


def test_a_user_whose_name_begins_with_it_comes_before_letters_that_are_only_somewhere(
    qtbot, finder
) -> None:
    type_in(qtbot, finder, "ali")
    qtbot.waitUntil(lambda: {"alice", "Aliases"} <= set(titles(finder)))

    assert titles(finder)[:2] == ["alice", "Aliases"]
    assert "Default redirect URI" not in titles(finder)


def test_a_user_is_found_by_a_family_name_too(qtbot, finder) -> None:
    type_in(qtbot, finder, "archer")

    qtbot.waitUntil(lambda: titles(finder)[:1] == ["alice"])

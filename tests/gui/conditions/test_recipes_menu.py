"""Recipes in the window: chosen, loaded from a file, and written to one."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.workbench.conditions import clock as verbs
from sandbox_app.workbench.conditions.faults import editing
from sandbox_app.workbench.conditions.parts import back_to_normal, deviations
from tests.gui.conditions.menus import choose


@pytest.fixture
def menu(place):
    place.faults.recipes.fill()
    return place.faults.recipes


def said(place) -> str:
    assert place.message.isVisibleTo(place)
    return " ".join(label.text() for label in place.message.findChildren(QLabel))


def test_a_recipe_that_comes_with_the_program_is_in_force_at_once(place, menu, core) -> None:
    choose(menu, "Flaky token endpoint")

    assert [one.sentence for one in editing.listed(core)] == ["POST /oauth2/token → 503 every 3rd"]
    assert "“Flaky token endpoint” is in force." in said(place)


def test_what_is_bent_is_written_to_a_file_that_bends_it_again(
    place, menu, core, tmp_path: Path
) -> None:
    verbs.advance(core, timedelta(hours=2))
    editing.add(core, "jwks → 500 first 2")
    told = deviations(core)
    file = tmp_path / "mine.yaml"
    menu.save_file(file)
    back_to_normal(core)
    assert deviations(core) == ()

    menu.load_file(file)

    assert deviations(core) == told


def test_a_file_that_is_there_is_only_replaced_when_confirmed(
    qtbot, place, menu, core, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("precious")
    menu.save_file(file)
    assert file.read_text() == "precious"

    asked = place.window().findChild(Confirmation)
    qtbot.mouseClick(asked.confirm, Qt.MouseButton.LeftButton)

    assert file.read_text().startswith("name: mine")


@pytest.mark.parametrize("text", ["faults: [POST /x explodes]", "{", "name: x\nfaulty: []"])
def test_a_file_that_is_no_recipe_is_refused_with_its_line(
    place, menu, core, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text)

    menu.load_file(file)

    assert "mine.yaml:" in said(place)
    assert deviations(core) == ()


def test_a_file_that_is_gone_is_said(place, menu, tmp_path: Path) -> None:
    menu.load_file(tmp_path / "gone.yaml")

    assert "gone.yaml" in said(place)

"""The lenient switches in the window."""

from PySide6.QtCore import Qt

from sandbox_app.domain.conditions.leniency import Leniency
from sandbox_app.workbench.conditions.switching import set_leniency


def press(qtbot, place, name: str) -> None:
    place.sheet.ensureWidgetVisible(place.leniency.rows[name])
    qtbot.mouseClick(place.leniency.rows[name].control, Qt.MouseButton.LeftButton)


def test_a_switch_takes_effect_at_once(qtbot, place, core) -> None:
    press(qtbot, place, "no_lockout")
    assert core.conditions.leniency == Leniency(no_lockout=True)

    press(qtbot, place, "no_lockout")
    assert core.conditions.leniency == Leniency()


def test_the_fixed_code_is_what_stands_beside_its_switch(qtbot, place, core) -> None:
    place.leniency.code.selectAll()
    qtbot.keyClicks(place.leniency.code, "424242")
    press(qtbot, place, "fixed_code")
    assert core.conditions.leniency.fixed_code == "424242"

    place.leniency.code.selectAll()
    qtbot.keyClicks(place.leniency.code, "111111")
    qtbot.keyClick(place.leniency.code, Qt.Key.Key_Return)
    assert core.conditions.leniency.fixed_code == "111111"


def test_a_code_that_is_none_is_refused_and_the_switch_stays_off(qtbot, place, core) -> None:
    place.leniency.code.selectAll()
    qtbot.keyClicks(place.leniency.code, "12ab")

    press(qtbot, place, "fixed_code")

    assert core.conditions.leniency == Leniency()
    assert not place.leniency.rows["fixed_code"].control.isChecked()
    assert place.leniency.wrong.words.text() == "A fixed confirmation code is six digits."


def test_a_switch_set_by_a_script_is_shown(qtbot, place, core) -> None:
    set_leniency(core, codes_again=True)

    qtbot.waitUntil(place.leniency.rows["codes_again"].control.isChecked)

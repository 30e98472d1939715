"""Numbers and lengths of time: a wrong text is kept and reported, never silently changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sandbox_app.gui.components import DurationField, NumberField


@pytest.fixture
def number(qtbot, theme) -> NumberField:
    made = NumberField(theme, "Precedence", 7, minimum=0, maximum=100)
    qtbot.addWidget(made)
    made.show()
    return made


def typed(field, text: str) -> None:
    field.clear()
    # Not key by key: Qt's test keyboard knows ASCII alone.
    field.insert(text)


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("42", 42, ""),
        (" 42 ", 42, ""),
        ("", None, ""),
        ("ten", None, "Only a whole number is possible here."),
        ("1.5", None, "Only a whole number is possible here."),
        ("٣", None, "Only a whole number is possible here."),
        ("1" * 30, None, "Only a whole number is possible here."),
        ("101", 101, "Only 0 to 100 is possible."),
        ("-1", -1, "Only 0 to 100 is possible."),
    ],
)
def test_a_text_is_kept_and_judged(number, text, value, problem) -> None:
    typed(number, text)

    assert (number.text(), number.value(), number.problem) == (text, value, problem)
    assert number.is_wrong == bool(problem)
    assert number.accessibleDescription() == problem


@pytest.mark.parametrize(
    ("bounds", "problem"), [((5, None), "At least 5."), ((None, -5), "At most -5.")]
)
def test_one_bound_is_named_alone(number, bounds, problem) -> None:
    number.set_bounds(*bounds)
    number.set_value(0)

    assert number.problem == problem


def test_the_same_number_leaves_the_text_as_typed(number) -> None:
    typed(number, "007")

    number.set_value(7)

    assert number.text() == "007"


def test_no_number_clears_a_wrong_text(number) -> None:
    typed(number, "ten")

    number.set_value(None)

    assert (number.text(), number.is_wrong) == ("", False)


def test_typing_is_told_and_setting_is_not(number) -> None:
    told: list[str] = []
    number.edited.connect(lambda: told.append(number.text()))

    number.set_value(3)
    QTest.keyClicks(number, "1")

    assert told == ["31"]


def test_a_mark_from_outside_cannot_hide_a_wrong_text(number) -> None:
    typed(number, "ten")
    number.set_wrong(False)
    stays = number.is_wrong
    typed(number, "10")
    number.set_wrong(True)

    assert (stays, number.is_wrong) == (True, True)


@pytest.fixture
def duration(qtbot, theme) -> DurationField:
    made = DurationField(theme, "Access token validity")
    qtbot.addWidget(made)
    made.set_value(60, "minutes")
    made.show()
    return made


def test_a_length_is_a_number_and_a_unit(duration) -> None:
    assert duration.value() == (60, "minutes")
    assert duration.number.accessibleName() == "Access token validity"
    assert duration.unit.accessibleName() == "Access token validity, unit"


def test_another_unit_leaves_the_number_and_is_told(duration) -> None:
    told: list[object] = []
    duration.edited.connect(lambda: told.append(duration.value()))

    duration.unit.setFocus()
    QTest.keyClick(duration.unit, Qt.Key.Key_Down)
    QTest.keyClicks(duration.number, "0")

    assert told[0] == (60, "hours")
    assert told[1][1] == "hours"


def test_no_number_is_a_value_of_its_own(duration) -> None:
    typed(duration.number, "soon")

    assert duration.value() == (None, "minutes")
    assert duration.problem == "Only a whole number is possible here."
    assert duration.number.text() == "soon"


def test_a_unit_that_is_no_choice_is_shown_all_the_same(duration) -> None:
    duration.set_value(2, "weeks")

    assert duration.value() == (2, "weeks")


def test_a_wrong_length_is_marked_at_both(duration) -> None:
    duration.set_wrong(True)

    assert (duration.number.is_wrong, duration.unit.property("wrong")) == (True, True)

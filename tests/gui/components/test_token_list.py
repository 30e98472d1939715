"""Names to tick wrap to the width, and a name nobody knows any more is not lost in silence."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sandbox_app.gui.components import CheckList, IconLabel

SCOPES = [(scope, scope, "") for scope in ("openid", "email", "profile", "phone", "orders/read")]


@pytest.fixture
def scopes(qtbot, theme) -> CheckList:
    made = CheckList(theme, "Allowed OAuth scopes", SCOPES)
    qtbot.addWidget(made)
    made.resize(520, made.height())
    made.show()
    return made


@pytest.fixture
def edits(scopes) -> list[tuple[str, ...]]:
    told: list[tuple[str, ...]] = []
    scopes.edited.connect(lambda: told.append(scopes.values()))
    return told


def tops(scopes: CheckList) -> list[int]:
    return [box.parentWidget().y() for box in scopes.boxes.values()]


def test_a_tick_is_told_and_values_keep_the_order_of_the_choices(scopes, edits) -> None:
    for key in ("profile", "openid"):
        QTest.mouseClick(scopes.boxes[key], Qt.MouseButton.LeftButton, pos=_on_box(scopes, key))

    assert edits == [("profile",), ("openid", "profile")]


def _on_box(scopes, key):
    return scopes.boxes[key].rect().center()


def test_values_set_by_program_are_not_told(scopes, edits) -> None:
    scopes.set_values(["phone", "email"])

    assert scopes.values() == ("email", "phone")
    assert edits == []


def test_an_unknown_value_is_kept_marked_and_can_be_let_go(scopes, edits) -> None:
    scopes.set_values(["email", "gone/scope"])
    box = scopes.boxes["gone/scope"]

    kept = scopes.values()
    marked = box.parentWidget().findChildren(IconLabel)
    box.click()

    assert kept == ("email", "gone/scope")
    assert [mark.accessibleName() for mark in marked] == ["Unknown"]
    assert edits == [("email",)]


def test_a_choice_that_goes_while_ticked_becomes_unknown(scopes) -> None:
    scopes.set_values(["email", "orders/read"])

    scopes.set_choices(SCOPES[:4])

    assert scopes.values() == ("email", "orders/read")
    assert scopes.boxes["orders/read"].parentWidget().findChildren(IconLabel)


def test_a_reason_keeps_from_ticking_but_not_from_unticking(qtbot, theme) -> None:
    why = "Cannot be combined with the other two."
    flows = CheckList(theme, "Flows", [("code", "Code", ""), ("client", "Client", why)])
    qtbot.addWidget(flows)

    before = flows.boxes["client"].isEnabled()
    flows.set_values(["client"])
    ticked = flows.boxes["client"].isEnabled()
    flows.boxes["client"].click()

    assert (before, ticked) == (False, True)
    assert flows.values() == ()
    assert flows.boxes["client"].accessibleDescription() == why
    assert why in flows.boxes["client"].parentWidget().toolTip()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_boxes_wrap_to_the_width_and_the_list_is_as_high_as_its_lines(scopes, theme, scale) -> None:
    theme.set_scale(scale)
    scopes.resize(theme.px(520), scopes.height())
    wide, low = len(set(tops(scopes))), scopes.height()

    scopes.resize(theme.px(200), scopes.height())

    assert wide == 1
    assert len(set(tops(scopes))) >= 3
    assert scopes.height() == low + (len(set(tops(scopes))) - 1) * theme.px(26)
    for box in scopes.boxes.values():
        assert scopes.rect().contains(box.parentWidget().geometry())


def test_the_same_choices_again_leave_the_boxes_and_their_focus(scopes) -> None:
    box = scopes.boxes["email"]

    scopes.set_choices(SCOPES)

    assert scopes.boxes["email"] is box

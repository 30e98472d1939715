"""What holds for every control: reachable by keyboard, named, sized, and dressed by the theme."""

import gc
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget
from shiboken6 import delete

from sandbox_app.gui.components import (
    Badge,
    Banner,
    Button,
    CheckBox,
    Chip,
    Combo,
    CopyButton,
    Field,
    FocusRing,
    Hairline,
    IconButton,
    KeyHint,
    Pill,
    RadioButton,
    Rail,
    RailItem,
    Ringed,
    RingOverlay,
    Segments,
    Switch,
    TabRow,
    Tabs,
)
from sandbox_app.gui.theme import Theme

PLANTED = '<img src="file:///x">&amp; R&D'


def a_pill(theme, text):
    pill = Pill(theme)
    pill.set_count(17)
    return pill


PRESSED = {
    "button": lambda theme, text: Button(theme, text),
    "primary": lambda theme, text: Button(theme, text, variant="primary"),
    "link": lambda theme, text: Button(theme, text, variant="link"),
    "icon button": lambda theme, text: IconButton(theme, "copy", text),
    "copy button": lambda theme, text: CopyButton(theme, text, "value"),
    "chip": lambda theme, text: Chip(theme, text, clickable=True),
    "pill": a_pill,
    "rail item": lambda theme, text: RailItem(theme, "home", text),
}
TOGGLED = {
    "check box": lambda theme, text: CheckBox(theme, text),
    "radio button": lambda theme, text: RadioButton(theme, text),
    "switch": lambda theme, text: Switch(theme, text),
}
FIELDS = {
    "field": lambda theme, text: Field(theme, text),
    "combo": lambda theme, text: Combo(theme, text, [("a", "A"), ("b", text)]),
    "tabs": lambda theme, text: Tabs(theme, text, [("a", "A"), ("b", text)]),
}
CONTROLS = PRESSED | TOGGLED | FIELDS


def by_name(makers):
    return pytest.mark.parametrize("make", makers.values(), ids=makers.keys())


def without_focus(window):
    for child in window.findChildren(QWidget):
        child.clearFocus()
    return window.grab().toImage()


def shown(qtbot, control):
    window = QWidget()
    row = QHBoxLayout(window)
    row.addWidget(control)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


@by_name(PRESSED)
@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_button_of_any_kind_is_pressed_from_the_keyboard(qtbot, theme, make, key):
    control = make(theme, "words")
    window = shown(qtbot, control)
    control.setFocus(Qt.FocusReason.TabFocusReason)

    with qtbot.waitSignal(control.clicked, timeout=1000):
        qtbot.keyClick(control, key)
    assert window.isVisible()


@by_name(TOGGLED)
def test_what_is_on_or_off_is_switched_with_space(qtbot, theme, make):
    control = make(theme, "words")
    window = shown(qtbot, control)

    with qtbot.waitSignal(control.toggled, timeout=1000):
        qtbot.keyClick(control, Qt.Key.Key_Space)
    assert control.isChecked()
    assert window.isVisible()


@by_name(CONTROLS)
def test_a_control_takes_part_in_the_tab_order(theme, make, qtbot):
    control = make(theme, "words")
    qtbot.addWidget(control)

    assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


@by_name({name: make for name, make in CONTROLS.items() if name != "pill"})
def test_a_control_is_named_by_its_words_letter_by_letter(theme, make, qtbot):
    control = make(theme, PLANTED)
    qtbot.addWidget(control)

    assert PLANTED in control.accessibleName()


@by_name(CONTROLS)
def test_a_change_of_theme_leaves_nothing_of_the_old_one(qtbot, qapp, theme, make):
    changed = shown(qtbot, make(theme, "words"))
    light = without_focus(changed)

    theme.set_mode("dark")
    born_dark = shown(qtbot, make(Theme(qapp, mode="dark"), "words"))

    assert without_focus(changed) != light
    assert without_focus(changed) == without_focus(born_dark)


@by_name(CONTROLS)
def test_a_control_grows_with_the_users_scale(qtbot, theme, make):
    control = make(theme, "words")
    window = shown(qtbot, control)
    before = control.height()

    theme.set_scale(2.0)
    window.adjustSize()

    assert control.sizeHint().height() > before or control.height() > before


@by_name(dict((PRESSED | TOGGLED).items()))
def test_a_control_without_a_border_of_its_own_says_where_its_ring_goes(theme, make, qtbot):
    control = make(theme, "words")
    qtbot.addWidget(control)
    control.resize(control.sizeHint())

    assert isinstance(control, Ringed)
    box, radius = control.ring_box()
    assert control.rect().adjusted(-4, -4, 4, 4).contains(box)
    assert radius >= 4


@pytest.mark.parametrize(
    ("make", "width", "height"),
    [
        (lambda t: Button(t, "x"), None, 32),
        (lambda t: Button(t, "x", size="small"), None, 24),
        (lambda t: Button(t, "x", size="big"), None, 48),
        (lambda t: Field(t, "x"), None, 30),
        (lambda t: Combo(t, "x"), None, 30),
        (lambda t: Tabs(t, "x", [("a", "A")]), None, 34),
        (lambda t: TabRow(t, Tabs(t, "x", [("a", "A")])), None, 37),
        (lambda t: Segments(t, "x", [("a", "A"), ("b", "B")]), None, 30),
        (lambda t: Segments(t, "x", [("a", "A"), ("b", "B")], small=True), None, 22),
        (lambda t: Switch(t, "x", says=False), 34, 20),
        (lambda t: Chip(t, "x"), None, 22),
        (lambda t: Banner(t, "ok", "x"), None, 56),
        (lambda t: Banner(t, "ok", "x", full_width=True), None, 48),
        (lambda t: a_pill(t, ""), None, 28),
        (lambda t: Badge(t, "x", 2), 16, 16),
        (lambda t: KeyHint(t, "F"), None, 20),
        (lambda t: RailItem(t, "home", "Home"), 80, 60),
        (lambda t: Rail(t), 80, None),
        (lambda t: Hairline(t), None, 1),
        (lambda t: Hairline(t, vertical=True), 1, None),
    ],
)
def test_a_component_is_as_large_as_the_design_says(qtbot, theme, make, width, height):
    widget = make(theme)
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint())

    assert width is None or widget.width() == width
    assert height is None or widget.height() == height


def test_the_ring_goes_where_the_keyboard_goes(qtbot, theme, qapp):
    first, second = Button(theme, "first"), Button(theme, "second")
    window = QWidget()
    row = QHBoxLayout(window)
    row.addWidget(first)
    row.addWidget(second)
    qtbot.addWidget(window)
    ring = FocusRing(theme, qapp, window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)

    second.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: bool(visible_rings(window)))

    overlay = visible_rings(window)[0]
    assert overlay.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert [o.geometry() for o in visible_rings(window)] == [
        first.geometry().adjusted(-4, -4, 4, 4)
    ]
    assert ring.parent() is window


def test_the_ring_follows_its_control_and_survives_its_end(qtbot, theme):
    window = QWidget()
    window.resize(200, 100)
    button = Button(theme, "x", parent=window)
    button.setGeometry(20, 20, 60, 32)
    qtbot.addWidget(window)
    window.show()
    overlay = RingOverlay(theme, button)

    button.move(40, 30)
    assert overlay.geometry().topLeft() == button.geometry().adjusted(-4, -4, 0, 0).topLeft()

    button.hide()
    assert not overlay.isVisible()
    delete(button)
    overlay.follow()


def visible_rings(window):
    return [ring for ring in window.findChildren(RingOverlay) if ring.isVisible()]


def test_a_control_that_is_gone_no_longer_hears_of_themes(qtbot, theme):
    gone = [weakref.ref(make(theme, "words")) for make in CONTROLS.values()]

    gc.collect()
    theme.set_mode("dark")
    theme.set_scale(1.25)

    assert [reference() for reference in gone] == [None] * len(gone)


def test_the_ring_does_not_become_a_pane_of_a_splitter(qtbot, theme):
    splitter, pane, button = QSplitter(), QWidget(), Button(theme, "x")
    # Touching the pane's right edge, so that only the splitter has room for the ring.
    column = QHBoxLayout(pane)
    column.setContentsMargins(8, 8, 0, 8)
    column.addWidget(button)
    splitter.addWidget(pane)
    splitter.addWidget(QWidget())
    window = QWidget()
    QHBoxLayout(window).addWidget(splitter)
    qtbot.addWidget(window)
    window.show()

    RingOverlay(theme, button)

    assert splitter.count() == 2

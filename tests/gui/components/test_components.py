"""What each component does beyond being there."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sandbox_app.gui.components import (
    Badge,
    Banner,
    Button,
    CodeView,
    Combo,
    CopyValue,
    ElidedLabel,
    EmptyState,
    ErrorBar,
    Field,
    FormArea,
    FormRow,
    HoverCard,
    IconButton,
    KeyHint,
    Label,
    Pill,
    Rail,
    Segments,
    Switch,
    Tabs,
    WrapLabel,
    buttons,
)
from sandbox_app.gui.theme import DARK, LIGHT, Role


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_a_label_changes_colour_with_the_theme(qtbot, theme):
    label = Label(theme, "x", token="text2")
    qtbot.addWidget(label)
    role = QPalette.ColorRole.WindowText

    assert label.palette().color(role).name().upper() == LIGHT.text2
    theme.set_mode("dark")
    assert label.palette().color(role).name().upper() == DARK.text2


def test_a_label_inside_a_field_keeps_its_own_colour(qtbot, theme):
    field, label = Field(theme, "Filter"), Label(theme, "8 logins", token="text3")
    field.add_trailing(label)
    shown(qtbot, field)

    colour = label.palette().color(label.foregroundRole())

    assert colour.name().upper() == LIGHT.text3


def test_wrapped_text_keeps_its_height_in_a_scroll_area(qtbot, theme):
    area, inner = QScrollArea(), QWidget()
    column = QVBoxLayout(inner)
    label = WrapLabel(theme, "many words " * 30)
    column.addWidget(label)
    column.addStretch(1)
    area.setWidgetResizable(True)
    area.setWidget(inner)
    area.resize(240, 60)
    shown(qtbot, area)

    assert label.height() >= label.heightForWidth(label.width())
    area.resize(500, 60)
    qtbot.waitUntil(lambda: label.width() > 400)
    assert label.minimumHeight() == label.heightForWidth(label.width())


def test_an_id_is_cut_in_the_middle_and_whole_in_its_name(qtbot, theme):
    label = ElidedLabel(theme, "8c2f51d0-3a7e-4c11-9d20-5de1a7c0b312", middle=True)
    qtbot.addWidget(label)

    assert label.minimumSizeHint().width() < label.sizeHint().width()
    assert label.accessibleName() == label.text()


@pytest.mark.parametrize("scale", [0.8, 0.95, 1.05, 1.15, 1.35, 1.65, 2.0])
def test_a_button_has_room_for_its_words_at_every_scale(qtbot, theme, monkeypatch, scale):
    theme.set_scale(scale)
    painted = []
    monkeypatch.setattr(
        buttons,
        "paint_text_elided",
        lambda _painter, _theme, rect, text, face, _token: (
            painted.append((rect.width(), theme.text_width(face, text))) or 0
        ),
    )
    for size in ("small", "normal", "big"):
        for icon, trailing in ((None, None), ("cross", None), ("cross", "chevron-down")):
            button = Button(theme, "Leave", size=size, icon=icon, trailing=trailing)
            qtbot.addWidget(button)
            button.resize(button.sizeHint())
            button.grab()

    assert len(painted) == 9
    assert [room for room, needed in painted if room < needed] == []


def test_copying_puts_the_value_on_the_clipboard_and_says_so(qtbot, theme):
    value = shown(qtbot, CopyValue(theme, "issuer", "http://localhost:9400"))
    button = value.findChild(IconButton)
    assert button.accessibleName() == "Copy issuer"

    with qtbot.waitSignal(value.copied) as copied:
        qtbot.keyClick(button, Qt.Key.Key_Space)

    assert copied.args == ["http://localhost:9400"]
    assert QGuiApplication.clipboard().text() == "http://localhost:9400"
    assert button.accessibleName() == "Copied issuer"


def test_a_changed_value_is_the_one_copied(qtbot, theme):
    value = shown(qtbot, CopyValue(theme, "issuer", "old"))
    value.set_value("new")

    value.findChild(IconButton).click()

    assert value.value == QGuiApplication.clipboard().text() == "new"


def test_a_wrong_field_says_so_until_it_is_right(qtbot, theme):
    row = FormRow(theme, "Callback URL", Field(theme, ""), "One per line.")
    shown(qtbot, row)
    field = row.findChild(Field)
    assert field.accessibleName() == "Callback URL"

    row.show_error("http is allowed for localhost only.", "Change to https")

    assert field.is_wrong
    assert "localhost only" in field.accessibleDescription()
    with qtbot.waitSignal(row.remedy_chosen):
        qtbot.keyClick(row.findChild(Button), Qt.Key.Key_Return)
    row.clear_error()
    assert not field.is_wrong
    assert row.error == ""


def test_a_field_makes_room_for_what_lies_in_it(qtbot, theme):
    field = Field(theme, "Filter", icon="filter")
    shown(qtbot, field)
    field.resize(300, 30)
    before = field.textMargins()

    field.add_trailing(KeyHint(theme, "F"))

    assert before.left() > 16
    assert field.textMargins().right() > before.right()


def test_a_combo_speaks_in_keys(qtbot, theme):
    combo = shown(qtbot, Combo(theme, "Client", [("spa", "spa (public)"), ("web", "web")]))
    assert combo.current_key == "spa"

    with qtbot.waitSignal(combo.chosen) as chosen:
        qtbot.keyClick(combo, Qt.Key.Key_Down)

    assert chosen.args == ["web"]
    combo.set_choices([("m2m", "m2m"), ("web", "web")])
    assert combo.current_key == "web"


def test_a_combo_set_by_program_tells_no_one(qtbot, theme):
    combo = shown(qtbot, Combo(theme, "Client", [("spa", "spa"), ("web", "web")]))

    with qtbot.assertNotEmitted(combo.chosen):
        combo.set_current("web")
        combo.set_choices([("a", "a")])


def test_tabs_move_with_the_arrow_keys(qtbot, theme):
    tabs = shown(qtbot, Tabs(theme, "Detail", [("why", "Why"), ("raw", "Raw")]))

    with qtbot.waitSignal(tabs.chosen) as chosen:
        qtbot.keyClick(tabs, Qt.Key.Key_Right)

    assert chosen.args == ["raw"]
    assert tabs.current_key == "raw"


def test_segments_move_with_the_arrow_keys_and_tell_only_of_the_persons_choice(qtbot, theme):
    segments = shown(qtbot, Segments(theme, "Show", [("l", "Logins"), ("r", "Requests")]))
    first = segments.findChildren(QWidget)[0]
    segments.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)

    with qtbot.waitSignal(segments.chosen) as chosen:
        qtbot.keyClick(first, Qt.Key.Key_Right)

    assert chosen.args == ["r"]
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_current("l")
    assert segments.current_key == "l"


def test_every_segment_and_place_is_named(qtbot, theme):
    segments = Segments(theme, "Show", [("l", "Logins"), ("r", "Requests")])
    rail = Rail(theme)
    rail.add("home", "home", "Home")
    qtbot.addWidget(segments)
    qtbot.addWidget(rail)

    for widget in (segments, rail):
        assert widget.accessibleName()
        assert all(child.accessibleName() for child in widget.findChildren(QWidget))


def test_a_place_is_chosen_by_its_number(qtbot, theme):
    rail = Rail(theme)
    rail.add("home", "home", "Home")
    live = rail.add("live", "live", "Live")
    shown(qtbot, rail)
    rail.activateWindow()

    assert live.shortcut().toString() == "Ctrl+2"
    with qtbot.waitSignal(rail.chosen) as chosen:
        live.click()
    assert chosen.args == ["live"]
    assert rail.current_key == "live"
    rail.set_current("home")
    assert rail.current_key == "home"


def test_tab_enters_rail_and_segments_at_the_current_one(qtbot, theme):
    rail = Rail(theme)
    places = [rail.add(key, key, key.title()) for key in ("home", "live", "pools")]
    segments = Segments(theme, "Show", [("l", "Logins"), ("r", "Requests")])
    qtbot.addWidget(rail)
    qtbot.addWidget(segments)

    rail.set_current("live")
    segments.set_current("r")

    tab = Qt.FocusPolicy.TabFocus
    assert [bool(place.focusPolicy() & tab) for place in places] == [False, True, False]
    stops = [bool(one.focusPolicy() & tab) for one in segments.findChildren(QWidget)]
    assert stops == [False, True]


def test_arrow_keys_walk_the_places(qtbot, theme):
    rail = Rail(theme)
    home, live = (rail.add(key, key, key.title()) for key in ("home", "live"))
    shown(qtbot, rail)
    rail.activateWindow()
    home.setFocus()
    qtbot.waitUntil(home.hasFocus)

    with qtbot.waitSignal(rail.chosen) as chosen:
        qtbot.keyClick(home, Qt.Key.Key_Down)

    assert chosen.args == ["live"]
    assert live.isChecked()


def test_a_badge_on_a_place_is_spoken(qtbot, theme):
    rail = Rail(theme)
    mail = rail.add("mail", "mail", "Mail")
    qtbot.addWidget(rail)

    rail.set_badge("mail", 2)
    assert mail.accessibleName() == "Mail, 2 new"
    rail.set_badge("mail", 0)
    assert mail.accessibleName() == "Mail"


def test_the_pill_floats_above_the_end_of_its_list(qtbot, theme):
    view = QListWidget()
    view.resize(300, 200)
    pill = Pill(theme, over=view)
    shown(qtbot, view)
    assert not pill.isVisible()

    pill.set_count(17)

    assert pill.isVisible()
    assert pill.text() == "17 new"
    assert pill.geometry().bottom() + 1 == view.viewport().geometry().bottom() + 1 - 12
    view.resize(300, 400)
    assert pill.geometry().bottom() > 300


def test_a_badge_of_nothing_is_not_there(qtbot, theme):
    badge = Badge(theme, "unread mails", 120)
    qtbot.addWidget(badge)
    assert badge.accessibleName() == "120 unread mails"

    badge.set_count(0)

    assert badge.isHidden()


def test_a_switch_says_which_it_is(qtbot, theme):
    switch = shown(qtbot, Switch(theme, "Fault 1"))
    off = switch.grab().toImage()

    switch.toggle()

    assert switch.grab().toImage() != off
    assert switch.accessibleName() == "Fault 1"
    assert switch.sizeHint().width() > 34 + theme.text_width(Role.BODY, "Off")


def test_an_error_is_shown_in_place_and_closed_with_escape(qtbot, theme):
    bar = ErrorBar(theme)
    qtbot.addWidget(bar)
    assert bar.isHidden()

    bar.show_message("The port is taken.", detail="EADDRINUSE")

    assert bar.isVisible()
    assert bar.accessibleName() == bar.text == "The port is taken."
    with qtbot.waitSignal(bar.dismissed):
        qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.isHidden()


def test_an_error_can_be_copied_with_its_detail(qtbot, theme):
    bar = ErrorBar(theme)
    qtbot.addWidget(bar)
    bar.show_message("The port is taken.", detail="EADDRINUSE")

    next(b for b in bar.findChildren(IconButton) if "Copy" in b.accessibleName()).click()

    assert QGuiApplication.clipboard().text() == "The port is taken.\n\nEADDRINUSE"


def test_the_action_of_an_error_closes_it_and_runs(qtbot, theme):
    ran = []
    bar = ErrorBar(theme)
    qtbot.addWidget(bar)
    bar.show_message("The port is taken.", action=("Try again", lambda: ran.append(1)))

    qtbot.keyClick(bar.findChild(Button), Qt.Key.Key_Return)

    assert ran == [1]
    assert bar.isHidden()


def test_a_banner_speaks_its_whole_verdict(qtbot, theme):
    banner = Banner(theme, "ok", "Valid for 52 min", "Signed by this pool’s current key.")
    qtbot.addWidget(banner)
    banner.add_button(Button(theme, "Copy as"))

    banner.set_verdict("bad", "Expired 3 min ago")

    assert banner.accessibleName() == "Expired 3 min ago"


def test_an_empty_place_offers_the_next_action(qtbot, theme):
    empty = EmptyState(theme, "live", "No logins yet", "Each sign-in appears here as one row.")
    empty.add_button(Button(theme, "Run a demo sign-in", variant="primary"))
    shown(qtbot, empty)

    assert empty.findChild(Button).isVisible()
    assert empty.accessibleName() == "No logins yet. Each sign-in appears here as one row."


def test_the_sentence_of_an_empty_place_leaves_no_word_alone_in_its_last_line(qtbot, theme):
    sentence = "Every request to this sandbox appears here as it happens, grouped into logins."
    empty = EmptyState(theme, "live", "No traffic yet", sentence)
    empty.resize(1600, 800)
    shown(qtbot, empty)

    (label,) = empty.findChildren(WrapLabel)
    assert label.height() < 3 * label.fontMetrics().lineSpacing()
    assert label.width() < 0.8 * label.sizeHint().width()
    empty.set_words("No traffic yet", "A short one.")
    qtbot.waitUntil(lambda: label.width() >= label.sizeHint().width())


def test_a_hover_card_stays_inside_its_window(qtbot, theme):
    window = QWidget()
    window.resize(600, 300)
    shown(qtbot, window)
    card = HoverCard(theme, window)
    card.set_facts("ID token", (("sub", "8c2f"), ("aud", "web")), verdict="valid")

    card.show_below(window.rect().adjusted(560, 280, -10, -2))

    assert window.rect().contains(card.geometry())


def test_a_long_text_arrives_whole_in_pieces(qtbot, theme):
    view = shown(qtbot, CodeView(theme, "Body"))
    text = "\n".join(f"line {number}" for number in range(4000))

    view.set_text(text)

    assert view.text == text
    assert len(view.toPlainText()) < len(text)
    qtbot.waitUntil(lambda: view.toPlainText() == text)
    assert view.textCursor().position() == 0
    assert view.verticalScrollBar().value() == 0


def test_a_new_text_replaces_one_still_arriving(qtbot, theme):
    view = shown(qtbot, CodeView(theme, "Body"))
    view.set_text("x" * 20000)

    view.set_text("short")

    qtbot.waitUntil(lambda: view.toPlainText() == "short")
    qtbot.waitUntil(lambda: not view._next.isActive())
    assert view.toPlainText() == "short"


def test_live_values_are_coloured_wherever_they_occur(qtbot, theme):
    view = CodeView(theme, "Snippet")
    qtbot.addWidget(view)

    view.set_text("client_id: 'abc'\nagain abc", ("abc", ""))

    marks = view.extraSelections()
    assert [mark.cursor.selectedText() for mark in marks] == ["abc", "abc"]
    assert marks[0].format.foreground().color() == theme.color("accent_text")


@pytest.mark.parametrize(
    ("line", "at", "token"),
    [
        ('"exp": 17', 1, "accent_text"),
        ('"exp": "17"', 8, "text"),
        ('"exp": 17', 7, "text"),
        ('{"a": null}', 0, "text3"),
        ('"a": "b: 12, {x}"', 12, "text"),
        (r'"a": "q \" 1: 2"', 12, "text"),
    ],
)
def test_json_is_coloured_by_what_a_piece_is(qtbot, theme, line, at, token):
    view = CodeView(theme, "Body", syntax="json")
    qtbot.addWidget(view)
    view.set_text(line)

    view._highlighter.rehighlight()

    block = view.document().firstBlock()
    formats = [f for f in block.layout().formats() if f.start <= at < f.start + f.length]
    assert formats[-1].format.foreground().color() == QColor(theme.color(token))


def test_a_code_view_lets_tab_out(qtbot, theme):
    view = CodeView(theme, "Body")
    qtbot.addWidget(view)

    assert view.isReadOnly()
    assert view.tabChangesFocus()
    assert view.accessibleName() == "Body"


def middle_of(control: QWidget, row: FormRow) -> int:
    """The y of its middle, in the row."""
    return control.mapTo(row, control.rect().center()).y()


def middle_of_label(row: FormRow, theme) -> int:
    """The y of the middle of the label's first line."""
    label = next(one for one in row.findChildren(WrapLabel) if one.text() == row.label)
    top = label.mapTo(row, label.rect().topLeft()).y() + label.contentsMargins().top()
    return top + theme.metrics(Role.LABEL).height() // 2


@pytest.mark.parametrize("make", [Switch, Field, Combo], ids=lambda kind: kind.__name__)
def test_a_label_stands_on_the_middle_of_its_control(qtbot, theme, make):
    control = make(theme, "Token revocation")
    row = shown(qtbot, FormRow(theme, "Token revocation", control, "Off: a revoke is refused."))

    assert abs(middle_of_label(row, theme) - middle_of(control, row)) <= 1


def test_a_label_follows_a_control_that_begins_with_another_line(qtbot, theme):
    control = QWidget()
    words, field = Label(theme, "None"), Field(theme, "Secret")
    column = QVBoxLayout(control)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(words)
    column.addWidget(field)
    row = FormRow(theme, "Client secret", control)
    form = QWidget()
    rows = QVBoxLayout(form)
    rows.addWidget(row)
    rows.addStretch(1)
    shown(qtbot, form)
    assert abs(middle_of_label(row, theme) - middle_of(words, row)) <= 1

    words.hide()
    qtbot.waitUntil(lambda: abs(middle_of_label(row, theme) - middle_of(field, row)) <= 1)


@pytest.mark.parametrize(
    ("keys", "typed", "whose"),
    [
        (QKeySequence.StandardKey.Undo, "", "window"),
        (QKeySequence.StandardKey.Redo, "", "window"),
        (QKeySequence.StandardKey.Undo, "more", "field"),
        (QKeySequence.StandardKey.Copy, "", "field"),
    ],
)
def test_undo_is_the_windows_where_nothing_was_typed(qtbot, theme, keys, typed, whose):
    field = shown(qtbot, Field(theme, "Description", "saved"))
    qtbot.keyClicks(field, typed)
    pressed = QKeySequence.keyBindings(keys)[0][0]
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, pressed.key(), pressed.keyboardModifiers())
    asked.ignore()

    QApplication.sendEvent(field, asked)

    assert asked.isAccepted() == (whose == "field")


def test_a_text_too_long_for_its_field_shows_its_start(qtbot, theme):
    field = Field(theme, "URL")
    field.setFixedWidth(80)
    shown(qtbot, field)

    field.setText("https://app.example.com/a/very/long/callback")

    assert field.cursorPosition() == 0


@pytest.mark.parametrize("has_keyboard", [False, True])
def test_the_wheel_is_left_to_the_form_and_changes_no_choice(qtbot, theme, has_keyboard):
    choices = [("local", "This sandbox"), ("aws", "The real service")]
    combo = shown(qtbot, Combo(theme, "Issuer", choices))
    if has_keyboard:
        combo.setFocus()
    middle = combo.rect().center()
    notch = QWheelEvent(
        middle,
        combo.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(combo, notch)

    assert combo.current_key == "local"
    assert not notch.isAccepted()
    assert combo.focusPolicy() == Qt.FocusPolicy.StrongFocus


@pytest.mark.parametrize(("severity", "stays"), [("ok", False), ("warn", True), ("bad", True)])
def test_only_good_news_leaves_by_itself(qtbot, theme, severity, stays):
    place = QWidget()
    bar, field = ErrorBar(theme), Field(theme, "Description")
    column = QVBoxLayout(place)
    column.addWidget(bar)
    column.addWidget(field)
    shown(qtbot, place)
    field.setFocus()
    bar._leave.setInterval(1)

    bar.show_message("Deleted group admins.", severity=severity)
    qtbot.wait(30)

    assert bar.isVisible() == stays


@pytest.mark.parametrize(("width", "above"), [(600, False), (360, True)])
def test_labels_go_above_where_a_control_does_not_fit_beside(qtbot, theme, width, above):
    area, content = FormArea(), QWidget()
    column = QVBoxLayout(content)
    for words in ("Scope", "Description"):
        row = FormRow(theme, words, Field(theme, words), "Help.")
        area.rows.append(row)
        column.addWidget(row)
    area.setWidget(content)
    area.resize(width, 300)
    shown(qtbot, area)

    for row in area.rows:
        label = next(one for one in row.findChildren(WrapLabel) if one.text() == row.label)
        field = row.findChild(Field)
        assert (label.geometry().bottom() < field.geometry().top()) == above
        assert field.geometry().right() <= row.width()


def test_a_tab_that_comes_back_finds_its_room(qtbot, theme):
    row = QWidget()
    tabs = Tabs(theme, "Parts", [("a", "Attributes"), ("s", "Sessions and tokens")])
    line = QHBoxLayout(row)
    line.addWidget(tabs)
    line.addStretch(1)
    row.resize(600, 40)
    tabs.setTabVisible(1, False)
    shown(qtbot, row)

    tabs.setTabVisible(1, True)

    qtbot.waitUntil(lambda: tabs.width() >= tabs.sizeHint().width())
    assert tabs.tabRect(1).right() <= tabs.width()

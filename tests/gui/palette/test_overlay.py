"""Ctrl+K finds and runs from the keyboard, asks slow sources seldom, and gives focus back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sandbox_app.gui.components import Field
from sandbox_app.gui.palette import Candidates, Hit, Palette, SearchButton
from sandbox_app.gui.theme import metrics

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton

COMMANDS = [
    Hit("run", "Run a demo sign-in", group="Commands", icon="play"),
    Hit("dark", "Switch to dark", group="Commands", icon="moon"),
    Hit("reset", "Reset to demo", group="Commands", icon="undo"),
]
CLIENTS = [
    Hit("web", "web", "confidential client · demo", "code", "App clients"),
    Hit("demo-app", "demo", "public client · demo", "code", "App clients"),
]


class Users:
    """A slow source that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> list[Hit]:
        self.asked.append(text)
        found = [
            Hit(f"u-{name}", name, "user", "user", "Users", 2.5) for name in ("dora", "web-user")
        ]
        return [hit for hit in found if text in hit.title]


@pytest.fixture
def window(qtbot, theme) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    made.field = Field(theme, "Client name")
    made.search = SearchButton(theme)
    column.addWidget(made.search)
    column.addWidget(made.field)
    column.addStretch(1)
    made.resize(1000, 600)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    return made


@pytest.fixture
def users() -> Users:
    return Users()


@pytest.fixture
def palette(theme, window, users) -> Palette:
    made = Palette(theme, window)
    made.set_anchor(window.search)
    made.set_sources([Candidates(COMMANDS, first=2), Candidates(CLIENTS)], slow=[users])
    return made


@pytest.fixture
def chosen(palette) -> list[Hit]:
    told: list[Hit] = []
    palette.chosen.connect(told.append)
    return told


def press(palette, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(palette.field, key, modifiers)


def titles(palette) -> list[str]:
    return [hit.title for hit in palette.hits]


def current(palette) -> str:
    return palette.results.current.title if palette.results.current else ""


def pause(palette) -> None:
    """As if nothing had been typed for a while."""
    assert palette._later.isActive()
    palette._later.stop()
    palette._later.timeout.emit()


def row_middle(palette, title) -> QPoint:
    rows = palette._card.model.rows
    row = next(at for at, one in enumerate(rows) if isinstance(one, Hit) and one.title == title)
    return palette.results.visualRect(palette.results.model().index(row, 0)).center()


def test_it_opens_with_the_cursor_in_its_field_and_the_main_commands(palette) -> None:
    palette.open()

    assert palette.isVisible()
    assert palette.field.hasFocus()
    assert titles(palette) == ["Run a demo sign-in", "Switch to dark"]
    assert current(palette) == "Run a demo sign-in"


def test_esc_closes_and_focus_is_where_it_was(palette, window) -> None:
    palette.open()

    press(palette, Key.Key_Escape)

    assert not palette.isVisible()
    assert window.field.hasFocus()


def test_a_click_beside_the_card_closes_it_and_one_on_it_does_not(palette, window) -> None:
    palette.open()
    QTest.mouseClick(palette, LEFT, pos=palette._card.geometry().center())
    on_card = palette.isVisible()

    QTest.mouseClick(palette, LEFT, pos=QPoint(20, 580))

    assert (on_card, palette.isVisible()) == (True, False)
    assert window.field.hasFocus()


def test_focus_that_goes_elsewhere_closes_it_and_stays_there(palette, window) -> None:
    palette.open()

    window.search.setFocus()

    assert not palette.isVisible()
    assert window.search.hasFocus()


def test_typing_finds_in_all_sources_best_group_first(palette) -> None:
    palette.open()

    QTest.keyClicks(palette.field, "demo")

    rows = [row if isinstance(row, str) else row.title for row in palette._card.model.rows]
    assert rows == ["App clients", "demo", "web", "Commands", "Reset to demo", "Run a demo sign-in"]


def test_enter_takes_the_first_and_gives_focus_back_before_telling(palette, window, chosen) -> None:
    seen = []
    palette.chosen.connect(lambda hit: seen.append((palette.isVisible(), window.field.hasFocus())))
    palette.open()

    QTest.keyClicks(palette.field, "dark")
    press(palette, Key.Key_Return)

    assert [hit.key for hit in chosen] == ["dark"]
    assert seen == [(False, True)]


def test_arrows_go_over_hits_only_and_stop_at_the_ends(palette) -> None:
    palette.open("demo")
    walked = [current(palette)]
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_PageUp):
        press(palette, key)
        walked.append(current(palette))

    shown = titles(palette)
    assert walked == [*shown, shown[-1], shown[-2], shown[0]]


def test_tab_stays_inside(palette) -> None:
    palette.open("demo")
    press(palette, Key.Key_Tab)
    second = current(palette)
    press(palette, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)

    assert palette.field.hasFocus()
    assert [second, current(palette)] == [titles(palette)[1], titles(palette)[0]]


def test_a_click_takes_the_hit_under_the_pointer(palette, chosen) -> None:
    palette.open()

    QTest.mouseClick(palette.results.viewport(), LEFT, pos=row_middle(palette, "Switch to dark"))

    assert [hit.key for hit in chosen] == ["dark"]


def test_slow_sources_are_asked_once_when_typing_pauses(palette, users) -> None:
    palette.open()
    QTest.keyClicks(palette.field, "dora")
    before = list(users.asked)

    pause(palette)

    assert (before, users.asked) == ([], ["dora"])
    assert "dora" in titles(palette)


def test_nothing_slow_is_asked_for_no_text(palette, users) -> None:
    palette.open()
    QTest.keyClicks(palette.field, "d")
    press(palette, Key.Key_Backspace)

    assert not palette._later.isActive()
    assert users.asked == []


def test_what_was_found_slowly_stays_while_it_fits(palette) -> None:
    palette.open("do")
    pause(palette)

    QTest.keyClicks(palette.field, "r")
    stays = titles(palette)
    QTest.keyClicks(palette.field, "x")

    assert stays == ["dora"]
    assert titles(palette) == []


def test_slow_hits_do_not_move_a_choice_made_meanwhile(palette) -> None:
    palette.open("demo")
    press(palette, Key.Key_Down)
    before = current(palette)

    palette._slow = (lambda text: [Hit("u", "demo user", group="Users", score=9)],)
    pause(palette)

    assert current(palette) == before
    assert titles(palette)[0] == "demo user"


def test_enter_does_not_wait_for_a_pause_where_nothing_else_fits(palette, chosen) -> None:
    palette.open()
    QTest.keyClicks(palette.field, "dora")

    press(palette, Key.Key_Return)

    assert [hit.key for hit in chosen] == ["u-dora"]


def test_closing_asks_nothing_more(palette) -> None:
    palette.open("web")
    palette.dismiss()

    assert not palette._later.isActive()


def test_nothing_found_is_said_once_everyone_was_asked(palette) -> None:
    palette.open("zzz")
    label = palette._card._nothing
    before = label.isVisible()

    pause(palette)

    assert (before, label.isVisible()) == (False, True)
    assert label.text() == "Nothing is called “zzz”."
    press(palette, Key.Key_Return)
    assert palette.isVisible()


def test_what_was_taken_lately_comes_first_next_time(palette, chosen) -> None:
    for text in ("web", "dark"):
        palette.open(text)
        press(palette, Key.Key_Return)

    palette.open()
    rows = [row if isinstance(row, str) else row.key for row in palette._card.model.rows]
    press(palette, Key.Key_Down)
    press(palette, Key.Key_Return)

    assert rows == ["Recent", "dark", "web", "Commands", "run"]
    assert chosen[-1].group == "App clients"
    palette.forget_recent()
    palette.open()
    assert titles(palette) == ["Run a demo sign-in", "Switch to dark"]


def test_a_text_to_begin_with_can_be_gone_on_with(palette) -> None:
    palette.open("we")

    QTest.keyClicks(palette.field, "b")

    assert palette.field.text() == "web"


def test_ctrl_k_again_closes(palette) -> None:
    palette.toggle()
    opened = palette.isVisible()
    palette.toggle()

    assert (opened, palette.isVisible()) == (True, False)


def test_what_was_typed_is_gone_the_next_time(palette) -> None:
    palette.open("web")
    palette.dismiss()
    palette.open()

    assert palette.field.text() == ""


def test_the_field_speaks_for_the_list(palette) -> None:
    palette.open("web")

    assert palette.field.accessibleDescription() == "web, confidential client · demo"
    assert palette.results.focusPolicy() == Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", [(1280, 800), (1024, 680), (420, 300)])
def test_the_card_stays_inside_the_window(palette, window, theme, scale, size) -> None:
    theme.set_scale(scale)
    window.resize(*size)
    palette.open("demo")
    card = palette._card.geometry()

    assert palette.rect().contains(card)
    assert card.top() >= window.search.geometry().bottom() - theme.px(8)
    window.resize(size[0] + 60, size[1])
    assert palette.geometry() == window.rect()


def test_its_list_is_sound(palette) -> None:
    tester = QAbstractItemModelTester(palette._card.model)

    for text in ("", "demo", "zzz", "web"):
        palette.open(text)

    assert tester.model() is palette._card.model


def test_text_from_elsewhere_stays_plain(palette, window) -> None:
    planted = '<img src="file:///x">'
    palette.set_sources([Candidates([Hit("x", planted, planted)])])
    palette.open("img")

    assert titles(palette) == [planted]
    palette.grab()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_search_button_looks_like_a_field_until_it_is_folded(window, theme, scale) -> None:
    theme.set_scale(scale)
    button = window.search
    wide = button.size()

    button.set_folded(True)

    assert wide.height() == button.height() == theme.px(metrics.FIELD)
    assert wide.width() == theme.px(248)
    assert button.width() == button.height()
    assert "Find or run anything (Ctrl+K)" in button.toolTip()
    assert button.accessibleName() == "Find or run anything"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_the_search_button_is_pressed_by_key(qtbot, window, key) -> None:
    window.search.setFocus()

    with qtbot.waitSignal(window.search.clicked):
        QTest.keyClick(QApplication.focusWidget(), key)


def test_the_card_follows_the_button_it_hangs_from(qtbot, window, palette) -> None:
    palette.open()
    window.search.move(500, 20)
    before = palette._card.geometry().right()

    window.search.move(540, 20)
    assert palette._card.geometry().right() == before + 40
    window.search.setFixedWidth(window.search.width() + 60)
    assert palette._card.geometry().right() == before + 100

"""The Live place as a whole: empty, filtered, paused, cleared, remembered, and never fooled."""

from itertools import product

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QFont, QHelpEvent, QTextDocument
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QWidget,
)

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Message
from sandbox_app.gui.components import ElidedLabel, Label, labels, painting
from sandbox_app.gui.live import arrivals, check_painter, facts_table, row_painter
from tests.gui.live.samples import NOW, PLANTED, a_detail, a_jwt, a_sign_in, an_exchange

SMALLEST = (944, 604)
"""What a window of 1024x680 leaves to the place."""

RIGHT_END = Qt.TextElideMode.ElideRight
TABS = ("diagram", "why", "request", "response", "tokens", "raw")


def visible(widget: QWidget, kind: type) -> list:
    return [found for found in widget.findChildren(kind) if found.isVisible()]


def open_tab(place, key: str) -> None:
    place.detail.tabs.set_current(key)
    QApplication.processEvents()


def type_filter(place, words: str) -> None:
    place.toolbar.filter.setText(words)


def test_an_empty_place_says_what_will_appear_and_offers_the_next_step(qtbot, place) -> None:
    assert place.panes.no_traffic.isVisible()
    buttons = {
        button.label: button
        for button in place.panes.no_traffic.findChildren(QWidget)
        if hasattr(button, "label") and callable(getattr(button, "click", None))
    }

    with qtbot.waitSignal(place.demo_wanted):
        buttons["Run a demo sign-in"].click()
    with qtbot.waitSignal(place.connect_wanted):
        buttons["Connect my app"].click()


def test_the_first_login_opens_by_itself(place, log) -> None:
    place.absorb(a_sign_in(log, "l1", NOW))

    assert place.detail.isVisible()
    assert place.detail.headline == "alice signed in to web"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("alice", ["l6", "l3", "l2"]),
        ("ALICE web", ["l6", "l2"]),
        ("az-4", ["l7"]),
        ("redirect_mismatch", ["l7"]),
        ("m2m", ["l5"]),
        ("userinfo bob", ["l1"]),
        ("running", ["l8"]),
        ("openid-configuration", [""]),
    ],
)
def test_words_filter_whatever_they_occur_in(morning, words, found) -> None:
    type_filter(morning, words)
    rows = range(morning.listing.model.rowCount())

    assert [
        morning.listing.model.login_at(morning.listing.model.index(row, 0)).login_id for row in rows
    ] == found
    number = "1 login" if len(found) == 1 else f"{len(found)} logins"
    assert morning.toolbar._count.text() == number


def test_a_filter_that_hides_everything_says_which_word_does(qtbot, morning) -> None:
    type_filter(morning, "alice nowhere")

    assert morning.panes.filtered_out.isVisible()
    assert "“nowhere” hides everything" in morning.panes.filtered_out.accessibleName()

    morning.toolbar.filter.clear()
    assert morning.list.isVisible()


def test_f_leads_to_the_filter_and_escape_empties_it(qtbot, morning) -> None:
    qtbot.keyClick(morning, Qt.Key.Key_F)
    assert morning.focusWidget() is morning.toolbar.filter

    qtbot.keyClicks(morning.toolbar.filter, "bob")
    assert morning.listing.model.rowCount() == 1
    qtbot.keyClick(morning.toolbar.filter, Qt.Key.Key_Escape)
    assert morning.toolbar.filter.text() == ""


@pytest.mark.parametrize("tab", ["why", "tokens", "raw"])
def test_control_f_leads_to_the_filter_from_everywhere(qtbot, morning, tab) -> None:
    open_tab(morning, tab)
    morning.detail.tabs.setFocus()
    with qtbot.waitActive(morning):
        morning.activateWindow()

    qtbot.keyClick(morning.focusWidget(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert morning.focusWidget() is morning.toolbar.filter


def test_down_in_the_filter_leads_to_the_list(qtbot, morning) -> None:
    morning.toolbar.filter.setFocus()

    qtbot.keyClick(morning.toolbar.filter, Qt.Key.Key_Down)

    assert morning.focusWidget() is morning.list


def test_what_comes_while_paused_waits(qtbot, morning, log) -> None:
    rows = morning.listing.model.rowCount()
    qtbot.mouseClick(morning.toolbar.pause, Qt.MouseButton.LeftButton)

    morning.absorb(a_sign_in(log, "late", NOW + 50))
    assert morning.listing.model.rowCount() == rows
    assert morning.toolbar.pause.label == "Resume (5)"

    qtbot.mouseClick(morning.toolbar.pause, Qt.MouseButton.LeftButton)
    assert morning.listing.model.rowCount() == rows + 1


def test_paused_again_before_all_that_waited_is_shown_the_rest_is_said_to_wait(
    qtbot, morning, log, monkeypatch
) -> None:
    monkeypatch.setattr(arrivals, "_AT_ONCE", 2)
    qtbot.mouseClick(morning.toolbar.pause, Qt.MouseButton.LeftButton)
    morning.absorb(a_sign_in(log, "late", NOW + 50))

    morning.arrivals.pause(False)
    morning.arrivals.pause(True)

    assert morning.toolbar.pause.label == "Resume (3)"


def test_cleared_while_paused_nothing_is_said_to_wait(qtbot, morning, log) -> None:
    qtbot.mouseClick(morning.toolbar.pause, Qt.MouseButton.LeftButton)
    morning.absorb(a_sign_in(log, "late", NOW + 50))

    qtbot.mouseClick(morning.toolbar.clear, Qt.MouseButton.LeftButton)

    assert morning.toolbar.pause.label == "Resume"
    assert morning.panes.no_traffic.accessibleName().startswith("The list is paused. What comes")

    morning.absorb(a_sign_in(log, "later", NOW + 60))
    assert "5 requests wait." in morning.panes.no_traffic.accessibleName()

    qtbot.mouseClick(morning.toolbar.pause, Qt.MouseButton.LeftButton)
    assert morning.listing.model.rowCount() == 1
    qtbot.mouseClick(morning.toolbar.clear, Qt.MouseButton.LeftButton)
    assert morning.panes.no_traffic.accessibleName().startswith("No traffic yet")


def test_clearing_empties_the_list_and_the_log(qtbot, morning, log) -> None:
    qtbot.mouseClick(morning.toolbar.clear, Qt.MouseButton.LeftButton)

    assert log.rows == []
    assert morning.panes.no_traffic.isVisible()
    assert morning.detail.exchange is None


def test_requests_are_shown_flat_with_the_chosen_one_kept(morning) -> None:
    login = morning._book.find("l6")
    morning.list.choose(login, login.exchanges[2])

    morning.toolbar.mode.set_current("requests")
    morning.toolbar.mode.chosen.emit("requests")

    assert morning.listing.model.rowCount() == len(morning._book)
    assert morning.listing.model.exchange_at(morning.list.currentIndex()) is login.exchanges[2]


def test_earlier_runs_are_loaded(make_place, log) -> None:
    a_sign_in(log, "yesterday", NOW - 86_400)
    place = make_place()

    place.load()

    assert [login.login_id for login in place._book.logins] == ["yesterday"]


def test_entering_shows_the_newest_only_if_nothing_is_chosen(make_place, log) -> None:
    for number in range(3):
        a_sign_in(log, f"l{number}", NOW + number)
    place = make_place()
    place.load()
    place.greet()
    assert place.listing.model.login_at(place.list.currentIndex()).login_id == "l2"

    place.show_login("l0")
    place.greet()
    assert place.listing.model.login_at(place.list.currentIndex()).login_id == "l0"


def test_a_login_is_shown_whatever_the_filter_hides(morning) -> None:
    type_filter(morning, "bob")

    assert morning.show_login("l7")

    assert morning.listing.model.login_at(morning.list.currentIndex()).login_id == "l7"
    assert not morning.show_login("unknown")


def test_mode_filter_tab_and_line_survive(morning, make_place) -> None:
    morning.toolbar.mode.set_current("requests")
    type_filter(morning, "spa")
    open_tab(morning, "tokens")
    morning.panes.splitter.setSizes([500, 700])
    morning.panes.splitter.splitterMoved.emit(500, 1)
    state = morning.save_state()

    again = make_place()
    again.restore_state(state)
    again.load()
    QApplication.processEvents()

    assert again.toolbar.mode.current_key == "requests"
    assert again.toolbar.filter.text() == "spa"
    assert again.detail.tabs.current_key == "tokens"
    assert abs(again.panes.splitter.sizes()[0] - morning.panes.splitter.sizes()[0]) < 3


@pytest.mark.parametrize(
    "state",
    [{}, {"mode": "trees", "filter": 7, "tab": None, "left": True}, {"left": -4}, {"left": "x"}],
)
def test_a_state_that_makes_no_sense_changes_nothing(place, state) -> None:
    place.restore_state(state)

    assert place.toolbar.mode.current_key == "logins"
    assert place.detail.tabs.current_key == "diagram"


def planted(log):
    """An exchange with mark-up in every field that can hold any."""
    known = dict.fromkeys(
        ("path", "client_id", "client_name", "username", "grant", "error"), PLANTED
    )
    exchange = an_exchange(login_id="evil", status=400, rule="AZ-4", **known)
    token = a_jwt({"token_use": "id", "iss": PLANTED, PLANTED: PLANTED, "exp": NOW})
    headers = ((PLANTED, PLANTED), ("Location", f"/cb?x={PLANTED}"), ("Cookie", token))
    body = f'{{"a":"{PLANTED}","id_token":"{token}"}}'.encode()
    detail = a_detail(
        exchange,
        target=f"/x?{PLANTED}={PLANTED}",
        peer=PLANTED,
        origin=PLANTED,
        http_version=PLANTED,
        request=Message(headers=headers, body=body, size=len(body)),
        response=Message(headers=headers, body=body, size=len(body)),
        checks=(
            Check("AZ-1", Verdict.PASSED, PLANTED, PLANTED, PLANTED),
            Check("AZ-4", Verdict.REFUSED, PLANTED, PLANTED, PLANTED),
            Check("AZ-9", Verdict.NOTED, PLANTED, PLANTED, PLANTED),
            Check("AZ-12", Verdict.NOT_REACHED, PLANTED, PLANTED, PLANTED),
        ),
        because=PLANTED,
    )
    return log.add(exchange, detail)


class Suspicious(QTextDocument):
    """Renders a text and remembers what it wanted to load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wanted: list[str] = []
        if QtGui.Qt.mightBeRichText(text):
            self.setHtml(text)
            self.size()
        else:
            self.setPlainText(text)

    def loadResource(self, kind: int, name: QUrl) -> object:
        self.wanted.append(name.toString())
        return None


def pictures(document: QTextDocument) -> list[str]:
    """Every picture a document holds."""
    found = []
    block = document.begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            form = part.fragment().charFormat()
            if form.isImageFormat() or form.fontWeight() > QFont.Weight.Medium:
                found.append(part.fragment().text())
            part += 1
        block = block.next()
    return found


def every_tooltip(place) -> list[str]:
    """As set on widgets, as models tell them, and as rows show them under the pointer."""
    tips = [widget.toolTip() for widget in visible(place, QWidget) if widget.toolTip()]
    for view in visible(place, QAbstractItemView):
        model = view.model()
        for row, column in product(range(model.rowCount()), range(model.columnCount())):
            told = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            tips += [told] if told else []
    return tips


def shown_under_the_pointer(place, monkeypatch) -> list[str]:
    """Hover over everything, every few pixels, and collect what pops up."""
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, text, *rest: shown.append(text))
    for widget in [*visible(place, QWidget), place.list.viewport()]:
        for y in range(4, min(widget.height(), 700), 14):
            spot = QPoint(widget.width() // 2, y)
            hover = QHelpEvent(QEvent.Type.ToolTip, spot, widget.mapToGlobal(spot))
            QApplication.sendEvent(widget, hover)
    return [text for text in shown if text]


@pytest.mark.parametrize("tab", TABS)
def test_planted_markup_is_text_in_every_tab(place, log, monkeypatch, tab) -> None:
    place.absorb([planted(log)])
    open_tab(place, tab)
    place.resize(760, 604)
    QApplication.processEvents()

    for label in place.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()
    for kind in (QTextEdit, QPlainTextEdit):
        for reader in place.findChildren(kind):
            assert pictures(reader.document()) == [], reader.accessibleName()
    popped = shown_under_the_pointer(place, monkeypatch)
    assert any("&lt;img" in text for text in popped)
    for tip in (*every_tooltip(place), *popped):
        document = Suspicious(tip)
        assert document.wanted == []
        assert pictures(document) == []


def test_a_tooltip_with_planted_markup_would_be_noticed(qapp) -> None:
    document = Suspicious(PLANTED)

    assert set(document.wanted) == {"file:///etc/hostname"}
    assert pictures(document) != []


@pytest.mark.parametrize("words", [PLANTED, f"{PLANTED}nowhere"])
def test_planted_markup_is_searched_like_any_word(place, log, words) -> None:
    place.absorb([planted(log)])

    type_filter(place, words)

    assert place.panes.filtered_out.isVisible() is words.endswith("nowhere")
    if place.panes.filtered_out.isVisible():
        assert "nowhere” hides everything" in place.panes.filtered_out.accessibleName()


def test_planted_markup_stands_letter_by_letter_where_it_was_sent(place, log) -> None:
    place.absorb([planted(log)])

    assert place.detail.why.block.sent.toPlainText() == PLANTED
    assert PLANTED in place.detail.meta
    open_tab(place, "raw")
    assert PLANTED in place.detail.raw.text
    open_tab(place, "tokens")
    assert any(PLANTED in fact.cells[1] for fact in place.detail.tokens.claims.facts)


@pytest.mark.parametrize("tab", TABS)
def test_everything_that_takes_focus_has_a_name(morning, tab) -> None:
    morning.show_login("l6" if tab == "tokens" else "l7")
    open_tab(morning, tab)

    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in visible(morning, QWidget)
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QLabel) and widget.text())
        and not widget.objectName().startswith("qt_")
    ]

    assert nameless == []


def test_every_table_keeps_qts_rules(morning) -> None:
    morning.show_login("l6")
    testers = []
    for tab in TABS:
        open_tab(morning, tab)
        for view in visible(morning, QAbstractItemView):
            mode = QAbstractItemModelTester.FailureReportingMode.Fatal
            testers.append(QAbstractItemModelTester(view.model(), mode))
    morning.show_login("l7")
    for tab in TABS:
        open_tab(morning, tab)

    assert len(testers) > 5


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_theme_and_scale_change_under_an_open_login(morning, theme, scale, mode) -> None:
    morning.show_login("l7")
    for tab in TABS:
        open_tab(morning, tab)

    theme.set_mode(mode)
    theme.set_scale(scale)
    morning.resize(944, 604)
    open_tab(morning, "why")

    image = morning.grab().toImage()
    assert not image.isNull()
    assert morning.detail.why.block.isVisible()
    assert morning.detail.why.widget().width() <= morning.detail.why.viewport().width()


@pytest.mark.parametrize("tab", ["why", "tokens", "request"])
@pytest.mark.parametrize("login", ["l6", "l7"])
def test_at_the_smallest_size_only_values_are_cut_and_in_their_middle(
    morning, theme, monkeypatch, login, tab
) -> None:
    cut = []
    original = painting.paint_text_elided

    def watched(painter, theme, rect, text, role, token, align=painting.LEFT, elide=RIGHT_END):
        if text and theme.text_width(role, text) > rect.width() + 1:
            cut.append((text, elide))
        return original(painter, theme, rect, text, role, token, align, elide)

    for module in (check_painter, facts_table, row_painter, labels):
        monkeypatch.setattr(module, "paint_text_elided", watched)
    morning.resize(*SMALLEST)
    morning.show_login(login)
    open_tab(morning, tab)
    cut.clear()
    morning.grab()

    assert [text for text, elide in cut if elide is not Qt.TextElideMode.ElideMiddle] == []
    assert not any(" " in text for text, _ in cut if "HTTP/1.1" not in text), cut
    for label in visible(morning, Label):
        if not isinstance(label, ElidedLabel) and not label.wordWrap():
            assert label.width() >= theme.text_width(label._role, label.text()), label.text()


def test_a_very_narrow_bar_leaves_the_room_to_the_filter(morning) -> None:
    morning.resize(*SMALLEST)
    assert morning.toolbar._count.isVisible()

    morning.toolbar.resize(700, morning.toolbar.height())

    assert not morning.toolbar._count.isVisible()


@pytest.mark.parametrize(
    ("login", "step", "spoken"), [("l6", 3, "Answered"), ("l7", 0, "Refused"), ("l8", None, None)]
)
def test_the_mark_beside_the_headline_is_spoken(morning, login, step, spoken) -> None:
    known = morning._book.find(login)
    morning.list.choose(known, known.exchanges[step] if step is not None else None)

    assert morning.detail.head._mark.accessibleName() == (spoken or "Running")


def test_a_value_of_a_strangers_length_is_shown_in_part_and_copied_whole(place, log) -> None:
    sent = "http://localhost/" + "a" * 16_000
    exchange = an_exchange(login_id="l1", rule="AZ-4", error="redirect_mismatch")
    refused = Check("AZ-4", Verdict.REFUSED, sent, "http://localhost/callback", because=sent)
    log.add(exchange, a_detail(exchange, checks=(refused,)))

    place.absorb([exchange])
    place.detail.copy_refusal()

    block = place.detail.why.block
    assert len(block.sent.toPlainText()) < 1_300
    assert "more characters" in block.sent.toPlainText()
    assert block.height() < 1_000
    assert sent in QApplication.clipboard().text()


def test_a_narrow_place_gives_the_list_less(morning) -> None:
    morning.resize(944, 604)
    QApplication.processEvents()
    assert morning.panes.splitter.sizes()[0] == 320

    morning.resize(1200, 724)
    QApplication.processEvents()
    assert morning.panes.splitter.sizes()[0] == 384

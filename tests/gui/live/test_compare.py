"""Two logins beside each other, from the menu of a row."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sandbox_app.gui.live.compare_panel import ComparePanel
from tests.gui.live.samples import NOW, a_redirect_mismatch, an_exchange
from tests.gui.live.test_reusing import pick

BEST = "Compare with this client's last success"


def menu_of(place, login_id: str, at: int | None = None):
    login = place._book.find(login_id)
    return place.menus.of_row(login, None if at is None else login.exchanges[at])


def opened(qtbot, place) -> ComparePanel:
    panel = place.panels.panel
    assert isinstance(panel, ComparePanel)
    qtbot.waitUntil(lambda: panel.is_ready)
    return panel


def matters(panel) -> list[tuple[str, list[str]]]:
    return [
        (step.words.text(), [row.name for row in step.rows.rows if row.matters])
        for step in panel.steps
    ]


def test_a_failed_row_offers_its_last_success_first(qtbot, morning) -> None:
    menu = menu_of(morning, "l7")
    assert menu.actions()[0].text() == BEST
    assert menu.defaultAction() is menu.actions()[0]

    pick(menu, BEST)

    panel = opened(qtbot, morning)
    left, right = panel.sides.sides
    assert left.startswith("spa at ")
    assert left.endswith("AZ-4 redirect mismatch")
    assert right.startswith("spa alice at ")
    assert right.endswith("signed in")
    authorize, differing = matters(panel)[0]
    assert authorize == "GET /oauth2/authorize"
    assert {"Refused by", "AZ-4", "redirect_uri"} <= set(differing)
    assert "state" not in matters(panel)[-1][1]


def test_a_client_without_success_has_nothing_to_compare_with(place, log) -> None:
    place.absorb(a_redirect_mismatch(log, "l1", NOW))

    best = menu_of(place, "l1").actions()[0]

    assert best.text() == BEST
    assert not best.isEnabled()


def test_one_is_marked_and_the_other_chosen(qtbot, morning) -> None:
    told: list[str] = []
    morning.told.connect(told.append)
    pick(menu_of(morning, "l1"), "Remember to compare with")

    menu = menu_of(morning, "l6")
    choice = next(it.text() for it in menu.actions() if it.text().startswith("Compare with spa"))
    pick(menu, choice)

    panel = opened(qtbot, morning)
    assert told[0].startswith("Remembered spa bob at ")
    assert [step.words.text() for step in panel.steps] == [
        "GET /oauth2/authorize",
        "GET /login",
        "POST /login",
        "POST /oauth2/token",
        "GET /oauth2/userInfo",
    ]
    token = dict(matters(panel))["POST /oauth2/token"]
    assert {"Client", "User", "cognito:username"} <= set(token)
    assert not {"exp", "iat", "code"} & set(token)


def test_a_request_is_compared_with_the_same_step_of_the_success(qtbot, morning) -> None:
    pick(menu_of(morning, "l7", 0), BEST)

    panel = opened(qtbot, morning)

    assert [step.words.text() for step in panel.steps] == ["GET /oauth2/authorize"]
    assert panel.verdict.text() == "1 of 1 step differs in what matters."


def test_the_titles_stand_above_their_columns_with_a_scroll_bar_and_without(qtbot, morning) -> None:
    pick(menu_of(morning, "l7"), BEST)
    panel = opened(qtbot, morning)

    for height, scrolls in ((400, True), (1800, False), (400, True)):
        morning.resize(1200, height)
        QApplication.processEvents()
        assert panel.column.verticalScrollBar().isVisible() is scrolls
        assert panel.sides.width() == panel.steps[0].rows.width()


def test_what_is_the_same_is_shown_when_asked_for(qtbot, morning) -> None:
    pick(menu_of(morning, "l7"), BEST)
    panel = opened(qtbot, morning)
    rows = panel.steps[0].rows
    assert all(row.matters for row in rows.rows)

    panel.only.click()

    assert "Method" in [row.name for row in rows.rows]
    assert not all(row.matters for row in rows.rows)


def test_a_row_is_copied_in_words(qtbot, morning) -> None:
    pick(menu_of(morning, "l7"), BEST)
    rows = opened(qtbot, morning).steps[0].rows
    rows.setFocus()

    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text() == "Refused by, only left: AZ-4 | not there"


@pytest.mark.parametrize("leave", ["escape", "button", "another row"])
def test_it_is_left_for_what_was_looked_at(qtbot, morning, leave) -> None:
    morning.show_login("l7")
    pick(menu_of(morning, "l7"), BEST)
    panel = opened(qtbot, morning)

    if leave == "escape":
        qtbot.keyClick(panel, Qt.Key.Key_Escape)
    elif leave == "button":
        qtbot.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    else:
        morning.show_login("l6")

    assert morning.detail.isVisible()
    assert morning.panels.panel is None


def test_clearing_the_list_forgets_the_mark(morning, log) -> None:
    pick(menu_of(morning, "l1"), "Remember to compare with")

    morning.clear()
    morning.absorb(a_redirect_mismatch(log, "l9", NOW))

    words = [it.text() for it in menu_of(morning, "l9").actions()]
    offered = [it for it in words if it.startswith("Compare with ")]
    assert offered == [BEST, "Compare with a HAR file…"]


def test_what_is_no_longer_recorded_is_compared_by_its_row(qtbot, morning, log) -> None:
    log.details.clear()

    pick(menu_of(morning, "l7"), BEST)

    differing = matters(opened(qtbot, morning))[0][1]
    assert differing == ["Refused by", "Error"]


def steps(panel) -> list[tuple[str, str]]:
    return [(step.words.text(), step.told.text()) for step in panel.steps]


def on_paper(panel) -> list[str]:
    """The steps from top to bottom, as they lie in the pane."""
    column = panel.column.column
    parts = [column.itemAt(at).widget() for at in range(column.count())]
    return [part.words.text() for part in parts if hasattr(part, "words") and hasattr(part, "told")]


def test_an_open_comparison_follows_a_login_that_goes_on(qtbot, morning, log) -> None:
    pick(menu_of(morning, "l8"), BEST)
    panel = opened(qtbot, morning)
    assert steps(panel)[2:] == [
        ("POST /login", "only at the right, answered 302"),
        ("POST /oauth2/token", "only at the right, answered 200"),
        ("GET /oauth2/userInfo", "only at the right, answered 200"),
    ]
    kept = panel.steps[:2]

    known = {"login_id": "l8", "grant": "code", "username": "alice"}
    came = [
        an_exchange(path="/login", step="login", method="POST", started_at=NOW + 1, **known),
        an_exchange(path="/oauth2/token", step="token", method="POST", status=200, **known),
    ]
    for exchange in came:
        log.add(exchange)
    morning.absorb(came)
    qtbot.waitUntil(lambda: len([it for it in panel.steps if "only" in it.told.text()]) == 1)

    assert panel.steps[:2] == kept
    assert on_paper(panel) == [words for words, _ in steps(panel)]
    assert [words for words, _ in steps(panel)][2:] == [
        "POST /login",
        "POST /oauth2/token",
        "GET /oauth2/userInfo",
    ]
    assert panel.sides.sides[0].endswith("signed in")
    assert panel.isVisible()


def test_a_comparison_of_two_requests_stays_what_it_is(qtbot, morning, log) -> None:
    pick(menu_of(morning, "l8", 0), BEST)
    panel = opened(qtbot, morning)

    morning.absorb([log.add(an_exchange(path="/login", method="POST", login_id="l8"))])

    assert not morning.reusing.comparing._growing.isActive()
    assert len(panel.steps) == 1

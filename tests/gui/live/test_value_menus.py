"""Any value in the details is copied, filtered for or hidden from its own menu."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Message
from sandbox_app.gui.live import LivePlace
from tests.gui.live.samples import a_detail, an_exchange
from tests.gui.live.test_filter import pick

_MOUSE, _KEY = QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard


def ask(
    place: LivePlace, widget: QWidget, at: QPoint, reason: QContextMenuEvent.Reason = _MOUSE
) -> QMenu:
    """A right click on a widget, and the menu that opens."""
    place.menus.opened = None
    event = QContextMenuEvent(reason, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
    assert place.menus.opened is not None
    return place.menus.opened


def words(menu: QMenu) -> list[str]:
    return [it.text() for it in menu.actions() if it.text() and not it.menu()]


def offered(menu: QMenu) -> list[str]:
    """The terms there are to filter for."""
    return [it.removeprefix("Show only ") for it in words(menu) if it.startswith("Show only ")]


def rows(place: LivePlace) -> int:
    return place.listing.model.rowCount()


def table_row(table, name: str) -> QPoint:
    row = next(at for at, fact in enumerate(table.facts) if fact.cells[0] == name)
    return table.visualRect(table.model().index(row, 1)).center()


def look_at(place: LivePlace, login_id: str, at: int, tab: str) -> None:
    login = place._book.find(login_id)
    place.show_login(login_id)
    place.list.choose(login, login.exchanges[at])
    place.detail.choose_tab(tab)


def table_menu(place: LivePlace, tab: str, part: str, name: str) -> QMenu:
    table = getattr(getattr(place.detail, tab), part).table
    return ask(place, table.viewport(), table_row(table, name))


TOKEN = 3
"""Where the token request stands in a sign-in."""


def test_a_form_field_is_filtered_for_in_the_field_and_the_list_at_once(qtbot, morning) -> None:
    look_at(morning, "l6", TOKEN, "request")
    menu = table_menu(morning, "request", "form", "redirect_uri")

    term = "~p redirect_uri=http://localhost:5173/callback"
    assert offered(menu) == [term]
    pick(menu, f"Show only {term}")

    assert morning.toolbar.filter.text() == term
    qtbot.waitUntil(lambda: not morning.listing.search.running)
    assert rows(morning) == 4


def test_a_header_is_hidden_beside_what_is_filtered_already(qtbot, morning) -> None:
    morning.toolbar.filter.setText("~client web | ~client spa")
    look_at(morning, "l6", TOKEN, "response")
    menu = table_menu(morning, "response", "headers", "Content-Type")

    pick(menu, 'Hide ~h "Content-Type: application/json"')

    assert morning.toolbar.filter.text() == (
        '(~client web | ~client spa) & !(~h "Content-Type: application/json")'
    )
    qtbot.waitUntil(lambda: not morning.listing.search.running)
    shown = {
        morning.listing.model.login_at(morning.listing.model.index(row, 0))
        for row in range(rows(morning))
    }
    assert morning._book.find("l6") not in shown
    assert morning._book.find("l7") in shown


def test_a_claim_is_filtered_for_and_copied(morning) -> None:
    look_at(morning, "l6", TOKEN, "tokens")
    claims = morning.detail.tokens.claims

    menu = ask(morning, claims.viewport(), table_row(claims, "cognito:username"))
    assert offered(menu) == ["~claim cognito:username=alice"]
    groups = ask(morning, claims.viewport(), table_row(claims, "cognito:groups"))
    assert offered(groups) == ["~claim cognito:groups=admins"]
    pick(menu, "Copy value")
    assert QApplication.clipboard().text() == "alice"


def test_the_current_row_of_a_table_has_its_menu_by_key(morning) -> None:
    look_at(morning, "l6", TOKEN, "tokens")
    claims = morning.detail.tokens.claims
    claims.selectRow(0)

    assert offered(ask(morning, claims.viewport(), QPoint(1, 1), _KEY)) == [
        "~claim at_hash=k3xZqv0o7Y9s2nQmW1uTgA"
    ]


def test_a_member_of_a_json_body_is_filtered_for(qtbot, morning) -> None:
    look_at(morning, "l6", TOKEN, "response")
    view = morning.detail.response._json
    cursor = view.document().find('"token_type"')
    at = view.cursorRect(QTextCursor(cursor)).center()

    menu = ask(morning, view.viewport(), at)

    assert offered(menu) == ["~p token_type=Bearer"]
    assert any("Copy" in it for it in words(menu)[:1])
    pick(menu, "Show only ~p token_type=Bearer")
    qtbot.waitUntil(lambda: not morning.listing.search.running)
    assert rows(morning) == 4


def test_the_first_lines_offer_method_path_and_status(morning) -> None:
    look_at(morning, "l6", TOKEN, "request")
    start = morning.detail.request._start
    assert offered(ask(morning, start, QPoint(4, 4))) == ["~m POST", "~u /oauth2/token"]

    morning.detail.choose_tab("response")
    assert offered(ask(morning, morning.detail.response._start, QPoint(4, 4))) == ["~c 200"]


def test_a_refused_rule_is_filtered_for_and_a_passed_one_is_not(morning) -> None:
    look_at(morning, "l7", 0, "why")
    block = morning.detail.why.block
    menu = ask(morning, block._rule, QPoint(2, 2))
    assert offered(menu) == ["~rule AZ-4"]

    passed = morning.detail.why.rows[0]
    menu = ask(morning, passed, QPoint(60, 10))
    assert not [it for it in offered(menu) if it.startswith("~rule")]
    pick(menu, "Copy check in words")
    assert QApplication.clipboard().text().startswith("AZ-1 passed")


def test_what_was_sent_is_found_elsewhere(morning) -> None:
    look_at(morning, "l7", 0, "why")

    sent = morning.detail.why.block.sent

    assert offered(ask(morning, sent.viewport(), QPoint(4, 4))) == [
        "~b http://localhost:5173/callback/"
    ]


def head_menu(place: LivePlace, part: str) -> QMenu:
    """A right click on a word of the header."""
    detail = place.detail
    if part == "client":
        at = detail.head._client.mapTo(detail.head, QPoint(2, 4))
    elif part == "headline":
        at = detail.head._headline.mapTo(detail.head, QPoint(2, 4))
    else:
        line = detail.head._meta
        x = next(x for x in range(line.width()) if line.fact_at(x) == part)
        at = line.mapTo(detail.head, QPoint(x + 4, 4))
    return ask(place, detail.head, at)


@pytest.mark.parametrize(
    ("login_id", "part", "terms"),
    [
        ("l6", "client", ["~client web"]),
        ("l6", "alice", ["~user alice"]),
        ("l7", "headline", ["~rule AZ-4"]),
        ("l6", "5 requests", []),
    ],
)
def test_facts_of_the_header_are_filtered_for(morning, login_id, part, terms) -> None:
    morning.detail.choose_tab("raw")
    morning.show_login(login_id)

    assert offered(head_menu(morning, part)) == terms


def test_the_header_offers_what_it_has_no_room_for_too(morning) -> None:
    morning.show_login("l6")
    menu = head_menu(morning, "client")

    (inner,) = [it.menu() for it in menu.actions() if it.text() == "Show only"]

    terms = [it.text() for it in inner.actions()]
    assert terms[:4] == [
        "~client web",
        "~user alice",
        "~pool us-east-1_Demo00001",
        "~grant authorization_code",
    ]
    assert "~login l6" in terms


def test_an_arrow_of_the_diagram_offers_the_values_of_its_request(morning) -> None:
    morning.show_login("l6")
    morning.detail.choose_tab("diagram")
    canvas = morning.detail.diagram.canvas
    canvas.setFocus()
    step = canvas.diagram.step(0)
    canvas.select(step)

    menu = ask(morning, canvas.viewport(), QPoint(1, 1), _KEY)

    assert words(menu)[:2] == ["Open the message", "Copy value"]
    (inner,) = [it.menu() for it in menu.actions() if it.text() == "Hide"]
    assert "~u /oauth2/authorize" in [it.text() for it in inner.actions()]


ODD = 'spaces "quotes" (both) & üñí | !'


@pytest.fixture
def odd(place, log) -> LivePlace:
    """One request whose every value is hard to type, and another."""
    exchange = an_exchange(login_id="odd", client_name=ODD, username=ODD)
    message = Message(headers=(("X-Odd", ODD), ("X-Long", "x" * 900), ("X-Bell", "a\ab")))
    checks = (Check("AZ-1", Verdict.PASSED, ODD),)
    log.add(exchange, a_detail(exchange, request=message, checks=checks))
    place.absorb([exchange, log.add(an_exchange(login_id="other"))])
    place.show_login("odd")
    return place


def test_odd_values_are_quoted_so_that_they_find_their_row(qtbot, odd) -> None:
    ways: list[Callable[[], QMenu]] = [
        lambda: head_menu(odd, "client"),
        lambda: head_menu(odd, ODD),
        lambda: table_menu(odd, "request", "headers", "X-Odd"),
    ]
    odd.detail.choose_tab("request")
    for way in ways:
        menu = way()
        (term,) = [it for it in words(menu) if it.startswith("Show only ")]
        pick(menu, term)
        qtbot.waitUntil(lambda: not odd.listing.search.running)
        assert odd.toolbar.filter.wanted.error is None
        assert [odd.listing.model.login_at(odd.listing.model.index(0, 0)).login_id, rows(odd)] == [
            "odd",
            1,
        ]
        odd.toolbar.filter.clear()


@pytest.mark.parametrize("name", ["X-Long", "X-Bell"])
def test_where_no_term_can_say_it_only_copying_is_offered(odd, name) -> None:
    odd.detail.choose_tab("request")

    menu = table_menu(odd, "request", "headers", name)

    assert words(menu) == ["Copy value"]

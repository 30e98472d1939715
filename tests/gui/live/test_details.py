"""The details answer at a glance: what happened, and why."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Message
from tests.gui.live.samples import NOW, a_detail, a_sign_in, an_exchange
from tests.gui.live.test_filter import pick


def open_tab(place, key: str) -> None:
    place.detail.tabs.set_current(key)
    QApplication.processEvents()


def shown_words(table) -> dict[str, str]:
    return {fact.cells[0]: fact.cells[1] for fact in table.facts}


def test_the_refused_check_is_opened_with_what_differs(morning) -> None:
    morning.show_login("l7")
    block = morning.detail.why.block

    assert morning.detail.headline == "Refused: the callback URL does not match"
    assert block.isVisible()
    assert block.sent.toPlainText() == "http://localhost:5173/callback/"
    assert block.expected.toPlainText() == "http://localhost:5173/callback"
    assert block.sent.marks == ((30, 1),)


def test_the_refusal_meets_the_eye_even_below_many_checks(place, log) -> None:
    checks = (
        *(Check("AZ-1", Verdict.PASSED) for _ in range(60)),
        Check("AZ-4", Verdict.REFUSED, "http://a", "http://b"),
    )
    refused = an_exchange(login_id="l1", rule="AZ-4", error="redirect_mismatch")
    log.add(refused, a_detail(refused, checks=checks))

    place.absorb([refused])
    for _ in range(5):
        QApplication.processEvents()

    why = place.detail.why
    top = why.block.mapTo(why.viewport(), why.block.rect().topLeft()).y()
    assert 0 <= top < why.viewport().height()


def test_checks_come_in_order_and_what_was_not_reached_is_folded(qtbot, morning) -> None:
    morning.show_login("l7")
    before, after, missed, rest = morning.detail.why.rows

    assert [check.rule for check in before.checks] == ["AZ-1", "AZ-2", "AZ-3"]
    assert after.checks == ()
    assert [check.rule for check in missed.checks] == ["AZ-5", "AZ-6", "AZ-7", "AZ-8"]
    assert not rest.isVisible()

    qtbot.mouseClick(morning.detail.why.more, Qt.MouseButton.LeftButton)
    assert rest.isVisible()


def test_a_request_without_checks_says_so(morning, log) -> None:
    discovery = morning._book.logins[0]
    morning.list.choose(discovery)
    open_tab(morning, "why")

    assert morning.detail.why._none.text() == ("The pool had nothing to check for this request.")


def test_the_refusal_is_copied_as_one_text(qtbot, morning) -> None:
    morning.show_login("l7")

    qtbot.mouseClick(morning.detail.why.block.buttons.copy, Qt.MouseButton.LeftButton)

    copied = QApplication.clipboard().text()
    assert "AZ-4" in copied
    assert "http://localhost:5173/callback/" in copied
    assert "Userpool Sandbox 9" in copied


def test_a_check_is_copied_in_words(qtbot, morning) -> None:
    morning.show_login("l7")
    before = morning.detail.why.rows[0]
    before.setFocus()

    qtbot.keyClick(before, Qt.Key.Key_Home)
    qtbot.keyClick(before, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text().startswith("AZ-1 passed:")


def test_the_request_tab_lists_query_form_and_headers(morning) -> None:
    morning.show_login("l7")
    open_tab(morning, "request")
    request = morning.detail.request

    assert shown_words(request.query.table)["redirect_uri"] == "http://localhost:5173/callback/"
    assert not request.form.table.isVisible()
    assert shown_words(request.headers.table)["Host"] == "localhost:9400"


def test_the_response_tab_shows_json_readably(morning) -> None:
    morning.show_login("l6")
    open_tab(morning, "response")

    body = json.loads(morning.detail.response.body_text)
    assert body["token_type"] == "Bearer"
    assert "\n" in morning.detail.response.body_text


def test_a_capped_body_says_how_much_there_was(place, log) -> None:
    exchange = an_exchange(login_id="l1")
    log.add(
        exchange,
        a_detail(exchange, request=Message(body=b"x" * 65536, size=200_000)),
    )
    place.absorb([exchange])
    open_tab(place, "request")

    assert place.detail.request.note == "The first 64 KiB of 195 KiB were recorded."
    assert place.detail.request._note.isVisible()


def test_every_token_is_decoded_and_judged(morning) -> None:
    morning.show_login("l6")
    open_tab(morning, "tokens")
    tokens = morning.detail.tokens

    assert [found.name for found in tokens.found] == ["ID token", "Access token", "Refresh token"]
    assert tokens.banner.accessibleName().startswith("Valid")
    claims = {fact.cells[0]: fact.cells[1:] for fact in tokens.claims.facts}
    assert claims["cognito:username"][0] == "alice"
    assert str(int(NOW - 96 + 6) + 3600) in claims["exp"][0]
    assert "in " in " ".join(claims["exp"])


def test_a_token_that_nobody_can_read_says_so(morning) -> None:
    morning.show_login("l6")
    open_tab(morning, "tokens")

    morning.detail.tokens.open_token(2)

    assert not morning.detail.tokens.claims.isVisible()


def test_the_header_of_a_token_shows_its_algorithm_beside_the_list(morning) -> None:
    morning.resize(1200, 724)
    morning.show_login("l6")
    open_tab(morning, "tokens")
    header = morning.detail.tokens._header

    header.setText(f'Header {{"kid":"{"k" * 43}=","alg":"RS256"}}')
    QApplication.processEvents()

    assert header.width() >= header.sizeHint().width()


def test_an_exchange_without_tokens_says_what_would_appear(morning) -> None:
    morning.show_login("l7")
    open_tab(morning, "tokens")

    assert morning.detail.tokens._empty.isVisible()


def test_raw_shows_the_whole_exchange(morning) -> None:
    morning.show_login("l6")
    open_tab(morning, "raw")

    text = morning.detail.raw.text
    assert text.startswith("POST /oauth2/token HTTP/1.1")
    assert "HTTP/1.1 200" in text
    assert "client_secret=%28masked%29" in text


def test_choosing_a_request_tells_about_that_request(morning, log) -> None:
    login = morning._book.find("l6")

    morning.list.choose(login, login.exchanges[0])

    assert "/oauth2/authorize" in morning.detail.meta
    assert morning.detail.exchange is login.exchanges[0]


def test_an_exchange_that_is_no_longer_kept_says_so(place, log) -> None:
    exchanges = a_sign_in(log, "l1", NOW)
    log.details.clear()

    place.absorb(exchanges)
    assert place.detail.diagram.isVisible()

    open_tab(place, "raw")
    assert place.detail.pages.gone.isVisible()


@pytest.mark.parametrize("key", ["diagram", "why", "request", "response", "tokens", "raw"])
def test_the_tab_stays_while_logins_change(morning, key) -> None:
    morning.show_login("l6")
    open_tab(morning, key)

    morning.show_login("l5")

    assert morning.detail.tabs.current_key == key


def test_where_there_is_no_room_facts_go_whole_and_stay_in_the_tooltip(qtbot, morning) -> None:
    morning.resize(1280, 800)
    draw(qtbot, morning, "l6")
    line = morning.detail.head._meta
    assert line.text().startswith(" · alice · 10:40:31 · 11 steps · 6.3 s")

    morning.resize(944, 604)
    QApplication.processEvents()

    assert line.text().startswith(" · alice · 10:40:31")
    assert "sent by" not in line.text()
    assert "sent by a browser" in line.toolTip()
    assert "sent by a browser" in line.accessibleName()

    morning.resize(1280, 800)
    QApplication.processEvents()
    assert "sent by a browser" in line.text()
    assert line.toolTip() == ""


def draw(qtbot, place, login_id: str) -> None:
    """Show a login as a diagram, to its last arrow; that may take several turns."""
    place.show_login(login_id)
    open_tab(place, "diagram")
    qtbot.waitUntil(lambda: place.detail.diagram.is_complete)


def test_over_a_diagram_the_header_counts_its_arrows_and_checks(qtbot, morning) -> None:
    draw(qtbot, morning, "l6")
    assert "11 steps · 6.3 s · all 20 checks passed" in morning.detail.meta

    open_tab(morning, "request")
    assert "5 requests · 6.3 s" in morning.detail.meta
    assert "checks" not in morning.detail.meta


def test_the_header_says_how_many_checks_refused_and_not_all_where_some_are_lost(
    qtbot, morning, log
) -> None:
    draw(qtbot, morning, "l7")
    assert "1 of 4 checks refused" in morning.detail.meta

    log.details.pop(morning._book.find("l3").exchanges[0].id)
    draw(qtbot, morning, "l3")
    assert " · 18 checks passed" in morning.detail.meta


def test_the_header_tells_of_what_passed_and_was_noted_all_the_same(qtbot, place, log) -> None:
    exchange = an_exchange(login_id="l1", username="alice")
    checks = (
        Check("TC-1", Verdict.PASSED),
        Check("TC-2", Verdict.PASSED),
        Check("US-N1", Verdict.NOTED, "http://127.0.0.1:9400", "http://localhost:9400"),
    )
    log.add(exchange, a_detail(exchange, checks=checks))
    place.absorb([exchange])

    draw(qtbot, place, "l1")

    assert "all 2 checks passed, 1 noted" in place.detail.meta


def test_the_header_follows_a_login_that_goes_on(qtbot, place, log) -> None:
    exchanges = a_sign_in(log, "l1", NOW)
    place.absorb(exchanges[:2])
    draw(qtbot, place, "l1")
    before = place.detail.meta

    place.absorb(exchanges[2:])
    qtbot.waitUntil(lambda: place.detail.diagram.is_complete)

    assert "11 steps" not in before
    assert "11 steps" in place.detail.meta


def more_of(place) -> list[str]:
    """What the button with the dots offers."""
    place.detail.head.more.click()
    menu = place.menus.opened
    assert menu is not None
    return [action.text().split("\t")[0] for action in menu.actions() if action.text()]


def test_more_offers_the_zoom_the_export_and_what_the_row_offers(morning) -> None:
    morning.detail.exports.addAction("Diagram as SVG…")
    morning.show_login("l6")
    open_tab(morning, "diagram")

    offered = more_of(morning)

    zoom = ["Larger", "Smaller", "Actual size", "Fit all arrows in"]
    assert offered[:5] == [*zoom, "Export diagram"]
    assert {"Copy request as", "Export as HAR", "Mark", "Show only"} <= set(offered)
    pick(morning.menus.opened, "Larger")
    assert morning.detail.diagram.zoom.words == "110 %"
    more_of(morning)
    pick(morning.menus.opened, "Actual size")
    assert morning.detail.diagram.zoom.words == "100 %"


def test_beside_other_tabs_more_has_no_zoom(morning) -> None:
    morning.show_login("l6")
    open_tab(morning, "why")

    assert "Larger" not in more_of(morning)


def test_where_there_is_no_room_export_is_behind_the_dots_alone(morning) -> None:
    morning.detail.exports.addAction("Diagram as SVG…")
    morning.show_login("l7")
    morning.resize(944, 604)
    QApplication.processEvents()
    assert morning.detail.head.export.isHidden()
    assert "Export diagram" in more_of(morning)
    assert morning.detail.head._headline.text() == "Refused: the callback URL does not match"
    assert morning.detail.head._headline.toolTip() == ""

    morning.resize(1200, 724)
    QApplication.processEvents()
    assert morning.detail.head.export.isVisible()

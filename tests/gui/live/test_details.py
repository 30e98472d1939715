"""The details answer at a glance: what happened, and why."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Message
from tests.gui.live.samples import NOW, a_detail, a_sign_in, an_exchange


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
    assert place.detail._gone.isVisible()


@pytest.mark.parametrize("key", ["diagram", "why", "request", "response", "tokens", "raw"])
def test_the_tab_stays_while_logins_change(morning, key) -> None:
    morning.show_login("l6")
    open_tab(morning, key)

    morning.show_login("l5")

    assert morning.detail.tabs.current_key == key


def test_where_there_is_no_room_facts_go_whole_and_stay_in_the_tooltip(morning) -> None:
    morning.resize(1280, 800)
    morning.show_login("l6")
    QApplication.processEvents()
    line = morning.detail._meta
    assert line.text().startswith(" · alice · 10:40:31 · 5 requests · 6.3 s")

    morning.resize(944, 604)
    QApplication.processEvents()

    assert line.text().startswith(" · alice · 10:40:31")
    assert "6.3 s" not in line.text()
    assert "6.3 s" in line.toolTip()
    assert "6.3 s" in line.accessibleName()

    morning.resize(1280, 800)
    QApplication.processEvents()
    assert "6.3 s" in line.text()
    assert line.toolTip() == ""

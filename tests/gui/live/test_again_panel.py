"""From a row to a request sent once more, with the sandbox behind the window played by the test."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from time import process_time

import pytest
from PySide6.QtCore import QMimeData, Qt

from sandbox_app.domain.sending_again import Heard, NotSent, Outgoing, SentAgain
from sandbox_app.gui.components import CodeEdit
from sandbox_app.gui.live import LivePlace
from sandbox_app.gui.live.again_panel import AgainPanel
from sandbox_app.gui.live.sending import STOPPED, Sending
from tests.gui.live.samples import a_detail, an_exchange
from tests.gui.live.test_reusing import pick


class Answering:
    """Takes what is sent and answers it; `log` and `place` hear of it as from a server."""

    def __init__(self, log, place_of: Callable[[], LivePlace]) -> None:
        self.sent: list[Outgoing] = []
        self.answer: Heard | NotSent = Heard(400)
        self.log = log
        self.place_of = place_of

    def __call__(self, request: Outgoing, again: SentAgain) -> Awaitable[Heard]:
        return self._answered(request, again)

    async def _answered(self, request: Outgoing, again: SentAgain) -> Heard:
        self.sent.append(request)
        if isinstance(self.answer, NotSent):
            raise self.answer
        made = an_exchange(
            id="again-1",
            login_id="again-1",
            method=request.method,
            path=request.target.partition("?")[0],
            status=self.answer.status,
            step="token",
            rule="TC-1",
            error="invalid_grant",
            again_of=again.of,
            again_at=again.at,
        )
        again.exchange_id = made.id
        self.log.add(made, a_detail(made))
        self.place_of().absorb([made])
        return self.answer


@pytest.fixture
def place(qtbot, make_place, core, spawn, log):
    """A place with a sandbox behind it."""
    made = make_place(sending=Sending(core, spawn), secret_of=lambda _client: "s3cret")
    core.resends.sender = Answering(log, lambda: made)
    return made


@pytest.fixture
def server(core, place) -> Answering:
    return core.resends.sender


def opened(place, *words: str, login: str = "l6", at: int | None = 3) -> AgainPanel:
    found = place._book.find(login)
    pick(place.menus.of_row(found, None if at is None else found.exchanges[at]), *words)
    panel = place.panels.panel
    assert isinstance(panel, AgainPanel)
    return panel


def press(qtbot, button) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_as_it_was_it_goes_out_at_once(qtbot, morning, server) -> None:
    panel = opened(morning, "Send again as it was")

    [sent] = server.sent
    assert (sent.method, sent.target) == ("POST", "/oauth2/token")
    assert b"client_secret=s3cret" in sent.body
    assert b"code=c0de-4711" in sent.body
    assert panel.answer.text() == "Sent again, as it was: answered 400."
    assert panel.show_it.isVisible()


def test_the_secret_is_never_shown(morning) -> None:
    panel = opened(morning, "Edit and send again…")

    assert "s3cret" not in panel.body.toPlainText()
    assert "client_secret=(configured)" in panel.body.toPlainText()
    assert "(configured) stands for the client's secret of now." in panel.notes.text()


def test_what_is_edited_is_what_goes_out(qtbot, morning, server) -> None:
    panel = opened(morning, "Edit and send again…")
    assert server.sent == []
    panel.method.setText("PUT")
    panel.target.setText("/oauth2/token?x=1")
    panel.headers.setPlainText("Host: localhost:9400\nX-Mine: yes")
    panel.body.setPlainText("grant_type=refresh_token")

    press(qtbot, panel.send)

    [sent] = server.sent
    assert (sent.method, sent.target, sent.body) == (
        "PUT",
        "/oauth2/token?x=1",
        b"grant_type=refresh_token",
    )
    assert sent.headers == (("Host", "localhost:9400"), ("X-Mine", "yes"))
    assert panel.answer.text() == "Sent again, edited: answered 400."


@pytest.mark.parametrize(
    ("part", "text", "sentence"),
    [
        ("method", "post", "A method is a word in capitals, such as POST."),
        ("method", "CONNECT", "CONNECT asks a proxy for a tunnel; the sandbox is none."),
        (
            "target",
            "https://evil.example/",
            "Write path and query only: it goes to this sandbox alone.",
        ),
        (
            "target",
            "/a b",
            "Blanks, # and letters beyond ASCII have to be percent-encoded.",
        ),
        (
            "target",
            "/_sandbox/pools",
            "That is the sandbox's own and not recorded; nothing to repeat.",
        ),
        ("headers", "no colon", "Line 1 is no header; write it like Name: value."),
        (
            "headers",
            "Host: a\nContent-Length: 3",
            "Line 2: Content-Length is made anew; leave it out.",
        ),
        (
            "headers",
            "Authorization: Basic (masked)",
            "Authorization was not recorded: write it in place of (masked).",
        ),
        (
            "body",
            "username=a&password=(masked)",
            "password was not recorded: write it in place of (masked).",
        ),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_goes_out(
    qtbot, morning, server, part, text, sentence
) -> None:
    panel = opened(morning, "Edit and send again…")
    edit = getattr(panel, part)
    (edit.setText if part in ("method", "target") else edit.setPlainText)(text)

    assert panel.wrong[part].isVisible()
    assert panel.wrong[part].words.text() == sentence
    assert not panel.send.isEnabled()
    panel.begin()
    assert server.sent == []


def test_what_lacks_a_password_opens_and_asks_for_it(morning, log, server) -> None:
    login = morning._book.find("l4")
    form = login.exchanges[2]
    body = b"_csrf=x&username=carol&password=%28masked%29"
    detail = log.details[form.id]
    message = replace(detail.request, body=body.replace(b"%28masked%29", b"(masked)"))
    log.details[form.id] = replace(detail, request=message)

    panel = opened(morning, "Send again as it was", login="l4", at=2)

    assert server.sent == []
    assert panel.wrong["body"].words.text().startswith("password was not recorded")


def test_a_body_that_is_no_text_goes_out_as_it_is(qtbot, morning, log, server) -> None:
    exchange = morning._book.find("l6").exchanges[3]
    detail = log.details[exchange.id]
    log.details[exchange.id] = replace(detail, request=replace(detail.request, body=b"\xff\xfe"))

    panel = opened(morning, "Edit and send again…")
    assert panel.binary.isVisible()
    assert not panel.body.isVisible()
    press(qtbot, panel.send)

    assert server.sent[0].body == b"\xff\xfe"


def test_a_stopped_sandbox_is_told(morning, core, server) -> None:
    core.resends.sender = None

    panel = opened(morning, "Send again as it was")

    assert panel.answer.text() == STOPPED
    assert not panel.show_it.isVisible()
    assert panel.send.isEnabled()


def test_what_went_wrong_on_the_way_is_told(morning, server) -> None:
    server.answer = Heard(0, "the connection ended before the answer did (ServerDisconnectedError)")

    panel = opened(morning, "Send again as it was")

    assert panel.answer.text() == (
        "Sent again, as it was: the connection ended before the answer did "
        "(ServerDisconnectedError)"
    )


def test_it_is_compared_with_what_it_repeats(qtbot, morning, server) -> None:
    panel = opened(morning, "Send again as it was")

    press(qtbot, panel.compare)

    compared = morning.panels.panel
    qtbot.waitUntil(lambda: compared.is_ready)
    assert compared.title.text() == "Compared with the original"
    left, right = compared.sides.sides
    assert left.endswith("POST /oauth2/token, 400")
    assert right.endswith("POST /oauth2/token, 200")


def test_it_is_shown_with_its_mark(qtbot, morning, server) -> None:
    panel = opened(morning, "Send again as it was")
    original = morning._book.find("l6").exchanges[3]

    press(qtbot, panel.show_it)

    assert morning.detail.exchange.id == "again-1"
    assert "sent again from " in morning.detail.meta
    row = morning.list.currentIndex().data()
    assert "sent again from " in row
    assert morning.detail.isVisible()
    press(qtbot, morning.detail.again.compare)
    assert morning.panels.panel.sides.sides[1].endswith("POST /oauth2/token, 200")
    assert original.status == 200


def test_the_menu_of_a_repetition_leads_to_its_original(qtbot, morning, server) -> None:
    opened(morning, "Send again as it was")
    login = morning._book.find("again-1")

    pick(morning.menus.of_row(login, None), "Compare with the original")

    assert morning.panels.panel.title.text() == "Compared with the original"


def test_an_original_that_is_gone_is_told(qtbot, make_place, log) -> None:
    told: list[str] = []
    place = make_place()
    place.told.connect(told.append)
    place.absorb([log.add(an_exchange(login_id="x", again_of="gone", again_at=1.0))])

    pick(place.menus.of_row(place._book.find("x"), None), "Compare with the original")

    assert told == ["The request that this one repeats is no longer in the list."]


def test_plain_words_find_what_was_sent_again(morning, server) -> None:
    opened(morning, "Send again as it was")

    morning.toolbar.filter.setText('"sent again"')

    assert morning.list.model().rowCount() == 1


def test_a_repetition_is_no_success_to_compare_with(morning, server, log) -> None:
    again = an_exchange(
        login_id="again-2", status=302, username="alice", again_of="x", again_at=1.0
    )
    morning.absorb([log.add(again)])
    assert morning._book.find("again-2").outcome == "signed in"

    pick(
        morning.menus.of_row(morning._book.find("l4"), None),
        "Compare with this client's last success",
    )

    assert "alice at" in morning.panels.panel.sides.sides[1]
    assert morning.panels.panel.steps


def test_the_request_tab_offers_it(qtbot, morning) -> None:
    morning.show_login("l6")
    assert not morning.detail.again.isVisible()
    morning.detail.tabs.set_current("request")

    press(qtbot, morning.detail.again.send)

    assert isinstance(morning.panels.panel, AgainPanel)


def test_without_a_sandbox_nothing_is_offered(make_place, log) -> None:
    place = make_place()
    place.absorb([log.add(an_exchange(login_id="x"))])
    place.show_login("x")
    place.detail.tabs.set_current("request")

    assert not place.detail.again.isVisible()
    actions = {it.text(): it for it in place.menus.of_row(place._book.find("x"), None).actions()}
    assert not actions["Edit and send again…"].isEnabled()


def test_a_narrow_pane_says_it_in_fewer_words(qtbot, morning, server) -> None:
    panel = opened(morning, "Send again as it was")
    assert panel.compare.label == "Compare with the original"

    morning.resize(760, 724)

    qtbot.waitUntil(lambda: panel.compare.label == "Compare")
    assert panel.compare.accessibleName() == "Compare with the original"


def test_a_huge_line_is_pasted_without_a_pause(qapp, theme, qtbot) -> None:
    edit = CodeEdit(theme, "Body", wraps=True)
    qtbot.addWidget(edit)
    edit.resize(600, 200)
    edit.show()
    wraps = CodeEdit.LineWrapMode
    edit.setPlainText("a token " * 100)
    assert edit.lineWrapMode() is wraps.WidgetWidth

    began = process_time()
    pasted = QMimeData()
    pasted.setText("x" * 1_000_000)
    edit.insertFromMimeData(pasted)
    edit.repaint()

    assert edit.lineWrapMode() is wraps.NoWrap
    edit.setPlainText("short again")
    edit.repaint()

    assert edit.lineWrapMode() is wraps.WidgetWidth
    assert process_time() - began < 3

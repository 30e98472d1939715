"""An answer at the breakpoint in the window: shown, edited, released, dropped."""

import pytest
from PySide6.QtCore import Qt

from sandbox_app.domain.events import AnswerHeld, AnswerLetGo
from sandbox_app.domain.holding import Answer, Decision, Ending, HeldAnswer
from sandbox_app.domain.records.traffic import ExchangeDetail, Message
from sandbox_app.gui.live.held_panel import HeldPanel
from sandbox_app.workbench.conditions.breakpoint import break_on
from tests.gui.live.samples import an_exchange


@pytest.fixture
def panel(qtbot, theme, core):
    made = HeldPanel(theme, core)
    qtbot.addWidget(made)
    made.resize(1100, 500)
    yield made
    made.leave()


def holds(core, body: bytes = b'{"a":1}', identity: str = "h1") -> list[Decision]:
    """An answer begins to wait; the list gets the decision."""
    decided: list[Decision] = []
    exchange = an_exchange(id=identity, method="POST", path="/oauth2/token", client_name="web")
    detail = ExchangeDetail(
        exchange_id=identity,
        target="/oauth2/token",
        http_version="1.1",
        peer="127.0.0.1",
        origin="",
        request=Message(),
        response=Message(),
    )
    answer = Answer(status=200, headers=(("Content-Type", "application/json"),), body=body)

    def decide(decision: Decision) -> None:
        decided.append(decision)
        core.holds.end(held)
        core.bus.publish(AnswerLetGo(identity, decision.ending))

    held = HeldAnswer(exchange, detail, answer, decide)
    core.holds.begin(held)
    core.bus.publish(AnswerHeld(exchange, detail))
    return decided


def press(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_appears_with_the_answer_and_goes_with_it(qtbot, panel, core) -> None:
    break_on(core, "~m POST")
    decided = holds(core)
    qtbot.waitUntil(panel.isVisible)
    assert panel.title.text() == "Held: POST /oauth2/token is answered 200 for web"

    press(qtbot, panel.release)

    assert decided[0].ending is Ending.RELEASED
    qtbot.waitUntil(lambda: not panel.isVisible())


def test_an_answer_is_edited_before_it_goes(qtbot, panel, core) -> None:
    break_on(core, "")
    decided = holds(core)
    qtbot.waitUntil(panel.isVisible)

    press(qtbot, panel.edit)
    panel.status.setText("503")
    panel.headers.setPlainText("Content-Type: text/plain\nRetry-After: 3")
    panel.body.setPlainText("busy")
    press(qtbot, panel.release)

    assert decided[0].answer == Answer(
        status=503,
        headers=(("Content-Type", "text/plain"), ("Retry-After", "3")),
        body=b"busy",
    )


def test_a_mistake_is_said_and_the_answer_goes_on_waiting(qtbot, panel, core) -> None:
    break_on(core, "")
    decided = holds(core)
    qtbot.waitUntil(panel.isVisible)
    press(qtbot, panel.edit)
    panel.status.setText("fine")

    press(qtbot, panel.release)

    assert panel.wrong.words.text() == "A status is a number from 200 to 599."
    assert decided == []


def test_a_body_that_is_no_text_stays_as_it_is(qtbot, panel, core) -> None:
    break_on(core, "")
    decided = holds(core, body=b"\xff\xfe")
    qtbot.waitUntil(panel.isVisible)

    press(qtbot, panel.edit)
    assert panel.binary.isVisible()
    assert not panel.body.isVisible()
    press(qtbot, panel.release)

    assert decided[0].answer.body == b"\xff\xfe"


def test_a_connection_is_dropped(qtbot, panel, core) -> None:
    break_on(core, "")
    decided = holds(core)
    qtbot.waitUntil(panel.isVisible)

    press(qtbot, panel.drop)

    assert decided[0].ending is Ending.DROPPED


def test_several_wait_in_their_order_and_end_together(qtbot, panel, core) -> None:
    break_on(core, "")
    first, second = holds(core, identity="h1"), holds(core, identity="h2")
    qtbot.waitUntil(lambda: panel.more.text() == "1 more")

    press(qtbot, panel.end)

    assert [it[0].ending for it in (first, second)] == [Ending.RELEASED] * 2
    qtbot.waitUntil(lambda: not panel.isVisible())
    assert core.conditions.breakpoint is None


def test_with_the_window_goes_the_breakpoint(panel, core) -> None:
    break_on(core, "")
    decided = holds(core)

    panel.leave()

    assert decided[0].ending is Ending.RELEASED
    assert not core.holds.watched

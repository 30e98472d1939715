"""The Diagram tab in its place: in step with the list, by mouse and keyboard, however long."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from sandbox_app.gui.live.diagram import tab as tabs
from sandbox_app.workbench.live.sequence import Lane, Pause, State, Step
from tests.gui.live.samples import NOW, a_detail, a_sign_in, an_exchange
from tests.gui.live.test_place import open_tab

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def drawn(morning):
    """The place with alice's login open, as a diagram."""
    morning.show_login("l6")
    open_tab(morning, "diagram")
    morning.detail.diagram.canvas.setFocus()
    return morning


def tab(place):
    return place.detail.diagram


def steps(place) -> tuple[Step, ...]:
    return tab(place).sequence.steps


def centre(place, step: Step) -> QPoint:
    """Where a step is on screen; made visible if it is not."""
    canvas = tab(place).canvas
    canvas.reveal(canvas.diagram.index_of(step))
    return centre_now(place, step)


def centre_now(place, step: Step) -> QPoint:
    """Where a step is on screen, or would be."""
    canvas = tab(place).canvas
    return canvas.mapFromScene(canvas.diagram.box(canvas.diagram.index_of(step)).center())


def click(qtbot, place, at: QPoint) -> None:
    qtbot.mouseClick(tab(place).canvas.viewport(), Qt.MouseButton.LeftButton, NONE, at)


def turn_wheel(canvas, at: QPoint, by: int) -> None:
    """With Ctrl held, the pointer being there."""
    turned = QWheelEvent(
        QPointF(at),
        QPointF(canvas.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * by),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), turned)


def chip_at(place, step: Step, name: str) -> QPoint:
    canvas = tab(place).canvas
    index = canvas.diagram.index_of(step)
    box = next(chip.box for chip in canvas.diagram.placed(index).chips if chip.words == name)
    return canvas.mapFromScene(canvas.diagram.box(index).topLeft() + box.center())


def test_it_is_the_first_tab_and_opens_by_itself(morning) -> None:
    morning.show_login("l6")

    assert morning.detail.tabs.current_key == "diagram"
    assert tab(morning).isVisible()
    assert len(steps(morning)) == 11


def test_a_refusal_opens_under_why_until_a_tab_is_chosen(morning) -> None:
    morning.show_login("l7")
    assert morning.detail.tabs.current_key == "why"

    morning.show_login("l6")
    assert morning.detail.tabs.current_key == "diagram"

    open_tab(morning, "request")
    morning.show_login("l7")
    assert morning.detail.tabs.current_key == "request"


def test_the_most_telling_answer_is_marked_and_told_below(drawn) -> None:
    assert tab(drawn).canvas.selected.heading == "200 to POST /oauth2/token"
    assert tab(drawn).bar.words.endswith("The pool answers with three tokens.")
    assert [chip.label for chip in tab(drawn).bar.chips] == ["ID", "Access", "Refresh"]


def test_a_clicked_arrow_selects_its_request(qtbot, drawn) -> None:
    step = next(one for one in steps(drawn) if one.label.startswith("GET /login"))

    click(qtbot, drawn, centre(drawn, step))

    current = drawn.list.currentIndex()
    assert drawn.listing.model.exchange_at(current).id == step.exchange_id
    assert tab(drawn).canvas.selected is step
    assert drawn.detail.exchange.id == step.exchange_id
    assert drawn.detail.tabs.current_key == "diagram"


def test_a_request_chosen_in_the_list_marks_its_answer(drawn) -> None:
    login = drawn._book.find("l6")

    drawn.list.choose(login, login.exchanges[0])

    assert tab(drawn).canvas.selected.heading == "302 to GET /oauth2/authorize"


def test_going_past_a_refusal_by_arrow_does_not_leave_the_diagram(qtbot, morning) -> None:
    morning.show_login("l6")
    login = morning._book.find("l7")
    morning.detail.show_login(login, login.exchanges[1])
    morning.detail.choice.propose("diagram")

    qtbot.keyClick(tab(morning).canvas, Qt.Key.Key_Home)
    for _ in steps(morning):
        qtbot.keyClick(tab(morning).canvas, Qt.Key.Key_Down)

    assert morning.detail.tabs.current_key == "diagram"


def test_keys_walk_over_pauses_from_the_first_arrow_to_the_last(qtbot, drawn) -> None:
    canvas = tab(drawn).canvas
    assert any(isinstance(row, Pause) for row in tab(drawn).sequence.rows)
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    walked = [canvas.selected.number]
    for _ in range(20):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
        if walked[-1] != canvas.selected.number:
            walked.append(canvas.selected.number)

    assert walked == [step.number for step in steps(drawn)]
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.selected.number == walked[-2]
    qtbot.keyClick(canvas, Qt.Key.Key_End)
    assert canvas.selected.number == walked[-1]
    assert canvas.accessibleDescription().startswith(f"Step {walked[-1]}, 200 to GET")


@pytest.mark.parametrize(("number", "opened"), [(2, "request"), (3, "response")])
def test_enter_opens_the_message_behind_an_arrow(qtbot, drawn, number, opened) -> None:
    canvas = tab(drawn).canvas
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    for _ in range(number - 1):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)

    qtbot.keyClick(canvas, Qt.Key.Key_Return)

    assert drawn.detail.tabs.current_key == opened
    assert drawn.detail.exchange.path == "/oauth2/authorize"


def test_a_clicked_token_is_shown_decoded(qtbot, drawn) -> None:
    step = next(one for one in steps(drawn) if "Access" in [chip.name for chip in one.chips])
    centre(drawn, step)

    click(qtbot, drawn, chip_at(drawn, step, "Access"))

    assert drawn.detail.tabs.current_key == "tokens"
    assert drawn.detail.tokens._name.text() == "Access token"


def test_resting_on_a_token_tells_its_claims_until_the_pointer_leaves(drawn) -> None:
    step = next(one for one in steps(drawn) if "Access" in [chip.name for chip in one.chips])
    centre(drawn, step)
    at, view = chip_at(drawn, step, "Access"), tab(drawn).canvas.viewport()

    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    card = tab(drawn).card.shown
    assert card.accessibleName().startswith("Access token. . token_use access. sub 8c2f51d0")
    assert "secret" not in card.accessibleName()

    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert tab(drawn).card.shown is None

    at = chip_at(drawn, step, "Refresh")
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    assert tab(drawn).card.shown.accessibleName().startswith("Refresh token, opaque")
    open_tab(drawn, "raw")
    assert tab(drawn).card.shown is None


def test_the_bars_tokens_open_them_too(qtbot, drawn) -> None:
    tab(drawn).bar.chips[0].click()

    assert drawn.detail.tabs.current_key == "tokens"
    assert drawn.detail.tokens._name.text() == "ID token"


def test_zoom_by_keys_buttons_and_wheel(qtbot, drawn) -> None:
    canvas, bar = tab(drawn).canvas, tab(drawn).zoom
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert bar.words == "110 %"
    bar.smaller.click()
    bar.smaller.click()
    assert bar.words == "90 %"
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.zoom == 1.0

    turn_wheel(canvas, canvas.viewport().rect().center(), 1)
    assert bar.words == "110 %"


def test_what_is_under_the_pointer_stays_there_while_the_wheel_zooms(drawn) -> None:
    drawn.resize(1000, 420)
    QApplication.processEvents()
    canvas = tab(drawn).canvas
    canvas.verticalScrollBar().setValue(40)
    at = QPoint(200, 90)
    before = canvas.mapToScene(at).y()

    for _ in range(3):
        turn_wheel(canvas, at, 1)

    assert canvas.zoom == 1.5
    assert canvas.mapToScene(at).y() == pytest.approx(before, abs=2)


def test_zoomed_in_the_first_lane_and_the_numbers_stay_in_sight(qtbot, drawn) -> None:
    canvas = tab(drawn).canvas
    for _ in range(5):
        qtbot.keyClick(canvas, Qt.Key.Key_Plus)

    assert canvas.horizontalScrollBar().maximum() > 0
    assert canvas.horizontalScrollBar().value() == 0


def test_a_ring_says_that_keys_go_to_the_diagram(drawn, theme) -> None:
    canvas = tab(drawn).canvas
    canvas.select(steps(drawn)[1])
    row = canvas.diagram.index_of(steps(drawn)[1])
    edge = canvas.mapFromScene(canvas.diagram.painter.band_box(canvas.diagram.box(row).top()))
    top = QPoint(edge.boundingRect().center().x(), edge.boundingRect().top())

    def colour() -> QColor:
        QApplication.processEvents()
        return canvas.viewport().grab().toImage().pixelColor(top)

    assert colour() == theme.color("accent_text")
    drawn.list.setFocus()
    assert colour() == theme.color("accent_soft")


def test_a_long_path_leaves_room_below_for_what_the_step_means(place, log) -> None:
    exchange = an_exchange(path="/oauth2/" + "x" * 300, step="token", login_id="l1")
    log.add(exchange)
    place.absorb([exchange])
    open_tab(place, "diagram")
    tab(place).canvas.step_chosen.emit(steps(place)[-1])
    QApplication.processEvents()
    bar = tab(place).bar

    assert bar._meaning.width() >= bar._meaning.sizeHint().width() > 60


def test_fit_shows_every_arrow_and_fit_again_goes_back(qtbot, drawn) -> None:
    drawn.resize(1000, 420)
    QApplication.processEvents()
    canvas = tab(drawn).canvas
    assert canvas.verticalScrollBar().maximum() > 0

    qtbot.keyClick(canvas, Qt.Key.Key_Z)
    assert canvas.verticalScrollBar().maximum() == 0
    assert canvas.zoom < 1

    tab(drawn).zoom.fit.click()
    assert canvas.zoom == 1.0


@pytest.mark.parametrize("zoom", [0.5, 0.67, 0.8, 1.0])
def test_it_never_scrolls_sideways_while_there_is_room(drawn, zoom) -> None:
    canvas = tab(drawn).canvas
    canvas.set_zoom(zoom)
    QApplication.processEvents()

    assert canvas.horizontalScrollBar().maximum() == 0


def test_dragging_moves_the_paper_and_selects_nothing(qtbot, drawn) -> None:
    drawn.resize(1000, 420)
    QApplication.processEvents()
    canvas = tab(drawn).canvas
    canvas.verticalScrollBar().setValue(40)
    before, view = canvas.selected, canvas.viewport()

    qtbot.mousePress(view, Qt.MouseButton.LeftButton, NONE, QPoint(300, 100))
    for y in (90, 80, 70):
        event_at = QPointF(300, y)
        QApplication.sendEvent(view, _moved(view, event_at))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, QPoint(300, 70))

    assert canvas.verticalScrollBar().value() == 70
    assert canvas.selected is before


def _moved(view, at: QPointF):
    from PySide6.QtGui import QMouseEvent

    return QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        view.mapToGlobal(at),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        NONE,
    )


def test_lane_heads_stay_while_the_rows_scroll(drawn) -> None:
    drawn.resize(1000, 420)
    QApplication.processEvents()
    canvas = tab(drawn).canvas
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum())

    assert canvas.heads.isVisible()
    assert canvas.heads.geometry().bottom() < canvas.viewport().geometry().top()
    assert [title for title, _ in canvas.heads.names.values()] == ["Browser", "App", "User pool"]
    assert canvas.heads.names[Lane.APP][1] == "web"


def test_a_login_draws_itself_while_it_goes_on(place, log) -> None:
    exchanges = a_sign_in(log, "l1", NOW)
    counts = []
    for exchange in exchanges:
        place.absorb([exchange])
        counts.append(len(steps(place)))

    assert counts == [3, 5, 7, 9, 11]
    assert tab(place).canvas.selected.heading == "200 to POST /oauth2/token"


def test_its_end_stays_in_sight_unless_one_scrolled_away(qtbot, place, log) -> None:
    def go_on(start: float) -> None:
        place.absorb(a_sign_in(log, "l1", start))
        qtbot.waitUntil(lambda: tab(place).is_complete)

    place.resize(1000, 420)
    open_tab(place, "diagram")
    go_on(NOW)
    bar = tab(place).canvas.verticalScrollBar()
    tab(place).canvas.reveal(tab(place).canvas.diagram.rows - 1)
    bar.setValue(bar.maximum())
    go_on(NOW + 60)
    assert bar.value() == bar.maximum()

    bar.setValue(10)
    go_on(NOW + 120)
    assert bar.value() == 10


def test_an_answer_at_a_breakpoint_is_drawn_as_held_until_it_is_let_go(place, log) -> None:
    first, second, *_ = a_sign_in(log, "l1", NOW)
    place.absorb([first])
    open_tab(place, "diagram")

    tab(place).show_held(second, log.detail(second.id))
    assert [step.state for step in steps(place)[-2:]] == [State.SENT, State.HELD]
    assert tab(place).canvas.diagram.rows == 5

    place.absorb([second])
    assert [step.state for step in steps(place)] == [State.SENT] * 5
    stranger = an_exchange(login_id="another")
    tab(place).show_held(stranger, a_detail(stranger))
    assert len(steps(place)) == 5


def test_another_tab_costs_no_drawing_and_the_diagram_catches_up(place, log) -> None:
    first, *rest = a_sign_in(log, "l1", NOW)
    place.absorb([first])
    open_tab(place, "raw")
    place.absorb(rest)
    assert len(steps(place)) == 3

    open_tab(place, "diagram")
    assert len(steps(place)) == 11


def test_a_flow_of_500_arrows_is_drawn_in_slices_and_completely(qtbot, place, log) -> None:
    exchanges = [
        exchange for turn in range(50) for exchange in a_sign_in(log, "long", NOW + turn * 60)
    ]
    open_tab(place, "diagram")
    place.absorb(exchanges)

    qtbot.waitUntil(lambda: tab(place).is_complete)
    assert len(steps(place)) == 550
    assert tab(place).canvas.diagram.rows == len(tab(place).sequence.rows)
    assert steps(place)[-1].number == 550
    # Qt looks through all items for every frame; only those near what is in sight are there.
    assert len(tab(place).canvas.diagram.items()) < 60


def test_clearing_empties_the_paper(drawn) -> None:
    drawn.toolbar.clear.click()

    assert tab(drawn).canvas.diagram.rows == 0
    assert tab(drawn).login is None


def test_a_cut_path_shows_whole_in_a_tooltip(qtbot, place, log) -> None:
    long = "/oauth2/token/" + "x" * 300 + "<b>"
    exchange = log.add(an_exchange(path=long, step="token", method="POST", login_id="l1"))
    place.absorb([exchange])
    open_tab(place, "diagram")
    at = centre(place, steps(place)[0])
    view = tab(place).canvas.viewport()

    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))

    assert tab(place).canvas.words_at(at) == f"POST {long}"
    assert "&lt;b&gt;" in QToolTip.text()


def test_a_refused_arrow_bears_the_octagon(place, log) -> None:
    exchange = an_exchange(status=400, step="token", method="POST", rule="TC-1", login_id="l1")
    log.add(exchange, a_detail(exchange))
    place.absorb([exchange])
    open_tab(place, "diagram")
    scene = tab(place).canvas.diagram

    assert scene.placed(0).icon_name == ""
    assert scene.placed(1).icon_name == "refused"


def test_new_arrows_grow_and_many_at_once_do_not(place, log, theme) -> None:
    theme.motion = True
    first, second, *rest = a_sign_in(log, "l1", NOW)
    place.absorb([first])
    open_tab(place, "diagram")
    canvas = tab(place).canvas
    place.absorb([second])
    assert [canvas.diagram._items[index].grown for index in canvas.growth.rows] == [0.0, 0.0]

    canvas.growth.setCurrentTime(canvas.growth.duration())
    assert not canvas.growth.rows
    place.absorb(rest)
    assert not canvas.growth.rows


def test_arrows_of_a_login_that_is_only_opened_do_not_grow(morning, theme) -> None:
    theme.motion = True
    morning.show_login("l6")
    open_tab(morning, "diagram")

    morning.show_login("l5")

    assert len(steps(morning)) == 2
    assert not tab(morning).canvas.growth.rows


def test_a_theme_or_size_change_repaints_everything(drawn, theme) -> None:
    canvas = tab(drawn).canvas
    before = canvas.grab().toImage()
    theme.set_mode("dark")
    dark = canvas.grab().toImage()
    theme.set_scale(1.5)

    assert before.pixelColor(3, 80) != dark.pixelColor(3, 80)
    assert canvas.diagram.geometry.row_height == 48


def test_a_long_login_opens_at_its_beginning_though_it_is_drawn_bit_by_bit(
    qtbot, place, log, monkeypatch
) -> None:
    monkeypatch.setattr(tabs, "_BUDGET", 0.0)
    exchanges = [
        exchange for turn in range(20) for exchange in a_sign_in(log, "l1", NOW + turn * 60)
    ]
    place.absorb(exchanges)
    open_tab(place, "diagram")
    tab(place).forget()
    login = place.find_exchange(exchanges[0].id)[0]

    tab(place).show_login(login, exchanges[0].id)

    qtbot.waitUntil(lambda: tab(place).is_complete)
    assert tab(place).canvas.verticalScrollBar().maximum() > 0
    assert tab(place).canvas.verticalScrollBar().value() == 0


def test_the_marked_arrow_is_in_sight_when_the_diagram_comes_back_at_another_size(
    qtbot, drawn, theme
) -> None:
    canvas = tab(drawn).canvas
    last = steps(drawn)[-1]
    qtbot.keyClick(canvas, Qt.Key.Key_End)
    assert canvas.selected is last
    open_tab(drawn, "raw")
    theme.set_scale(1.5)
    drawn.resize(1160, 600)
    QApplication.processEvents()

    open_tab(drawn, "diagram")

    assert canvas.viewport().rect().contains(centre_now(drawn, last))


@pytest.mark.parametrize("change", ["smaller", "another scale"])
def test_who_scrolled_away_from_the_marked_arrow_stays_there_at_another_size(
    qtbot, drawn, theme, change
) -> None:
    drawn.resize(1000, 420)
    QApplication.processEvents()
    canvas = tab(drawn).canvas
    qtbot.keyClick(canvas, Qt.Key.Key_End)
    canvas.verticalScrollBar().setValue(0)

    if change == "smaller":
        drawn.resize(1000, 400)
    else:
        theme.set_scale(1.25)
    QApplication.processEvents()

    assert canvas.verticalScrollBar().value() == 0


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_the_band_surrounds_the_time_and_ends_before_the_scroll_bar(drawn, theme, scale) -> None:
    theme.set_scale(scale)
    drawn.resize(1600, 420)
    QApplication.processEvents()
    canvas = tab(drawn).canvas
    painter, geometry = canvas.diagram.painter, canvas.diagram.geometry

    assert canvas.verticalScrollBar().isVisible()
    assert painter.band_box(0).right() >= geometry.width - geometry.style.after + 4
    assert painter.band_box(0).right() <= canvas.viewport().width()

"""Rows are kept as pictures and look at any time as if they had just been painted."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from sandbox_app.gui.live import fading, rows_view
from sandbox_app.gui.live.row_pictures import RowPictures
from sandbox_app.gui.theme import metrics
from tests.gui.live.samples import NOW, a_sign_in, an_exchange


def as_shown(place) -> QImage:
    return place.list.viewport().grab().toImage()


def as_new(place) -> QImage:
    """The same with nothing kept from before."""
    place.list._pictures.forget()
    return as_shown(place)


@pytest.fixture
def painted(monkeypatch):
    """Ids of logins whose rows were worked out, in turn."""
    seen: list[str] = []
    paint = rows_view.RowsView._look_of

    def look(self, login, exchange, state, *, child):
        shown, draw = paint(self, login, exchange, state, child=child)

        def noted(painter, rect):
            seen.append(login.login_id)
            draw(painter, rect)

        return shown, noted

    monkeypatch.setattr(rows_view.RowsView, "_look_of", look)
    return seen


def test_a_row_in_which_nothing_changed_is_not_worked_out_again(place, log, painted) -> None:
    place.absorb([*a_sign_in(log, "a", NOW), *a_sign_in(log, "b", NOW + 60)])
    as_shown(place)
    painted.clear()

    as_shown(place)
    assert painted == []

    place.absorb([an_exchange(login_id="a", path="/oauth2/revoke", step="revoke", status=200)])
    as_shown(place)
    assert painted == ["a"]


def test_whatever_happens_to_a_row_is_seen_at_once(qtbot, theme, place, log) -> None:
    place.absorb([*a_sign_in(log, "a", NOW), *a_sign_in(log, "b", NOW + 60)])
    place.show_login("a")
    looks = [as_shown(place)]

    def seen(what: str) -> None:
        looks.append(as_shown(place))
        assert looks[-1] != looks[-2], what
        assert looks[-1] == as_new(place), what

    place.absorb([an_exchange(login_id="a", status=400, step="token", rule="TC-4")])
    seen("a refusal came")
    place.list.set_open(place._book.find("b"), False)
    seen("another was closed")
    place.list.choose(place._book.find("b"))
    seen("the cursor went to it")
    qtbot.mouseMove(place.list.viewport(), QPoint(80, 90))
    qtbot.waitUntil(lambda: place.list._hovered.isValid())
    seen("the pointer rests on a row")
    theme.set_mode("dark")
    seen("the colours changed")
    theme.set_mode("light")


def test_rows_that_fade_stand_out_until_too_many_come(qtbot, theme, place, log) -> None:
    place.absorb(a_sign_in(log, "a", NOW))
    theme.motion = True
    place.absorb(a_sign_in(log, "b", NOW))
    fresh = as_shown(place)
    qtbot.waitUntil(lambda: not place.list._fading.running, timeout=3 * metrics.NEW_ROW_MS)
    assert as_shown(place) != fresh

    for number in range(fading.MOST_FADING):
        place.absorb([an_exchange(login_id=f"c{number}")])
    assert place.list.freshness(place._book.find("c0")) > 0

    place.absorb([an_exchange(login_id="d")])
    assert {place.list.freshness(login) for login in place._book.logins} == {0.0}


def a_row(painter: QPainter, rect: QRect) -> None:
    painter.fillRect(rect.adjusted(3, 3, -3, -3), QColor("red"))


def test_no_more_is_kept_than_a_few_screens_of_rows() -> None:
    pictures, screen = RowPictures(), QImage(1_000, 100, QImage.Format.Format_RGB32)
    painter = QPainter(screen)

    for number in range(100):
        pictures.paint(painter, screen.rect(), QColor("white"), number, a_row)
        assert pictures._pixels <= 3_000_000
    painter.end()

    assert len(pictures._kept) == 30
    assert (99, 1_000, 100, 1.0) in pictures._kept


def test_between_two_pixels_a_row_is_painted_itself() -> None:
    pictures, screen = RowPictures(), QImage(100, 40, QImage.Format.Format_RGB32)
    screen.setDevicePixelRatio(1.5)
    screen.fill(Qt.GlobalColor.white)
    painter = QPainter(screen)

    pictures.paint(painter, QRect(0, 0, 60, 20), QColor("white"), "a", a_row)
    painter.end()

    assert not pictures._kept
    assert screen.pixelColor(30, 15) == QColor("red")

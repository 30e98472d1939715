"""A Live place over a log in memory."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.gui.live import LivePlace, Powers
from sandbox_app.workbench.live.tokens import Judgement
from tests.gui.live import samples

VALID = Judgement(True, "Valid", "Signed by this pool's key, unaltered, 58 min 30 s left.")


@pytest.fixture(autouse=True)
def an_empty_clipboard(qapp) -> None:
    """What the last test copied proves nothing about this one."""
    qapp.clipboard().clear()


@pytest.fixture
def log() -> samples.Log:
    return samples.Log()


@pytest.fixture
def make_place(qtbot, theme, log):
    """Places as the window makes them."""

    def make(*, capacity: int = 1_000, **given: Any) -> LivePlace:
        clock = ManualClock(datetime.fromtimestamp(samples.NOW, UTC))
        made = LivePlace(
            theme,
            log,
            lambda token: VALID,
            clock,
            Powers(**given),
            versions=("Userpool Sandbox 9",),
            capacity=capacity,
        )
        qtbot.addWidget(made)
        made.resize(1200, 724)
        made.show()
        return made

    return make


@pytest.fixture
def place(make_place) -> LivePlace:
    return make_place()


@pytest.fixture
def morning(place, log) -> LivePlace:
    """The place with a morning's traffic."""
    place.absorb(samples.a_morning(log))
    return place

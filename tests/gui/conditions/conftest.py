"""The Conditions place over the demo workspace."""

from collections.abc import Iterator

import pytest

from sandbox_app.gui.conditions.place import ConditionsPlace
from tests.conftest import DEMO_POOL


@pytest.fixture
def place(qtbot, theme, core, spawn) -> Iterator[ConditionsPlace]:
    made = ConditionsPlace(theme, core, spawn)
    qtbot.addWidget(made)
    made.resize(1200, 724)
    made.choose_pool(DEMO_POOL)
    made.show()
    yield made
    made.leave()

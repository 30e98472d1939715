"""What happens before a cause is looked for."""

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.clock import ManualClock
from tests.visitor import Visitor
from tests.workbench.live.causes.stage import Stage


@pytest.fixture
def stage(visitor: Visitor, sandbox: Sandbox, clock: ManualClock) -> Stage:
    return Stage(visitor, sandbox, clock)

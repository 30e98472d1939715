"""One client library from npm in the suite, so that not only Python's idea of OAuth is met.

The others run by hand: `packaging/dev.py clients`.
"""

from pathlib import Path

import pytest

from tests.clients.environments import NoEnvironment
from tests.clients.journeys import openid_client


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_openid_client_walks_a_whole_session(tmp_path: Path, scheme: str) -> None:
    try:
        steps = openid_client(tmp_path, scheme)
    except NoEnvironment as missing:
        pytest.skip(str(missing))

    assert [step for step in steps if not step.ok] == []
    assert len(steps) == 14

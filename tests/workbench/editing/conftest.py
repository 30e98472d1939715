"""A core with one pool in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.operations import domains, user_pools
from sandbox_app.operations.core import Core
from tests.cores import open_core

POOL = "us-east-1_Drafts"


@pytest.fixture
def core(tmp_path: Path, clock: ManualClock) -> Iterator[Core]:
    opened = open_core(tmp_path / "workspace.sandbox", clock)
    user_pools.create_user_pool(
        opened,
        {
            "PoolName": "demo",
            "Schema": [
                {"Name": "email", "Required": True},
                {"Name": "team", "AttributeDataType": "String"},
            ],
            "EmailVerificationSubject": "Hello",
        },
        pool_id=POOL,
    )
    domains.create_user_pool_domain(opened, {"UserPoolId": POOL, "Domain": "demo"})
    yield opened
    opened.store.close()

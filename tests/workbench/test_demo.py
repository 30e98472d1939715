"""The demo app's callbacks follow where it is opened, and never crowd out an app's own."""

import pytest

from sandbox_app.workbench import demo
from tests.visitor import Visitor


@pytest.fixture
def core(sandbox):
    return sandbox.core


def callbacks(core) -> tuple[str, ...]:
    found = demo.demo_clients(core)
    assert found is not None
    return found.client.callback_urls


async def test_a_new_origin_gets_a_callback(core) -> None:
    assert demo.follow_origin(core, "http://127.0.0.1:7777") is None

    assert "http://127.0.0.1:7777/_demo/callback" in callbacks(core)


async def test_many_origins_push_out_the_oldest_and_nobody_elses(core) -> None:
    for port in range(20_000, 20_150):
        assert demo.follow_origin(core, f"http://localhost:{port}") is None

    known = callbacks(core)
    assert "http://localhost:5173/callback" in known
    assert "http://localhost:20149/_demo/callback" in known
    assert "http://localhost:20000/_demo/callback" not in known
    assert len(known) == 21


async def test_an_origin_that_may_have_no_callback_says_why(core) -> None:
    fault = demo.follow_origin(core, "http://192.0.2.7:9400")

    assert fault
    assert "http://192.0.2.7:9400/_demo/callback" not in callbacks(core)


async def test_the_callbacks_of_an_earlier_start_are_dropped(core) -> None:
    demo.follow_origins(core, ("http://localhost:1111",))

    assert callbacks(core) == (
        "http://localhost:5173/callback",
        "http://localhost:1111/_demo/callback",
    )


async def test_the_credentials_of_the_demo_template_work(visitor: Visitor, core) -> None:
    assert await demo.credentials_work(core, "us-east-1_Demo00001")

    core.store.pools.remove("us-east-1_Demo00001")
    assert not await demo.credentials_work(core, "us-east-1_Demo00001")

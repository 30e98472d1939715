"""The demo app's callbacks follow where it is opened, and never crowd out an app's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.resources import resource_path
from sandbox_app.operations import users
from sandbox_app.operations.core import Core
from sandbox_app.workbench import demo
from sandbox_app.workbench.templates.importing import import_templates
from tests.cores import open_core, writes

POOL_ID = "us-east-1_Demo00001"
ALICE = {"UserPoolId": POOL_ID, "Username": demo.USERNAME}
HTTP, HTTPS = "http://localhost:9400", "https://localhost:9443"


@pytest.fixture
async def core(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Core]:
    """The demo workspace."""
    opened = open_core(tmp_path / "demo.sandbox", clock)
    await import_templates([resource_path("seeds/demo.yaml")], {}, opened)
    yield opened
    opened.store.close()


@pytest.fixture
def empty(tmp_path: Path, clock: ManualClock) -> Core:
    """A workspace without anything in it; it goes with the test."""
    return open_core(tmp_path / "empty.sandbox", clock)


def urls(core: Core) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = demo.demo_clients(core)
    assert found is not None
    return found.client.callback_urls, found.client.logout_urls


OWN = ("http://localhost:5173/callback",), ("http://localhost:5173/",)


def test_the_marked_client_is_the_demo_apps_with_a_machine_beside_it(core: Core) -> None:
    found = demo.demo_clients(core)

    assert found is not None
    assert found.pool.id == POOL_ID
    assert found.client.client_name == "spa"
    assert found.machine is not None
    assert found.machine.client_name == "m2m"


def test_callbacks_follow_the_origins_and_leave_the_old_ones(core: Core) -> None:
    demo.follow_origins(core, ("http://localhost:1111",))
    demo.follow_origins(core, (HTTP, HTTPS))

    assert urls(core) == (
        (*OWN[0], f"{HTTP}/_demo/callback", f"{HTTPS}/_demo/callback"),
        (*OWN[1], f"{HTTP}/_demo/", f"{HTTPS}/_demo/"),
    )
    demo.follow_origins(core, ())
    assert urls(core) == OWN


def test_the_same_origins_again_write_and_tell_nothing(core: Core) -> None:
    heard: list[ConfigurationChanged] = []
    core.bus.subscribe(ConfigurationChanged, heard.append)
    demo.follow_origins(core, (HTTP,))
    wrote = writes(core)

    demo.follow_origins(core, (HTTP,))
    demo.follow_origin(core, HTTP)

    assert writes(core) == wrote
    found = demo.demo_clients(core)
    assert found is not None
    changed = ConfigurationChanged(Kind.CLIENT, Change.UPDATED, POOL_ID, found.client.client_id)
    assert heard == [changed]


def test_one_more_origin_is_added_to_the_others(core: Core) -> None:
    demo.follow_origins(core, (HTTP,))

    assert demo.follow_origin(core, HTTPS) is None

    assert urls(core)[0] == (*OWN[0], f"{HTTP}/_demo/callback", f"{HTTPS}/_demo/callback")


def test_many_origins_push_out_the_oldest_and_nobody_elses(core: Core) -> None:
    for port in range(20_000, 20_150):
        assert demo.follow_origin(core, f"http://localhost:{port}") is None

    known, _ = urls(core)
    assert "http://localhost:5173/callback" in known
    assert "http://localhost:20149/_demo/callback" in known
    assert "http://localhost:20000/_demo/callback" not in known
    assert len(known) == 21


@pytest.mark.parametrize(
    ("origin", "reason"),
    [
        ("http://sandbox.example", "must be https; http is allowed for localhost only"),
        ("http://192.0.2.7:9400", "must be https; http is allowed for localhost only"),
        ("http://demo.auth.localhost:9400", "must be https; http is allowed for localhost only"),
        ("https://", "has no host"),
    ],
)
def test_an_origin_that_can_be_no_callback_is_told_and_not_kept(
    core: Core, origin: str, reason: str
) -> None:
    """Contract oidc 4.1."""
    assert demo.follow_origin(core, origin) == reason
    assert urls(core) == OWN


def test_a_workspace_without_a_demo_client_has_nothing_to_follow(empty: Core) -> None:
    assert demo.demo_clients(empty) is None
    demo.follow_origins(empty, (HTTP,))
    assert demo.follow_origin(empty, HTTP) is None
    empty.store.close()


async def test_the_demo_users_password_works_until_something_changes(core: Core) -> None:
    assert await demo.credentials_work(core, POOL_ID)

    users.admin_disable_user(core, ALICE)
    assert not await demo.credentials_work(core, POOL_ID)
    users.admin_enable_user(core, ALICE)
    assert await demo.credentials_work(core, POOL_ID)

    await users.admin_set_user_password(core, ALICE | {"Password": demo.PASSWORD})
    assert not await demo.credentials_work(core, POOL_ID)
    another = {"Password": "Another-Horse-2", "Permanent": True}
    await users.admin_set_user_password(core, ALICE | another)
    assert not await demo.credentials_work(core, POOL_ID)

    users.admin_delete_user(core, ALICE)
    assert not await demo.credentials_work(core, POOL_ID)
    assert not await demo.credentials_work(core, "us-east-1_None")

"""Over real HTTP: what a restore brings back works, and nobody has to wait for it."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.resources import resource_path
from sandbox_app.operations import users
from sandbox_app.workbench import snapshots
from sandbox_app.workbench.conditions.clock import advance
from sandbox_app.workbench.conditions.keys import rotate
from sandbox_app.workbench.snapshots import restoring as restoring_module
from tests.conftest import DEMO_POOL, give_keys
from tests.visitor import Visitor, json_of, new_session

ALICE = {"UserPoolId": DEMO_POOL, "Username": "alice"}
JWKS = f"/{DEMO_POOL}/.well-known/jwks.json"


@pytest.fixture(params=[restoring_module.FEW_ROWS, -1], ids=["in place", "by file"], autouse=True)
def route(request, monkeypatch):
    monkeypatch.setattr(restoring_module, "FEW_ROWS", request.param)


async def test_a_signed_in_user_is_signed_in_again_as_before(sandbox, visitor):
    tokens = await visitor.tokens()
    keys = (await visitor.get(JWKS)).body
    saved = await snapshots.save(sandbox.core, "signed in")
    users.admin_delete_user(sandbox.core, ALICE)
    assert (await visitor.refresh(tokens["refresh_token"])).status == 400
    assert (await visitor.userinfo(tokens["access_token"])).status == 401

    await snapshots.restore(sandbox.core, saved.id)

    assert (await visitor.refresh(tokens["refresh_token"])).status == 200
    assert (await visitor.userinfo(tokens["access_token"])).status == 200
    silent = await visitor.authorize()
    assert "code" in silent.members
    assert (await visitor.get(JWKS)).body == keys


async def test_a_spent_code_can_be_spent_again_once_it_is_restored(sandbox, visitor):
    code = await visitor.code()
    saved = await snapshots.save(sandbox.core, "before the exchange")
    assert (await visitor.exchange(code)).status == 200
    assert (await visitor.exchange(code)).status == 400

    await snapshots.restore(sandbox.core, saved.id)

    assert (await visitor.exchange(code)).status == 200
    assert (await visitor.exchange(code)).status == 400


async def test_the_clock_is_where_it_was(sandbox, visitor):
    tokens = await visitor.tokens()
    saved = await snapshots.save(sandbox.core, "on time")
    advance(sandbox.core, timedelta(hours=2))
    assert (await visitor.userinfo(tokens["access_token"])).status == 401

    await snapshots.restore(sandbox.core, saved.id)

    assert (await visitor.userinfo(tokens["access_token"])).status == 200


async def test_no_request_fails_while_snapshots_are_restored_again_and_again(sandbox, visitors):
    one, other = await snapshots.save(sandbox.core, "one"), None
    users.admin_disable_user(sandbox.core, {"UserPoolId": DEMO_POOL, "Username": "bob"})
    other = await snapshots.save(sandbox.core, "other")
    over = asyncio.Event()

    async def keep_signing_in() -> int:
        done = 0
        while not over.is_set():
            visitor = visitors()
            page = await visitor.form()
            assert page.status == 200
            assert (await visitor.get(JWKS)).status == 200
            asked = visitor.address("/login", visitor.asking())
            fields = {"_csrf": page.csrf, "username": "alice", "password": "Sandbox-1"}
            answer = await visitor.send("POST", asked, data=fields)
            # The form may be from before a restore, which then knows nothing of it.
            assert answer.status in (200, 302)
            done += 1
        return done

    working = [asyncio.create_task(keep_signing_in()) for _ in range(2)]
    for turn in range(6):
        await snapshots.restore(sandbox.core, (one, other)[turn % 2].id, keep=False)
    over.set()

    assert min(await asyncio.gather(*working)) > 0
    assert sandbox.core.store.traffic.dropped == 0
    assert sandbox.core.store.traffic.flush()


async def test_every_exchange_is_recorded_whatever_is_restored_meanwhile(sandbox, visitor):
    saved = await snapshots.save(sandbox.core, "before")
    for _ in range(3):
        await asyncio.gather(
            snapshots.restore(sandbox.core, saved.id, keep=False),
            *(visitor.get(JWKS) for _ in range(20)),
        )

    assert await asyncio.to_thread(sandbox.core.store.traffic.flush)
    recorded = [row.exchange.id for row in sandbox.core.store.traffic.page(None, 1000)]
    assert recorded == [exchange.id for exchange, _ in visitor.seen][::-1]


async def test_the_demo_app_is_led_to_where_it_is_served_now(sandbox, visitor):
    saved = await snapshots.save(sandbox.core, "before")
    client = visitor.client("spa")
    assert f"{sandbox.http}/_demo/callback" in client.callback_urls
    elsewhere = "http://localhost:1/_demo/callback"
    await restored_with(sandbox, saved.id, elsewhere)

    urls = visitor.client("spa").callback_urls
    assert f"{sandbox.http}/_demo/callback" in urls
    assert elsewhere not in urls


async def restored_with(sandbox: Sandbox, snapshot_id: str, callback: str) -> None:
    """Restore a snapshot that was saved while the sandbox listened elsewhere."""
    file = sandbox.core.store.snapshots.state(snapshot_id)
    with closing(sqlite3.connect(file)) as connection, connection:
        own = f"{sandbox.http}/_demo/callback"
        connection.execute(
            "UPDATE user_pool_client SET document = replace(document, ?, ?)", (own, callback)
        )
    await snapshots.restore(sandbox.core, snapshot_id)


async def test_two_sandboxes_in_one_process_share_no_snapshot(
    sandbox, visitor, tmp_path, clock, signing_keys
):
    folder = tmp_path / "second"
    folder.mkdir()
    settings = Settings(workspace=folder / "demo.sandbox", port=0, tls_port=None)
    second = Sandbox(settings, tmp_path, clock=clock)
    await second.seed([resource_path("seeds/demo.yaml")])
    give_keys(second, DEMO_POOL, signing_keys)
    await second.start()
    guest = Visitor(second, new_session())
    try:
        saved = await snapshots.save(sandbox.core, "mine")
        tokens, theirs = await visitor.tokens(), await guest.tokens()

        await snapshots.restore(sandbox.core, saved.id)

        assert (await visitor.refresh(tokens["refresh_token"])).status == 400
        assert (await guest.refresh(theirs["refresh_token"])).status == 200
        assert "mine" not in [one.name for one in await snapshots.snapshots(second.core)]
    finally:
        await guest.session.close()
        await second.close()


async def test_a_workspace_in_a_temporary_folder_has_snapshots_until_it_closes(tmp_path, clock):
    passing = Sandbox(Settings(workspace=None, port=0, tls_port=None), tmp_path, clock=clock)
    await passing.seed([resource_path("seeds/demo.yaml")])
    folder: Path = passing.core.store.snapshots.folder
    users.admin_delete_user(passing.core, ALICE)

    await snapshots.reset_to_seed(passing.core)

    assert passing.core.store.users.find(DEMO_POOL, "alice") is not None
    assert len(await snapshots.snapshots(passing.core)) == 2
    await passing.close()
    assert not folder.exists()


async def test_keys_made_since_the_seed_stay_so_that_tokens_stay_good(sandbox, visitor):
    tokens = await visitor.tokens()
    keys = json_of(await visitor.get(JWKS))

    await snapshots.reset_to_seed(sandbox.core)

    assert json_of(await visitor.get(JWKS)) == keys
    assert (await visitor.refresh(tokens["refresh_token"])).status == 400


async def test_rotated_keys_are_those_of_before_at_once(sandbox, visitor):
    tokens = await visitor.tokens()
    before = json_of(await visitor.get(JWKS))
    saved = await snapshots.save(sandbox.core, "before")
    await rotate(sandbox.core, DEMO_POOL, overlap=False)
    assert json_of(await visitor.get(JWKS)) != before
    assert (await visitor.userinfo(tokens["access_token"])).status == 401

    await snapshots.restore(sandbox.core, saved.id)

    assert json_of(await visitor.get(JWKS)) == before
    assert (await visitor.userinfo(tokens["access_token"])).status == 200

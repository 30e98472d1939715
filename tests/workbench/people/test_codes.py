"""The codes that were sent to a user can be read by whoever runs the sandbox."""

from datetime import timedelta

import pytest

from sandbox_app.operations.app_callers import secret_hash
from sandbox_app.operations.forgotten_passwords import forgot_password
from sandbox_app.operations.user_status import admin_reset_user_password
from sandbox_app.workbench import edits, snapshots
from sandbox_app.workbench.people.codes import CodeSeen, codes_of
from tests.conftest import NOON
from tests.cores import open_core
from tests.workbench.snapshots.filled import CLIENT, POOL, fill

ALICE = {"UserPoolId": POOL, "Username": "alice"}


@pytest.fixture
def core(tmp_path, clock):
    opened = open_core(tmp_path / "workspace.sandbox", clock)
    fill(opened)
    yield opened
    opened.store.close()


def seen(core):
    return codes_of(core, POOL, "sub-alice")


def test_a_user_to_whom_nothing_was_sent_has_no_code(core):
    assert seen(core) == ()
    assert codes_of(core, POOL, "nobody") == ()
    assert codes_of(core, POOL, "\ud800") == ()


def test_a_code_is_seen_with_where_it_went_and_how_long_it_is_good(core):
    admin_reset_user_password(core, ALICE)

    (code,) = seen(core)

    assert code == CodeSeen(
        purpose="password reset",
        operation="ConfirmForgotPassword",
        medium="EMAIL",
        destination="alice@example.com",
        code=code.code,
        made_at=NOON.timestamp(),
        expires_at=(NOON + timedelta(hours=1)).timestamp(),
        tries_left=5,
    )
    assert len(code.code) == 6
    assert code.code.isdigit()


def test_only_the_newest_code_is_seen(core):
    admin_reset_user_password(core, ALICE)
    admin_reset_user_password(core, ALICE)

    (code,) = seen(core)
    assert code.code == core.outbox.newest_to(POOL, "sub-alice")[0].code


def test_after_another_start_a_code_is_known_to_be_there_but_not_to_be_read(core, clock):
    admin_reset_user_password(core, ALICE)
    core.store.close()

    again = open_core(core.store.path, clock)

    assert [code.code for code in seen(again)] == [""]
    again.store.close()


def test_a_reset_that_is_taken_back_takes_its_code_along(core):
    with edits.step(core, "Require a reset"):
        admin_reset_user_password(core, ALICE)

    edits.undo(core)

    assert seen(core) == ()


async def test_a_restored_code_is_seen_again_and_a_later_one_no_more(core):
    admin_reset_user_password(core, ALICE)
    before = seen(core)
    saved = await snapshots.save(core, "before")
    forgot = {"ClientId": CLIENT, "Username": "alice"}
    client = core.store.clients.get(CLIENT)
    proof = secret_hash(client.client_secrets[0].client_secret_value, "alice", CLIENT)
    forgot_password(core, {**forgot, "SecretHash": proof})
    assert seen(core) != before

    await snapshots.restore(core, saved.id)

    assert seen(core) == before

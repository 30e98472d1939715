"""Sessions and refresh tokens of a user in the window: seen, ended, revoked."""

import pytest

from sandbox_app.domain.records.grants import BrowserSession, RefreshGrant
from tests.conftest import DEMO_POOL


@pytest.fixture
def remembered() -> dict[str, object]:
    return {"section": "users"}


@pytest.fixture
def view(place, core):
    place.open(DEMO_POOL, "users")
    editor = place.sections["users"].editor
    editor.show_page("sessions")
    return editor.sessions


def begin_session(core, hash_: str) -> None:
    user = core.store.users.find(DEMO_POOL, "alice")
    core.store.sessions.put(
        BrowserSession(
            cookie_hash=hash_,
            user_pool_id=DEMO_POOL,
            sub=user.sub,
            started_at=core.timestamp(),
            login_id="login-1",
        )
    )


def test_nothing_can_be_ended_where_nothing_is(view) -> None:
    buttons = (view.end, view.end_all, view.revoke, view.sign_out)
    assert not any(button.isEnabled() for button in buttons)


def test_a_session_that_begins_shows_up_and_can_be_ended(qtbot, core, view) -> None:
    begin_session(core, "a")
    begin_session(core, "b")
    qtbot.waitUntil(lambda: view.sessions.rowCount() == 2)

    view.session_table.select("a")
    view.end.click()

    assert view.sessions.rowCount() == 1
    view.end_all.click()
    assert view.sessions.rowCount() == 0


def sign_in(core, family: str) -> None:
    user = core.store.users.find(DEMO_POOL, "alice")
    client = core.store.clients.of_pool(DEMO_POOL)[0]
    core.store.refresh_grants.add(
        RefreshGrant(
            fingerprint=f"fingerprint of {family}",
            user_pool_id=DEMO_POOL,
            client_id=client.client_id,
            sub=user.sub,
            family=family,
            scopes=("openid",),
            issued_at=core.timestamp(),
            expires_at=core.timestamp() + 3600,
            auth_time=int(core.timestamp()),
            login_id="login-1",
            event_id="event-1",
        )
    )


def states(view) -> list[str]:
    model = view.grants
    found = (model.record(row).cells["state"] for row in range(model.rowCount()))
    return sorted(words.split()[0] for words in found)


def test_one_refresh_token_is_revoked_and_the_others_live_on(core, view) -> None:
    sign_in(core, "one")
    sign_in(core, "two")
    view.refresh()
    assert states(view) == ["alive", "alive"]

    view.grant_table.select(view.grants.record(0).key)
    view.revoke.click()

    assert states(view) == ["alive", "revoked"]


def test_signing_out_everywhere_leaves_no_token_alive(core, view) -> None:
    sign_in(core, "one")
    sign_in(core, "two")
    view.refresh()

    view.sign_out.click()

    assert states(view) == ["revoked", "revoked"]
    assert not view.sign_out.isEnabled()

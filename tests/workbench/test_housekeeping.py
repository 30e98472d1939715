"""What expired long ago goes, and what can still be asked for stays."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.records.grants import (
    AuthorizationCode,
    BrowserSession,
    LoginAttempt,
    RefreshGrant,
)
from sandbox_app.operations import user_pools
from sandbox_app.operations.core import Core
from sandbox_app.workbench.housekeeping import purge
from tests.cores import open_core, writes

POOL_ID = "eu-west-1_Pool00001"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOMENT = timedelta(seconds=1)


@pytest.fixture
def core(tmp_path: Path, clock: ManualClock) -> Iterator[Core]:
    """A workspace with one of everything that expires, all of it made at noon."""
    opened = open_core(tmp_path / "workspace.sandbox", clock)
    user_pools.create_user_pool(opened, {"PoolName": "p"}, pool_id=POOL_ID)
    now = opened.timestamp()
    opened.store.codes.add(
        AuthorizationCode(
            code="code",
            user_pool_id=POOL_ID,
            client_id="c",
            sub="s",
            redirect_uri="https://app.example/cb",
            scopes=("openid",),
            issued_at=now,
            expires_at=now + 300,
            auth_time=opened.epoch(),
            login_id="l",
        )
    )
    opened.store.refresh_grants.add(
        RefreshGrant(
            fingerprint="token",
            user_pool_id=POOL_ID,
            client_id="c",
            sub="s",
            family="f",
            scopes=("openid",),
            issued_at=now,
            expires_at=now + 3600,
            auth_time=opened.epoch(),
            login_id="l",
            event_id="e",
        )
    )
    opened.store.sessions.put(
        BrowserSession(
            cookie_hash="cookie", user_pool_id=POOL_ID, sub="s", started_at=now, login_id="l"
        )
    )
    opened.store.attempts.put(LoginAttempt(key="form", login_id="l", shown_at=now))
    yield opened
    opened.store.close()


def left(core: Core) -> set[str]:
    store = core.store
    found = {
        "code": store.codes.find("code"),
        "token": store.refresh_grants.find("token"),
        "session": store.sessions.find("cookie", POOL_ID),
        "form": store.attempts.find("form"),
    }
    return {name for name, item in found.items() if item is not None}


@pytest.mark.parametrize(
    ("thing", "lasts"),
    [
        ("session", HOUR),
        ("form", HOUR),
        ("code", timedelta(minutes=5) + HOUR),
        ("token", HOUR + DAY),
    ],
)
def test_each_thing_stays_as_long_as_its_refusal_can_be_told(
    core: Core, clock: ManualClock, thing: str, lasts: timedelta
) -> None:
    clock.advance(lasts)
    purge(core)
    assert thing in left(core)

    clock.advance(MOMENT)
    purge(core)
    assert thing not in left(core)


def test_in_the_end_nothing_is_left_and_nothing_is_written(core: Core, clock: ManualClock) -> None:
    clock.advance(30 * DAY)
    purge(core)
    wrote = writes(core)

    purge(core)

    assert (left(core), writes(core)) == (set(), wrote)
    assert core.store.pools.get(POOL_ID) is not None

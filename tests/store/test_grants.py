"""Sessions, codes and refresh tokens come back as they were, and are spent exactly once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox_app.domain.records.grants import LoginAttempt
from sandbox_app.store.codes import Codes
from sandbox_app.store.database import open_database
from sandbox_app.store.refresh_grants import RefreshGrants

POOL = "eu-west-1_One"


@pytest.mark.parametrize(
    "values",
    [{}, {"nonce": "n", "code_challenge": "c", "resource": "r", "spent_at": 3.5, "scopes": ()}],
)
def test_a_code_comes_back_as_it_was(store, a_code, values):
    store.codes.add(a_code(**values))

    assert store.codes.find("code-1") == a_code(**values)
    assert store.codes.find("code-2") is None
    assert store.codes.find("\ud800") is None


def test_a_code_does_not_lie_in_the_file(store, a_code):
    store.codes.add(a_code("a-very-secret-code"))

    side_files = store.path.parent.iterdir()
    assert all(b"a-very-secret-code" not in path.read_bytes() for path in side_files)


def test_a_code_is_spent_once(store, a_code):
    store.codes.add(a_code())

    assert store.codes.spend("code-1", 200.5)
    assert not store.codes.spend("code-1", 300.5)
    assert not store.codes.spend("never-was", 300.5)
    assert store.codes.find("code-1").spent_at == 200.5


def test_of_many_who_spend_or_retire_at_once_one_succeeds(store, a_code, a_grant):
    rounds = 20
    for number in range(rounds):
        store.codes.add(a_code(f"code-{number}"))
        store.refresh_grants.add(a_grant(f"f-{number}", family=f"family-{number}"))

    def spend_all(at: float) -> int:
        database = open_database(store.path)
        codes, grants = Codes(database), RefreshGrants(database)
        won = sum(
            codes.spend(f"code-{number}", at) + grants.retire(f"f-{number}", at)
            for number in range(rounds)
        )
        database.close()
        return won

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(spend_all, (1.0, 2.0, 3.0, 4.0))) == 2 * rounds


def test_old_codes_are_purged(store, a_code):
    store.codes.add(a_code("old", expires_at=10.0))
    store.codes.add(a_code("new", expires_at=20.0))

    assert store.codes.purge(20.0) == 1
    assert store.codes.find("old") is None
    assert store.codes.find("new") is not None


@pytest.mark.parametrize(
    "values",
    [{}, {"nonce": "n", "resource": "r", "revoked_at": 5.5, "usable_until": 6.5}],
)
def test_a_refresh_token_comes_back_as_it_was(store, a_grant, values):
    store.refresh_grants.add(a_grant(**values))

    assert store.refresh_grants.find("f1") == a_grant(**values)
    assert store.refresh_grants.find("f2") is None


def test_a_family_is_revoked_together(store, a_grant):
    store.refresh_grants.add(a_grant("f1"))
    store.refresh_grants.add(a_grant("f2", login_id="login-2"))
    store.refresh_grants.add(a_grant("f3", family="family-2"))
    assert not store.refresh_grants.family_revoked("family-1")

    assert store.refresh_grants.revoke_family("family-1", 50.0) == 2
    assert store.refresh_grants.revoke_family("family-1", 60.0) == 0

    revoked = [store.refresh_grants.find(f"f{number}").revoked_at for number in (1, 2, 3)]
    assert revoked == [50.0, 50.0, None]
    assert store.refresh_grants.family_revoked("family-1")
    assert not store.refresh_grants.family_revoked("family-2")
    assert store.refresh_grants.login_of("family-1") == "login-1"
    assert store.refresh_grants.login_of("family-9") is None


def test_a_token_minted_while_its_family_is_revoked_is_born_revoked(store, a_grant):
    store.refresh_grants.add(a_grant("f1"))
    store.refresh_grants.revoke_family("family-1", 50.0)

    store.refresh_grants.add(a_grant("f2"))

    assert store.refresh_grants.find("f2").revoked_at == 50.0


def test_a_rotated_token_is_retired_once_and_never_after_it_was_revoked(store, a_grant):
    store.refresh_grants.add(a_grant("f1"))
    store.refresh_grants.add(a_grant("f2", revoked_at=5.0, family="family-2"))

    assert store.refresh_grants.retire("f1", 60.0)
    assert not store.refresh_grants.retire("f1", 90.0)
    assert not store.refresh_grants.retire("f2", 90.0)
    assert store.refresh_grants.find("f1").usable_until == 60.0


def test_a_users_tokens_are_revoked_in_that_pool_alone(store, a_grant):
    store.refresh_grants.add(a_grant("f1", family="a"))
    store.refresh_grants.add(a_grant("f2", family="b", user_pool_id="p_2"))
    store.refresh_grants.add(a_grant("f3", family="c", sub="sub-bob"))

    assert store.refresh_grants.revoke_of_user(POOL, "sub-alice", 7.0) == 1
    assert [store.refresh_grants.family_revoked(family) for family in "abc"] == [True, False, False]


def test_expired_refresh_tokens_are_purged(store, a_grant):
    store.refresh_grants.add(a_grant("f1", expires_at=10.0))

    assert store.refresh_grants.purge(10.0) == 0
    assert store.refresh_grants.purge(10.5) == 1


def test_a_browser_has_one_session_per_pool(store, a_session):
    store.sessions.put(a_session())
    store.sessions.put(a_session(pool_id="p_2"))
    store.sessions.put(a_session(started_at=20.0))

    assert store.sessions.find("h1", POOL) == a_session(started_at=20.0)
    assert len(store.sessions.of_cookie("h1")) == 2
    store.sessions.remove("h1", POOL)
    assert store.sessions.of_cookie("h1") == (a_session(pool_id="p_2"),)


def test_sessions_move_to_a_new_cookie(store, a_session):
    store.sessions.put(a_session())
    store.sessions.put(a_session("h2", "p_2"))
    store.sessions.put(a_session("h2", started_at=1.0))

    store.sessions.move("h1", "h2")

    assert store.sessions.of_cookie("h1") == ()
    assert store.sessions.find("h2", POOL) == a_session("h2")
    assert store.sessions.find("h2", "p_2") == a_session("h2", "p_2")


def test_sessions_end_with_their_user_and_with_time(store, a_session):
    store.sessions.put(a_session("h1", started_at=10.0))
    store.sessions.put(a_session("h2", sub="sub-bob", started_at=10.0))
    store.sessions.put(a_session("h3", sub="sub-bob", started_at=20.0))

    store.sessions.remove_of_user(POOL, "sub-alice")
    assert store.sessions.find("h1", POOL) is None

    assert store.sessions.purge(20.0) == 1
    assert store.sessions.find("h3", POOL) is not None


def test_a_form_is_known_until_it_led_to_a_sign_in_or_is_old(store):
    attempt = LoginAttempt(key="k", login_id="login-1", shown_at=5.0)
    store.attempts.put(attempt)
    store.attempts.put(LoginAttempt(key="k2", login_id="login-2", shown_at=5.0))
    store.attempts.put(LoginAttempt(key="k2", login_id="login-2", shown_at=50.0))
    assert store.attempts.find("k") == attempt

    assert store.attempts.purge(50.0) == 1

    assert store.attempts.find("k") is None
    assert store.attempts.find("k2").shown_at == 50.0
    store.attempts.remove("k2")
    assert store.attempts.find("k2") is None

"""Users as an administrator handles them (contract users 1, 2, 6)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.records.grants import BrowserSession, RefreshGrant
from sandbox_app.domain.records.users import Lockout, User, UserStatus
from sandbox_app.factors.passwords import verify_password
from sandbox_app.factors.srp import GENERATOR, MODULUS, private_exponent
from sandbox_app.operations import user_pools, users
from sandbox_app.operations.core import Core
from tests.cores import refusal, writes

MakeUser = Callable[..., Awaitable[dict[str, Any]]]
OTHER = "Another-Horse-2"
NOBODY = ("UserNotFoundException", "User does not exist.")


def stored(core: Core, pool_id: str, name: str = "alice") -> User:
    user = core.store.users.find(pool_id, name)
    assert user is not None
    return user


def knows(user: User, password: str) -> bool:
    assert user.password is not None
    return verify_password(user.password.argon2id, password)


@pytest.fixture
async def alice(pool_id: str, a_user: MakeUser) -> dict[str, Any]:
    """A user with an address; the request that names her."""
    await a_user(pool_id, "alice", email="alice@example.com", name="Alice")
    return {"UserPoolId": pool_id, "Username": "alice"}


@pytest.fixture
def signed_in(core: Core, alice: dict[str, Any]) -> User:
    """Alice with a session and a refresh token."""
    user = stored(core, alice["UserPoolId"])
    core.store.sessions.put(
        BrowserSession(
            cookie_hash="c1",
            user_pool_id=user.user_pool_id,
            sub=user.sub,
            started_at=core.timestamp(),
            login_id="l1",
        )
    )
    core.store.refresh_grants.add(
        RefreshGrant(
            fingerprint="f1",
            user_pool_id=user.user_pool_id,
            client_id="c1",
            sub=user.sub,
            family="family",
            scopes=("openid",),
            issued_at=core.timestamp(),
            expires_at=core.timestamp() + 3600,
            auth_time=core.epoch(),
            login_id="l1",
            event_id="e1",
        )
    )
    return user


def still_signed_in(core: Core, user: User) -> tuple[bool, bool]:
    """Whether the session and the refresh token are still worth something."""
    session = core.store.sessions.find("c1", user.user_pool_id)
    return session is not None, not core.store.refresh_grants.family_revoked("family")


async def test_a_created_user_must_change_a_temporary_password(
    core: Core, pool_id: str, a_user: MakeUser
) -> None:
    """Contract users 2."""
    answer = await a_user(pool_id, "alice", name="Alice")

    user = stored(core, pool_id)
    assert answer == {
        "Username": "alice",
        "Attributes": [{"Name": "sub", "Value": user.sub}, {"Name": "name", "Value": "Alice"}],
        "UserCreateDate": core.timestamp(),
        "UserLastModifiedDate": core.timestamp(),
        "Enabled": True,
        "UserStatus": "FORCE_CHANGE_PASSWORD",
    }
    assert user.temporary_since == core.timestamp()
    assert knows(user, "Correct-Horse-1")


async def test_a_password_is_kept_as_hash_and_verifier_for_the_stored_name(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    pool_id = a_pool(UsernameConfiguration={"CaseSensitive": False})
    await a_user(pool_id, "Alice")

    secret = stored(core, pool_id).password
    assert secret is not None
    assert "m=8192,t=1" in secret.argon2id
    exponent = private_exponent(int(secret.srp_salt, 16), pool_id, "alice", "Correct-Horse-1")
    assert int(secret.srp_verifier, 16) == pow(GENERATOR, exponent, MODULUS)
    for text in (secret.argon2id, secret.srp_salt, secret.srp_verifier):
        assert "Correct-Horse-1" not in text


async def test_without_a_temporary_password_one_is_made_up(core: Core, pool_id: str) -> None:
    await users.admin_create_user(core, {"UserPoolId": pool_id, "Username": "alice"})

    assert stored(core, pool_id).password is not None


async def test_a_user_is_given_back_whole(core: Core, alice: dict[str, Any]) -> None:
    user = users.admin_get_user(core, alice)

    assert set(user) == {
        "Username",
        "UserAttributes",
        "UserCreateDate",
        "UserLastModifiedDate",
        "Enabled",
        "UserStatus",
    }
    assert {"Name": "email", "Value": "alice@example.com"} in user["UserAttributes"]


@pytest.mark.parametrize(
    ("operation", "more"),
    [
        (users.admin_get_user, {}),
        (users.admin_update_user_attributes, {"UserAttributes": []}),
        (users.admin_delete_user_attributes, {"UserAttributeNames": ["name"]}),
        (users.admin_delete_user, {}),
        (users.admin_enable_user, {}),
        (users.admin_disable_user, {}),
        (users.admin_user_global_sign_out, {}),
        (users.admin_set_user_password, {"Password": OTHER}),
        (users.admin_create_user, {"MessageAction": "RESEND"}),
    ],
)
async def test_a_user_that_is_not_there_is_not_found(
    core: Core, alice: dict[str, Any], operation: Callable[..., Any], more: dict[str, Any]
) -> None:
    assert await refusal(operation, core, alice | {"Username": "bob"} | more) == NOBODY
    assert await refusal(operation, core, alice | {"UserPoolId": "eu-west-1_None"} | more) == (
        "ResourceNotFoundException",
        "User pool eu-west-1_None does not exist.",
    )


def test_a_changed_attribute_is_dated(
    core: Core, alice: dict[str, Any], clock: ManualClock
) -> None:
    made = core.timestamp()
    clock.advance(timedelta(hours=1))

    change = {"UserAttributes": [{"Name": "name", "Value": "Alice Archer"}]}
    users.admin_update_user_attributes(core, alice | change)

    user = users.admin_get_user(core, alice)
    assert (user["UserCreateDate"], user["UserLastModifiedDate"]) == (made, made + 3600)


def test_a_deleted_user_is_gone_with_sessions_and_tokens(
    core: Core, alice: dict[str, Any], signed_in: User
) -> None:
    users.admin_delete_user(core, alice)

    assert core.store.users.count(alice["UserPoolId"]) == 0
    assert still_signed_in(core, signed_in) == (False, False)


def test_a_disabled_user_keeps_the_status_and_loses_sessions_and_tokens(
    core: Core, alice: dict[str, Any], signed_in: User
) -> None:
    """Contract users 2: enabled is a separate flag."""
    users.admin_disable_user(core, alice)

    user = users.admin_get_user(core, alice)
    assert (user["Enabled"], user["UserStatus"]) == (False, "FORCE_CHANGE_PASSWORD")
    assert still_signed_in(core, signed_in) == (False, False)

    users.admin_enable_user(core, alice)
    assert users.admin_get_user(core, alice)["Enabled"] is True


def test_a_global_sign_out_ends_tokens_and_leaves_the_hosted_session(
    core: Core, alice: dict[str, Any], signed_in: User
) -> None:
    """Contract oidc 1.5."""
    users.admin_user_global_sign_out(core, alice)

    assert still_signed_in(core, signed_in) == (True, False)
    assert stored(core, alice["UserPoolId"]).tokens_valid_from == core.timestamp()


async def test_a_permanent_password_confirms_the_user(core: Core, alice: dict[str, Any]) -> None:
    """Contract users 2."""
    await users.admin_set_user_password(core, alice | {"Password": OTHER, "Permanent": True})

    user = stored(core, alice["UserPoolId"])
    assert (user.status, user.temporary_since) == (UserStatus.CONFIRMED, None)
    assert knows(user, OTHER)
    assert not knows(user, "Correct-Horse-1")


async def test_a_temporary_password_must_be_changed_at_the_next_sign_in(
    core: Core, alice: dict[str, Any], clock: ManualClock
) -> None:
    await users.admin_set_user_password(core, alice | {"Password": OTHER, "Permanent": True})
    clock.advance(timedelta(days=1))

    await users.admin_set_user_password(core, alice | {"Password": OTHER})

    user = stored(core, alice["UserPoolId"])
    assert user.status is UserStatus.FORCE_CHANGE_PASSWORD
    assert user.temporary_since == core.timestamp()


async def test_a_new_password_unlocks_the_user(core: Core, alice: dict[str, Any]) -> None:
    user = stored(core, alice["UserPoolId"])
    locked = Lockout(failures=7, last_attempt=1.0, locked_until=core.timestamp() + 60)
    core.store.users.set_lockout(user.user_pool_id, user.sub, locked)

    await users.admin_set_user_password(core, alice | {"Password": OTHER, "Permanent": True})

    assert stored(core, alice["UserPoolId"]).lockout == Lockout()


async def test_a_password_against_the_policy_changes_nothing(
    core: Core, alice: dict[str, Any]
) -> None:
    wrote = writes(core)

    assert await refusal(
        users.admin_set_user_password, core, alice | {"Password": "too-simple-1"}
    ) == (
        "InvalidPasswordException",
        "Password did not conform with policy: Password must have uppercase characters",
    )
    assert writes(core) == wrote


@pytest.mark.parametrize("gone", ["the user", "the pool"])
async def test_whoever_goes_while_a_password_is_hashed_is_not_brought_back(
    core: Core, alice: dict[str, Any], gone: str
) -> None:
    class Slow:
        async def make(self, pool_id: str, username: str, password: str) -> Any:
            if gone == "the user":
                users.admin_delete_user(core, alice)
            else:
                user_pools.delete_user_pool(core, {"UserPoolId": pool_id})
            return None

        async def matches(self, secret: Any, password: str) -> bool:
            raise AssertionError("nothing is compared")

    slow = replace(core, passwords=Slow())
    code, _ = await refusal(users.admin_set_user_password, slow, alice | {"Password": OTHER})

    assert code == ("UserNotFoundException" if gone == "the user" else "ResourceNotFoundException")
    if gone == "the user":
        assert core.store.users.count(alice["UserPoolId"]) == 0
    else:
        assert core.store.pools.all() == ()


async def test_an_invitation_sent_again_starts_the_time_anew_with_a_new_password(
    core: Core, alice: dict[str, Any], clock: ManualClock, events: list[ConfigurationChanged]
) -> None:
    """Contract users 2."""
    clock.advance(timedelta(days=8))

    again = alice | {"MessageAction": "RESEND", "TemporaryPassword": OTHER}
    answer = await users.admin_create_user(core, again)

    user = stored(core, alice["UserPoolId"])
    assert answer["User"]["Username"] == "alice"
    assert user.temporary_since == core.timestamp()
    assert knows(user, OTHER)
    assert [(event.kind, event.change) for event in events] == [(Kind.USER, Change.UPDATED)]


async def test_an_invitation_is_not_sent_again_to_somebody_who_has_a_password(
    core: Core, alice: dict[str, Any]
) -> None:
    await users.admin_set_user_password(core, alice | {"Password": OTHER, "Permanent": True})

    assert await refusal(users.admin_create_user, core, alice | {"MessageAction": "RESEND"}) == (
        "UnsupportedUserStateException",
        "Resend not possible. alice status is not FORCE_CHANGE_PASSWORD",
    )


def test_a_changed_attribute_starts_the_time_of_a_temporary_password_anew(
    core: Core, alice: dict[str, Any], clock: ManualClock
) -> None:
    """Contract users 2."""
    made = core.timestamp()
    clock.advance(timedelta(days=1))

    def since_after(value: str) -> float | None:
        change = {"UserAttributes": [{"Name": "name", "Value": value}]}
        users.admin_update_user_attributes(core, alice | change)
        return stored(core, alice["UserPoolId"]).temporary_since

    assert since_after("Alice") == made
    assert since_after("Alice Archer") == core.timestamp()


async def test_an_attribute_gives_a_permanent_password_no_end(
    core: Core, alice: dict[str, Any]
) -> None:
    await users.admin_set_user_password(core, alice | {"Password": OTHER, "Permanent": True})

    change = {"UserAttributes": [{"Name": "name", "Value": "A"}]}
    users.admin_update_user_attributes(core, alice | change)

    assert stored(core, alice["UserPoolId"]).temporary_since is None


async def test_every_change_is_told_once(
    core: Core, pool_id: str, a_user: MakeUser, events: list[ConfigurationChanged]
) -> None:
    user = await a_user(pool_id)
    alice = {"UserPoolId": pool_id, "Username": "alice"}
    events.clear()

    users.admin_disable_user(core, alice)
    await users.admin_set_user_password(core, alice | {"Password": OTHER})
    users.admin_user_global_sign_out(core, alice)
    users.admin_delete_user(core, alice)

    sub = user["Attributes"][0]["Value"]
    assert events == [
        ConfigurationChanged(Kind.USER, change, pool_id, sub)
        for change in (Change.UPDATED, Change.UPDATED, Change.UPDATED, Change.DELETED)
    ]

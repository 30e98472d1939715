"""How an administrator moves a user from one status to another (contract users 2)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.user_status import (
    Move,
    admin_confirm_sign_up,
    admin_reset_user_password,
    transitions,
)
from sandbox_app.operations.users import (
    admin_disable_user,
    admin_enable_user,
    admin_set_user_password,
)
from tests.cores import done, refusal

MakeUser = Callable[..., Awaitable[dict[str, Any]]]
NO_WAY = "Cannot reset password for the user as there is no registered/verified email or"
EVERY_USER = [
    (status, enabled, verified)
    for status in UserStatus
    for enabled in (True, False)
    for verified in ("true", "false")
]


@pytest.fixture
async def alice(pool_id: str, a_user: MakeUser) -> dict[str, Any]:
    """The request that names a user with a verified address."""
    await a_user(pool_id, "alice", email="alice@example.com", email_verified="true")
    return {"UserPoolId": pool_id, "Username": "alice"}


@pytest.fixture
def stands(core: Core, alice: dict[str, Any]) -> Callable[..., User]:
    """Puts her into a status without asking anybody."""

    def put(status: UserStatus, enabled: bool = True, verified: str = "true") -> User:
        user = stored(core, alice)
        attributes = {**user.attributes, "email_verified": verified}
        after = replace(user, status=status, enabled=enabled, attributes=attributes)
        core.store.users.replace(after)
        return after

    return put


def stored(core: Core, named: dict[str, Any]) -> User:
    user = core.store.users.find(named["UserPoolId"], named["Username"])
    assert user is not None
    return user


def test_an_administrator_confirms_who_signed_up(
    core: Core,
    alice: dict[str, Any],
    stands: Callable[..., User],
    events: list[ConfigurationChanged],
) -> None:
    user = stands(UserStatus.UNCONFIRMED, verified="false")
    events.clear()

    assert admin_confirm_sign_up(core, alice) == {}

    after = stored(core, alice)
    assert after.status is UserStatus.CONFIRMED
    assert after.attributes["email_verified"] == "false"
    assert events == [
        ConfigurationChanged(Kind.USER, Change.UPDATED, alice["UserPoolId"], user.sub)
    ]


@pytest.mark.parametrize("status", [each for each in UserStatus if each != "UNCONFIRMED"])
async def test_nobody_else_can_be_confirmed(
    core: Core, alice: dict[str, Any], stands: Callable[..., User], status: UserStatus
) -> None:
    before = stands(status)

    assert await refusal(admin_confirm_sign_up, core, alice) == (
        "NotAuthorizedException",
        f"User cannot be confirmed. Current status is {status}",
    )
    assert stored(core, alice) == before


def test_a_reset_shuts_the_password_out(
    core: Core, alice: dict[str, Any], stands: Callable[..., User]
) -> None:
    before = stands(UserStatus.CONFIRMED)

    assert admin_reset_user_password(core, alice) == {}
    after = stored(core, alice)
    assert (after.status, after.password) == (UserStatus.RESET_REQUIRED, before.password)
    assert admin_reset_user_password(core, alice) == {}


@pytest.mark.parametrize("status", ["UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"])
async def test_a_password_that_was_never_the_users_own_is_not_reset(
    core: Core, alice: dict[str, Any], stands: Callable[..., User], status: str
) -> None:
    stands(UserStatus(status))

    assert await refusal(admin_reset_user_password, core, alice) == (
        "NotAuthorizedException",
        "User password cannot be reset in the current state.",
    )


async def test_a_reset_needs_somewhere_to_send_a_code(
    core: Core, alice: dict[str, Any], stands: Callable[..., User]
) -> None:
    stands(UserStatus.CONFIRMED, verified="false")

    code, message = await refusal(admin_reset_user_password, core, alice)
    assert code == "InvalidParameterException"
    assert message.startswith(NO_WAY)


@pytest.mark.parametrize("operation", [admin_confirm_sign_up, admin_reset_user_password])
async def test_a_user_that_is_not_there_has_no_status(
    core: Core, pool_id: str, operation: Callable[..., Any]
) -> None:
    nobody = {"UserPoolId": pool_id, "Username": "nobody"}

    assert (await refusal(operation, core, nobody))[0] == "UserNotFoundException"


@pytest.mark.parametrize(("status", "enabled", "verified"), EVERY_USER)
@pytest.mark.parametrize("move", [Move.CONFIRM, Move.RESET, Move.ENABLE, Move.DISABLE])
async def test_a_move_is_open_exactly_where_it_changes_something(
    core: Core,
    alice: dict[str, Any],
    stands: Callable[..., User],
    move: Move,
    status: UserStatus,
    enabled: bool,
    verified: str,
) -> None:
    before = stands(status, enabled, verified)
    transition = next(each for each in transitions(before) if each.move is move)
    operation = {
        Move.CONFIRM: admin_confirm_sign_up,
        Move.RESET: admin_reset_user_password,
        Move.ENABLE: admin_enable_user,
        Move.DISABLE: admin_disable_user,
    }[move]
    assert transition.operation.lower() == operation.__name__.replace("_", "")

    try:
        await done(operation, core, alice)
    except ApiError:
        assert not transition.allowed
    after = stored(core, alice)

    sent = core.store.confirmations.of_user(after.user_pool_id, after.sub)
    assert transition.allowed is (after != before or bool(sent))
    assert after.status is (transition.leads_to if transition.allowed else status)


@pytest.mark.parametrize("status", [each for each in UserStatus if each != "EXTERNAL_PROVIDER"])
@pytest.mark.parametrize("move", [Move.SET_PERMANENT, Move.FORCE_CHANGE])
async def test_a_password_can_be_set_in_every_status_of_our_own(
    core: Core,
    alice: dict[str, Any],
    stands: Callable[..., User],
    status: UserStatus,
    move: Move,
) -> None:
    transition = next(each for each in transitions(stands(status)) if each.move is move)
    password = {"Password": "Another-Horse-2", "Permanent": move is Move.SET_PERMANENT}
    await admin_set_user_password(core, {**alice, **password})

    assert transition.allowed
    assert stored(core, alice).status is transition.leads_to


def test_every_move_says_why_in_one_line(stands: Callable[..., User]) -> None:
    for status, enabled, verified in EVERY_USER:
        offered = transitions(stands(status, enabled, verified))
        assert [each.move for each in offered] == list(Move)
        assert all(each.why.endswith(".") and "\n" not in each.why for each in offered)

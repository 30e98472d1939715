"""How an administrator moves a user from one status to another (contract users 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sandbox_app.domain.records.confirmations import Purpose
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations import shapes
from sandbox_app.operations.code_delivery import any_verified_destination
from sandbox_app.operations.confirmation_codes import send_code
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import InvalidParameterException, NotAuthorizedException
from sandbox_app.operations.finding import pool_of, user_of
from sandbox_app.operations.forgotten_passwords import NOWHERE_TO_SEND, WRONG_STATE
from sandbox_app.operations.user_storing import change_user


class Move(StrEnum):
    """What can be done about a user's status."""

    CONFIRM = "confirm"
    SET_PERMANENT = "set a permanent password"
    FORCE_CHANGE = "force a change of the password"
    RESET = "require a reset of the password"
    ENABLE = "enable"
    DISABLE = "disable"


@dataclass(frozen=True, slots=True)
class Transition:
    """One move and whether it is open to the user; `why` says what it does or why it is not.

    `operation` is the API's name for it and `leads_to` the status afterwards.
    """

    move: Move
    operation: str
    leads_to: UserStatus
    allowed: bool
    why: str


@shapes.checked("AdminConfirmSignUp")
def admin_confirm_sign_up(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Confirm somebody who signed up; their address stays unverified.

    Raises:
        NotAuthorizedException: the user is not waiting to be confirmed.
    """
    user = user_of(core, request)
    if user.status is not UserStatus.UNCONFIRMED:
        raise NotAuthorizedException(
            f"User cannot be confirmed. Current status is {user.status}", field="Username"
        )
    change_user(core, pool_of(core, request), user, replace(user, status=UserStatus.CONFIRMED))
    return {}


@shapes.checked("AdminResetUserPassword")
def admin_reset_user_password(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Shut the password out until a new one is set by the code that is sent for it.

    Sessions and tokens live on.

    Raises:
        NotAuthorizedException: the status has no password to reset.
        InvalidParameterException: no verified address or number that a code could go to.
    """
    user = user_of(core, request)
    if user.status not in (UserStatus.CONFIRMED, UserStatus.RESET_REQUIRED):
        raise NotAuthorizedException(WRONG_STATE, field="Username")
    to = any_verified_destination(user)
    if to is None:
        raise InvalidParameterException(NOWHERE_TO_SEND, field="Username")
    after = replace(user, status=UserStatus.RESET_REQUIRED)
    with core.change():
        change_user(core, pool_of(core, request), user, after)
        send_code(core, user, Purpose.RESET, to)
    return {}


def transitions(user: User) -> tuple[Transition, ...]:
    """Every move with its reason, those that are closed to the user included."""
    return (
        _confirm(user),
        _set_permanent(user),
        _force_change(user),
        _reset(user),
        _enable(user),
        _disable(user),
    )


def _confirm(user: User) -> Transition:
    allowed = user.status is UserStatus.UNCONFIRMED
    if allowed:
        why = "Takes the place of the code that the user was to enter after signing up."
    else:
        why = f"Only an UNCONFIRMED user waits to be confirmed; this one is {user.status}."
    return Transition(Move.CONFIRM, "AdminConfirmSignUp", UserStatus.CONFIRMED, allowed, why)


def _set_permanent(user: User) -> Transition:
    allowed = not _is_external(user)
    why = "The user signs in with it at once, whatever the status was." if allowed else _EXTERNAL
    return Transition(
        Move.SET_PERMANENT, "AdminSetUserPassword", UserStatus.CONFIRMED, allowed, why
    )


def _force_change(user: User) -> Transition:
    allowed = not _is_external(user)
    why = (
        "Sets a temporary password, which has to be changed at the next sign-in."
        if allowed
        else _EXTERNAL
    )
    after = UserStatus.FORCE_CHANGE_PASSWORD
    return Transition(Move.FORCE_CHANGE, "AdminSetUserPassword", after, allowed, why)


def _reset(user: User) -> Transition:
    allowed = False
    if _is_external(user):
        why = _EXTERNAL
    elif user.status not in (UserStatus.CONFIRMED, UserStatus.RESET_REQUIRED):
        why = f"Only a CONFIRMED user's password is reset; this one is {user.status}."
    elif any_verified_destination(user) is None:
        why = "The user has no verified e-mail address or phone number to send a code to."
    elif user.status is UserStatus.RESET_REQUIRED:
        allowed, why = True, "Sends another code; the one before it is worth nothing then."
    else:
        allowed, why = True, "Sends a code; the password opens nothing until it sets a new one."
    after = UserStatus.RESET_REQUIRED
    return Transition(Move.RESET, "AdminResetUserPassword", after, allowed, why)


def _enable(user: User) -> Transition:
    why = "The user is enabled already." if user.enabled else "Lets the user sign in again."
    return Transition(Move.ENABLE, "AdminEnableUser", user.status, not user.enabled, why)


def _disable(user: User) -> Transition:
    why = "Shuts the user out and ends sessions and refresh tokens; the status stays."
    if not user.enabled:
        why = "The user is disabled already."
    return Transition(Move.DISABLE, "AdminDisableUser", user.status, user.enabled, why)


_EXTERNAL = "The password lives with an identity provider, not in this pool."


def _is_external(user: User) -> bool:
    return user.status is UserStatus.EXTERNAL_PROVIDER

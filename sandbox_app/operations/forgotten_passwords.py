"""A user who forgot the password sets another one by a code (contract users 3 and 4)."""

from collections.abc import Mapping
from typing import Any

from sandbox_app.domain.records.confirmations import CodeAction, Purpose
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations import shapes
from sandbox_app.operations.app_callers import Caller, caller_of, stand_in, user_named
from sandbox_app.operations.code_delivery import (
    Destination,
    recovery_destination,
    recovery_order,
    simulated_destination,
)
from sandbox_app.operations.confirmation_codes import (
    count,
    expired,
    judge,
    mismatch,
    send_code,
    spend,
)
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import (
    InvalidParameterException,
    NotAuthorizedException,
)
from sandbox_app.operations.new_users import check_password_policy
from sandbox_app.operations.user_storing import set_made_password

NOWHERE_TO_SEND = (
    "Cannot reset password for the user as there is no registered/verified email or phone_number"
)
WRONG_STATE = "User password cannot be reset in the current state."
_HAVE_PASSWORDS = (UserStatus.CONFIRMED, UserStatus.RESET_REQUIRED, UserStatus.UNCONFIRMED)


@shapes.checked("ForgotPassword")
def forgot_password(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Send a code that sets a new password; the old one goes on working until then.

    Raises:
        UserNotFoundException: no such user, and the client may know.
        NotAuthorizedException: the user's state has no password to reset, or only an
            administrator may help.
        InvalidParameterException: no verified address or number that a code could go to.
        LimitExceededException: the sixth time within an hour.
    """
    caller = caller_of(core, request)
    user = user_named(core, caller, request["Username"])
    if user is None:
        return _pretend(core, caller, request["Username"])
    _refuse_state(user)
    to = _destination(caller, user)
    count(core, user.user_pool_id, user.sub, CodeAction.FORGOT, name=user.username)
    send_code(core, user, Purpose.RESET, to)
    return {"CodeDeliveryDetails": to.details}


@shapes.checked("ConfirmForgotPassword")
async def confirm_forgot_password(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Set a new password by the code that was sent.

    The password is looked at first, so that one the pool refuses costs neither code nor try
    (inferred).

    Raises:
        InvalidPasswordException: it breaks the pool's policy.
        ExpiredCodeException, CodeMismatchException, LimitExceededException: see `judge`.
        UserNotFoundException: no such user, and the client may know.
    """
    caller = caller_of(core, request)
    typed, password = request["ConfirmationCode"], request["Password"]
    user = user_named(core, caller, request["Username"])
    check_password_policy(caller.pool, password)
    if user is None:
        raise _not_for_nobody(core, caller, request["Username"])
    _refuse_state(user)
    sent = judge(core, user, Purpose.RESET, typed)
    secret = await core.passwords.make(caller.pool.id, user.username, password)
    # The user may have changed or gone, and the code been used, while the hash was made.
    now = core.store.users.get(user.user_pool_id, user.sub)
    if now is None:
        raise expired()
    with core.change():
        spend(core, sent)
        set_made_password(core, now, secret, permanent=True)
    return {}


def _refuse_state(user: User) -> None:
    if not user.enabled:
        raise NotAuthorizedException("User is disabled.", field="Username")
    if user.status not in _HAVE_PASSWORDS:
        raise NotAuthorizedException(WRONG_STATE, field="Username")


def _destination(caller: Caller, user: User) -> Destination:
    if not recovery_order(caller.pool):
        raise NotAuthorizedException("Contact administrator to reset password.", field="Username")
    to = recovery_destination(caller.pool, user)
    if to is None:
        raise InvalidParameterException(NOWHERE_TO_SEND, field="Username")
    return to


def _pretend(core: Core, caller: Caller, typed: str) -> dict[str, Any]:
    count(core, caller.pool.id, stand_in(caller.pool, typed), CodeAction.FORGOT)
    return {"CodeDeliveryDetails": simulated_destination(caller.pool, typed).details}


def _not_for_nobody(core: Core, caller: Caller, typed: str) -> Exception:
    """A mismatch where a code seems to have been sent, as it would be for a user."""
    who, pool_id = stand_in(caller.pool, typed), caller.pool.id
    count(core, pool_id, who, CodeAction.RESET)
    since = core.timestamp() - 3600.0
    asked = core.store.confirmations.tries(pool_id, who, CodeAction.FORGOT, since)
    return mismatch() if asked else expired()

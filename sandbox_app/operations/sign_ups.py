"""Somebody who signed up confirms it by a code (contract users 3 and 4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox_app.domain.records.confirmations import CodeAction, ConfirmationCode, Purpose
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations import shapes
from sandbox_app.operations.app_callers import caller_of, stand_in, user_named
from sandbox_app.operations.code_delivery import simulated_destination, verification_destination
from sandbox_app.operations.confirmation_codes import count, expired, judge, send_code, spend
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import InvalidParameterException, NotAuthorizedException
from sandbox_app.operations.user_attributes import VERIFIED_BY
from sandbox_app.operations.user_storing import change_user


@shapes.checked("ConfirmSignUp")
def confirm_sign_up(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Confirm a user by the code that was sent; the address it went to is verified now.

    Raises:
        NotAuthorizedException: the user is not waiting to be confirmed.
        AliasExistsException: another user verified the address, and it shall not be moved.
        ExpiredCodeException, CodeMismatchException, LimitExceededException: see `judge`.
        UserNotFoundException: no such user, and the client may know.
    """
    caller = caller_of(core, request)
    user = user_named(core, caller, request["Username"])
    if user is None:
        count(core, caller.pool.id, stand_in(caller.pool, request["Username"]), CodeAction.CONFIRM)
        raise expired()
    if user.status is not UserStatus.UNCONFIRMED:
        raise NotAuthorizedException(
            f"User cannot be confirmed. Current status is {user.status}", field="Username"
        )
    sent = judge(core, user, Purpose.SIGN_UP, request["ConfirmationCode"])
    after = replace(user, status=UserStatus.CONFIRMED, attributes=_verified(user, sent))
    move = bool(request.get("ForceAliasCreation"))
    with core.change():
        spend(core, sent)
        change_user(core, caller.pool, user, after, move_aliases=move)
    return {}


@shapes.checked("ResendConfirmationCode")
def resend_confirmation_code(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Send another code to somebody who signed up; the one before it is worth nothing any more.

    Raises:
        InvalidParameterException: the user is confirmed already, or the pool verifies nothing
            that the user has.
        LimitExceededException: the sixth time within an hour.
        UserNotFoundException: no such user, and the client may know.
    """
    caller = caller_of(core, request)
    typed = request["Username"]
    user = user_named(core, caller, typed)
    if user is None:
        count(core, caller.pool.id, stand_in(caller.pool, typed), CodeAction.RESEND)
        return {"CodeDeliveryDetails": simulated_destination(caller.pool, typed).details}
    if user.status is not UserStatus.UNCONFIRMED:
        raise InvalidParameterException("User is already confirmed.", field="Username")
    to = verification_destination(caller.pool, user)
    if to is None:
        raise InvalidParameterException(
            "Cannot resend codes. Auto verification not turned on.", field="Username"
        )
    count(core, user.user_pool_id, user.sub, CodeAction.RESEND, name=user.username)
    send_code(core, user, Purpose.SIGN_UP, to)
    return {"CodeDeliveryDetails": to.details}


def _verified(user: User, sent: ConfirmationCode) -> dict[str, str]:
    """The attributes afterwards; an address that changed since the code was sent stays as it is."""
    attributes = dict(user.attributes)
    if attributes.get(sent.attribute) == sent.destination:
        attributes[VERIFIED_BY[sent.attribute]] = "true"
    return attributes

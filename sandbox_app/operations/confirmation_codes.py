"""Confirmation codes: made, counted and judged (contract users 4)."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from types import MappingProxyType

from sandbox_app.domain.events import ConfirmationCodeMade, LeniencyUsed
from sandbox_app.domain.memory.outbox import SentCode
from sandbox_app.domain.records.confirmations import CodeAction, ConfirmationCode, Purpose
from sandbox_app.domain.records.users import User
from sandbox_app.operations.code_delivery import Destination
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import (
    CodeMismatchException,
    ExpiredCodeException,
    LimitExceededException,
)

_HOUR = 3600.0
LIFETIMES: Mapping[Purpose, float] = MappingProxyType(
    {Purpose.SIGN_UP: 24 * _HOUR, Purpose.RESET: _HOUR}
)
"""Seconds a code is good for (US-4-1, US-4-2)."""

LIMITS: Mapping[CodeAction, int] = MappingProxyType(
    {CodeAction.CONFIRM: 15, CodeAction.RESEND: 5, CodeAction.FORGOT: 5, CodeAction.RESET: 5}
)
"""How often a user may do it within an hour; of "5 to 20 by risk" the strictest."""

ENTERING: Mapping[Purpose, CodeAction] = MappingProxyType(
    {Purpose.SIGN_UP: CodeAction.CONFIRM, Purpose.RESET: CodeAction.RESET}
)
"""What entering a code counts as."""


def send_code(core: Core, user: User, purpose: Purpose, to: Destination) -> None:
    """Make a code and send it; the one before it is worth nothing any more."""
    code, now = f"{secrets.randbelow(10**6):06}", core.timestamp()
    with core.change():
        core.store.confirmations.put(
            ConfirmationCode(
                user_pool_id=user.user_pool_id,
                sub=user.sub,
                purpose=purpose,
                digest=_digest(code, secrets.token_hex(8)),
                medium=to.medium,
                attribute=to.attribute,
                destination=to.address,
                made_at=now,
                expires_at=now + LIFETIMES[purpose],
            )
        )
        core.bus.publish(ConfirmationCodeMade(user.user_pool_id, user.sub, str(purpose), to.medium))
    core.outbox.put(
        SentCode(user_pool_id=user.user_pool_id, sub=user.sub, purpose=purpose, code=code)
    )


def count(core: Core, pool_id: str, who: str, action: CodeAction, *, name: str = "") -> None:
    """Count that somebody asks for a code or enters one.

    Args:
        who: the user's `sub`, or what stands for somebody who is no user.
        name: the user's name, for those who hear of leniency.

    Raises:
        LimitExceededException: it was done too often within the last hour (US-4-9).
    """
    now = core.timestamp()
    if tries_left(core, pool_id, who, action) == 0:
        if not core.conditions.leniency.no_code_limits:
            raise LimitExceededException("Attempt limit exceeded, please try after some time.")
        core.bus.publish(LeniencyUsed("no_code_limits", "US-4-9", pool_id, name))
    core.store.confirmations.add_try(pool_id, who, action, now)


def tries_left(core: Core, pool_id: str, who: str, action: CodeAction) -> int:
    """How often somebody may still do it within the hour."""
    since = core.timestamp() - _HOUR
    tries = core.store.confirmations.tries(pool_id, who, action, since)
    return max(0, LIMITS[action] - tries)


def judge(core: Core, user: User, purpose: Purpose, typed: str) -> ConfirmationCode:
    """The code that was sent, if this is it; it is still to be spent. Counts as a try.

    Raises:
        LimitExceededException: too many tries within the last hour (US-4-9).
        ExpiredCodeException: none was asked for, or it expired (US-4-8).
        CodeMismatchException: it is another one (US-4-7).
    """
    count(core, user.user_pool_id, user.sub, ENTERING[purpose], name=user.username)
    sent = core.store.confirmations.find(user.user_pool_id, user.sub, purpose)
    if sent is None or sent.expires_at <= core.timestamp():
        raise expired()
    if not is_code(sent, typed):
        _accept_fixed(core, user, typed)
    return sent


def spend(core: Core, sent: ConfirmationCode) -> None:
    """Use a code up, in the same transaction as what it confirms.

    Raises:
        ExpiredCodeException: another request did so first, or a newer code was sent.
    """
    if not core.store.confirmations.spend(sent):
        raise expired()
    core.store.confirmations.forget_tries(sent.user_pool_id, sent.sub, ENTERING[sent.purpose])


def is_code(sent: ConfirmationCode, typed: str) -> bool:
    """Whether the typed code is the one that was sent."""
    salt = sent.digest.partition("$")[0]
    return hmac.compare_digest(_digest(typed, salt), sent.digest)


def mismatch() -> CodeMismatchException:
    """What is said to a wrong code."""
    return CodeMismatchException(
        "Invalid verification code provided, please try again.", field="ConfirmationCode"
    )


def expired() -> ExpiredCodeException:
    """What is said where no code is awaited any more."""
    return ExpiredCodeException(
        "Invalid code provided, please request a code again.", field="ConfirmationCode"
    )


def _accept_fixed(core: Core, user: User, typed: str) -> None:
    fixed = core.conditions.leniency.fixed_code
    if not fixed or not hmac.compare_digest(fixed.encode(), typed.encode(errors="replace")):
        raise mismatch()
    core.bus.publish(LeniencyUsed("fixed_code", "US-4-7", user.user_pool_id, user.username))


def _digest(code: str, salt: str) -> str:
    text = f"{salt}\n{code}".encode(errors="surrogatepass")
    return f"{salt}${hashlib.sha256(text).hexdigest()}"

"""Users whose password was right and who still may not go on (HU-4.1-10, -11 and -12)."""

from sandbox_app.domain.records.confirmations import Purpose
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.workbench.live.causes import places
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.explanation import Cause, Found
from sandbox_app.workbench.live.words import local_clock, local_date, span_words

_DAY = 86_400
_AT_ONCE = 1.0
"""Seconds between making a user and setting the password that came with it, at most."""


def old_password(case: Case) -> Found:
    """HU-4.1-10: since when, and how long it would have been good."""
    user, pool = case.user, case.pool
    place = places.of_user(case, "Password")
    if user is None or pool is None:
        return Found((_too_late(),), place=place)
    if user.status is not UserStatus.FORCE_CHANGE_PASSWORD:
        return Found(place=place, settled=f"{user.username} is {user.status} now.")
    days = _days(pool)
    since = user.temporary_since or user.creation_date
    if case.core.timestamp() < since + days * _DAY:
        words = f"The temporary password of {user.username} is good by now: its time began anew."
        return Found(place=place, settled=words)
    if not days:
        words = "The pool's policy gives temporary passwords no day at all, so that none is good."
        return Found((Cause(words),), place=places.of_pool(case, _POLICY))
    return Found((_too_late(since, days),), place=place)


_POLICY = "Policies.PasswordPolicy.TemporaryPasswordValidityDays"


def _too_late(since: float = 0.0, days: int = 0) -> Cause:
    known = f": it is from {local_date(since)} and was good for {days} days" if days else ""
    return Cause(
        f"Nobody signed in with the temporary password in time{known}.",
        "Its time begins anew when an attribute is changed, the invitation is sent again or "
        "another one is set; the pool's policy can give it more days.",
    )


def still_temporary(case: Case) -> Found:
    """HU-4.1-11: how the password came to be temporary, and how long it is good."""
    user, pool = case.user, case.pool
    if user is None or pool is None:
        return Found()
    if user.status is UserStatus.CONFIRMED:
        return Found(settled=f"{user.username} is CONFIRMED now.")
    since = user.temporary_since or user.creation_date
    if since - user.creation_date <= _AT_ONCE:
        words = "An administrator made the user, and the password is still the temporary one."
    else:
        words = (
            f"An administrator set the password without making it permanent, or changed an "
            f"attribute since, at {local_clock(since)}: it is a temporary one."
        )
    left = since + _days(pool) * _DAY - case.core.timestamp()
    more = f" This one is good for {span_words(left)} more." if left > 0 else ""
    advice = f"AdminSetUserPassword with Permanent, or the user's editor, ends this.{more}"
    return Found((Cause(words, advice),))


def asked_to_reset(case: Case) -> Found:
    """HU-4.1-12: whether a code is on its way that takes a new password."""
    user = case.user
    if user is None:
        return Found()
    if user.status is UserStatus.CONFIRMED:
        return Found(settled=f"{user.username} is CONFIRMED now.")
    if user.password is None:
        words = "The user was imported, and has no password here yet."
    else:
        words = "The user was imported, or an administrator asked for a new password."
    return Found((Cause(words, _way_on(user, case)),))


def _way_on(user: User, case: Case) -> str:
    code = case.core.store.confirmations.find(user.user_pool_id, user.sub, Purpose.RESET)
    if code is None:
        return "No code is on its way: AdminResetUserPassword or ForgotPassword sends one."
    if code.expires_at <= case.core.timestamp():
        return (
            f"The code that went to {code.destination} is good no more, since "
            f"{local_clock(code.expires_at)}: ForgotPassword sends another."
        )
    return (
        f"A code went to {code.destination} and is good until {local_clock(code.expires_at)}: "
        "ConfirmForgotPassword takes it with a new password."
    )


def _days(pool: UserPool) -> int:
    return pool.policies.password_policy.temporary_password_validity_days

"""Whether a typed name and password let somebody in (contract hosted-ui 4.1, users 2, 5)."""

from dataclasses import dataclass

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.domain.trace import Trace
from sandbox_app.flows.forgiving import forgive
from sandbox_app.flows.near_misses import passwords
from sandbox_app.flows.near_misses.clocks import bent_words
from sandbox_app.operations import lockout
from sandbox_app.operations.core import Core
from sandbox_app.operations.sign_in_names import find_user

_DAY = 86_400
_WRONG = "Incorrect username or password."


@dataclass(frozen=True, slots=True)
class PasswordRefused:
    """Why nobody gets in: `message` is for the page, `because` for the window.

    `stopped` is the status that forbids the way on although the password was right.
    """

    rule: str
    message: str
    because: str
    stopped: str | None = None


async def check_password(
    pool: UserPool, client: UserPoolClient, typed: str, password: str, core: Core, trace: Trace
) -> User | PasswordRefused:
    """The user, if the password is right and the user's state lets them in.

    An unknown user costs as much time as a wrong password.
    """
    checks = trace.checks
    empty = "" if typed and password else "no password" if typed else "no user name"
    if not checks.require("HU-4.1-2", not empty, got=empty):
        return PasswordRefused("HU-4.1-2", _WRONG, "username or password is empty")
    user = find_user(core, pool, typed)
    trace.username = user.username if user is not None else typed[:128]
    if user is not None and not _unlocked(user, core, trace):
        return _locked()
    right = await core.passwords.matches(user.password if user is not None else None, password)
    user = find_user(core, pool, typed)
    if user is None:
        return _unknown(client, typed, trace)
    checks.require("HU-4.1-5", True, got=user.username)
    # The lock may have closed while the hash was computed: tries made at once count one by one.
    strict = not core.conditions.leniency.no_lockout
    if strict and lockout.is_locked(user.lockout, core.timestamp()):
        checks.require("HU-4.1-3", False, because="the lock closed while this try was under way")
        return _locked()
    if not checks.require("HU-4.1-6", user.enabled, got="disabled" if not user.enabled else ""):
        message = _WRONG if client.hides_unknown_users else "User is disabled."
        return PasswordRefused("HU-4.1-6", message, f"the user {user.username} is disabled")
    policy = pool.policies.password_policy
    because = "" if right else passwords.why_wrong(user, password, policy)
    if not checks.require("HU-4.1-8", right, because=because):
        failed = lockout.after_failure(user.lockout, core.timestamp())
        core.store.users.set_lockout(pool.id, user.sub, failed)
        return PasswordRefused("HU-4.1-8", _WRONG, because)
    core.store.users.set_lockout(pool.id, user.sub, lockout.after_success())
    return status_allows(pool, user, core, trace)


def _unlocked(user: User, core: Core, trace: Trace) -> bool:
    now = core.timestamp()
    locked = lockout.is_locked(user.lockout, now)
    words = (
        f"{user.lockout.failures} failed tries, "
        f"locked for {user.lockout.locked_until - now:.0f} s more"
    )
    if locked and core.conditions.leniency.no_lockout:
        forgive("no_lockout", core, trace, got=words)
        return True
    return trace.checks.require("HU-4.1-3", not locked, got=words if locked else "")


def _locked() -> PasswordRefused:
    return PasswordRefused(
        "HU-4.1-3", "Password attempts exceeded", "too many failed tries in a row"
    )


def _unknown(client: UserPoolClient, typed: str, trace: Trace) -> PasswordRefused:
    trace.checks.require("HU-4.1-5", False, got=typed[:128], expected="a user of the pool")
    message = _WRONG if client.hides_unknown_users else "User does not exist."
    return PasswordRefused("HU-4.1-5", message, "the pool has no user of that name")


def status_allows(pool: UserPool, user: User, core: Core, trace: Trace) -> User | PasswordRefused:
    """The user, if their status lets them in once the password is right (HU-4.1-9 … -12)."""
    checks = trace.checks
    status = user.status
    if not checks.require("HU-4.1-9", status is not UserStatus.UNCONFIRMED, got=status):
        return _stopped("HU-4.1-9", "User is not confirmed.", user)
    if status is UserStatus.FORCE_CHANGE_PASSWORD and not _still_valid(pool, user, core, trace):
        return PasswordRefused(
            "HU-4.1-10",
            "Temporary password has expired and must be reset by an administrator.",
            "the temporary password is too old",
        )
    if not checks.require("HU-4.1-11", status is not UserStatus.FORCE_CHANGE_PASSWORD, got=status):
        return _stopped("HU-4.1-11", "A new password is required.", user)
    if not checks.require("HU-4.1-12", status is not UserStatus.RESET_REQUIRED, got=status):
        return _stopped("HU-4.1-12", "Password reset required for the user", user)
    return user


def _still_valid(pool: UserPool, user: User, core: Core, trace: Trace) -> bool:
    days = pool.policies.password_policy.temporary_password_validity_days
    age = core.timestamp() - (user.temporary_since or user.creation_date)
    good = age < days * _DAY
    return trace.checks.require(
        "HU-4.1-10",
        good,
        got=f"{age / _DAY:.1f} days old",
        expected=f"younger than {days} days",
        because="" if good else f"it is {_span(age - days * _DAY)} too old{bent_words(core)}",
    )


def _span(seconds: float) -> str:
    """How late, in the unit that says it best."""
    for size, unit in ((_DAY, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.0f} s"


def _stopped(rule: str, message: str, user: User) -> PasswordRefused:
    return PasswordRefused(rule, message, f"{user.username} is {user.status}", str(user.status))

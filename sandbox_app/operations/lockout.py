"""The arithmetic of failed sign-ins (contract users 5)."""

from sandbox_app.domain.records.users import Lockout

FREE_TRIES = 5
LONGEST_LOCK = 900.0
QUIET_RESETS_AFTER = 900.0


def is_locked(lockout: Lockout, now: float) -> bool:
    """Whether a try at this moment is turned away, uncounted and without prolonging the lock."""
    return now < lockout.locked_until


def after_failure(lockout: Lockout, now: float) -> Lockout:
    """The state after one more wrong password: from the fifth on, 2^(n-5) s, at most 15 min."""
    quiet = now - max(lockout.last_attempt, lockout.locked_until)
    failures = 1 if quiet >= QUIET_RESETS_AFTER else lockout.failures + 1
    lock = 0.0 if failures < FREE_TRIES else _lock_after(failures - FREE_TRIES)
    return Lockout(failures=failures, last_attempt=now, locked_until=now + lock)


def _lock_after(further: int) -> float:
    # The exponent is bounded before the power is taken: a float ends at 2^1023.
    return min(2.0 ** min(further, 10), LONGEST_LOCK)


def after_success() -> Lockout:
    """A good sign-in forgets the failures before it (inferred)."""
    return Lockout()

"""The arithmetic of failed sign-ins (contract users 5)."""

import pytest

from sandbox_app.domain.records.users import Lockout
from sandbox_app.operations.lockout import after_failure, after_success, is_locked

NOON = 1_800_000_000.0


def failed(times: int, at: float = NOON) -> Lockout:
    """The state after so many failures, each tried as soon as the lock before it ended."""
    lockout = Lockout()
    for _ in range(times):
        lockout = after_failure(lockout, max(at, lockout.locked_until))
    return lockout


def lock_of(lockout: Lockout) -> float:
    return lockout.locked_until - lockout.last_attempt


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (14, 512), (15, 900), (16, 900)],
)
def test_from_the_fifth_failure_on_the_lock_doubles_up_to_a_quarter_of_an_hour(
    failures: int, seconds: float
) -> None:
    assert lock_of(failed(failures)) == seconds


def test_four_failures_lock_nobody_out() -> None:
    assert not is_locked(failed(4), NOON)


def test_a_lock_ends_at_its_second_and_not_before() -> None:
    lockout = failed(5)

    assert is_locked(lockout, NOON + 0.999)
    assert not is_locked(lockout, NOON + 1)


def test_a_quarter_of_an_hour_without_any_try_forgets_the_failures() -> None:
    lockout = failed(6)

    almost = after_failure(lockout, lockout.locked_until + 899)
    over = after_failure(lockout, lockout.locked_until + 900)

    assert (almost.failures, over.failures) == (7, 1)
    assert not is_locked(over, over.last_attempt)


def test_a_longest_lock_does_not_forget_by_itself() -> None:
    lockout = failed(20)

    assert lock_of(after_failure(lockout, lockout.locked_until)) == 900


def test_the_doubling_never_runs_out_of_numbers() -> None:
    many = Lockout(failures=5_000, last_attempt=NOON, locked_until=NOON)

    assert lock_of(after_failure(many, NOON)) == 900


def test_a_good_sign_in_forgets_the_failures() -> None:
    assert after_success() == Lockout()

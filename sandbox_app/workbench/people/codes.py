"""The confirmation codes that were sent to a user, for those who cannot read the user's mail."""

from dataclasses import dataclass

from sandbox_app.operations.core import Core


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSeen:
    """One code that was sent and not used yet. Times in epoch seconds.

    Args:
        purpose: what it confirms, such as `sign-up` or `forgotten password`.
        operation: the API's operation that redeems it.
        destination: where it went, in full.
        code: six digits; empty where it was made before the program was started, because the
            workspace keeps only its hash.
    """

    purpose: str
    operation: str
    medium: str
    destination: str
    code: str
    made_at: float
    expires_at: float
    tries_left: int


def codes_of(core: Core, pool_id: str, sub: str) -> tuple[CodeSeen, ...]:
    """The user's codes that are not used yet, newest first, expired ones included."""
    raise NotImplementedError

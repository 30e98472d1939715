"""The confirmation codes that were sent to a user, for those who cannot read the user's mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sandbox_app.domain.records.confirmations import ConfirmationCode, Purpose
from sandbox_app.operations.confirmation_codes import ENTERING, is_code, tries_left
from sandbox_app.operations.core import Core

_REDEEMED_BY: Mapping[Purpose, str] = MappingProxyType(
    {Purpose.SIGN_UP: "ConfirmSignUp", Purpose.RESET: "ConfirmForgotPassword"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSeen:
    """One code that was sent and not used yet. Times in epoch seconds.

    Args:
        purpose: what it confirms, `sign-up` or `password reset`.
        operation: the API's operation that redeems it.
        medium: `EMAIL` or `SMS`.
        destination: where it went, in full.
        code: six digits; empty where it was made before the program was started, because the
            workspace keeps only its hash.
        tries_left: how often a code may still be entered within the hour.
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
    found = core.store.confirmations.of_user(pool_id, sub)
    return tuple(_seen(core, code) for code in found)


def _seen(core: Core, code: ConfirmationCode) -> CodeSeen:
    return CodeSeen(
        purpose=str(code.purpose),
        operation=_REDEEMED_BY[code.purpose],
        medium=code.medium,
        destination=code.destination,
        code=_text(core, code),
        made_at=code.made_at,
        expires_at=code.expires_at,
        tries_left=tries_left(core, code.user_pool_id, code.sub, ENTERING[code.purpose]),
    )


def _text(core: Core, code: ConfirmationCode) -> str:
    """What was sent, as far as it is remembered and still the one that counts."""
    sent = core.outbox.newest_to(code.user_pool_id, code.sub)
    return next((one.code for one in sent if is_code(code, one.code)), "")

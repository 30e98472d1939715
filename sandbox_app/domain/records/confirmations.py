"""Codes that confirm an address or a forgotten password (contract users 3 and 4)."""

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What a confirmation code is for; a user has at most one code for each."""

    SIGN_UP = "sign-up"
    RESET = "password reset"


class CodeAction(StrEnum):
    """What is counted per user and hour."""

    CONFIRM = "confirm"
    RESEND = "resend"
    FORGOT = "forgot"
    RESET = "reset"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationCode:
    """A code that was sent and not used yet. Times in epoch seconds.

    `digest` is a salted hash of it. `attribute` is `email` or `phone_number`, `destination` the
    value of it that the code went to, `medium` the API's `EMAIL` or `SMS`.
    """

    user_pool_id: str
    sub: str
    purpose: Purpose
    digest: str
    medium: str
    attribute: str
    destination: str
    made_at: float
    expires_at: float

"""A user of a pool, with what proves who they are and what locks them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class UserStatus(StrEnum):
    """Where in its life a user stands. Source: contract users 2."""

    UNCONFIRMED = "UNCONFIRMED"
    CONFIRMED = "CONFIRMED"
    FORCE_CHANGE_PASSWORD = "FORCE_CHANGE_PASSWORD"
    RESET_REQUIRED = "RESET_REQUIRED"
    EXTERNAL_PROVIDER = "EXTERNAL_PROVIDER"


@dataclass(frozen=True, slots=True)
class PasswordSecret:
    """What is kept of a password: an Argon2id hash and Cognito's SRP salt and verifier.

    `argon2id` is a PHC string with its parameters; the SRP values are hexadecimal.
    """

    argon2id: str
    srp_salt: str
    srp_verifier: str


@dataclass(frozen=True, slots=True)
class Lockout:
    """Failed sign-ins and the lock they led to, in epoch seconds. Source: contract users 5."""

    failures: int = 0
    last_attempt: float = 0.0
    locked_until: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A user. Dates are seconds since 1970-01-01 UTC.

    `attributes` are texts by API name, `sub` included. `temporary_since` is when the temporary
    password was set, `None` for a permanent one. Tokens issued before `tokens_valid_from` are
    dead (global sign-out).
    """

    user_pool_id: str
    sub: str
    username: str
    status: UserStatus
    enabled: bool
    creation_date: float
    last_modified_date: float
    attributes: Mapping[str, str]
    password: PasswordSecret | None = None
    temporary_since: float | None = None
    tokens_valid_from: float = 0.0
    lockout: Lockout = Lockout()

"""A user to be: the name it may have, and a password that its pool's policy accepts."""

import secrets
import string
from collections.abc import Mapping
from typing import Any

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.factors.policy import broken_rule
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import InvalidParameterException, InvalidPasswordException
from sandbox_app.operations.sign_in_names import folded, looks_like_email, looks_like_phone
from sandbox_app.operations.user_attributes import as_mapping, check_attributes, conformed
from sandbox_app.tokens.identifiers import new_sub


def new_user(
    core: Core, pool: UserPool, request: Mapping[str, Any], *, sub: str | None = None
) -> User:
    """The user that an AdminCreateUser request describes, not stored and without a password.

    Raises:
        ApiError: name or attributes that the pool refuses.
    """
    attributes = asked_attributes(pool, request)
    check_attributes(pool, attributes, before=None)
    sub = sub or new_sub()
    now = core.timestamp()
    return User(
        user_pool_id=pool.id,
        sub=sub,
        username=sub if pool.username_attributes else folded(pool, request["Username"]),
        status=UserStatus.FORCE_CHANGE_PASSWORD,
        enabled=True,
        creation_date=now,
        last_modified_date=now,
        attributes={"sub": sub, **attributes},
    )


def asked_attributes(pool: UserPool, request: Mapping[str, Any]) -> dict[str, str]:
    """The attributes an AdminCreateUser request states; a typed address or number is one of them.

    Raises:
        InvalidParameterException: a name of the wrong form, or one that an attribute contradicts.
    """
    typed = request["Username"]
    attributes = conformed(pool, as_mapping(request.get("UserAttributes") or ()))
    if not pool.username_attributes:
        _refuse_alias_like(pool, typed)
        return attributes
    name = _username_attribute(pool, typed)
    if folded(pool, attributes.setdefault(name, typed)) != folded(pool, typed):
        raise InvalidParameterException(
            f"Username and the attribute {name} must be the same.", field="UserAttributes"
        )
    return attributes


def check_password_policy(pool: UserPool, password: str) -> None:
    """Refuse a password that breaks the pool's policy.

    Raises:
        InvalidPasswordException: with the first rule broken, in the real service's words.
    """
    broken = broken_rule(pool.policies.password_policy, password)
    if broken is not None:
        raise InvalidPasswordException(
            f"Password did not conform with policy: {broken}", field="Password"
        )


def made_up_password(pool: UserPool) -> str:
    """A password that any policy of the pool accepts, as the real service makes one up."""
    length = max(pool.policies.password_policy.minimum_length, 12)
    alphabets = (string.ascii_uppercase, string.ascii_lowercase, string.digits, "!@#%&*+-=?")
    chosen = [secrets.choice(alphabet) for alphabet in alphabets]
    chosen += [secrets.choice("".join(alphabets)) for _ in range(length - len(chosen))]
    secrets.SystemRandom().shuffle(chosen)
    return "".join(chosen)


def _username_attribute(pool: UserPool, typed: str) -> str:
    if "email" in pool.username_attributes and looks_like_email(typed):
        return "email"
    if "phone_number" in pool.username_attributes and looks_like_phone(typed):
        return "phone_number"
    words = {"email": "an email", "phone_number": "a phone number"}
    wanted = " or ".join(words[name] for name in words if name in pool.username_attributes)
    either = "either " if len(pool.username_attributes) > 1 else ""
    raise InvalidParameterException(f"Username should be {either}{wanted}.", field="Username")


def _refuse_alias_like(pool: UserPool, typed: str) -> None:
    for attribute, words, matches in (
        ("email", "email format", looks_like_email),
        ("phone_number", "phone number format", looks_like_phone),
    ):
        if attribute in pool.alias_attributes and matches(typed):
            alias = "email" if attribute == "email" else "phone number"
            raise InvalidParameterException(
                f"Username cannot be of {words}, since user pool is configured for {alias} alias.",
                field="Username",
            )

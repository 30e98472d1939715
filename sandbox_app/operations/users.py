"""Users as an administrator handles them (contract users 1, 2, 6, 7)."""

import secrets
import string
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import Lockout, PasswordSecret, User, UserStatus
from sandbox_app.factors.policy import broken_rule
from sandbox_app.operations import shapes
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import (
    AliasExistsException,
    InvalidParameterException,
    InvalidPasswordException,
    UsernameExistsException,
)
from sandbox_app.operations.finding import pool_of, user_of
from sandbox_app.operations.paging import read_token, write_token
from sandbox_app.operations.sign_in_names import folded, looks_like_email, looks_like_phone
from sandbox_app.operations.user_attributes import as_list, as_mapping, check_attributes
from sandbox_app.operations.user_filters import parse_filter
from sandbox_app.tokens.identifiers import new_sub

_VERIFIED_BY = {"email": "email_verified", "phone_number": "phone_number_verified"}
_DEFAULT_LIMIT = 60


@shapes.checked("AdminCreateUser")
async def admin_create_user(
    core: Core, request: Mapping[str, Any], *, sub: str | None = None
) -> dict[str, Any]:
    """Make a user with a temporary password, made up if none is given.

    Args:
        sub: chosen instead of a random one.

    Raises:
        ApiError: name or attributes that the pool refuses, or a password against its policy.
    """
    pool = pool_of(core, request)
    user = new_user(core, pool, request, sub=sub)
    password = request.get("TemporaryPassword") or _made_up_password(pool)
    check_password_policy(pool, password)
    secret = await core.passwords.make(pool.id, user.username, password)
    user = replace(user, password=secret, temporary_since=core.timestamp())
    store_new_user(core, pool, user, move_aliases=bool(request.get("ForceAliasCreation")))
    return {"User": listed(user)}


@shapes.checked("AdminGetUser")
def admin_get_user(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Everything about a user."""
    shape = listed(user_of(core, request))
    shape["UserAttributes"] = shape.pop("Attributes")
    return shape


@shapes.checked("AdminUpdateUserAttributes")
def admin_update_user_attributes(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Set attributes; a changed e-mail address or number is unverified unless said otherwise."""
    pool, user = pool_of(core, request), user_of(core, request)
    changes = as_mapping(request["UserAttributes"])
    check_attributes(pool, changes, creating=False)
    attributes = dict(user.attributes)
    for name, flag in _VERIFIED_BY.items():
        if name in changes and changes[name] != attributes.get(name) and flag not in changes:
            changes[flag] = "false"
    attributes |= changes
    change_user(core, pool, user, replace(user, attributes=attributes))
    return {}


@shapes.checked("AdminDeleteUserAttributes")
def admin_delete_user_attributes(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take attributes away; a verified flag goes with what it was about."""
    pool, user = pool_of(core, request), user_of(core, request)
    gone = set(request["UserAttributeNames"])
    for name in gone:
        attribute = pool.attribute(name)
        if attribute is None:
            raise InvalidParameterException(
                f"{name}: Attribute does not exist in the schema.", field="UserAttributeNames"
            )
        if attribute.required or name in pool.username_attributes:
            raise InvalidParameterException(
                f"Cannot delete required attribute {name}.", field="UserAttributeNames"
            )
    gone |= {_VERIFIED_BY[name] for name in gone if name in _VERIFIED_BY}
    attributes = {name: value for name, value in user.attributes.items() if name not in gone}
    change_user(core, pool, user, replace(user, attributes=attributes))
    return {}


@shapes.checked("AdminDeleteUser")
def admin_delete_user(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Delete a user; sessions and tokens end with them."""
    user = user_of(core, request)
    with core.change():
        core.store.refresh_grants.revoke_of_user(user.user_pool_id, user.sub, core.timestamp())
        core.store.sessions.remove_of_user(user.user_pool_id, user.sub)
        core.store.users.remove(user.user_pool_id, user.sub)
        _publish(core, user, Change.DELETED)
    return {}


@shapes.checked("AdminEnableUser")
def admin_enable_user(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Let a user sign in again."""
    user = user_of(core, request)
    change_user(core, pool_of(core, request), user, replace(user, enabled=True))
    return {}


@shapes.checked("AdminDisableUser")
def admin_disable_user(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Shut a user out; the status stays, sessions and refresh tokens end."""
    user = user_of(core, request)
    with core.change():
        core.store.refresh_grants.revoke_of_user(user.user_pool_id, user.sub, core.timestamp())
        core.store.sessions.remove_of_user(user.user_pool_id, user.sub)
        change_user(core, pool_of(core, request), user, replace(user, enabled=False))
    return {}


@shapes.checked("AdminUserGlobalSignOut")
def admin_user_global_sign_out(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """End all of a user's tokens; the hosted session stays (contract 1.5)."""
    user, now = user_of(core, request), core.timestamp()
    with core.change():
        core.store.refresh_grants.revoke_of_user(user.user_pool_id, user.sub, now)
        core.store.users.replace(replace(user, tokens_valid_from=now))
        _publish(core, user, Change.UPDATED)
    return {}


@shapes.checked("AdminSetUserPassword")
async def admin_set_user_password(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Set a password: permanent, or temporary and to be changed at the next sign-in.

    Raises:
        InvalidPasswordException: it breaks the pool's policy.
    """
    pool, user = pool_of(core, request), user_of(core, request)
    check_password_policy(pool, request["Password"])
    secret = await core.passwords.make(pool.id, user.username, request["Password"])
    # The user may have changed or gone while the hash was made.
    set_made_password(
        core, user_of(core, request), secret, permanent=bool(request.get("Permanent"))
    )
    return {}


@shapes.checked("ListUsers")
def list_users(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Users by name, `Limit` at a time, filtered by one attribute."""
    pool = pool_of(core, request)
    limit = request.get("Limit", _DEFAULT_LIMIT) or _DEFAULT_LIMIT
    token = request.get("PaginationToken")
    users = core.store.users.page(
        pool.id,
        limit=limit,
        after=None if token is None else read_token(token),
        where=parse_filter(request.get("Filter")),
    )
    wanted = request.get("AttributesToGet")
    answer: dict[str, Any] = {"Users": [listed(user, wanted) for user in users]}
    if len(users) == limit:
        answer["PaginationToken"] = write_token(folded(pool, users[-1].username))
    return answer


def new_user(
    core: Core, pool: UserPool, request: Mapping[str, Any], *, sub: str | None = None
) -> User:
    """The user that an AdminCreateUser request describes, not stored and without a password.

    Raises:
        ApiError: name or attributes that the pool refuses.
    """
    typed = request["Username"]
    attributes = as_mapping(request.get("UserAttributes", ()))
    sub = sub or new_sub()
    if pool.username_attributes:
        attributes.setdefault(_username_attribute(pool, typed), typed)
    else:
        _refuse_alias_like(pool, typed)
    check_attributes(pool, attributes, creating=True)
    now = core.timestamp()
    return User(
        user_pool_id=pool.id,
        sub=sub,
        username=sub if pool.username_attributes else _stored_name(pool, typed),
        status=UserStatus.FORCE_CHANGE_PASSWORD,
        enabled=True,
        creation_date=now,
        last_modified_date=now,
        attributes={"sub": sub, **attributes},
    )


def store_new_user(core: Core, pool: UserPool, user: User, *, move_aliases: bool = False) -> None:
    """Store a finished new user with its aliases.

    Raises:
        UsernameExistsException: the name, or a username attribute's value, is taken.
        AliasExistsException: another user verified an alias first.
    """
    key = folded(pool, user.username)
    if core.store.users.find(pool.id, key) is not None:
        raise UsernameExistsException("User account already exists", field="Username")
    if core.store.users.get(pool.id, user.sub) is not None:
        raise UsernameExistsException(f"The sub {user.sub} is taken.", field="Sub")
    with core.change():
        core.store.users.add(user, username_key=key)
        _claim_names(core, pool, user, move=move_aliases)
        _publish(core, user, Change.CREATED)


def change_user(core: Core, pool: UserPool, before: User, after: User) -> None:
    """Store a changed user and move its aliases along; no change means no write."""
    if after == before:
        return
    after = replace(after, last_modified_date=core.timestamp())
    with core.change():
        core.store.users.replace(after)
        for attribute in (*pool.alias_attributes, *pool.username_attributes):
            core.store.users.release_alias(pool.id, attribute, after.sub)
        _claim_names(core, pool, after, move=True)
        _publish(core, after, Change.UPDATED)


def set_made_password(core: Core, user: User, secret: PasswordSecret, *, permanent: bool) -> None:
    """Store a password that was hashed beforehand, and the status that follows from it."""
    now = core.timestamp()
    status = UserStatus.CONFIRMED if permanent else UserStatus.FORCE_CHANGE_PASSWORD
    changed = replace(
        user,
        password=secret,
        status=status,
        temporary_since=None if permanent else now,
        last_modified_date=now,
        lockout=Lockout(),
    )
    with core.change():
        core.store.users.replace(changed)
        _publish(core, changed, Change.UPDATED)


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


def listed(user: User, wanted: list[str] | None = None) -> dict[str, Any]:
    """A user as lists show it; `wanted` narrows the attributes."""
    attributes = user.attributes
    if wanted is not None:
        attributes = {name: value for name, value in attributes.items() if name in wanted}
    return {
        "Username": user.username,
        "Attributes": as_list(attributes),
        "UserCreateDate": user.creation_date,
        "UserLastModifiedDate": user.last_modified_date,
        "Enabled": user.enabled,
        "UserStatus": str(user.status),
    }


def _claim_names(core: Core, pool: UserPool, user: User, *, move: bool) -> None:
    for attribute in pool.username_attributes:
        value = user.attributes.get(attribute)
        if value:
            _claim_unique(core, pool, user, attribute, value)
    for attribute in pool.alias_attributes:
        value = user.attributes.get(attribute)
        if value and _counts_as_alias(user, attribute):
            _claim_alias(core, pool, user, attribute, value, move=move)


def _claim_unique(core: Core, pool: UserPool, user: User, attribute: str, value: str) -> None:
    key = folded(pool, value)
    holder = core.store.users.alias_holder(pool.id, attribute, key)
    if holder not in (None, user.sub):
        raise UsernameExistsException(
            f"An account with the given {attribute} already exists.", field="UserAttributes"
        )
    core.store.users.claim_alias(pool.id, attribute, key, user.sub)


def _claim_alias(
    core: Core, pool: UserPool, user: User, attribute: str, value: str, *, move: bool
) -> None:
    """The last who verified a value signs in with it; who had it before is unverified now."""
    key = folded(pool, value)
    holder = core.store.users.alias_holder(pool.id, attribute, key)
    if holder not in (None, user.sub):
        if not move:
            raise AliasExistsException(
                f"An account with the {attribute} already exists.", field="UserAttributes"
            )
        _unverify(core, pool, holder or "", attribute)
    core.store.users.claim_alias(pool.id, attribute, key, user.sub)


def _unverify(core: Core, pool: UserPool, sub: str, attribute: str) -> None:
    former = core.store.users.get(pool.id, sub)
    flag = _VERIFIED_BY.get(attribute)
    if former is not None and flag is not None:
        attributes = {**former.attributes, flag: "false"}
        core.store.users.replace(replace(former, attributes=attributes))


def _counts_as_alias(user: User, attribute: str) -> bool:
    flag = _VERIFIED_BY.get(attribute)
    return flag is None or user.attributes.get(flag) == "true"


def _username_attribute(pool: UserPool, typed: str) -> str:
    if "email" in pool.username_attributes and looks_like_email(typed):
        return "email"
    if "phone_number" in pool.username_attributes and looks_like_phone(typed):
        return "phone_number"
    words = {"email": "an email", "phone_number": "a phone number"}
    wanted = " or ".join(words[name] for name in pool.username_attributes)
    raise InvalidParameterException(f"Username should be {wanted}.", field="Username")


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


def _stored_name(pool: UserPool, typed: str) -> str:
    return typed if pool.case_sensitive else typed.casefold()


def _made_up_password(pool: UserPool) -> str:
    """A password that any policy of the pool accepts, as the real service makes one up."""
    length = max(pool.policies.password_policy.minimum_length, 12)
    alphabets = (string.ascii_uppercase, string.ascii_lowercase, string.digits, "!@#%&*+-=?")
    chosen = [secrets.choice(alphabet) for alphabet in alphabets]
    chosen += [secrets.choice("".join(alphabets)) for _ in range(length - len(chosen))]
    secrets.SystemRandom().shuffle(chosen)
    return "".join(chosen)


def _publish(core: Core, user: User, change: Change) -> None:
    core.bus.publish(ConfigurationChanged(Kind.USER, change, user.user_pool_id, user.sub))

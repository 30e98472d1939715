"""Users into the workspace, together with the names they are found by (contract users 1)."""

from dataclasses import replace

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import Lockout, PasswordSecret, User, UserStatus
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import (
    AliasExistsException,
    ApiError,
    UsernameExistsException,
)
from sandbox_app.operations.sign_in_names import folded
from sandbox_app.operations.user_attributes import VERIFIED_BY


def store_new_user(core: Core, pool: UserPool, user: User, *, move_aliases: bool = False) -> None:
    """Store a finished new user with its aliases.

    Args:
        move_aliases: take a verified address or number from the user who has it now.

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
        _claim_names(core, pool, user, taken=UsernameExistsException, move=move_aliases)
        publish_user(core, user, Change.CREATED)


def change_user(
    core: Core, pool: UserPool, before: User, after: User, *, move_aliases: bool = True
) -> None:
    """Store a changed user and move its aliases along; no change means no write.

    Args:
        move_aliases: take a verified address or number from the user who has it now.

    Raises:
        AliasExistsException: another user signs in with a value that cannot be taken from them.
    """
    if after == before:
        return
    after = replace(after, last_modified_date=core.timestamp())
    with core.change():
        core.store.users.replace(after)
        if after.attributes != before.attributes:
            for attribute in (*pool.alias_attributes, *pool.username_attributes):
                core.store.users.release_alias(pool.id, attribute, after.sub)
            _claim_names(core, pool, after, taken=AliasExistsException, move=move_aliases)
        publish_user(core, after, Change.UPDATED)


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
        publish_user(core, changed, Change.UPDATED)


def publish_user(core: Core, user: User, change: Change) -> None:
    """Tell that a user was changed."""
    core.bus.publish(ConfigurationChanged(Kind.USER, change, user.user_pool_id, user.sub))


def _claim_names(
    core: Core, pool: UserPool, user: User, *, taken: type[ApiError], move: bool
) -> None:
    for attribute in pool.username_attributes:
        value = user.attributes.get(attribute)
        if value:
            _claim_unique(core, pool, user, attribute, value, taken=taken)
    for attribute in pool.alias_attributes:
        value = user.attributes.get(attribute)
        if value and _counts_as_alias(user, attribute):
            _claim_alias(core, pool, user, attribute, value, move=move)


def _claim_unique(
    core: Core, pool: UserPool, user: User, attribute: str, value: str, *, taken: type[ApiError]
) -> None:
    key = folded(pool, value)
    holder = core.store.users.alias_holder(pool.id, attribute, key)
    if holder not in (None, user.sub):
        raise taken(
            f"An account with the given {attribute} already exists.", field="UserAttributes"
        )
    core.store.users.claim_alias(pool.id, attribute, key, user.sub)


def _claim_alias(
    core: Core, pool: UserPool, user: User, attribute: str, value: str, *, move: bool
) -> None:
    """The last who verified a value signs in with it; who had it before is unverified now.

    A preferred name cannot be verified, so nobody can take it from whoever has it.
    """
    key = folded(pool, value)
    holder = core.store.users.alias_holder(pool.id, attribute, key)
    if holder is not None and holder != user.sub:
        if not move or attribute not in VERIFIED_BY:
            raise AliasExistsException(
                f"An account with the {attribute} already exists.", field="UserAttributes"
            )
        _unverify(core, pool, holder, attribute)
    core.store.users.claim_alias(pool.id, attribute, key, user.sub)


def _unverify(core: Core, pool: UserPool, sub: str, attribute: str) -> None:
    former = core.store.users.get(pool.id, sub)
    assert former is not None
    changed = replace(
        former,
        attributes={**former.attributes, VERIFIED_BY[attribute]: "false"},
        last_modified_date=core.timestamp(),
    )
    core.store.users.replace(changed)
    publish_user(core, changed, Change.UPDATED)


def _counts_as_alias(user: User, attribute: str) -> bool:
    flag = VERIFIED_BY.get(attribute)
    return flag is None or user.attributes.get(flag) == "true"

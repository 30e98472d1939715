"""Users as an administrator handles them (contract users 1, 2, 6, 7)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox_app.domain.events import Change
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations import shapes
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import (
    InvalidParameterException,
    UnsupportedUserStateException,
)
from sandbox_app.operations.finding import pool_of, user_of
from sandbox_app.operations.new_users import check_password_policy, made_up_password, new_user
from sandbox_app.operations.paging import read_token, write_token
from sandbox_app.operations.sign_in_names import folded
from sandbox_app.operations.user_attributes import (
    VERIFIED_BY,
    as_list,
    as_mapping,
    check_attributes,
    conformed,
    merged,
)
from sandbox_app.operations.user_filters import parse_filter
from sandbox_app.operations.user_storing import (
    change_user,
    publish_user,
    set_made_password,
    store_new_user,
)

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
    if request.get("MessageAction") == "RESEND":
        return await _invite_again(core, pool, request)
    user = new_user(core, pool, request, sub=sub)
    password = request.get("TemporaryPassword") or made_up_password(pool)
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
    asked = conformed(pool, as_mapping(request["UserAttributes"]))
    check_attributes(pool, asked, before=user.attributes)
    _change_attributes(core, pool, user, merged(user.attributes, asked))
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
        if not attribute.mutable:
            raise InvalidParameterException(
                f"user.{name}: Attribute cannot be updated.", field="UserAttributeNames"
            )
    gone |= {VERIFIED_BY[name] for name in gone if name in VERIFIED_BY}
    attributes = {name: value for name, value in user.attributes.items() if name not in gone}
    _change_attributes(core, pool, user, attributes)
    return {}


@shapes.checked("AdminDeleteUser")
def admin_delete_user(core: Core, request: Mapping[str, Any]) -> dict[str, Any]:
    """Delete a user; sessions and tokens end with them."""
    user = user_of(core, request)
    with core.change():
        core.store.refresh_grants.revoke_of_user(user.user_pool_id, user.sub, core.timestamp())
        core.store.users.remove(user.user_pool_id, user.sub)
        publish_user(core, user, Change.DELETED)
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
        publish_user(core, user, Change.UPDATED)
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
    # The model allows a limit of 0, which asks for nothing in particular.
    limit = request.get("Limit") or _DEFAULT_LIMIT
    token, listing = request.get("PaginationToken"), f"ListUsers {pool.id}"
    users = core.store.users.page(
        pool.id,
        limit=limit + 1,
        after=None if token is None else read_token(token, listing, field="PaginationToken"),
        where=parse_filter(pool, request.get("Filter")),
    )
    wanted = request.get("AttributesToGet")
    answer: dict[str, Any] = {"Users": [listed(user, wanted) for user in users[:limit]]}
    if len(users) > limit:
        answer["PaginationToken"] = write_token(folded(pool, users[limit - 1].username), listing)
    return answer


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


async def _invite_again(core: Core, pool: UserPool, request: Mapping[str, Any]) -> dict[str, Any]:
    """A new temporary password, valid from now on, for a user who never signed in."""
    password = request.get("TemporaryPassword") or made_up_password(pool)
    _invited(core, request)
    check_password_policy(pool, password)
    secret = await core.passwords.make(pool.id, user_of(core, request).username, password)
    set_made_password(core, _invited(core, request), secret, permanent=False)
    return {"User": listed(user_of(core, request))}


def _invited(core: Core, request: Mapping[str, Any]) -> User:
    user = user_of(core, request)
    if user.status is not UserStatus.FORCE_CHANGE_PASSWORD:
        raise UnsupportedUserStateException(
            f"Resend not possible. {user.username} status is not FORCE_CHANGE_PASSWORD",
            field="MessageAction",
        )
    return user


def _change_attributes(
    core: Core, pool: UserPool, user: User, attributes: Mapping[str, str]
) -> None:
    """A temporary password is good for its whole time again once an attribute is changed."""
    after = replace(user, attributes=attributes)
    if after != user and user.temporary_since is not None:
        after = replace(after, temporary_since=core.timestamp())
    change_user(core, pool, user, after)

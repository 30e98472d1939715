"""Users as an editor takes them: attributes, groups, a switch, and a password still to be hashed.

The draft of a user::

    {"UserPoolId": …, "Username": …, "Sub": …, "Enabled": True, "Groups": ["admins"],
     "Attributes": {"email": …}, "Password": {"Value": …, "Permanent": False}}

`Attributes` has no empty values and none that only the pool sets; a dot in a name is written
as `ONE_DOT`, because dots part the path of a member. `Password` is absent until one is typed.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import PasswordSecret, User, UserStatus
from sandbox_app.operations import groups, shapes, users
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.finding import pool_of, user_of
from sandbox_app.operations.new_users import check_password_policy, made_up_password, new_user
from sandbox_app.operations.user_attributes import (
    VERIFIED_BY,
    as_list,
    check_attributes,
    conformed,
)
from sandbox_app.operations.user_storing import set_made_password, store_new_user
from sandbox_app.tokens.identifiers import new_sub
from sandbox_app.workbench.editing.requests import Request

ONE_DOT = "\N{ONE DOT LEADER}"
SET_BY_THE_POOL = ("sub", "identities")
_NOBODY_YET = PasswordSecret("", "", "")


def member_of(attribute: str) -> str:
    """The path of an attribute in a draft."""
    return f"Attributes.{attribute.replace('.', ONE_DOT)}"


def user_draft(core: Core, user: User) -> Request:
    """The user as a draft begins."""
    memberships = core.store.memberships.groups_of(user.user_pool_id, user.sub)
    return {
        "UserPoolId": user.user_pool_id,
        "Username": user.username,
        "Sub": user.sub,
        "Enabled": user.enabled,
        "Groups": sorted(group.group_name for group in memberships),
        "Attributes": {
            name.replace(".", ONE_DOT): value
            for name, value in user.attributes.items()
            if value and name not in SET_BY_THE_POOL
        },
    }


def new_user_draft(pool: UserPool) -> Request:
    """What a new user begins with: a temporary password that the policy accepts."""
    return {
        "UserPoolId": pool.id,
        "Username": "",
        "Enabled": True,
        "Groups": [],
        "Attributes": {},
        "Password": {"Value": made_up_password(pool), "Permanent": False},
    }


def user_copy(core: Core, pool: UserPool, user: User) -> Request:
    """A new user like another; what only one user can have is left out."""
    draft = user_draft(core, user)
    alone = {*pool.username_attributes, *pool.alias_attributes}
    alone |= {flag for name, flag in VERIFIED_BY.items() if name in alone}
    attributes = {key: value for key, value in draft["Attributes"].items() if key not in alone}
    name = "" if pool.username_attributes else f"{user.username}-copy"
    fresh = new_user_draft(pool)
    return fresh | {"Username": name, "Groups": draft["Groups"], "Attributes": attributes}


def try_user(core: Core, draft: Request, *, sub: str) -> str:
    """Make or change the user all but the password's hash; only to be rolled back.

    Raises:
        ApiError: the first thing that is wrong; `field` is a member's path.
    """
    password = draft.get("Password")
    if not sub:
        return _store(core, _described(core, draft), draft, _NOBODY_YET)
    change_user(core, draft, sub=sub)
    if password is not None:
        _check_password(core, draft, password)
    return sub


def change_user(core: Core, draft: Request, *, sub: str) -> None:
    """Change a user into what the draft says, the password aside.

    Raises:
        ApiError: the first thing that is wrong; nothing was changed.
    """
    asked = {"UserPoolId": draft["UserPoolId"], "Username": sub}
    user = user_of(core, asked)
    with core.change():
        _change_attributes(core, draft, user)
        if draft["Enabled"] != user.enabled:
            operation = users.admin_enable_user if draft["Enabled"] else users.admin_disable_user
            operation(core, asked)
        _change_groups(core, draft, sub)


async def save_user(core: Core, draft: Request, *, sub: str) -> str:
    """Make or change the user, a new password included; the sub. All of it or nothing.

    Raises:
        ApiError: the first thing that is wrong; `field` is a member's path.
    """
    password = draft.get("Password")
    if sub and password is None:
        change_user(core, draft, sub=sub)
        return sub
    if not sub:
        user = _described(core, draft)
        return _store(core, user, draft, await _hashed(core, user, draft))
    asked = {"UserPoolId": draft["UserPoolId"], "Username": sub}
    secret = await _hashed(core, user_of(core, asked), draft)
    with core.change():
        change_user(core, draft, sub=sub)
        # The user may have changed or gone while the hash was made.
        permanent = draft["Password"]["Permanent"]
        set_made_password(core, user_of(core, asked), secret, permanent=permanent)
    return sub


async def _hashed(core: Core, user: User, draft: Request) -> PasswordSecret:
    value = _check_password(core, draft, draft.get("Password") or {"Value": ""})
    return await core.passwords.make(user.user_pool_id, user.username, value)


def _check_password(core: Core, draft: Request, password: Mapping[str, Any]) -> str:
    value = str(password["Value"])
    check_password_policy(pool_of(core, draft), value)
    asked = {"UserPoolId": draft["UserPoolId"], "Username": "x", "Password": value}
    shapes.check("AdminSetUserPassword", asked)
    return value


def _described(core: Core, draft: Request) -> User:
    pool = pool_of(core, draft)
    asked: Request = {
        "UserPoolId": pool.id,
        "Username": draft["Username"],
        "UserAttributes": as_list(_attributes(draft)),
    }
    shapes.check("AdminCreateUser", asked)
    _check_each(pool, _attributes(draft), before=None)
    sub = str(draft.get("Sub") or "").strip() or new_sub()
    return new_user(core, pool, asked, sub=sub)


def _store(core: Core, user: User, draft: Request, secret: PasswordSecret) -> str:
    pool = pool_of(core, draft)
    password = draft.get("Password") or {"Value": "", "Permanent": False}
    _check_password(core, draft, password)
    permanent = bool(password["Permanent"])
    made = replace(
        user,
        password=secret,
        status=UserStatus.CONFIRMED if permanent else UserStatus.FORCE_CHANGE_PASSWORD,
        temporary_since=None if permanent else core.timestamp(),
    )
    with core.change():
        try:
            store_new_user(core, pool, made)
        except ApiError as error:
            raise _placed(pool, error) from None
        if not draft["Enabled"]:
            users.admin_disable_user(core, {"UserPoolId": pool.id, "Username": made.sub})
        _change_groups(core, draft, made.sub)
    return made.sub


def _change_attributes(core: Core, draft: Request, user: User) -> None:
    pool = pool_of(core, draft)
    before = {
        name: value
        for name, value in user.attributes.items()
        if value and name not in SET_BY_THE_POOL
    }
    after = _attributes(draft)
    asked = {name: value for name, value in after.items() if before.get(name) != value}
    for about, flag in VERIFIED_BY.items():
        if about in asked and flag in after:
            asked[flag] = after[flag]
    names = {"UserPoolId": pool.id, "Username": user.sub}
    flags_gone = {flag for about, flag in VERIFIED_BY.items() if about not in after}
    for name in before:
        if name not in after and not (name in flags_gone and name not in asked):
            _remove(core, names, name)
    if not asked:
        return
    _check_each(pool, asked, before=after)
    try:
        users.admin_update_user_attributes(core, names | {"UserAttributes": as_list(asked)})
    except ApiError as error:
        raise _placed(pool, error) from None


def _remove(core: Core, names: Request, name: str) -> None:
    try:
        users.admin_delete_user_attributes(core, names | {"UserAttributeNames": [name]})
    except ApiError as error:
        error.field = member_of(name)
        raise


def _check_each(
    pool: UserPool, asked: Mapping[str, str], *, before: Mapping[str, str] | None
) -> None:
    """As the operations check, but telling which attribute is at fault."""
    flags = set(VERIFIED_BY.values())
    for name in sorted(asked, key=lambda name: name in flags):
        context = {key: asked[key] for key in VERIFIED_BY if name in flags and key in asked}
        try:
            check_attributes(pool, conformed(pool, context | {name: asked[name]}), before=before)
        except ApiError as error:
            error.field = member_of(name)
            raise


def _change_groups(core: Core, draft: Request, sub: str) -> None:
    pool_id = draft["UserPoolId"]
    now = {group.group_name for group in core.store.memberships.groups_of(pool_id, sub)}
    wanted = set(draft["Groups"])
    try:
        for name in sorted(now - wanted):
            asked = {"UserPoolId": pool_id, "Username": sub, "GroupName": name}
            groups.admin_remove_user_from_group(core, asked)
        for name in sorted(wanted - now):
            asked = {"UserPoolId": pool_id, "Username": sub, "GroupName": name}
            groups.admin_add_user_to_group(core, asked)
    except ApiError as error:
        error.field = "Groups"
        raise


def _attributes(draft: Request) -> dict[str, str]:
    return {name.replace(ONE_DOT, "."): value for name, value in draft["Attributes"].items()}


def _placed(pool: UserPool, error: ApiError) -> ApiError:
    """The error with the attribute it names as its field."""
    if error.field == "UserAttributes":
        for name in (*pool.username_attributes, *pool.alias_attributes):
            if f"the {name} " in error.message or f"given {name} " in error.message:
                error.field = member_of(name)
    return error

"""Users of a template: hashed before the import's transaction, stored inside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sandbox_app.domain.members import from_members
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import PasswordSecret, User, UserStatus
from sandbox_app.operations import shapes, users
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import InvalidParameterException
from sandbox_app.operations.finding import pool_of
from sandbox_app.operations.sign_in_names import find_user, folded
from sandbox_app.operations.user_attributes import as_mapping, check_attributes
from sandbox_app.tokens.identifiers import new_sub
from sandbox_app.workbench.templates.template import USER, USER_POOL
from sandbox_app.workbench.templates.upserts import Outcome
from sandbox_app.workbench.templates.wanted import Wanted

_STATUSES = {
    status.value: status for status in UserStatus if status is not UserStatus.EXTERNAL_PROVIDER
}


@dataclass(frozen=True, slots=True)
class PlannedUser:
    """What was settled before the import began.

    `secret` is `None` where the template states no password or the user already has it.
    """

    sub: str
    password: str | None
    secret: PasswordSecret | None


async def plan(items: Sequence[Wanted], core: Core) -> Mapping[int, PlannedUser]:
    """Settle `sub` and hash for every wanted user, by the identity of the wanted resource.

    Nothing may be awaited inside the import's transaction, so slow work happens here.
    """
    made = {item.id: item.request for item in items if item.resource.kind == USER_POOL}
    planned: dict[int, PlannedUser] = {}
    for item in items:
        if item.resource.kind == USER:
            planned[id(item)] = await _planned(item, made, core)
    return planned


async def _planned(item: Wanted, made: Mapping[str, Mapping[str, Any]], core: Core) -> PlannedUser:
    pool_id = str(item.request.get("UserPoolId", ""))
    pool = core.store.pools.get(pool_id) or _pool_to_be(pool_id, made.get(pool_id, {}))
    present = find_user(core, pool, item.id)
    sub = item.sandbox.get("Sub") or (present.sub if present is not None else new_sub())
    password = item.sandbox.get("Password") or item.request.get("TemporaryPassword")
    if password is None:
        return PlannedUser(sub, None, None)
    if present is not None and await core.passwords.matches(present.password, password):
        return PlannedUser(sub, password, None)
    name = sub if pool.username_attributes else folded(pool, item.id)
    return PlannedUser(sub, password, await core.passwords.make(pool_id, name, password))


def upsert(item: Wanted, planned: PlannedUser, core: Core) -> Outcome:
    """Make the user or bring it to what the template says.

    Raises:
        ApiError: what the pool says against it.
    """
    shapes.check("AdminCreateUser", item.request)
    pool = pool_of(core, item.request)
    if planned.password is not None:
        users.check_password_policy(pool, planned.password)
    present = find_user(core, pool, item.id)
    if present is None:
        return _create(item, planned, pool, core)
    return _update(item, planned, pool, present, core)


def _create(item: Wanted, planned: PlannedUser, pool: UserPool, core: Core) -> Outcome:
    user = users.new_user(core, pool, item.request, sub=planned.sub)
    status = _status(item) or user.status
    permanent = status is not UserStatus.FORCE_CHANGE_PASSWORD
    user = replace(
        user,
        status=status,
        password=planned.secret,
        temporary_since=None if permanent else core.timestamp(),
    )
    users.store_new_user(core, pool, user)
    return Outcome.CREATED


def _update(
    item: Wanted, planned: PlannedUser, pool: UserPool, present: User, core: Core
) -> Outcome:
    if "Sub" in item.sandbox and item.sandbox["Sub"] != present.sub:
        raise InvalidParameterException("the user already has another sub", field="Sub")
    asked = as_mapping(item.request.get("UserAttributes", ()))
    changed = {
        name: value for name, value in asked.items() if present.attributes.get(name) != value
    }
    check_attributes(pool, changed, creating=False)
    status = _status(item) or present.status
    after = replace(present, attributes={**present.attributes, **changed}, status=status)
    if planned.secret is not None:
        temporary = status is UserStatus.FORCE_CHANGE_PASSWORD
        after = replace(
            after,
            password=planned.secret,
            temporary_since=core.timestamp() if temporary else None,
        )
    if after == present:
        return Outcome.UNCHANGED
    users.change_user(core, pool, present, after)
    return Outcome.UPDATED


def _status(item: Wanted) -> UserStatus | None:
    """The status stated, or the one that a stated permanent password leads to."""
    text = item.sandbox.get("Status")
    if text is None:
        return UserStatus.CONFIRMED if "Password" in item.sandbox else None
    if text not in _STATUSES:
        raise InvalidParameterException(f"Status is one of {', '.join(_STATUSES)}", field="Status")
    return _STATUSES[text]


def _pool_to_be(pool_id: str, request: Mapping[str, Any]) -> UserPool:
    """A pool of this very template, as far as user names depend on it."""
    shape = {"Id": pool_id, "Name": "", "CreationDate": 0.0, "LastModifiedDate": 0.0}
    names = ("UsernameAttributes", "AliasAttributes", "UsernameConfiguration")
    return from_members(
        UserPool, {**shape, **{name: request[name] for name in names if name in request}}
    )

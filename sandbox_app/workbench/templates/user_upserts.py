"""Users of a template: hashed before the import's transaction, stored inside it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sandbox_app.domain.members import from_members
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import PasswordSecret, User, UserStatus
from sandbox_app.operations import shapes
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import InvalidParameterException
from sandbox_app.operations.finding import pool_of
from sandbox_app.operations.new_users import asked_attributes, check_password_policy, new_user
from sandbox_app.operations.sign_in_names import find_user, folded
from sandbox_app.operations.user_attributes import check_attributes, merged
from sandbox_app.operations.user_storing import change_user, store_new_user
from sandbox_app.tokens.identifiers import new_sub
from sandbox_app.workbench.templates.kinds import USER, USER_POOL
from sandbox_app.workbench.templates.outcome import Outcome
from sandbox_app.workbench.templates.wanted import Wanted

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SECRET = re.compile(
    r"(?P<argon2id>\$argon2id\$v=19\$m=\d{1,7},t=\d{1,2},p=\d{1,2}\$[\w+/]{11,86}\$[\w+/]{16,86})"
    r" (?P<srp_salt>[0-9a-f]{1,64}) (?P<srp_verifier>[0-9a-f]{1,768})",
    re.ASCII,
)
"""What an export writes of a password; the bounds keep a sign-in from costing gigabytes."""
_TRUTH = {"true": True, "false": False}
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
    named: dict[tuple[str, str], PlannedUser] = {}
    for item in items:
        if item.resource.kind != USER:
            continue
        pool_id = str(item.request.get("UserPoolId", ""))
        pool = core.store.pools.get(pool_id) or _pool_to_be(pool_id, made.get(pool_id, {}))
        name = (pool_id, folded(pool, item.id))
        planned[id(item)] = named[name] = await _planned(item, pool, named.get(name), core)
    return planned


async def _planned(
    item: Wanted, pool: UserPool, earlier: PlannedUser | None, core: Core
) -> PlannedUser:
    """`earlier` is the plan of another template, imported before this one, for the same user."""
    present = _present(item, pool, core)
    password = _password(item, present)
    if earlier is not None:
        sub = item.sandbox.get("Sub") or earlier.sub
    else:
        sub = item.sandbox.get("Sub") or (present.sub if present is not None else new_sub())
    if password is None:
        return PlannedUser(sub, None, None)
    if earlier is not None and earlier.password == password:
        return PlannedUser(sub, password, earlier.secret)
    if present is not None and await core.passwords.matches(present.password, password):
        return PlannedUser(sub, password, None)
    name = sub if pool.username_attributes else folded(pool, item.id)
    return PlannedUser(sub, password, await core.passwords.make(pool.id, name, password))


def upsert(item: Wanted, planned: PlannedUser, core: Core) -> Outcome:
    """Make the user or bring it to what the template says.

    Raises:
        ApiError: what the pool says against it.
    """
    shapes.check("AdminCreateUser", item.request)
    pool = pool_of(core, item.request)
    if not _UUID.fullmatch(planned.sub):
        raise InvalidParameterException("Sub is a UUID in lower case", field="Sub")
    if planned.password is not None:
        asked = {"UserPoolId": pool.id, "Username": item.id, "Password": planned.password}
        shapes.check("AdminSetUserPassword", asked)
        check_password_policy(pool, planned.password)
    if (secret := _stated_secret(item)) is not None:
        planned = replace(planned, secret=secret)
    present = _present(item, pool, core)
    if present is None:
        return _create(item, planned, pool, core)
    return _update(item, planned, pool, present, core)


def state_of(item: Wanted, core: Core) -> dict[str, Any]:
    """The user as it is now, to compare; empty where there is none."""
    pool = core.store.pools.get(str(item.request.get("UserPoolId", "")))
    user = _present(item, pool, core) if pool is not None else None
    if user is None:
        return {}
    return {
        "Username": user.username,
        "Status": str(user.status),
        "Enabled": user.enabled,
        "Password": user.password.argon2id if user.password is not None else None,
        "UserAttributes": dict(user.attributes),
    }


def _present(item: Wanted, pool: UserPool, core: Core) -> User | None:
    """The user with the chosen `sub`, or of that name, or whose name this template gave before.

    Where people choose user names, an alias is no name: it may be another person's.
    """
    users = core.store.users
    if not pool.username_attributes:
        return users.find(pool.id, folded(pool, item.id))
    chosen = users.get(pool.id, item.sandbox["Sub"]) if "Sub" in item.sandbox else None
    found = chosen or find_user(core, pool, item.id)
    if found is None and item.remembered is not None:
        found = find_user(core, pool, item.remembered)
    return found


def _password(item: Wanted, present: User | None) -> str | None:
    """The password stated; a temporary one is nothing to somebody who has signed in since."""
    if "Password" in item.sandbox:
        return item.sandbox["Password"]
    if "PasswordSecret" in item.sandbox:
        return None
    if present is None or present.status is UserStatus.FORCE_CHANGE_PASSWORD:
        return item.request.get("TemporaryPassword")
    return None


def _stated_secret(item: Wanted) -> PasswordSecret | None:
    """A password as an export carries it: never the password itself."""
    text = item.sandbox.get("PasswordSecret")
    if text is None:
        return None
    if "Password" in item.sandbox:
        raise InvalidParameterException("Password says the same", field="PasswordSecret")
    found = _SECRET.fullmatch(text)
    if found is None:
        raise InvalidParameterException("this is not what an export writes", field="PasswordSecret")
    return PasswordSecret(**found.groupdict())


def _enabled(item: Wanted, otherwise: bool) -> bool:
    text = item.sandbox.get("Enabled")
    if text is None:
        return otherwise
    if text.lower() not in _TRUTH:
        raise InvalidParameterException("true or false is expected", field="Enabled")
    return _TRUTH[text.lower()]


def _create(item: Wanted, planned: PlannedUser, pool: UserPool, core: Core) -> Outcome:
    user = new_user(core, pool, item.request, sub=planned.sub)
    status = _status(item) or user.status
    permanent = status is not UserStatus.FORCE_CHANGE_PASSWORD
    user = replace(
        user,
        status=status,
        enabled=_enabled(item, True),
        password=planned.secret,
        temporary_since=None if permanent else core.timestamp(),
    )
    move = bool(item.request.get("ForceAliasCreation"))
    store_new_user(core, pool, user, move_aliases=move)
    return Outcome.CREATED


def _update(
    item: Wanted, planned: PlannedUser, pool: UserPool, present: User, core: Core
) -> Outcome:
    if "Sub" in item.sandbox and item.sandbox["Sub"] != present.sub:
        raise InvalidParameterException("the user already has another sub", field="Sub")
    asked = asked_attributes(pool, item.request)
    changed = {
        name: value for name, value in asked.items() if present.attributes.get(name) != value
    }
    check_attributes(pool, changed, before=present.attributes)
    status = _status(item) or present.status
    after = replace(
        present,
        attributes=merged(present.attributes, asked),
        status=status,
        enabled=_enabled(item, present.enabled),
        password=planned.secret or present.password,
    )
    after = replace(after, temporary_since=_temporary_since(present, after, core))
    if after == present:
        return Outcome.UNCHANGED
    change_user(core, pool, present, after)
    if present.enabled and not after.enabled:
        core.store.refresh_grants.revoke_of_user(pool.id, after.sub, core.timestamp())
        core.store.sessions.remove_of_user(pool.id, after.sub)
    return Outcome.UPDATED


def _temporary_since(before: User, after: User, core: Core) -> float | None:
    if after.status is not UserStatus.FORCE_CHANGE_PASSWORD:
        return None
    if after.password == before.password and before.temporary_since is not None:
        return before.temporary_since
    return core.timestamp()


def _status(item: Wanted) -> UserStatus | None:
    """The status stated, or the one that a stated permanent password leads to."""
    text = item.sandbox.get("Status")
    if text is None:
        stated = {"Password", "PasswordSecret"} & item.sandbox.keys()
        return UserStatus.CONFIRMED if stated else None
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

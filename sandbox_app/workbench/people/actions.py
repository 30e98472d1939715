"""One action on many users, through the operations; what fails is told and the rest goes on."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox_app.operations import groups, user_status, users
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.user_attributes import VERIFIED_BY
from sandbox_app.workbench.people.work import Cancelled, Pace, Pause, Progress

Operation = Callable[[Core, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do with each user; made by the functions below.

    Args:
        label: as a command, to follow with "12 users": "Disable".
    """

    label: str
    act: Callable[[Core, str, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class FailedUser:
    """A user with whom it could not be done, and why, in a sentence."""

    sub: str
    username: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkReport:
    """With whom it was done and with whom not; `left` are those after a cancel."""

    done: tuple[str, ...]
    failed: tuple[FailedUser, ...]
    left: tuple[str, ...]
    cancelled: bool


async def bulk(
    core: Core,
    pool_id: str,
    subs: Sequence[str],
    action: Action,
    progress: Progress,
    cancelled: Cancelled,
    pause: Pause,
) -> BulkReport:
    """Do it with each user in turn, a few milliseconds at a time."""
    done: list[str] = []
    failed: list[FailedUser] = []
    pace = Pace(len(subs), progress, pause)
    stopped_at = len(subs)
    for number, sub in enumerate(subs):
        if cancelled():
            stopped_at = number
            break
        user = core.store.users.get(pool_id, sub)
        try:
            await action.act(core, pool_id, sub)
            done.append(sub)
        except ApiError as error:
            failed.append(FailedUser(sub, user.username if user else sub, error.message))
        await pace.step(number + 1)
    return BulkReport(
        done=tuple(done),
        failed=tuple(failed),
        left=tuple(subs[stopped_at:]),
        cancelled=stopped_at < len(subs),
    )


def enable() -> Action:
    """Let them sign in again."""
    return _plain("Enable", users.admin_enable_user)


def disable() -> Action:
    """Shut them out; sessions and refresh tokens end."""
    return _plain("Disable", users.admin_disable_user)


def delete() -> Action:
    """Delete them."""
    return _plain("Delete", users.admin_delete_user)


def add_to_group(group: str) -> Action:
    """Put them into a group."""
    return _plain(f"Add to {group}", groups.admin_add_user_to_group, GroupName=group)


def remove_from_group(group: str) -> Action:
    """Take them out of a group."""
    return _plain(f"Remove from {group}", groups.admin_remove_user_from_group, GroupName=group)


def set_attribute(name: str, value: str) -> Action:
    """Give an attribute the same value for all; an empty value is one too."""
    attributes = [{"Name": name, "Value": value}]
    return _plain(f"Set {name}", users.admin_update_user_attributes, UserAttributes=attributes)


def delete_attribute(name: str) -> Action:
    """Take an attribute away."""
    return _plain(f"Delete {name}", users.admin_delete_user_attributes, UserAttributeNames=[name])


def verify(attribute: str, verified: bool = True) -> Action:
    """Mark `email` or `phone_number` as verified, or as unverified; who has none fails."""
    attributes = [{"Name": VERIFIED_BY[attribute], "Value": str(verified).lower()}]
    label = f"{'Verify' if verified else 'Unverify'} {attribute}"
    return _plain(label, users.admin_update_user_attributes, UserAttributes=attributes)


def set_password(password: str, *, permanent: bool) -> Action:
    """Set one password for all; a temporary one leads to FORCE_CHANGE_PASSWORD."""
    kind = "permanent" if permanent else "temporary"
    operation = users.admin_set_user_password
    return _waiting(f"Set a {kind} password", operation, Password=password, Permanent=permanent)


def sign_out() -> Action:
    """End all their tokens (AdminUserGlobalSignOut); hosted sessions stay."""
    return _plain("Sign out everywhere", users.admin_user_global_sign_out)


def require_reset() -> Action:
    """Shut their passwords out until new ones are set (RESET_REQUIRED)."""
    return _plain("Require a password reset", user_status.admin_reset_user_password)


def confirm() -> Action:
    """Confirm those who signed up."""
    return _plain("Confirm", user_status.admin_confirm_sign_up)


def _plain(label: str, operation: Operation, **members: Any) -> Action:
    async def act(core: Core, pool_id: str, sub: str) -> None:
        operation(core, {"UserPoolId": pool_id, "Username": sub, **members})

    return Action(label, act)


def _waiting(label: str, operation: Operation, **members: Any) -> Action:
    async def act(core: Core, pool_id: str, sub: str) -> None:
        await operation(core, {"UserPoolId": pool_id, "Username": sub, **members})

    return Action(label, act)

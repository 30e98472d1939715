"""Carrying out a planned import, user by user; what fails is told and the rest goes on."""

from dataclasses import dataclass, replace

from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.finding import pool_of
from sandbox_app.operations.groups import admin_add_user_to_group
from sandbox_app.operations.new_users import new_user
from sandbox_app.operations.user_attributes import as_list
from sandbox_app.operations.user_storing import store_new_user
from sandbox_app.operations.users import (
    admin_disable_user,
    admin_enable_user,
    admin_set_user_password,
    admin_update_user_attributes,
)
from sandbox_app.workbench.people.import_plan import ImportPlan, PlannedLine, What
from sandbox_app.workbench.people.work import Cancelled, Pace, Pause, Progress


@dataclass(frozen=True, slots=True)
class FailedLine:
    """A line that could not be imported, and why, in a sentence."""

    line: int
    username: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of every line, by line numbers; those after a cancel are in `left`."""

    created: tuple[int, ...]
    updated: tuple[int, ...]
    skipped: tuple[int, ...]
    failed: tuple[FailedLine, ...]
    left: tuple[int, ...]
    cancelled: bool


async def run_import(
    core: Core, plan: ImportPlan, progress: Progress, cancelled: Cancelled, pause: Pause
) -> ImportReport:
    """Make and change the users of a plan; each is kept whole or not at all.

    One password is hashed at a time, which leaves the other thread to people who sign in
    meanwhile. The lines that the plan found fault with count as failed.
    """
    done: dict[What, list[int]] = {what: [] for what in What}
    failed: list[FailedLine] = []
    pace = Pace(len(plan.lines), progress, pause)
    stopped_at = len(plan.lines)
    for number, line in enumerate(plan.lines):
        if cancelled():
            stopped_at = number
            break
        why = await _carry_out(core, plan.pool_id, line, plan.options.temporary)
        if why:
            failed.append(FailedLine(line.line, line.username, why))
        else:
            done[line.what].append(line.line)
        await pace.step(number + 1)
    return ImportReport(
        created=tuple(done[What.CREATE]),
        updated=tuple(done[What.UPDATE]),
        skipped=tuple(done[What.SKIP]),
        failed=tuple(failed),
        left=tuple(line.line for line in plan.lines[stopped_at:]),
        cancelled=stopped_at < len(plan.lines),
    )


async def _carry_out(core: Core, pool_id: str, line: PlannedLine, temporary: bool) -> str:
    """Why it could not be done; empty when it was."""
    if line.what is What.PROBLEM:
        return line.why
    try:
        if line.what is What.CREATE:
            await _create(core, pool_id, line)
        elif line.what is What.UPDATE:
            await _update(core, pool_id, line, temporary)
    except ApiError as error:
        return error.message
    return ""


async def _create(core: Core, pool_id: str, line: PlannedLine) -> None:
    pool = pool_of(core, {"UserPoolId": pool_id})
    request = {
        "UserPoolId": pool_id,
        "Username": line.username,
        "UserAttributes": as_list(line.attributes),
    }
    user = new_user(core, pool, request, sub=line.sub)
    if line.password:
        secret = await core.passwords.make(pool.id, user.username, line.password)
        user = replace(user, password=secret)
        # The pool may have been changed or deleted while the hash was made.
        pool = pool_of(core, request)
    temporary = line.status is UserStatus.FORCE_CHANGE_PASSWORD
    user = replace(
        user,
        status=line.status or user.status,
        enabled=line.enabled is not False,
        temporary_since=core.timestamp() if temporary else None,
    )
    with core.change():
        store_new_user(core, pool, user)
        _join(core, user, line)


async def _update(core: Core, pool_id: str, line: PlannedLine, temporary: bool) -> None:
    """The password first: it alone is waited for, and what follows happens at once or not."""
    request = {"UserPoolId": pool_id, "Username": line.sub}
    if line.password:
        password = {"Password": line.password, "Permanent": not temporary}
        await admin_set_user_password(core, {**request, **password})
    with core.change():
        if line.attributes:
            attributes = as_list(line.attributes)
            admin_update_user_attributes(core, {**request, "UserAttributes": attributes})
        if line.enabled is not None:
            (admin_enable_user if line.enabled else admin_disable_user)(core, request)
        for group in line.groups:
            admin_add_user_to_group(core, {**request, "GroupName": group})


def _join(core: Core, user: User, line: PlannedLine) -> None:
    request = {"UserPoolId": user.user_pool_id, "Username": user.sub}
    for group in line.groups:
        admin_add_user_to_group(core, {**request, "GroupName": group})

"""One action on many users: done with each by the operations, faults told one by one."""

import asyncio
from collections.abc import Callable

import pytest

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations.core import Core
from sandbox_app.workbench import edits
from sandbox_app.workbench.people import Action, BulkReport, actions, bulk

MANY = slice(0, 40)


async def pause() -> None:
    await asyncio.sleep(0)


async def done(core: Core, pool: UserPool, subs: list[str], action: Action) -> BulkReport:
    return await bulk(core, pool.id, subs, action, lambda *_: None, lambda: False, pause)


@pytest.fixture
def subs(people: tuple[User, ...]) -> list[str]:
    return [user.sub for user in people[MANY]]


@pytest.mark.parametrize(
    ("action", "holds"),
    [
        (actions.enable(), lambda user: user.enabled),
        (actions.disable(), lambda user: not user.enabled),
        (actions.set_attribute("custom:team", "b"), lambda u: u.attributes["custom:team"] == "b"),
        (actions.delete_attribute("name"), lambda user: "name" not in user.attributes),
        (actions.verify("email"), lambda user: user.attributes["email_verified"] == "true"),
        (actions.verify("email", False), lambda u: u.attributes["email_verified"] == "false"),
        (
            actions.set_password("Secret-1!", permanent=True),
            lambda user: user.status is UserStatus.CONFIRMED and user.temporary_since is None,
        ),
        (
            actions.set_password("Secret-1!", permanent=False),
            lambda user: user.status is UserStatus.FORCE_CHANGE_PASSWORD and user.temporary_since,
        ),
        (actions.sign_out(), lambda user: user.tokens_valid_from > 0),
    ],
    ids=lambda value: value.label if isinstance(value, Action) else "",
)
async def test_an_action_is_done_with_everybody_chosen_and_nobody_else(
    core: Core,
    pool: UserPool,
    people: tuple[User, ...],
    subs: list[str],
    action: Action,
    holds: Callable[[User], bool],
) -> None:
    report = await done(core, pool, subs, action)

    assert (report.done, report.failed, report.cancelled) == (tuple(subs), (), False)
    changed = [core.store.users.get(pool.id, sub) for sub in subs]
    assert all(user is not None and holds(user) for user in changed)
    others = people[40:]
    assert tuple(core.store.users.get(pool.id, user.sub) for user in others) == others


async def test_groups_are_joined_and_left(core: Core, pool: UserPool, subs: list[str]) -> None:
    await done(core, pool, subs, actions.add_to_group("readers"))
    assert len(core.store.memberships.users_in(pool.id, "readers", 5000)) == 40

    await done(core, pool, subs[:30], actions.remove_from_group("readers"))
    assert len(core.store.memberships.users_in(pool.id, "readers", 5000)) == 10


async def test_what_cannot_be_done_is_told_for_each_and_the_rest_goes_on(
    core: Core, pool: UserPool, people: tuple[User, ...], subs: list[str]
) -> None:
    report = await done(core, pool, [*subs, "nobody"], actions.confirm())

    waiting = {user.sub for user in people[MANY] if user.status is UserStatus.UNCONFIRMED}
    assert set(report.done) == waiting
    assert {each.sub for each in report.failed} == {*subs, "nobody"} - waiting
    assert report.failed[0].username == "user0001"
    assert report.failed[0].why == "User cannot be confirmed. Current status is CONFIRMED"
    assert report.failed[-1].why == "User does not exist."


async def test_a_password_against_the_policy_is_refused_for_everybody(
    core: Core, pool: UserPool, subs: list[str]
) -> None:
    report = await done(core, pool, subs, actions.set_password("short", permanent=True))

    assert report.done == ()
    assert len(report.failed) == 40


async def test_a_reset_needs_a_password_and_a_way_to_reach_the_user(
    core: Core, pool: UserPool, people: tuple[User, ...], subs: list[str]
) -> None:
    report = await done(core, pool, subs, actions.require_reset())

    able = [
        user.sub
        for user in people[MANY]
        if user.status in (UserStatus.CONFIRMED, UserStatus.RESET_REQUIRED)
        and user.attributes["email_verified"] == "true"
    ]
    assert list(report.done) == able


async def test_deleted_users_come_back_with_one_undo(
    core: Core, pool: UserPool, people: tuple[User, ...], subs: list[str]
) -> None:
    with edits.step(core, "Delete 40 users"):
        await done(core, pool, subs, actions.delete())
    assert core.store.users.count(pool.id) == 1960

    edits.undo(core)
    assert core.store.users.count(pool.id) == 2000
    assert core.store.users.get(pool.id, subs[0]) == people[0]


async def test_a_cancelled_action_says_who_was_left(
    core: Core, pool: UserPool, subs: list[str]
) -> None:
    asked = iter([False] * 7 + [True])

    report = await bulk(
        core, pool.id, subs, actions.disable(), lambda *_: None, lambda: next(asked), pause
    )

    assert report.cancelled
    assert (report.done, report.left) == (tuple(subs[:7]), tuple(subs[7:]))

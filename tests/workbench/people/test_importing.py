"""An import checks every line first, goes on after a fault and says what became of each."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations import user_pools, users
from sandbox_app.operations.core import Core
from sandbox_app.store.database import storable
from sandbox_app.workbench import edits
from sandbox_app.workbench.people import (
    CsvProblem,
    ImportOptions,
    ImportPlan,
    ImportReport,
    What,
    export_csv,
    plan_import,
    proposed_mapping,
    read_csv,
    run_import,
)

SUB = "8c2f51d0-3a7e-70b4-9d10-5de1a7c0b312"
HEAD = "username,email,email_verified,password,groups,sub,status,enabled,custom:level\n"


async def pause() -> None:
    await asyncio.sleep(0)


def silent(done: int, total: int) -> None:
    """Nobody looks."""


async def planned(
    core: Core, pool: UserPool, text: str, options: ImportOptions | None = None
) -> ImportPlan:
    table = read_csv(text)
    mapping = proposed_mapping(pool, table)
    return await plan_import(
        core, pool.id, table, mapping, options or ImportOptions(), silent, pause
    )


async def imported(
    core: Core, pool: UserPool, text: str, options: ImportOptions | None = None
) -> ImportReport:
    plan = await planned(core, pool, text, options)
    return await run_import(core, plan, silent, lambda: False, pause)


def found(core: Core, pool: UserPool, name: str) -> User:
    user = core.store.users.find(pool.id, name)
    assert user is not None
    return user


async def test_a_user_with_a_password_can_sign_in_at_once(core: Core, pool: UserPool) -> None:
    line = f"Ann,ann@x.example,true,Secret-1!,admins;readers,{SUB},,false,7\n"
    report = await imported(core, pool, HEAD + line)

    assert (report.created, report.failed) == ((2,), ())
    ann = found(core, pool, "ann")
    assert ann.password is not None
    assert await core.passwords.matches(ann.password, "Secret-1!")
    assert (ann.sub, ann.status, ann.enabled) == (SUB, UserStatus.CONFIRMED, False)
    assert ann.attributes["custom:level"] == "7"
    groups = core.store.memberships.groups_of(pool.id, SUB)
    assert [group.group_name for group in groups] == ["admins", "readers"]


async def test_a_user_without_a_password_has_to_reset_it(core: Core, pool: UserPool) -> None:
    """Contract users 3: RESET_REQUIRED, and one verified attribute is needed."""
    report = await imported(core, pool, HEAD + "ann,a@x.example,TRUE\nben,b@x.example,false\n")

    assert report.created == (2,)
    assert found(core, pool, "ann").status is UserStatus.RESET_REQUIRED
    assert found(core, pool, "ann").password is None
    assert [(each.line, each.username) for each in report.failed] == [(3, "ben")]
    assert "verified" in report.failed[0].why


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (ImportOptions(password="Secret-1!"), UserStatus.CONFIRMED),
        (ImportOptions(password="Secret-1!", temporary=True), UserStatus.FORCE_CHANGE_PASSWORD),
        (ImportOptions(mark_verified=True), UserStatus.RESET_REQUIRED),
    ],
)
async def test_options_fill_in_what_the_lines_do_not_say(
    core: Core, pool: UserPool, options: ImportOptions, status: UserStatus
) -> None:
    report = await imported(core, pool, "username,email\nann,a@x.example\n", options)

    assert report.created == (2,)
    ann = found(core, pool, "ann")
    assert ann.status is status
    assert (ann.temporary_since is None) == (status is not UserStatus.FORCE_CHANGE_PASSWORD)
    assert (ann.attributes.get("email_verified") == "true") == options.mark_verified


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",a@x.example,true", "no user name"),
        ("user@x.example,a@x.example,true", "Username cannot be of email format"),
        ("ann b,,true", "validation error"),
        ("ann,nonsense,true", "Invalid email address format."),
        ("ann,,true", "email is required to verify"),
        ("ann,a@x.example,perhaps", "must be true or false"),
        ("ann,a@x.example,true,short", "Password did not conform with policy"),
        ("ann,a@x.example,true,,nobody", "no group nobody"),
        ("ann,a@x.example,true,,,SUB", "UUID"),
        ("ann,a@x.example,true,,,00000000-0000-0000-0000-00000000000a", "is taken"),
        ("ann,a@x.example,true,,,,BORED", "BORED is no status"),
        ("ann,a@x.example,true,,,,,maybe", "enabled is true or false"),
        ("ann,a@x.example,true,,,,,,many", "must be a number"),
        ("ann,a@x.example,true,,,,,,1,surplus", "10 cells, the header has 9"),
        ("ann,taken@x.example,true", "already signs in with this email"),
        ("ann,first@x.example,true", "Line 2 has the same email"),
        ("FIRST,a@x.example,true", "Line 2 has the same username"),
    ],
)
async def test_a_faulty_line_is_found_before_anything_is_done(
    core: Core, pool: UserPool, line: str, words: str
) -> None:
    present = "00000000-0000-0000-0000-00000000000a"
    await imported(core, pool, f"{HEAD}present,taken@x.example,true,,,{present}\n")

    plan = await planned(
        core, pool, f"{HEAD}first,first@x.example,true\n{line}\nlast,l@x.example,true\n"
    )

    assert [each.what for each in plan.lines] == [What.CREATE, What.PROBLEM, What.CREATE]
    assert words in plan.problems[0].why
    assert core.store.users.count(pool.id) == 1

    report = await run_import(core, plan, silent, lambda: False, pause)
    assert (report.created, [each.line for each in report.failed]) == ((2, 4), [3])


async def test_users_who_are_there_are_skipped_updated_or_refused(
    core: Core, pool: UserPool
) -> None:
    await imported(core, pool, HEAD + "ann,a@x.example,true\nben,b@x.example,true\n")
    text = HEAD + "ANN,new@x.example,true,,admins,,,false\nben,b@x.example,true\n"
    before = found(core, pool, "ann")

    assert (await imported(core, pool, text)).skipped == (2, 3)
    refused = await imported(core, pool, text, ImportOptions(on_existing="error"))
    assert [each.why for each in refused.failed] == ["The user exists already."] * 2
    assert found(core, pool, "ann") == before

    report = await imported(core, pool, text, ImportOptions(on_existing="update"))
    assert (report.updated, report.skipped) == ((2,), (3,))
    ann = found(core, pool, "ann")
    assert (ann.attributes["email"], ann.enabled) == ("new@x.example", False)
    assert core.store.users.find_by_alias(pool.id, "email", "new@x.example") == ann
    groups = core.store.memberships.groups_of(pool.id, ann.sub)
    assert [group.group_name for group in groups] == ["admins"]


async def test_a_password_for_somebody_who_is_there_is_set(core: Core, pool: UserPool) -> None:
    await imported(core, pool, HEAD + "ann,a@x.example,true\n")
    update = ImportOptions(on_existing="update", temporary=True)

    report = await imported(core, pool, HEAD + "ann,,,Secret-1!\n", update)

    assert report.updated == (2,)
    assert found(core, pool, "ann").status is UserStatus.FORCE_CHANGE_PASSWORD


async def test_a_cancelled_import_leaves_what_was_done_and_says_what_was_not(
    core: Core, pool: UserPool
) -> None:
    lines = "".join(f"u{number},u{number}@x.example,true\n" for number in range(9))
    plan = await planned(core, pool, HEAD + lines)
    asked = iter([False] * 4 + [True] * 9)

    report = await run_import(core, plan, silent, lambda: next(asked), pause)

    assert report.cancelled
    assert (report.created, report.left) == ((2, 3, 4, 5), (6, 7, 8, 9, 10))
    assert core.store.users.count(pool.id) == 4


async def test_what_changed_since_the_plan_fails_its_own_line_alone(
    core: Core, pool: UserPool
) -> None:
    plan = await planned(core, pool, HEAD + "ann,a@x.example,true\nben,b@x.example,true\n")
    request = {"UserPoolId": pool.id, "Username": "ann"}
    await users.admin_create_user(core, request)

    report = await run_import(core, plan, silent, lambda: False, pause)

    assert report.created == (3,)
    assert [each.why for each in report.failed] == ["User account already exists"]


async def test_an_import_is_one_edit_that_can_be_taken_back(core: Core, pool: UserPool) -> None:
    text = HEAD + "ann,a@x.example,true,,admins\nben,b@x.example,true\n"
    with edits.step(core, "Import 2 users"):
        await imported(core, pool, text)
    assert core.store.users.count(pool.id) == 2

    assert edits.undo(core) == "Import 2 users"
    assert core.store.users.count(pool.id) == 0


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ((None, "email"), "No column is the user name."),
        (("cognito:username", "cognito:username"), "2 columns are cognito:username"),
        (("cognito:username", "shoe size"), "no attribute shoe size"),
    ],
)
async def test_columns_that_make_no_sense_are_refused_whole(
    core: Core, pool: UserPool, mapping: tuple[str | None, ...], words: str
) -> None:
    table = read_csv("username,email\nann,a@x.example\n")

    with pytest.raises(CsvProblem, match=words):
        await plan_import(core, pool.id, table, mapping, ImportOptions(), silent, pause)


async def test_in_a_pool_of_addresses_the_address_is_the_name(core: Core) -> None:
    request = {"PoolName": "by address", "UsernameAttributes": ["email"]}
    pool_id = user_pools.create_user_pool(core, request)["UserPool"]["Id"]
    pool = core.store.pools.get(pool_id)
    assert pool is not None

    report = await imported(core, pool, "email,email_verified\na@x.example,true\nnobody,true\n")

    assert (report.created, [each.line for each in report.failed]) == ((2,), [3])
    assert core.store.users.find_by_alias(pool_id, "email", "a@x.example") is not None
    again = await imported(core, pool, "email,name\nA@x.example,Ann\n")
    assert again.skipped == ((2,) if not pool.case_sensitive else ())


attribute = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).filter(storable)


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=30)
@given(
    people=st.dictionaries(
        st.from_regex(r"\A[a-z=+@'-][a-z0-9'.]{1,8}\Z"),
        st.fixed_dictionaries(
            {"name": attribute, "custom:team": attribute, "birthdate": st.just("1999-12-31")}
        ),
        min_size=1,
        max_size=4,
    )
)
async def test_exported_users_are_imported_as_they_were(
    core: Core, pool: UserPool, people: dict[str, dict[str, str]]
) -> None:
    with core.change():
        for sub in await everybody(core, pool):
            core.store.users.remove(pool.id, sub)
    for number, (name, attributes) in enumerate(people.items()):
        await made(core, pool, name, {**attributes, "email": f"u{number}@x.example"})
    subs = await everybody(core, pool)
    before = [core.store.users.get(pool.id, sub) for sub in subs]
    pieces: list[str] = []
    await export_csv(core, pool.id, subs, pieces.append, silent, lambda: False, pause)
    with core.change():
        for sub in subs:
            core.store.users.remove(pool.id, sub)

    report = await imported(core, pool, "".join(pieces))

    assert report.failed == ()
    for user in before:
        assert user is not None
        again = core.store.users.get(pool.id, user.sub)
        assert again is not None
        assert filled(again) == filled(user)


def filled(user: User) -> User:
    """The user without what no file can tell: empty attributes, the password and its status."""
    attributes = {name: value for name, value in user.attributes.items() if value}
    return replace(
        user,
        attributes=attributes,
        password=None,
        status=UserStatus.RESET_REQUIRED,
        temporary_since=None,
    )


async def everybody(core: Core, pool: UserPool) -> list[str]:
    return [user.sub for user in core.store.users.page(pool.id, limit=5000)]


async def made(core: Core, pool: UserPool, name: str, attributes: dict[str, str]) -> None:
    attributes = {**attributes, "email_verified": "true"}
    request = {
        "UserPoolId": pool.id,
        "Username": name,
        "UserAttributes": [{"Name": key, "Value": value} for key, value in attributes.items()],
    }
    await users.admin_create_user(core, request)

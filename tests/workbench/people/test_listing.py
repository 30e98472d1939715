"""A list of users answers every question by number, in the order asked for."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations import users as verbs
from sandbox_app.operations.core import Core
from sandbox_app.store import user_order
from sandbox_app.workbench.people import Listing, PeopleQuery


def aside(work: Callable[[], Any]) -> Awaitable[Any]:
    return asyncio.get_running_loop().run_in_executor(None, work)


@pytest.fixture
def listing(core: Core, pool: UserPool, people: tuple[User, ...]) -> Iterator[Listing]:
    opened = Listing(core, pool.id, aside)
    yield opened
    opened.close()


def any_value(user: User, part: str) -> bool:
    aside = ("sub", "email_verified")
    values = (value for name, value in user.attributes.items() if name not in aside)
    found = any(part in value.lower() for value in (user.username, *values))
    return found or user.sub.startswith(part)


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        (PeopleQuery(), lambda user: True),
        (PeopleQuery(text="BEN"), lambda user: any_value(user, "ben")),
        (PeopleQuery(text="émile"), lambda user: "ÉMILE" in user.attributes["name"]),
        (PeopleQuery(text="CLÉO"), lambda user: "Cléo" in user.attributes["name"]),
        (PeopleQuery(text="mÜller éMILE"), lambda user: "ÉMILE" in user.attributes["name"]),
        (PeopleQuery(text="fay 9"), lambda user: any_value(user, "fay") and any_value(user, "9")),
        (PeopleQuery(text='"y müller"'), lambda user: "Fay" in user.attributes["name"]),
        (PeopleQuery(text="email:ben"), lambda user: "ben" in user.attributes["email"]),
        (PeopleQuery(text="sub:7d0"), lambda user: "7d0" in user.sub),
        (PeopleQuery(text=f"{4:031x}"), lambda user: user.sub.startswith(f"{4:031x}")),
        (PeopleQuery(text=f"sub={7:032x}"), lambda user: user.sub == f"{7:032x}"),
        (
            PeopleQuery(text="custom:team=red"),
            lambda user: user.attributes.get("custom:team") == "red",
        ),
        (PeopleQuery(text="team:red"), lambda user: "custom:team" in user.attributes),
        (
            PeopleQuery(text="email_verified:true"),
            lambda user: user.attributes["email_verified"] == "true",
        ),
        (PeopleQuery(verified=True), lambda user: user.attributes["email_verified"] == "true"),
        (PeopleQuery(verified=False), lambda user: user.attributes["email_verified"] != "true"),
        (PeopleQuery(status=UserStatus.CONFIRMED), lambda user: user.status == "CONFIRMED"),
        (PeopleQuery(enabled=False), lambda user: not user.enabled),
        (PeopleQuery(group="admins"), lambda user: int(user.username[4:]) % 100 == 0),
        (PeopleQuery(group="readers"), lambda user: False),
        (PeopleQuery(text="true"), lambda user: False),
        (PeopleQuery(text="team"), lambda user: False),
        (PeopleQuery(text="custom:"), lambda user: False),
        (PeopleQuery(text="https://nowhere"), lambda user: False),
        (PeopleQuery(text="%"), lambda user: False),
        (PeopleQuery(text="*é*"), lambda user: False),
        (PeopleQuery(text="\ud800"), lambda user: False),
        (PeopleQuery(text="é" * 30_000), lambda user: False),
        (PeopleQuery(text="[a-z]"), lambda user: False),
        (PeopleQuery(text="custom:team=re?"), lambda user: False),
        (PeopleQuery(text="name=ÉMILE"), lambda user: False),
    ],
    ids=repr,
)
async def test_every_word_and_every_filter_narrows_the_list(
    listing: Listing,
    people: tuple[User, ...],
    query: PeopleQuery,
    fits: Callable[[User], bool],
) -> None:
    assert await listing.load(query)

    assert listing.rows(0, 5000) == tuple(filter(fits, people))


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("username", lambda user: user.username),
        ("status", lambda user: (user.status, user.username)),
        ("enabled", lambda user: (user.enabled, user.username)),
        ("created", lambda user: user.creation_date),
        ("modified", lambda user: user.last_modified_date),
        ("sub", lambda user: user.sub),
        ("email", lambda user: user.attributes["email"]),
    ],
)
@pytest.mark.parametrize("text", ["", "an", "777"])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("few", [2000, 10])
async def test_a_list_is_in_the_order_asked_for(
    listing: Listing,
    people: tuple[User, ...],
    sort: str,
    key: Callable[[User], Any],
    text: str,
    descending: bool,
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(user_order, "_FEW", few)
    beginning: list[User | None] = []
    query = PeopleQuery(text=text, sort=sort, descending=descending)
    await listing.load(query, lambda: beginning.extend(listing.rows(0, 2000)))

    assert tuple(beginning) == listing.rows(0, len(beginning))
    expected = sorted(people, key=key, reverse=descending)
    assert listing.rows(0, 2000) == tuple(user for user in expected if any_value(user, text))


@pytest.mark.parametrize("text", ["", "user"])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("few", [2000, 10])
async def test_those_without_the_attribute_come_last_either_way(
    listing: Listing,
    people: tuple[User, ...],
    text: str,
    descending: bool,
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(user_order, "_FEW", few)
    await listing.load(PeopleQuery(text=text, sort="custom:team", descending=descending))

    teams = [user.attributes.get("custom:team") for user in listing.rows(0, 2000) if user]
    first, last = ("Redder", "red") if descending else ("red", "Redder")
    assert teams == [first] * 250 + [last] * 250 + [None] * 1500


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (PeopleQuery(), 100),
        (PeopleQuery(sort="email", descending=True), 100),
        (PeopleQuery(sort="custom:team"), 100),
        (PeopleQuery(text="example"), 100),
        (PeopleQuery(text="user000"), None),
        (PeopleQuery(text="nobody at all"), None),
    ],
    ids=repr,
)
async def test_a_long_list_is_shown_from_its_beginning_before_all_of_it_is_found(
    listing: Listing, people: tuple[User, ...], query: PeopleQuery, shown: int | None
) -> None:
    counted: list[int] = []

    await listing.load(query, lambda: counted.append(listing.count))

    assert counted == ([] if shown is None else [shown])
    assert shown is None or listing.count == 2000


async def test_names_are_sorted_without_regard_to_case(listing: Listing) -> None:
    await listing.load(PeopleQuery(sort="name"))

    initials = [user.attributes["name"][0] for user in listing.rows(0, 2000)[::400] if user]
    assert initials == ["A", "b", "C", "F", "É"]


async def test_a_window_and_a_row_are_found_by_number(
    listing: Listing, people: tuple[User, ...]
) -> None:
    await listing.load(PeopleQuery(sort="created"))

    ninth = listing.rows(8, 1)[0]
    assert ninth is not None
    assert listing.row_of(ninth.sub) == 8
    assert listing.subs(range(8, 10)) == tuple(u.sub for u in listing.rows(8, 2) if u)
    assert len(listing.subs()) == listing.count == 2000
    assert listing.rows(1999, 50) == listing.rows(1999, 1)
    assert listing.rows(2000, 50) == ()
    assert listing.row_of("nobody") is None


async def test_a_change_makes_the_list_stale_and_leaves_every_row_in_its_place(
    core: Core, pool: UserPool, listing: Listing, people: tuple[User, ...]
) -> None:
    await listing.load(PeopleQuery())
    assert not listing.stale

    verbs.admin_delete_user(core, {"UserPoolId": pool.id, "Username": "user0001"})

    assert listing.stale
    assert listing.rows(0, 3) == (people[0], None, people[2])
    assert listing.subs(range(3)) == (people[0].sub, people[2].sub)
    await listing.load()
    assert not listing.stale
    assert (listing.count, listing.rows(0, 2)) == (1999, (people[0], people[2]))


async def test_a_changed_attribute_is_found_and_the_former_value_is_not(
    core: Core, pool: UserPool, listing: Listing
) -> None:
    request = {
        "UserPoolId": pool.id,
        "Username": "user0001",
        "UserAttributes": [{"Name": "custom:team", "Value": "Zephyr"}],
    }
    verbs.admin_update_user_attributes(core, request)
    await listing.load(PeopleQuery(text="zephyr"))
    assert listing.subs() == (f"{1:032x}",)

    request["UserAttributes"] = [{"Name": "custom:team", "Value": "calm"}]
    verbs.admin_update_user_attributes(core, request)
    await listing.load()
    assert listing.count == 0


async def test_a_newer_question_overtakes_an_older_one(
    listing: Listing, people: tuple[User, ...]
) -> None:
    older = asyncio.ensure_future(listing.load(PeopleQuery(text="ana")))
    await asyncio.sleep(0)
    newer = asyncio.ensure_future(listing.load(PeopleQuery(text="user0007")))

    assert list(await asyncio.gather(older, newer)) == [False, True]
    assert listing.rows(0, 9) == (people[7],)


async def test_a_deleted_pool_has_no_users(core: Core, pool: UserPool, listing: Listing) -> None:
    await listing.load()
    core.store.pools.remove(pool.id)

    assert await listing.load()
    assert listing.count == 0

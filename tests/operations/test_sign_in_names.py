"""What a person may type to be found (contract users 1)."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.operations.core import Core
from sandbox_app.operations.finding import user_of
from sandbox_app.operations.sign_in_names import (
    find_user,
    folded,
    looks_like_email,
    looks_like_phone,
)

MakeUser = Callable[..., Awaitable[dict[str, Any]]]
INSENSITIVE = {"UsernameConfiguration": {"CaseSensitive": False}}


def named(core: Core, pool_id: str, typed: str) -> str | None:
    pool = core.store.pools.get(pool_id)
    assert pool is not None
    user = find_user(core, pool, typed)
    return None if user is None else user.attributes.get("name", user.username)


@pytest.mark.parametrize(
    ("typed", "email", "phone"),
    [
        ("a@b.example", True, False),
        ("a.b+c@d.example", True, False),
        ("ä@münchen.example", True, False),
        ("a@b", False, False),
        ("a b@c.example", False, False),
        ("a@b@c.example", False, False),
        ("@b.example", False, False),
        ("a@b.example\n", False, False),
        ("+12065551212", False, True),
        ("+1", False, True),
        ("12065551212", False, False),
        ("+1 206 5551212", False, False),
        ("+1-206", False, False),
        ("+", False, False),
        ("+١٢٣", False, False),
        ("+1234567890123456", False, False),
    ],
)
def test_an_address_and_a_number_are_told_by_their_form(
    typed: str, email: bool, phone: bool
) -> None:
    """Contract users 7: a number is a plus sign and digits, no spaces."""
    assert (looks_like_email(typed), looks_like_phone(typed)) == (email, phone)


async def test_case_matters_where_the_pool_says_so(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    strict = a_pool("eu-west-1_A", AliasAttributes=["email"])
    loose = a_pool("eu-west-1_B", AliasAttributes=["email"], **INSENSITIVE)
    for pool_id in (strict, loose):
        await a_user(pool_id, "Alice", email="Alice@Example.com", email_verified="true")

    typed = ("Alice", "ALICE", "Alice@Example.com", "alice@example.COM")
    assert [named(core, strict, name) for name in typed] == ["Alice", None, "Alice", None]
    assert [named(core, loose, name) for name in typed] == ["alice"] * 4


def test_folding_lowers_and_nothing_more() -> None:
    pool = UserPool(id="p", name="p", creation_date=0, last_modified_date=0)
    loose = UserPool(
        id="p",
        name="p",
        creation_date=0,
        last_modified_date=0,
        username_configuration=type(pool.username_configuration)(case_sensitive=False),
    )

    assert folded(pool, "STRAßE") == "STRAßE"
    assert folded(loose, "STRAßE") == "straße"
    assert folded(loose, "STRASSE") != folded(loose, "straße")


async def test_an_alias_counts_once_it_is_verified(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    pool_id = a_pool(AliasAttributes=["email", "phone_number"])
    await a_user(
        pool_id,
        "alice",
        email="alice@example.com",
        email_verified="false",
        phone_number="+12065551212",
        phone_number_verified="true",
    )

    assert named(core, pool_id, "alice@example.com") is None
    assert named(core, pool_id, "+12065551212") == "alice"


async def test_an_attribute_that_is_no_alias_is_no_name(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    pool_id = a_pool(AliasAttributes=["phone_number"])
    await a_user(pool_id, "alice", email="alice@example.com", email_verified="true")

    assert named(core, pool_id, "alice@example.com") is None


async def test_a_username_attribute_counts_at_once(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    pool_id = a_pool(UsernameAttributes=["email", "phone_number"])
    await a_user(pool_id, "alice@example.com", name="Alice")
    await a_user(pool_id, "+12065551212", name="Bob")

    assert named(core, pool_id, "alice@example.com") == "Alice"
    assert named(core, pool_id, "+12065551212") == "Bob"


async def test_an_administrator_also_finds_a_user_by_sub(
    core: Core, pool_id: str, a_user: MakeUser
) -> None:
    user = await a_user(pool_id)
    sub = user["Attributes"][0]["Value"]

    assert user_of(core, {"UserPoolId": pool_id, "Username": sub}).username == "alice"
    assert named(core, pool_id, sub) is None


async def test_names_of_one_pool_mean_nobody_in_another(
    core: Core, a_pool: Callable[..., str], a_user: MakeUser
) -> None:
    first, second = a_pool("eu-west-1_A"), a_pool("eu-west-1_B")
    await a_user(first)

    assert named(core, second, "alice") is None


@pytest.mark.parametrize("typed", ["", "\ud83d", "a" * 5000, "'; DROP TABLE pool_user; --", "%"])
async def test_a_strange_name_is_nobodys(
    core: Core, pool_id: str, a_user: MakeUser, typed: str
) -> None:
    await a_user(pool_id)

    assert named(core, pool_id, typed) is None

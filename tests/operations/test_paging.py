"""Lists in pages: a token goes on in its own list and is worth nothing in another."""

import base64
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from sandbox_app.operations import groups, user_pools, users
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import InvalidParameterException
from sandbox_app.operations.paging import page, read_token, write_token
from tests.cores import refusal

BAD = ("InvalidParameterException", "Invalid pagination token.")


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


def test_pages_follow_one_another_until_all_is_seen() -> None:
    seen: list[int] = []
    token: str | None = None
    for _ in range(3):
        found, token = page(range(7), 3, token, "numbers")
        seen += found

    assert seen == list(range(7))
    assert token is None


def test_a_full_last_page_has_no_token() -> None:
    assert page(range(3), 3, None, "numbers") == (range(3), None)


def test_a_token_brings_back_its_place_whatever_the_script() -> None:
    assert read_token(write_token("Zoë 🦊", "names"), "names") == "Zoë 🦊"


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "====",
        "Zm9v",
        "ünïcode",
        encoded("null"),
        encoded("7"),
        encoded('["numbers"]'),
        encoded('["numbers","-1"]'),
        encoded('["numbers","abc"]'),
        encoded('["numbers","²"]'),
        encoded('["numbers","' + "9" * 5000 + '"]'),
        encoded('["names","1"]'),
        encoded("[" * 10_000),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_a_made_up_token_is_refused(token: str) -> None:
    with pytest.raises(InvalidParameterException) as refused:
        page(range(7), 3, token, "numbers")

    assert (refused.value.message, refused.value.field) == (BAD[1], "NextToken")


async def test_a_token_of_one_list_is_refused_by_every_other(
    core: Core, a_pool: Callable[..., str], a_user: Callable[..., Awaitable[dict[str, Any]]]
) -> None:
    first, second = a_pool("eu-west-1_A"), a_pool("eu-west-1_B")
    for name in ("alice", "bob"):
        await a_user(first, name)
        groups.create_group(core, {"UserPoolId": first, "GroupName": name})
    of_pools = user_pools.list_user_pools(core, {"MaxResults": 1})["NextToken"]
    of_users = users.list_users(core, {"UserPoolId": first, "Limit": 1})["PaginationToken"]
    of_groups = groups.list_groups(core, {"UserPoolId": first, "Limit": 1})["NextToken"]

    for token in (of_pools, of_groups, "nonsense"):
        asked = {"UserPoolId": first, "PaginationToken": token}
        assert await refusal(users.list_users, core, asked) == BAD
    for token in (of_pools, of_users):
        asked = {"UserPoolId": first, "NextToken": token}
        assert await refusal(groups.list_groups, core, asked) == BAD
    for token in (of_users, of_groups):
        asked = {"MaxResults": 1, "NextToken": token}
        assert await refusal(user_pools.list_user_pools, core, asked) == BAD
    asked = {"UserPoolId": second, "PaginationToken": of_users}
    assert await refusal(users.list_users, core, asked) == BAD

"""The pool's domain: made, described, changed and deleted."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.operations import domains
from sandbox_app.operations.core import Core
from tests.cores import refusal, writes

INVALID = "InvalidParameterException"


@pytest.fixture
def domain(core: Core, pool_id: str) -> dict[str, Any]:
    request = {"UserPoolId": pool_id, "Domain": "people"}
    domains.create_user_pool_domain(core, request)
    return request


def test_a_domain_is_described_with_its_pool(core: Core, domain: dict[str, Any]) -> None:
    answer = domains.describe_user_pool_domain(core, {"Domain": "people"})["DomainDescription"]

    assert answer == domain | {"ManagedLoginVersion": 1, "Status": "ACTIVE"}


def test_a_domain_nobody_has_is_described_as_nothing(core: Core) -> None:
    answer = domains.describe_user_pool_domain(core, {"Domain": "people"})

    assert answer == {"DomainDescription": {}}


async def test_a_pool_has_one_domain(core: Core, domain: dict[str, Any]) -> None:
    request = domain | {"Domain": "another"}

    assert await refusal(domains.create_user_pool_domain, core, request) == (
        INVALID,
        "This user pool already has a domain configured.",
    )


async def test_a_domain_belongs_to_one_pool(
    core: Core, domain: dict[str, Any], a_pool: Callable[..., str]
) -> None:
    request = {"UserPoolId": a_pool("eu-west-1_Other"), "Domain": "people"}

    assert await refusal(domains.create_user_pool_domain, core, request) == (
        INVALID,
        "Domain already associated with another user pool.",
    )


@pytest.mark.parametrize("word", ["aws", "amazon", "cognito"])
async def test_a_reserved_word_is_refused(core: Core, pool_id: str, word: str) -> None:
    request = {"UserPoolId": pool_id, "Domain": f"my-{word}-app"}

    assert await refusal(domains.create_user_pool_domain, core, request) == (
        INVALID,
        f"Domain cannot contain reserved word: {word}",
    )


@pytest.mark.parametrize("name", ["People", "-people", "people-", "peo_ple", "a" * 64, "ö"])
async def test_a_prefix_is_a_label_in_lower_case(core: Core, pool_id: str, name: str) -> None:
    code, message = await refusal(
        domains.create_user_pool_domain, core, {"UserPoolId": pool_id, "Domain": name}
    )

    assert code == INVALID
    assert "'domain' failed to satisfy constraint" in message


def test_another_look_is_chosen_and_the_same_one_again_is_no_change(
    core: Core, domain: dict[str, Any], events: list[ConfigurationChanged]
) -> None:
    newer = domain | {"ManagedLoginVersion": 2}

    assert domains.update_user_pool_domain(core, newer) == {"ManagedLoginVersion": 2}
    wrote = writes(core)
    domains.update_user_pool_domain(core, newer)

    assert writes(core) == wrote
    assert [event.change for event in events] == [Change.UPDATED]
    assert events[0].kind is Kind.DOMAIN


async def test_there_are_two_looks(core: Core, domain: dict[str, Any]) -> None:
    request = domain | {"ManagedLoginVersion": 3}

    code, message = await refusal(domains.update_user_pool_domain, core, request)

    assert code == INVALID
    assert "anagedLoginVersion" in message


@pytest.mark.parametrize(
    "operation", [domains.update_user_pool_domain, domains.delete_user_pool_domain]
)
async def test_a_domain_of_another_pool_is_left_alone(
    core: Core, domain: dict[str, Any], a_pool: Callable[..., str], operation: Callable[..., Any]
) -> None:
    request = {"UserPoolId": a_pool("eu-west-1_Other"), "Domain": "people"}

    assert await refusal(operation, core, request) == (
        INVALID,
        "No such domain or user pool exists.",
    )


def test_a_deleted_domain_can_be_taken_by_another_pool(
    core: Core, domain: dict[str, Any], a_pool: Callable[..., str]
) -> None:
    domains.delete_user_pool_domain(core, domain)

    other = a_pool("eu-west-1_Other")
    domains.create_user_pool_domain(core, {"UserPoolId": other, "Domain": "people"})
    answer = domains.describe_user_pool_domain(core, {"Domain": "people"})
    assert answer["DomainDescription"]["UserPoolId"] == other

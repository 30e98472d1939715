"""Resource servers and their scopes."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.operations import resource_servers as servers
from sandbox_app.operations.core import Core
from tests.cores import refusal, writes

READ = {"ScopeName": "read", "ScopeDescription": "Look at orders"}
WRITE = {"ScopeName": "write", "ScopeDescription": "Place orders"}


@pytest.fixture
def orders(core: Core, pool_id: str) -> dict[str, Any]:
    request = {"UserPoolId": pool_id, "Identifier": "orders", "Name": "Orders", "Scopes": [READ]}
    servers.create_resource_server(core, request)
    return request


def asked(orders: dict[str, Any]) -> dict[str, Any]:
    return {"UserPoolId": orders["UserPoolId"], "Identifier": orders["Identifier"]}


def test_a_resource_server_is_described_as_it_was_made(core: Core, orders: dict[str, Any]) -> None:
    answer = servers.describe_resource_server(core, asked(orders))

    assert answer == {"ResourceServer": orders}


@pytest.mark.parametrize("identifier", ["orders", "https://api.example/v1", "a~b[]"])
def test_an_identifier_may_be_a_url(core: Core, pool_id: str, identifier: str) -> None:
    request = {"UserPoolId": pool_id, "Identifier": identifier, "Name": "Orders"}

    assert servers.create_resource_server(core, request)["ResourceServer"]["Scopes"] == []


async def test_an_identifier_is_unique_in_its_pool_and_free_in_another(
    core: Core, orders: dict[str, Any], a_pool: Callable[..., str]
) -> None:
    servers.create_resource_server(core, orders | {"UserPoolId": a_pool("eu-west-1_Other")})

    assert await refusal(servers.create_resource_server, core, orders) == (
        "InvalidParameterException",
        f"orders already exists in user pool {orders['UserPoolId']}.",
    )


@pytest.mark.parametrize(
    ("rule", "scopes", "words"),
    [
        ("one name, one scope", [READ, READ], "Duplicate scope name: read"),
        ("a slash parts server and scope", [READ | {"ScopeName": "a/b"}], "regular expression"),
        ("a scope is described", [{"ScopeName": "read"}], "Member must not be null"),
        (
            "oidc 11",
            [READ | {"ScopeName": f"s{number}"} for number in range(101)],
            "less than or equal to 100",
        ),
    ],
)
async def test_scopes_that_cannot_be_are_refused(
    core: Core, pool_id: str, rule: str, scopes: list[Any], words: str
) -> None:
    request = {"UserPoolId": pool_id, "Identifier": "o", "Name": "O", "Scopes": scopes}

    code, message = await refusal(servers.create_resource_server, core, request)

    assert code == "InvalidParameterException"
    assert words in message


def test_an_update_replaces_the_scopes_and_the_same_again_is_no_change(
    core: Core, orders: dict[str, Any], events: list[ConfigurationChanged]
) -> None:
    changed = orders | {"Scopes": [WRITE]}

    servers.update_resource_server(core, changed)
    wrote = writes(core)
    servers.update_resource_server(core, changed)

    assert servers.describe_resource_server(core, asked(orders)) == {"ResourceServer": changed}
    assert writes(core) == wrote
    assert [(event.kind, event.change) for event in events] == [
        (Kind.RESOURCE_SERVER, Change.UPDATED)
    ]


@pytest.mark.parametrize(
    ("operation", "more"),
    [
        (servers.describe_resource_server, {}),
        (servers.update_resource_server, {"Name": "Orders"}),
        (servers.delete_resource_server, {}),
    ],
)
async def test_a_resource_server_that_is_not_there_is_not_found(
    core: Core, pool_id: str, operation: Callable[..., Any], more: dict[str, str]
) -> None:
    request = {"UserPoolId": pool_id, "Identifier": "orders"} | more

    assert await refusal(operation, core, request) == (
        "ResourceNotFoundException",
        "Resource server orders does not exist.",
    )


def test_a_deleted_resource_server_is_no_longer_listed(core: Core, orders: dict[str, Any]) -> None:
    servers.delete_resource_server(core, asked(orders))

    listed = servers.list_resource_servers(core, {"UserPoolId": orders["UserPoolId"]})
    assert listed == {"ResourceServers": []}


def test_resource_servers_are_listed_in_pages(core: Core, pool_id: str) -> None:
    for name in "cab":
        request = {"UserPoolId": pool_id, "Identifier": name, "Name": name}
        servers.create_resource_server(core, request)

    page = servers.list_resource_servers(core, {"UserPoolId": pool_id, "MaxResults": 2})
    rest = servers.list_resource_servers(
        core, {"UserPoolId": pool_id, "NextToken": page["NextToken"]}
    )

    found = [*page["ResourceServers"], *rest["ResourceServers"]]
    assert [item["Identifier"] for item in found] == ["c", "a", "b"]
    assert "NextToken" not in rest

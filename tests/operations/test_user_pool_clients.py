"""App clients and their secrets: made, read, changed, listed and deleted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.operations import user_pool_clients as clients
from sandbox_app.operations.core import Core
from tests.cores import refusal, writes

SECRET = "s" * 24
MakeClient = Callable[..., dict[str, Any]]


def test_a_public_client_has_no_secret_and_the_defaults(pool_id: str, a_client: MakeClient) -> None:
    client = a_client(pool_id)

    assert "ClientSecret" not in client
    assert client["RefreshTokenValidity"] == 30
    assert client["TokenValidityUnits"] == {
        "AccessToken": "hours",
        "IdToken": "hours",
        "RefreshToken": "days",
    }
    assert client["PreventUserExistenceErrors"] == "LEGACY"
    assert client["EnableTokenRevocation"] is True
    assert client["AuthSessionValidity"] == 3
    assert client["AllowedOAuthFlowsUserPoolClient"] is False
    assert len(client["ClientId"]) == 26


def test_a_secret_is_made_up_or_chosen(pool_id: str, a_client: MakeClient) -> None:
    made = a_client(pool_id, GenerateSecret=True)["ClientSecret"]

    assert (len(made), made.isalnum()) == (52, True)
    assert a_client(pool_id, ClientSecret=SECRET)["ClientSecret"] == SECRET


def test_a_client_is_described_as_it_was_made(
    core: Core, pool_id: str, a_client: MakeClient
) -> None:
    made = a_client(
        pool_id,
        ReadAttributes=[],
        AnalyticsConfiguration={"ApplicationId": "a1"},
        CallbackURLs=["https://app.example/cb"],
    )

    request = {"UserPoolId": pool_id, "ClientId": made["ClientId"]}
    again = clients.describe_user_pool_client(core, request)["UserPoolClient"]
    assert again == made
    assert again["ReadAttributes"] == []
    assert again["AnalyticsConfiguration"] == {"ApplicationId": "a1"}
    assert "WriteAttributes" not in again


async def test_a_chosen_client_id_is_unique_in_the_workspace(
    core: Core, a_pool: Callable[..., str]
) -> None:
    first, second = a_pool("eu-west-1_A"), a_pool("eu-west-1_B")
    clients.create_user_pool_client(
        core, {"UserPoolId": first, "ClientName": "c"}, client_id="chosen"
    )

    request = {"UserPoolId": second, "ClientName": "c"}
    assert await refusal(clients.create_user_pool_client, core, request, client_id="chosen") == (
        "ResourceConflictException",
        "Client chosen already exists.",
    )


async def test_a_chosen_client_id_has_the_shape_of_one(core: Core, pool_id: str) -> None:
    request = {"UserPoolId": pool_id, "ClientName": "c"}

    code, message = await refusal(
        clients.create_user_pool_client, core, request, client_id="two words"
    )

    assert code == "InvalidParameterException"
    assert "'clientId' failed to satisfy constraint" in message


def test_an_update_puts_what_it_omits_back_and_keeps_name_and_secret(
    core: Core, pool_id: str, a_client: MakeClient
) -> None:
    client = a_client(
        pool_id, ClientSecret=SECRET, CallbackURLs=["https://app.example/cb"], IdTokenValidity=2
    )
    request = {"UserPoolId": pool_id, "ClientId": client["ClientId"]}

    after = clients.update_user_pool_client(core, request | {"RefreshTokenValidity": 5})

    after = after["UserPoolClient"]
    assert after["RefreshTokenValidity"] == 5
    assert after["CallbackURLs"] == []
    assert "IdTokenValidity" not in after
    assert (after["ClientName"], after["ClientSecret"]) == ("web", SECRET)


def test_an_update_that_changes_nothing_writes_and_tells_nothing(
    core: Core,
    pool_id: str,
    a_client: MakeClient,
    clock: ManualClock,
    events: list[ConfigurationChanged],
) -> None:
    client = a_client(pool_id)
    events.clear()
    wrote = writes(core)
    clock.advance(timedelta(minutes=1))

    request = {"UserPoolId": pool_id, "ClientId": client["ClientId"]}
    answer = clients.update_user_pool_client(core, request | {"RefreshTokenValidity": 30})

    assert (writes(core), events) == (wrote, [])
    assert set(answer) == {"UserPoolClient"}


def test_every_change_is_told_once(
    core: Core, pool_id: str, a_client: MakeClient, events: list[ConfigurationChanged]
) -> None:
    events.clear()
    client_id = a_client(pool_id)["ClientId"]
    request = {"UserPoolId": pool_id, "ClientId": client_id}
    clients.update_user_pool_client(core, request | {"ClientName": "mobile"})
    clients.delete_user_pool_client(core, request)

    assert events == [
        ConfigurationChanged(Kind.CLIENT, change, pool_id, client_id)
        for change in (Change.CREATED, Change.UPDATED, Change.DELETED)
    ]


@pytest.mark.parametrize(
    "operation",
    [
        clients.describe_user_pool_client,
        clients.update_user_pool_client,
        clients.delete_user_pool_client,
        clients.add_user_pool_client_secret,
        clients.list_user_pool_client_secrets,
    ],
)
async def test_a_client_of_another_pool_is_not_found(
    core: Core, a_pool: Callable[..., str], a_client: MakeClient, operation: Callable[..., Any]
) -> None:
    first, second = a_pool("eu-west-1_A"), a_pool("eu-west-1_B")
    client_id = a_client(first)["ClientId"]

    request = {"UserPoolId": second, "ClientId": client_id}
    assert await refusal(operation, core, request) == (
        "ResourceNotFoundException",
        f"User pool client {client_id} does not exist.",
    )
    assert core.store.clients.get(client_id) is not None


def test_clients_are_listed_in_pages_by_pool(
    core: Core, a_pool: Callable[..., str], a_client: MakeClient
) -> None:
    first, second = a_pool("eu-west-1_A"), a_pool("eu-west-1_B")
    made = [a_client(first, ClientName=name)["ClientId"] for name in ("c", "a", "b")]
    a_client(second)

    page = clients.list_user_pool_clients(core, {"UserPoolId": first, "MaxResults": 2})
    rest = clients.list_user_pool_clients(
        core, {"UserPoolId": first, "NextToken": page["NextToken"]}
    )

    found = [*page["UserPoolClients"], *rest["UserPoolClients"]]
    assert [item["ClientId"] for item in found] == made
    assert found[0] == {"ClientId": made[0], "UserPoolId": first, "ClientName": "c"}
    assert "NextToken" not in rest


async def test_a_client_holds_at_most_two_secrets(
    core: Core, pool_id: str, a_client: MakeClient
) -> None:
    client = a_client(pool_id, ClientSecret=SECRET)
    request = {"UserPoolId": pool_id, "ClientId": client["ClientId"]}

    added = clients.add_user_pool_client_secret(core, request)["ClientSecretDescriptor"]

    assert len(added["ClientSecretValue"]) == 52
    assert await refusal(clients.add_user_pool_client_secret, core, request) == (
        "LimitExceededException",
        "A client can have at most 2 secrets.",
    )


async def test_a_secret_is_replaced_by_deleting_the_old_one_and_the_last_one_stays(
    core: Core, pool_id: str, a_client: MakeClient
) -> None:
    client = a_client(pool_id, ClientSecret=SECRET)
    request = {"UserPoolId": pool_id, "ClientId": client["ClientId"]}
    new = clients.add_user_pool_client_secret(core, request | {"ClientSecret": "n" * 24})
    listed = clients.list_user_pool_client_secrets(core, request)["ClientSecrets"]
    old_id, new_id = (item["ClientSecretId"] for item in listed)
    assert new["ClientSecretDescriptor"]["ClientSecretId"] == new_id
    assert all("ClientSecretValue" not in item for item in listed)

    clients.delete_user_pool_client_secret(core, request | {"ClientSecretId": old_id})

    described = clients.describe_user_pool_client(core, request)["UserPoolClient"]
    assert described["ClientSecret"] == "n" * 24
    for gone, refused in (
        (old_id, ("ResourceNotFoundException", "Client secret not found.")),
        (new_id, ("InvalidParameterException", "The last client secret cannot be deleted.")),
    ):
        asked = request | {"ClientSecretId": gone}
        assert await refusal(clients.delete_user_pool_client_secret, core, asked) == refused

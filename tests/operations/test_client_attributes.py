"""Which attributes a client may read and write (contract oidc 12, users 7)."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.operations.client_attributes import readable_attributes, writable_attributes
from sandbox_app.operations.core import Core

MakeClient = Callable[..., dict[str, Any]]


@pytest.fixture
def lists(core: Core, a_pool: Callable[..., str], a_client: MakeClient) -> Callable[..., Any]:
    pool_id = a_pool(Schema=[{"Name": "email", "Required": True}, {"Name": "team"}])

    def make(**members: Any) -> tuple[UserPool, UserPoolClient]:
        client_id = a_client(pool_id, **members)["ClientId"]
        pool, client = core.store.pools.get(pool_id), core.store.clients.get(client_id)
        assert pool is not None
        assert client is not None
        return pool, client

    return make


def test_without_lists_every_standard_attribute_is_read_and_no_custom_one(
    lists: Callable[..., Any],
) -> None:
    readable = readable_attributes(*lists())

    assert {"sub", "email", "email_verified", "phone_number_verified", "name"} <= readable
    assert "custom:team" not in readable


def test_a_read_list_is_all_that_is_read_even_when_it_is_empty(lists: Callable[..., Any]) -> None:
    assert readable_attributes(*lists(ReadAttributes=["custom:team"])) == {"custom:team"}
    assert readable_attributes(*lists(ReadAttributes=[])) == frozenset()


def test_required_attributes_are_always_written(lists: Callable[..., Any]) -> None:
    assert "email" in writable_attributes(*lists())
    assert {"email", "name"} <= writable_attributes(*lists(WriteAttributes=["email", "name"]))
    assert "custom:team" not in writable_attributes(*lists())
    assert "custom:team" in writable_attributes(*lists(WriteAttributes=["email", "custom:team"]))

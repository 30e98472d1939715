"""Each kind of resource made, changed, left alone, or refused."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.operations import domains, user_pool_clients, user_pools
from sandbox_app.operations.core import Core
from sandbox_app.workbench.demo import follow_origins
from tests.cores import writes

Import = Callable[..., Awaitable[dict[str, str]]]
Refuse = Callable[..., Awaitable[str]]
POOL_ID = "us-east-1_Demo"
SECRET = "s" * 24


def pool(sandbox: str = "", **properties: str) -> str:
    lines = "".join(f"      {name}: {value}\n" for name, value in properties.items())
    return (
        "Resources:\n"
        "  Pool:\n"
        "    Type: AWS::Cognito::UserPool\n"
        f"    Metadata: {{Sandbox: {{Id: {POOL_ID}{sandbox}}}}}\n"
        "    Properties:\n"
        "      UserPoolName: people\n"
        f"{lines}"
    )


def part(kind: str, sandbox: str = "", **properties: str) -> str:
    """One more resource, named `It`."""
    metadata = f"    Metadata: {{Sandbox: {{{sandbox}}}}}\n" if sandbox else ""
    lines = "".join(f"      {name}: {value}\n" for name, value in properties.items())
    return (
        f"  It:\n    Type: AWS::Cognito::UserPool{kind}\n{metadata}"
        f"    Properties:\n      UserPoolId: !Ref Pool\n{lines}"
    )


def described(core: Core) -> dict[str, Any]:
    return dict(user_pools.describe_user_pool(core, {"UserPoolId": POOL_ID})["UserPool"])


def the_client(core: Core) -> dict[str, Any]:
    (client,) = core.store.clients.of_pool(POOL_ID)
    return user_pool_clients.described(client)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (pool(), pool(MfaConfiguration="OPTIONAL")),
        (pool(), pool(", Issuer: aws")),
        (pool(), pool(", Issuer: 'https://issuer.example/pool'")),
        (pool(), pool(", AdvertisePkce: true")),
        (
            pool(Policies="{PasswordPolicy: {MinimumLength: 10}}"),
            pool(Policies="{PasswordPolicy: {MinimumLength: 12}}"),
        ),
        (pool(), pool(Schema="[{Name: team, AttributeDataType: String}]")),
        (pool(UserPoolTags="{a: b}"), pool()),
    ],
)
async def test_a_pool_is_made_then_left_alone_then_changed(
    core: Core, imported: Import, clock: ManualClock, before: str, after: str
) -> None:
    assert await imported(before) == {"Pool": "created"}
    clock.advance(timedelta(hours=1))
    wrote = writes(core)
    assert await imported(before) == {"Pool": "unchanged"}
    assert writes(core) == wrote
    made = core.store.pools.get(POOL_ID)

    assert await imported(after) == {"Pool": "updated"}

    assert core.store.pools.get(POOL_ID) != made
    assert await imported(after) == {"Pool": "unchanged"}


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("Domain", {"Domain": "people"}, {"Domain": "people", "ManagedLoginVersion": "2"}),
        ("Domain", {"Domain": "people"}, {"Domain": "humans"}),
        (
            "ResourceServer",
            {"Identifier": "orders", "Name": "Orders"},
            {
                "Identifier": "orders",
                "Name": "Orders",
                "Scopes": "[{ScopeName: read, ScopeDescription: Look}]",
            },
        ),
        ("Client", {}, {"CallbackURLs": "['https://app.example/cb']"}),
        ("Client", {"GenerateSecret": "true"}, {"GenerateSecret": "true", "IdTokenValidity": "2"}),
        ("Group", {"Precedence": "1"}, {"Precedence": "2"}),
        ("Group", {"GroupName": "g", "Description": "a"}, {"GroupName": "g"}),
    ],
)
async def test_a_part_is_made_then_left_alone_then_changed(
    core: Core,
    imported: Import,
    clock: ManualClock,
    kind: str,
    before: dict[str, str],
    after: dict[str, str],
) -> None:
    first, second = pool() + part(kind, **before), pool() + part(kind, **after)

    assert (await imported(first))["It"] == "created"
    clock.advance(timedelta(hours=1))
    wrote = writes(core)
    assert (await imported(first))["It"] == "unchanged"
    assert writes(core) == wrote
    assert (await imported(second))["It"] == "updated"
    assert (await imported(second))["It"] == "unchanged"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            pool(AliasAttributes="[email]"),
            pool(AliasAttributes="[email, phone_number]"),
            "t.yaml:7: Pool.AliasAttributes: cannot be changed once the pool is made",
        ),
        (
            pool(UsernameAttributes="[email]"),
            pool(),
            "t.yaml:2: Pool: cannot be changed once the pool is made",
        ),
        (
            pool(UsernameConfiguration="{CaseSensitive: false}"),
            pool(UsernameConfiguration="{CaseSensitive: true}"),
            "t.yaml:7: Pool.UsernameConfiguration: cannot be changed once the pool is made",
        ),
        (
            pool(Schema="[{Name: email}]"),
            pool(Schema="[{Name: email, Required: true}]"),
            "t.yaml:7: Pool.Schema[0]: email cannot be changed once it is made",
        ),
        (
            pool(Schema="[{Name: team, Mutable: true}]"),
            pool(Schema="[{Name: team, Mutable: false}]"),
            "t.yaml:7: Pool.Schema[0]: custom:team cannot be changed once it is made",
        ),
    ],
)
async def test_what_is_chosen_with_a_pool_stays_so(
    imported: Import, refused: Refuse, before: str, after: str, message: str
) -> None:
    """Contract users 1 and 7."""
    await imported(before)

    assert await refused(after) == message


async def test_aliases_in_another_order_are_the_same(imported: Import) -> None:
    await imported(pool(AliasAttributes="[email, phone_number]"))

    outcome = await imported(pool(AliasAttributes="[phone_number, email]"))

    assert outcome == {"Pool": "unchanged"}


async def test_a_custom_attribute_that_is_no_longer_named_stays(
    core: Core, imported: Import
) -> None:
    """Contract users 7: a custom attribute cannot be removed."""
    await imported(pool(Schema="[{Name: team}]"))

    assert await imported(pool()) == {"Pool": "unchanged"}
    assert "custom:team" in {item["Name"] for item in described(core)["SchemaAttributes"]}


async def test_many_attributes_are_added_at_once(core: Core, imported: Import) -> None:
    await imported(pool())

    schema = ", ".join(f"{{Name: a{number}}}" for number in range(40))
    assert await imported(pool(Schema=f"[{schema}]")) == {"Pool": "updated"}

    names = {item["Name"] for item in described(core)["SchemaAttributes"]}
    assert {f"custom:a{number}" for number in range(40)} <= names


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            pool(", Issuer: nowhere"),
            "t.yaml:4: Pool.Metadata.Sandbox.Issuer: Issuer is local, aws or a URL",
        ),
        (
            pool(", Issuer: 'ftp://issuer.example'"),
            "t.yaml:4: Pool.Metadata.Sandbox.Issuer: Issuer is local, aws or a URL",
        ),
        (
            pool(", Issuer: 'https://issuer.example/?a=b'"),
            "t.yaml:4: Pool.Metadata.Sandbox.Issuer: Issuer is local, aws or a URL",
        ),
        (
            pool(", AdvertisePkce: maybe"),
            "t.yaml:4: Pool.Metadata.Sandbox.AdvertisePkce: true or false is expected",
        ),
        (
            pool().replace(POOL_ID, "demo"),
            "t.yaml:4: Pool.Metadata.Sandbox.Id: demo is no pool id: region, underscore, letters "
            "and digits",
        ),
        (
            pool(MfaConfiguration="MAYBE"),
            "t.yaml:7: Pool.MfaConfiguration: 1 validation error detected: Value 'MAYBE' at "
            "'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: "
            "[OFF, ON, OPTIONAL]",
        ),
        (
            pool(UserPoolName="").replace("      UserPoolName: people\n", ""),
            "t.yaml:6: Pool.UserPoolName: a text is expected",
        ),
        (
            pool() + part("Client", CallbackURLs="['http://app.example/cb']"),
            "t.yaml:11: It.CallbackURLs[0]: http://app.example/cb must be https; http is allowed "
            "for localhost only.",
        ),
        (
            pool() + part("Client", "ClientId: 'two words'"),
            "t.yaml:9: It.Metadata.Sandbox.ClientId: 1 validation error detected: Value at "
            "'clientId' failed to satisfy constraint: Member must satisfy regular expression "
            "pattern: [\\w+]+",
        ),
        (
            pool() + part("Client", "ClientSecret: short"),
            "t.yaml:9: It.Metadata.Sandbox.ClientSecret: 1 validation error detected: Value at "
            "'clientSecret' failed to satisfy constraint: Member must have length greater than or "
            "equal to 24",
        ),
        (
            pool() + part("Domain", Domain="my-aws"),
            "t.yaml:11: It.Domain: Domain cannot contain reserved word: aws",
        ),
        (
            pool() + part("UserToGroupAttachment", GroupName="g", Username="alice"),
            "t.yaml:12: It.Username: User does not exist.",
        ),
        (
            pool() + part("UserToGroupAttachment", GroupName="g"),
            "t.yaml:7: It: 1 validation error detected: Value at 'username' failed to satisfy "
            "constraint: Member must not be null",
        ),
        (
            pool()
            + part("Group", UserPoolId="us-east-1_None").replace(
                "      UserPoolId: !Ref Pool\n", ""
            ),
            "t.yaml:10: It.UserPoolId: User pool us-east-1_None does not exist.",
        ),
        (
            pool() + "  It: {Type: 'AWS::Cognito::UserPoolGroup', Properties: {GroupName: g}}\n",
            "t.yaml:7: It: 1 validation error detected: Value at 'userPoolId' failed to satisfy "
            "constraint: Member must not be null",
        ),
    ],
)
async def test_what_the_operations_refuse_is_told_at_its_line(
    refused: Refuse, text: str, message: str
) -> None:
    assert await refused(text) == message


async def test_a_pool_without_words_is_named_by_its_logical_id(
    core: Core, imported: Import
) -> None:
    await imported("Resources: {Pool: {Type: 'AWS::Cognito::UserPool'}}")

    assert [pool.name for pool in core.store.pools.all()] == ["Pool"]


async def test_another_domain_takes_the_place_of_the_one_before(
    core: Core, imported: Import
) -> None:
    await imported(pool() + part("Domain", Domain="people"))

    await imported(pool() + part("Domain", Domain="humans"))

    assert core.store.domains.get("people") is None
    assert described(core)["Domain"] == "humans"


async def test_a_domain_of_another_pool_is_not_taken(core: Core, refused: Refuse) -> None:
    user_pools.create_user_pool(core, {"PoolName": "p"}, pool_id="us-east-1_Other")
    domains.create_user_pool_domain(core, {"UserPoolId": "us-east-1_Other", "Domain": "people"})

    assert await refused(pool() + part("Domain", Domain="people")) == (
        "t.yaml:11: It.Domain: Domain already associated with another user pool."
    )


async def test_a_chosen_secret_and_id_are_the_clients(core: Core, imported: Import) -> None:
    text = pool() + part("Client", f"ClientId: c1, ClientSecret: {SECRET}", GenerateSecret="true")

    await imported(text)

    assert (the_client(core)["ClientId"], the_client(core)["ClientSecret"]) == ("c1", SECRET)
    assert (await imported(text))["It"] == "unchanged"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            part("Client", f"ClientSecret: {SECRET}"),
            part("Client", f"ClientSecret: {'n' * 24}"),
            "t.yaml:9: It.Metadata.Sandbox.ClientSecret: the client already has another secret",
        ),
        (
            part("Client"),
            part("Client", f"ClientSecret: {SECRET}"),
            "t.yaml:9: It.Metadata.Sandbox.ClientSecret: the client was made without one",
        ),
        (
            part("Client"),
            part("Client", GenerateSecret="true"),
            "t.yaml:11: It.GenerateSecret: the client was made without one",
        ),
    ],
)
async def test_a_clients_secret_is_not_changed_by_a_template(
    imported: Import, refused: Refuse, before: str, after: str, message: str
) -> None:
    await imported(pool() + before)

    assert await refused(pool() + after) == message


async def test_a_second_secret_is_no_reason_to_refuse(core: Core, imported: Import) -> None:
    text = pool() + part("Client", f"ClientId: c1, ClientSecret: {SECRET}")
    await imported(text)
    request = {"UserPoolId": POOL_ID, "ClientId": "c1"}
    user_pool_clients.add_user_pool_client_secret(core, request)

    assert (await imported(text))["It"] == "unchanged"


async def test_a_client_may_use_the_scopes_of_a_server_that_comes_after_it(
    core: Core, imported: Import
) -> None:
    text = pool() + part(
        "Client",
        GenerateSecret="true",
        AllowedOAuthFlowsUserPoolClient="true",
        AllowedOAuthFlows="[client_credentials]",
        AllowedOAuthScopes="[!Sub '${Orders}/read']",
    )
    server = part(
        "ResourceServer",
        Identifier="orders",
        Name="Orders",
        Scopes="[{ScopeName: read, ScopeDescription: Look}]",
    ).replace("  It:", "  Orders:")

    assert await imported(text + server) == {
        "Pool": "created",
        "Orders": "created",
        "It": "created",
    }
    assert the_client(core)["AllowedOAuthScopes"] == ["orders/read"]


async def test_a_user_joins_a_group_once(core: Core, imported: Import) -> None:
    text = (
        pool()
        + part("Group").replace("  It:", "  Admins:")
        + part("User", Username="alice").replace("  It:", "  Alice:")
        + part("UserToGroupAttachment", GroupName="!Ref Admins", Username="!Ref Alice")
    )

    assert set((await imported(text)).values()) == {"created"}
    wrote = writes(core)
    assert set((await imported(text)).values()) == {"unchanged"}
    assert writes(core) == wrote


async def test_the_demo_apps_own_callbacks_outlive_an_import(core: Core, imported: Import) -> None:
    text = pool() + part(
        "Client", "ClientId: c1, DemoApp: true", CallbackURLs="['https://app.example/cb']"
    )
    await imported(text)
    follow_origins(core, ("http://localhost:9400",))

    assert (await imported(text))["It"] == "unchanged"
    assert the_client(core)["CallbackURLs"] == [
        "https://app.example/cb",
        "http://localhost:9400/_demo/callback",
    ]

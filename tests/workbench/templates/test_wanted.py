"""What a template asks for, with every name settled beforehand."""

from pathlib import Path
from textwrap import dedent, indent

import pytest

from sandbox_app.operations.core import Core
from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.template import parse
from sandbox_app.workbench.templates.wanted import Wanted, wanted_of

POOL = """\
  Pool:
    Type: AWS::Cognito::UserPool
    Metadata: {Sandbox: {Id: us-east-1_Demo}}
"""


def wanted(core: Core, *resources: str) -> dict[str, Wanted]:
    """The resources, each part indented as it likes, beside a pool."""
    parts = (indent(dedent(part).strip("\n ") + "\n", "  ") for part in resources)
    text = "".join(["Resources:\n", POOL, *parts])
    found = wanted_of(parse(text, "t.yaml", {}, core.region), core)
    return {item.resource.logical_id: item for item in found}


def refused(core: Core, *resources: str) -> str:
    with pytest.raises(TemplateError) as error:
        wanted(core, *resources)
    return str(error.value)


def group(name: str, **more: str) -> str:
    properties = "".join(f", {key}: {value}" for key, value in more.items())
    kind = "Type: 'AWS::Cognito::UserPoolGroup'"
    return f"{name}: {{{kind}, Properties: {{UserPoolId: !Ref Pool{properties}}}}}\n"


def test_a_reference_yields_the_id_of_each_kind(core: Core) -> None:
    found = wanted(
        core,
        """
        Domain:
          Type: AWS::Cognito::UserPoolDomain
          Properties: {UserPoolId: !Ref Pool, Domain: people}
        Server:
          Type: AWS::Cognito::UserPoolResourceServer
          Properties: {UserPoolId: !Ref Pool, Identifier: orders, Name: Orders}
        Client:
          Type: AWS::Cognito::UserPoolClient
          Metadata: {Sandbox: {ClientId: c1}}
          Properties:
            UserPoolId: !Ref Pool
            AllowedOAuthScopes: [!Sub "${Server}/read"]
        User:
          Type: AWS::Cognito::UserPoolUser
          Properties: {UserPoolId: !Ref Pool, Username: alice}
        All:
          Type: AWS::Cognito::UserPoolGroup
          Properties:
            UserPoolId: !Ref Pool
            Description: !Join [" ", [!Ref Domain, !Ref Server, !Ref Client, !Ref User]]
        Member:
          Type: AWS::Cognito::UserPoolUserToGroupAttachment
          Properties: {UserPoolId: !Ref Pool, GroupName: !Ref All, Username: !Ref User}
        """,
    )

    assert found["All"].request["Description"] == "people orders c1 alice"
    assert found["Client"].request["AllowedOAuthScopes"] == ["orders/read"]
    assert found["Member"].request == {
        "UserPoolId": "us-east-1_Demo",
        "GroupName": "All",
        "Username": "alice",
    }


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("Pool.Arn", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Demo"),
        ("Pool.ProviderName", "cognito-idp.us-east-1.amazonaws.com/us-east-1_Demo"),
        ("Pool.ProviderURL", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Demo"),
        ("Pool.UserPoolId", "us-east-1_Demo"),
        ("Client.ClientId", "c1"),
        ("Client.Name", "web"),
        ("Client.ClientSecret", "s" * 24),
    ],
)
def test_an_attribute_yields_what_it_does_in_the_real_service(
    core: Core, expression: str, value: str
) -> None:
    found = wanted(
        core,
        f"""
        Client:
          Type: AWS::Cognito::UserPoolClient
          Metadata: {{Sandbox: {{ClientId: c1, ClientSecret: {"s" * 24}}}}}
          Properties: {{UserPoolId: !Ref Pool, ClientName: web}}
        """,
        group("All", Description=f"!GetAtt {expression}"),
    )

    assert found["All"].request["Description"] == value


@pytest.mark.parametrize(
    "expression", ["Pool.Colour", "Client.Colour", "Client.ClientSecret", "All.Name"]
)
def test_an_attribute_that_is_not_known_is_refused(core: Core, expression: str) -> None:
    message = refused(
        core,
        """
        Table: {Type: AWS::DynamoDB::Table}
        Client:
          Type: AWS::Cognito::UserPoolClient
          Properties: {UserPoolId: !Ref Pool}
        """,
        group("All"),
        group("Other", Description=f"!GetAtt {expression}"),
    )

    assert message == f"t.yaml:10: Other.Description: {expression} is not known here"


def test_the_logical_id_is_the_name_where_none_is_given(core: Core) -> None:
    found = wanted(
        core,
        "Web: {Type: 'AWS::Cognito::UserPoolClient', Properties: {UserPoolId: !Ref Pool}}\n"
        + group("Admins"),
    )

    assert found["Pool"].request["PoolName"] == "Pool"
    assert found["Web"].request["ClientName"] == "Web"
    assert found["Admins"].request["GroupName"] == "Admins"


@pytest.mark.parametrize("name", ["UserPoolName", "PoolName"])
def test_a_pools_name_has_two_spellings(core: Core, name: str) -> None:
    text = f"Resources: {{P: {{Type: 'AWS::Cognito::UserPool', Properties: {{{name}: people}}}}}}"

    (found,) = wanted_of(parse(text, "t.yaml", {}, core.region), core)

    assert found.request == {"PoolName": "people"}


def test_a_pools_name_is_said_once(core: Core) -> None:
    both = "P: {Type: 'AWS::Cognito::UserPool', Properties: {UserPoolName: a, PoolName: b}}"

    assert refused(core, both) == "t.yaml:5: P.PoolName: UserPoolName says the same"


def test_a_resource_may_refer_to_one_that_comes_later(core: Core) -> None:
    found = wanted(
        core,
        group("First", Description="!Ref Second")
        + group("Second", Description="!Ref Third")
        + group("Third", GroupName="last"),
    )

    assert found["First"].request["Description"] == "Second"
    assert found["Second"].request["Description"] == "last"


@pytest.mark.parametrize(
    ("resources", "circle"),
    [
        (group("A", Description="!Ref A"), "A → A"),
        (group("A", Description="!Ref B") + group("B", Description="!Sub 'x${A}'"), "A → B → A"),
        (
            group("A", Description="!Ref B")
            + group("B", Description="!Ref C")
            + group("C", Description="!Ref B"),
            "B → C → B",
        ),
    ],
)
def test_references_in_a_circle_are_refused(core: Core, resources: str, circle: str) -> None:
    message = refused(core, resources)

    assert message.endswith(f".Description: the references go in a circle: {circle}")


def test_a_chain_of_references_has_an_end(core: Core) -> None:
    chain = "".join(group(f"G{n}", Description=f"!Ref G{n + 1}") for n in range(500))

    assert refused(core, chain + group("G500")).endswith("the references go too deep")


@pytest.mark.parametrize(
    ("resource", "message"),
    [
        (
            "X: {Type: 'AWS::Cognito::UserPool', Metadata: {Sandbox: {Id: us-east-1_Demo}}}",
            "X: Pool is us-east-1_Demo already",
        ),
        (group("A", GroupName="g") + group("X", GroupName="g"), "X: A is g already"),
    ],
)
def test_two_names_for_one_thing_are_refused(core: Core, resource: str, message: str) -> None:
    assert refused(core, resource).endswith(message)


@pytest.mark.parametrize(
    ("resource", "message"),
    [
        (
            "D: {Type: 'AWS::Cognito::UserPoolDomain', Properties: {UserPoolId: !Ref Pool}}",
            "t.yaml:5: D: Domain is needed here",
        ),
        (
            "U: {Type: 'AWS::Cognito::UserPoolUser', Properties: {UserPoolId: !Ref Pool}}",
            "t.yaml:5: U: Username is needed here",
        ),
        (
            "S: {Type: 'AWS::Cognito::UserPoolResourceServer'}",
            "t.yaml:5: S: Identifier is needed here",
        ),
        (
            "P:\n  Type: AWS::Cognito::UserPool\n  Metadata: {Sandbox: {ClientId: x}}",
            "t.yaml:7: P.Metadata.Sandbox.ClientId: Sandbox knows AdvertisePkce, Id, Issuer here",
        ),
        (
            "C:\n  Type: AWS::Cognito::UserPoolClient\n  Metadata: {Sandbox: {Sub: x}}",
            "t.yaml:7: C.Metadata.Sandbox.Sub: Sandbox knows "
            "ClientId, ClientSecret, DemoApp, SecondSecret here",
        ),
        (
            "U:\n  Type: AWS::Cognito::UserPoolUser\n  Metadata: {Sandbox: {Id: x}}",
            "t.yaml:7: U.Metadata.Sandbox.Id: Sandbox knows "
            "Enabled, Password, PasswordSecret, Status, Sub here",
        ),
        (
            "G:\n  Type: AWS::Cognito::UserPoolGroup\n  Metadata: {Sandbox: {Id: x}}",
            "t.yaml:7: G.Metadata.Sandbox.Id: Sandbox knows nothing here",
        ),
        (
            "P:\n  Type: AWS::Cognito::UserPool\n  Metadata: {Sandbox: {Id: [x]}}",
            "t.yaml:7: P.Metadata.Sandbox.Id: a text is expected",
        ),
        (
            "P:\n  Type: AWS::Cognito::UserPool\n  Metadata: {Sandbox: !Ref AWS::NoValue}",
            "t.yaml:7: P.Metadata.Sandbox: a table is expected",
        ),
        (
            "P:\n  Type: AWS::Cognito::UserPool\n  Properties: !Ref AWS::Region",
            "t.yaml:7: P.Properties: a table of properties is expected",
        ),
        (
            "P:\n  Type: AWS::Cognito::UserPool\n  Properties:\n    Colour: red",
            "t.yaml:8: P.Colour: no such property",
        ),
        (
            group("G", Description="!Ref Nobody"),
            "t.yaml:5: G.Description: Nobody is neither a parameter nor a resource read here",
        ),
    ],
)
def test_a_resource_that_cannot_be_is_refused_where_it_stands(
    core: Core, resource: str, message: str
) -> None:
    assert refused(core, resource) == message


def test_sandbox_settings_may_be_computed(core: Core, tmp_path: Path) -> None:
    text = """
Parameters: {Id: {Type: String, Default: Demo}}
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Metadata: {Sandbox: {Id: !Sub "${AWS::Region}_${Id}", Issuer: !Ref AWS::NoValue}}
"""

    (found,) = wanted_of(parse(text, "t.yaml", {}, core.region), core)

    assert found.id == "us-east-1_Demo"
    assert found.sandbox == {"Id": "us-east-1_Demo"}
